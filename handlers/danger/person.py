"""Danger, for the one who is in it: heard before everything else, answered with what to do, never with a promise."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from handlers import rows
from handlers.danger import alerts, claimed, inquiries, ladder, updates
from handlers.danger import cry as danger_cry
from handlers.danger import incident as danger_incident
from handlers.rows import Matter, Meant
from handlers.turn import Turn
from models.incidents import Alarm, Incident
from models.meaning import PlaceExpression, Sign
from models.outgoing import Button
from models.people import Person
from storage import incidents as stored
from storage import people, tickets

QUIET = timedelta(seconds=20)
"""The same person is not told the same within this."""
BREATH = timedelta(seconds=5)
"""A danger that is said again within this is answered once: one account floods nobody."""
WORK = frozenset({"mgr", "vol"})


def _other(turn: Turn) -> frozenset[str]:
    """What somebody in danger may say besides: any plain need, and what another wing answers."""
    claimed = (domain for wing in rows.installed().wings for domain in set(wing.claims) - set(wing.yields))
    return WORK | turn.house.plain_needs | frozenset(claimed)


def heard(turn: Turn) -> Meant | None:
    """Danger before everything else, where the line holds an explicit sign."""
    sign = danger_cry.explicit(turn.house, turn.parse.signs, turn.parse.text, ladder.staff(turn.person))
    return Meant(partial(_cried, turn, sign)) if sign is not None else None


def _cried(turn: Turn, sign: Sign) -> None:
    alert(turn, sign, turn.parse.text)
    rows.installed().call("cried", turn)


def cry(turn: Turn) -> None:
    """The button 急."""
    alert(turn, danger_cry.BARE, turn.text("button.urgent"))


def adopt(turn: Turn, alarm: Alarm) -> None:
    """What the alarm lane saw and nobody stored."""
    if stored.by_mark(turn.tx, alarm.mark) is None:
        alert(turn, Sign(alarm.family, 1, alarm.sign), alarm.text)


# ---------------------------------------------------------------- from the first word on


def alert(turn: Turn, sign: Sign, text: str, place: PlaceExpression | None = None) -> None:
    """Alert people, or join what is going on already, and say what to do."""
    if stored.by_mark(turn.tx, danger_incident.mark(turn)) is not None:
        return
    going_on = live(turn)
    if going_on is None:
        kind = "welfare" if alerts.path_of(sign.name) == "welfare" else "danger"
        place = place or inquiries.place_said(turn) or (inquiries.beside(turn) if kind == "welfare" else None)
        origin = getattr(turn.event, "origin", None)
        words = alerts.dated(turn.house, text, origin.at if origin else turn.now, turn.now)
        incident = danger_incident.begin(turn, sign.family, sign.name, words, kind=kind, place=place)
        _taken(turn, incident)
        _comfort(turn, stored.get(turn.tx, incident.id) or incident, sign, text, first=True)
    else:
        new = alerts.kind_of(turn.house, sign.family, sign.name) not in going_on.families
        incident = _again(turn, going_on, sign, text, new)
        if new or incident.told_at is None or turn.now - incident.told_at >= QUIET:
            _comfort(turn, incident, sign, text, first=False)
        elif going_on.active_at is None or turn.now - going_on.active_at >= BREATH:
            _noted(turn, incident, incident.status if incident.status in ("open", "doubted") else "held")


def _taken(turn: Turn, incident: Incident) -> None:
    """Somebody said 我来管 before this could be stored: it is theirs, whichever of the two is handled first."""
    number = turn.house.sounded.taken.get(incident.mark)
    person = people.get(turn.tx, number) if number is not None else None
    if person is not None and ladder.may_take(turn.tx, turn.house, incident, person):
        claimed.hold(turn.as_person(person, turn.chat), incident, turn.text("button.hold"))


def live(turn: Turn) -> Incident | None:
    """What the speaker is in and people know of; a helper's own cry, or what lies long back, is a danger of its own."""
    incident = turn.situation.incident
    if incident is None or incident.status == "open":
        return incident
    return incident if turn.now - (incident.active_at or turn.now) < danger_incident.FRESH else None


def _again(turn: Turn, incident: Incident, sign: Sign, text: str, new: bool) -> Incident:
    """One person, one incident; but another kind of danger rings at once."""
    stored.join(turn.tx, incident.id, danger_incident.mark(turn))
    incident = stored.record(
        turn.tx,
        incident,
        "again",
        turn.now,
        turn.person.id,
        {"family": sign.family, "sign": sign.name},
        families=_heard(turn, incident, sign),
        active_at=turn.now,
    )
    updates.append(turn, incident, text)
    if new:
        updates.ring_anew(turn, incident, text)
    else:
        updates.pass_on(turn, incident, text)
    return incident


