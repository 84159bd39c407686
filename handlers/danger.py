"""Danger, for the one who is in it: heard before everything else, answered with what to do, never with a promise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from handlers import alerts, holding, incidents, inquiries, ladder
from handlers.house import House
from handlers.turn import Turn
from models.incidents import Incident
from models.meaning import Sign
from models.people import Person
from nlu import signs
from storage import incidents as stored
from storage import people, tickets

QUIET = timedelta(seconds=20)
"""The same person is not told the same within this."""
OTHER = frozenset({"issue", "booking", "mediation", "civic", "points", "event", "policy", "privacy", "profile", "family",
                   "ticket", "mgr", "vol"})  # fmt: skip
"""What somebody in danger may say besides; everything else goes to those who have it in hand."""


def explicit(house: House, found: Iterable[Sign], text: str, staff: bool) -> Sign | None:
    """The explicit sign that alerts; a command or the desk's own talk holds one only when it is a bare cry."""
    bare = said(text).lower().removeprefix("/")
    if bare in words(house, "panic"):
        return next((sign for sign in found if sign.tier == 1), Sign("unknown", 1, "cry", bare))
    if staff or text.startswith("/"):
        return None
    return next((sign for sign in found if sign.tier == 1), None)


def words(house: House, kind: str) -> frozenset[str]:
    """The words of one kind that count when they are the whole line."""
    return frozenset(house.texts[f"danger.words.{kind}"].split())


def said(text: str) -> str:
    """A line without what people put around a word."""
    return text.strip().strip("。!!??,,~. ")


def heard(turn: Turn) -> bool:
    """Danger before everything else; False when the line holds no explicit sign."""
    sign = explicit(turn.house, turn.parse.signs, turn.parse.text, ladder.staff(turn.person))
    if sign is not None:
        alert(turn, sign, turn.parse.text)
    return sign is not None


def captioned(turn: Turn, caption: str) -> bool:
    """The same for the words under a picture."""
    sign = explicit(turn.house, signs.find(caption), caption, ladder.staff(turn.person))
    if sign is not None:
        alert(turn, sign, caption)
    return sign is not None


def cry(turn: Turn) -> None:
    """The button 急."""
    alert(turn, Sign("unknown", 1, "cry"), turn.house.texts["button.urgent"])


# ---------------------------------------------------------------- from the first word on


def alert(turn: Turn, sign: Sign, text: str) -> None:
    """Alert people, join what is going on already, and say what to do."""
    known = stored.by_mark(turn.tx, incidents.mark(turn))
    live = known or _going_on(turn)
    if known is not None:
        incident = known
    elif live is not None:
        incident = _again(turn, live, sign, text)
    else:
        incident = incidents.begin(turn, sign.family, sign.name, text, place=inquiries.place_said(turn))
    comfort(turn, incident, sign, text, first=live is None or known is not None)


def _going_on(turn: Turn) -> Incident | None:
    """What this line belongs to: what the speaker has in hand, or is in; unless that lies long back."""
    for incident in stored.held_by(turn.tx, turn.person.id):
        if incident.status in ("held", "there"):
            return incident
    return live(turn)


def live(turn: Turn) -> Incident | None:
    """What the speaker is in and people know of."""
    incident = stored.live_of(turn.tx, turn.person.id)
    if incident is None or incident.status == "open":
        return incident
    return incident if turn.now - (incident.active_at or turn.now) < incidents.FRESH else None


def _again(turn: Turn, incident: Incident, sign: Sign, text: str) -> Incident:
    """One person, one incident; but another kind of danger rings at once."""
    stored.join(turn.tx, incident.id, incidents.mark(turn))
    new = sign.family not in incident.families
    families = (*incident.families, sign.family) if new else incident.families
    incident = stored.record(
        turn.tx, incident, "again", turn.now, turn.person.id, {"family": sign.family, "sign": sign.name},
        families=families, active_at=turn.now,
    )  # fmt: skip
    incidents.append(turn, incident, text)
    if new:
        incidents.ring_anew(turn, incident, text)
    elif incident.status != "open":
        incidents.pass_words(turn, incident, text)
    return incident


def comfort(turn: Turn, incident: Incident, sign: Sign, text: str, first: bool) -> None:
    """One safe action a line, the truth about who comes, and one question where it is needed to find them."""
    told = incidents.mark(turn) in turn.house.sounded.comforted
    fresh = incident.told_at is not None and turn.now - incident.told_at < QUIET
    if fresh and not first and sign.family in incident.families[:-1] + (incident.family,):
        return
    lines = [] if told else [safe(turn.house, sign, text), _tail(turn, incident, sign)]
    lines.append(inquiries.where(turn, incident, sign))
    if any(lines):
        turn.tell(turn.chat.id, "\n".join(filter(None, lines)), kind="emergency", about=incident.id)
        stored.touch(turn.tx, incident, told_at=turn.now)
    if first:
        inquiries.begin(turn, incident, sign)


def safe(house: House, sign: Sign, text: str) -> str:
    """What to do now, for this sign."""
    path = alerts.path_of(sign.name)
    if path == "crisis" and signs.about(text) not in (None, "self"):
        path = "crisis_other"
    return alerts.choose(house, "danger.safe", sign.name, path or sign.family, sign.family, "unknown")


def _tail(turn: Turn, incident: Incident, sign: Sign) -> str:
    """Who is coming, once somebody said so."""
    if incident.holder is not None and incident.status != "open":
        path = alerts.path_of(sign.name)
        helper = people.get(turn.tx, incident.holder).called
        return alerts.choose(turn.house, "danger.tail", path if path == "quiet" else "held", "held").format(helper=helper)
    return tail(turn.house, sign)


def tail(house: House, sign: Sign) -> str:
    """That people are being looked for; nothing is promised."""
    return alerts.choose(house, "danger.tail", alerts.path_of(sign.name), "open")


# ---------------------------------------------------------------- what else they say


def more(turn: Turn) -> bool:
    """Whatever somebody in danger says goes to those who have it in hand; False for a plain need of another kind."""
    incident = live(turn)
    if incident is None or turn.one_of(OTHER) and not turn.parse.intents[0].ask:
        return False
    calm = said(turn.parse.clean) in words(turn.house, "calm")
    action = "calm" if calm else "again"
    stored.record(turn.tx, incident, action, turn.now, turn.person.id, {}, active_at=turn.now)
    incidents.append(turn, incident, turn.parse.text)
    if calm:
        incidents.ring_calm(turn, incident)
    elif incident.status != "open":
        incidents.pass_words(turn, incident, turn.parse.text)
    _noted(turn, incident, "calm" if calm else ("open" if incident.status == "open" else "held"))
    return True


def _noted(turn: Turn, incident: Incident, key: str) -> None:
    """An answer to every word, but not twice a minute the same."""
    if incident.told_at is not None and turn.now - incident.told_at < QUIET and key != "calm":
        return
    quiet = alerts.path_of(incident.sign) == "quiet"
    helper = people.get(turn.tx, incident.holder).called if incident.holder else ""
    incidents.answer(turn, incident, turn.text(f"danger.more.{'quiet' if quiet else key}", helper=helper))


def reporter_of(turn: Turn, incident: Incident) -> Person | None:
    """Who is spoken with about an incident."""
    ticket = tickets.get(turn.tx, incident.id)
    return people.get(turn.tx, ticket.reporter) if ticket and ticket.reporter else None


__all__ = ["alert", "captioned", "comfort", "cry", "explicit", "heard", "holding", "live", "more", "safe", "said", "tail"]
