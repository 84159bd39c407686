"""What somebody in danger adds: kept with the incident, and passed on to those who have it in hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.danger import incident as danger_incident
from handlers.danger import ladder
from handlers.saying import titles
from handlers.turn import Turn
from models.events import CAP, Due
from models.incidents import Incident
from models.meaning import PlaceExpression
from models.tickets import can
from storage import incidents as stored
from storage import people, tickets

TOGETHER = timedelta(seconds=20)
"""What comes within this is passed on together: nobody can flood those who help."""


def append(turn: Turn, incident: Incident, text: str) -> None:
    """Keep what was said, the newest words last."""
    ticket = tickets.get(turn.tx, incident.id)
    if ticket is not None and text.strip() and can(ticket, "append"):
        words = f"{ticket.words} / {text.strip()}"
        turn.record(ticket, "append", words=words if len(words) <= CAP else f"…{words[1 - CAP :]}")


def pass_on(turn: Turn, incident: Incident, text: str) -> None:
    """The holder hears it at once, or together with what comes next; before, the next alert holds it."""
    key = f"incident.more:{incident.id}"
    if incident.status == "open" or stored.is_due(turn.tx, key):
        return
    _to_holder(turn, incident, text)
    _look_again(turn, incident)


def _look_again(turn: Turn, incident: Incident) -> None:
    ticket = tickets.get(turn.tx, incident.id)
    size = len(ticket.words) if ticket else 0
    turn.later(
        f"incident.more:{incident.id}", turn.now + TOGETHER, "incident.more", danger=True, ticket=incident.id, size=size
    )


def _to_holder(turn: Turn, incident: Incident, text: str) -> None:
    if incident.holder is not None and incident.holder != turn.person.id:
        line = turn.text("danger.responder.update", number=incident.id, name=turn.person.called, words=text)
        turn.tell(people.get(turn.tx, incident.holder).chat, line, kind="emergency", about=incident.id)


def collected(turn: Turn) -> None:
    """What came meanwhile, in one message."""
    assert isinstance(turn.event, Due)
    incident = stored.get(turn.tx, turn.event.ticket or 0)
    ticket = tickets.get(turn.tx, turn.event.ticket or 0)
    if incident is None or ticket is None or incident.status not in ("held", "there"):
        return
    size = int(turn.event.data.get("size", 0))
    if len(ticket.words) > size:
        _to_holder(turn, incident, ticket.words[size:].removeprefix(" / "))
        _look_again(turn, incident)


def ring_anew(turn: Turn, incident: Incident, text: str) -> None:
    """Another kind of danger: the holder and the first rung hear of it, unless the alarm lane told them."""
    if danger_incident.mark(turn) in turn.house.sounded.tried:
        return
    rungs = ladder.rungs_of(turn.tx, turn.house, incident)
    first = rungs[0][1] if rungs else []
    holder = [people.get(turn.tx, incident.holder)] if incident.holder else []
    line = turn.text("danger.responder.anew", number=incident.id, name=turn.person.called, words=text)
    button = turn.button("hold", "hold", incident.id)
    for person in {person.id: person for person in [*holder, *first] if person.id != turn.person.id}.values():
        turn.tell(person.chat, line, button, kind="emergency", about=incident.id)


def ring_calm(turn: Turn, incident: Incident) -> None:
    """没事了: nobody is sent home by it, somebody makes sure."""
    _to_all(turn, incident, turn.text("danger.responder.calm", number=incident.id, name=turn.person.called))


def place(turn: Turn, incident: Incident, where: PlaceExpression) -> str:
    """Keep the place, tell everybody who was alerted, and say it back."""
    ticket = tickets.get(turn.tx, incident.id)
    if ticket is not None and can(ticket, "correct"):
        turn.record(ticket, "correct", place=replace(where, span=(0, 0)))
    stored.record(turn.tx, incident, "place", turn.now, turn.person.id, {}, active_at=turn.now)
    spelled = titles.spelled(where)
    _to_all(turn, incident, turn.text("danger.responder.place", number=incident.id, place=spelled))
    return spelled


def spread(turn: Turn, incident: Incident, text: str) -> None:
    """An answer to a question goes to everybody who looks: the holder, else those who were alerted."""
    _to_all(
        turn, incident, turn.text("danger.responder.update", number=incident.id, name=turn.person.called, words=text)
    )


def _to_all(turn: Turn, incident: Incident, line: str) -> None:
    told = [incident.holder] if incident.holder else list(stored.alerted(turn.tx, incident.id))
    ticket = tickets.get(turn.tx, incident.id)
    if ticket is not None and ticket.reporter and ticket.reporter != incident.person and not incident.drill:
        told.append(ticket.reporter)
    for number in dict.fromkeys(one for one in told if one != turn.person.id):
        turn.tell(people.get(turn.tx, number).chat, line, kind="emergency", about=incident.id)