def _heard(turn: Turn, incident: Incident, sign: Sign) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*incident.families, sign.family, alerts.kind_of(turn.house, sign.family, sign.name))))


def _comfort(turn: Turn, incident: Incident, sign: Sign, text: str, first: bool) -> None:
    """One safe action a line, the truth about who comes, and one question where it is needed to find them."""
    told = danger_incident.mark(turn) in turn.house.sounded.comforted
    lines = [] if told else [danger_cry.safe(turn.house, sign, text), _tail(turn, incident, sign)]
    lines.append(inquiries.follow(turn, incident, sign, first))
    if any(lines) or (first and told and incident.status == "open"):
        said = "\n".join(filter(None, lines)) or turn.text("danger.tail.again")
        turn.tell(turn.chat.id, said, *_off(turn, incident, first), kind="emergency", about=incident.id)
        stored.touch(turn.tx, incident, told_at=turn.now)


def _off(turn: Turn, incident: Incident, first: bool) -> list[Button]:
    """The first answer carries 按错了 and 是真的, where nobody at home may be misled by them."""
    if not first or turn.chat.kind != "private" or alerts.path_of(incident.sign) in ("quiet", "welfare", "crisis"):
        return []
    return [turn.button(verb, verb, incident.id) for verb in ("mistake", "real")]


def _tail(turn: Turn, incident: Incident, sign: Sign) -> str:
    """Who has it in hand, once somebody said so."""
    if incident.holder is None or incident.status == "open":
        return turn.text(alerts.chosen(turn.house, "danger.tail", alerts.path_of(sign.name), "open"))
    if alerts.path_of(sign.name) == "quiet":
        return ""
    return turn.text("danger.tail.held", helper=people.get(turn.tx, incident.holder).called)


# ---------------------------------------------------------------- what else they say


def matter(turn: Turn) -> list[Matter]:
    """The danger that is going on, unless somebody at home may read of it."""
    incident = turn.situation.incident
    if incident is None or alerts.path_of(incident.sign) == "quiet":
        return []
    helper = people.get(turn.tx, incident.holder).called if incident.holder else ""
    return [Matter(turn.text("matter.danger_held" if helper else f"matter.danger_{incident.status}", helper=helper))]


def more(turn: Turn) -> Meant | None:
    """Whatever somebody in danger says goes to those who have it in hand, but for a plain need of another kind."""
    incident = live(turn)
    calm = danger_cry.calmed(turn.parse.clean)
    if incident is not None and inquiries.only_where(turn):
        return Meant(partial(inquiries.placed, turn, incident))
    if incident is None or (not calm and turn.one_of(_other(turn)) and not turn.parse.intents[0].ask):
        return None
    return Meant(partial(add, turn, incident, turn.parse.text, calm))


def add(turn: Turn, incident: Incident, text: str, calm: bool) -> None:
    """Keep what was said and pass it on; 没事了 sends nobody home."""
    action = "calm" if calm else "again"
    stored.record(turn.tx, incident, action, turn.now, turn.person.id, {}, active_at=turn.now)
    updates.append(turn, incident, text)
    if incident.kind == "welfare":
        updates.spread(turn, incident, text)
    elif calm:
        updates.ring_calm(turn, incident)
    else:
        updates.pass_on(turn, incident, text)
    if (knocks := _at_the_door(turn, incident)) is not None:
        return turn.say(turn.chat.id, "danger.welfare.alive", kind="emergency", about=incident.id, helper=knocks.called)
    return _noted(
        turn, incident, "calm" if calm else (incident.status if incident.status in ("open", "doubted") else "held")
    )


def _at_the_door(turn: Turn, incident: Incident) -> Person | None:
    """The helper who stands at the speaker's door, where that is what it is about."""
    ticket = tickets.get(turn.tx, incident.id) if incident.kind == "welfare" else None
    knocks = ticket is not None and ticket.reporter not in (None, turn.person.id) and incident.person == turn.person.id
    return people.get(turn.tx, ticket.reporter or 0) if ticket is not None and knocks else None


def _noted(turn: Turn, incident: Incident, key: str) -> None:
    """Every sentence gets a sign of life; a short one where the same was said just before."""
    just = incident.told_at is not None and turn.now - incident.told_at < QUIET
    if alerts.path_of(incident.sign) == "quiet":
        turn.say(turn.chat.id, "danger.more.quiet", kind="emergency", about=incident.id)
    elif just and key != "calm":
        turn.say(turn.chat.id, "danger.more.short", kind="emergency", about=incident.id)
    else:
        helper = people.get(turn.tx, incident.holder).called if incident.holder else ""
        turn.say(turn.chat.id, f"danger.more.{key}", kind="emergency", about=incident.id, helper=helper)
        stored.touch(turn.tx, incident, told_at=turn.now)
