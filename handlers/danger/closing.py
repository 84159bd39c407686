"""An incident is over: solved by whoever had it in hand, and closed with its cause."""

from __future__ import annotations

from datetime import timedelta

from handlers.danger import incident as danger_incident
from handlers.danger import informed
from handlers.tickets import steps
from handlers.turn import Turn
from models.incidents import Incident
from models.people import Person
from models.tickets import can
from storage import dialogues, tickets
from storage import incidents as stored


def solve(turn: Turn, incident: Incident, word: str = "", told: bool = False) -> None:
    """It is over; why it was is asked. ``told``: the one who was in danger knows already."""
    before, holder = incident.status, incident.holder or turn.person.id
    incident = stored.record(turn.tx, incident, "solve", turn.now, turn.person.id or None, {}, holder=holder)
    danger_incident.look(turn, incident, turn.now + timedelta(days=1))
    _finish_ticket(turn, incident)
    if not told:
        informed.resident(turn, incident, "solved", turn.person)
    if before in ("open", "doubted"):
        informed.others(turn, incident, None)
    ask_cause(turn, incident, turn.person)


def seen(turn: Turn, incident: Incident) -> None:
    """Nobody had it in hand yet, and the helper at the door has seen that all is well."""
    stored.record(turn.tx, incident, "solve", turn.now, turn.person.id or None, {})
    _finish_ticket(turn, incident)
    informed.others(turn, incident, None, "seen")
    data = {"cause": "false"}
    stored.record(turn.tx, incident, "close", turn.now, turn.person.id, data, cause="false", closed_at=turn.now)
    stored.touch(turn.tx, incident, next_at=None)
    turn.drop(f"incident:{incident.id}")


def _finish_ticket(turn: Turn, incident: Incident) -> None:
    ticket = tickets.get(turn.tx, incident.id)
    if ticket is not None and ticket.is_open and can(ticket, "finish"):
        dialogues.end_relay(turn.tx, incident.id)
        tickets.let_go(turn.tx, ticket.id, turn.now)
        steps.step(turn, ticket, "finish", done_at=turn.now, responded_at=ticket.responded_at or turn.now)


def ask_cause(turn: Turn, incident: Incident, person: Person) -> None:
    """真的, 误报 or 演练?"""
    buttons = [turn.button(f"cause.{cause}", "cause", incident.id, cause) for cause in ("real", "false", "drill")]
    text = turn.text("danger.responder.cause", number=incident.id)
    turn.tell(person.chat, text, *buttons, about=incident.id, wide=3)


def close(turn: Turn, incident: Incident, cause: str) -> None:
    """Closed, with its cause; the agenda forgets it."""
    if incident.status != "solved":
        informed.resident(turn, incident, "solved", turn.person)
        _finish_ticket(turn, incident)
        informed.others(turn, incident, incident.holder)
    data = {"cause": cause}
    stored.record(turn.tx, incident, "close", turn.now, turn.person.id or None, data, cause=cause, closed_at=turn.now)
    stored.touch(turn.tx, incident, next_at=None)
    turn.drop(f"incident:{incident.id}")
    buttons = []
    if cause == "false" and turn.person.may("manager"):
        buttons = [turn.button("callfirst", "callfirst", incident.id)]
    informed.to_responder(turn, "closed", incident, *buttons, cause=turn.text(f"danger.cause.{cause}"))
