"""A door that nobody opens: a welfare check with a ladder of its own, begun by whoever stands before it."""

from __future__ import annotations

from handlers.danger import incident as danger_incident
from handlers.danger import person, updates
from handlers.turn import Turn
from models.incidents import LIVE
from models.tickets import Ticket
from storage import incidents as stored
from storage import people


def alert(turn: Turn, ticket: Ticket) -> None:
    """Nobody opens the door: a person of the desk has to know now."""
    turn.record(ticket, "append")
    begin(turn, ticket)


def begin(turn: Turn, ticket: Ticket) -> None:
    """Alert the ladder, ask the resident, and tell the helper what to do meanwhile."""
    turn.say(turn.person.chat or turn.chat.id, "danger.welfare.helper", kind="emergency", about=ticket.id)
    live = stored.live_of(turn.tx, ticket.reporter) if ticket.reporter else None
    resident = people.get(turn.tx, ticket.reporter) if ticket.reporter else None
    words = turn.parse.text or turn.text("danger.welfare.words")
    place = ticket.place if ticket.place.room or resident is None else (resident.home or ticket.place)
    if live is not None:
        return updates.spread(turn, live, words)
    incident = danger_incident.begin(
        turn, "unknown", "welfare", words, kind="welfare", person=ticket.reporter, place=place
    )
    if resident is not None and resident.id != turn.person.id:
        button = turn.button("home.safe", "athome", incident.id)
        turn.say(
            resident.chat,
            "danger.welfare.resident",
            button,
            kind="emergency",
            about=incident.id,
            helper=turn.person.called,
        )
    return None


def at_home(turn: Turn, number: int) -> None:
    """「我在家,没事」: told to everybody who looks; somebody closes it, not the button."""
    incident = stored.get(turn.tx, number)
    if incident is None or incident.person != turn.person.id or incident.status not in LIVE:
        return turn.answer("press.stale")
    return person.add(turn, incident, turn.text("button.home.safe"), calm=True)
