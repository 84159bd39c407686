"""A door that nobody opens: a welfare check with a ladder of its own, begun by whoever stands before it."""

from __future__ import annotations

from functools import partial

from handlers.danger import closing, person, updates
from handlers.danger import incident as danger_incident
from handlers.rows import Meant
from handlers.turn import Turn
from models.incidents import LIVE, Incident
from models.queues import DESK
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
    if danger_incident.mark(turn) in turn.house.sounded.tried:
        updates.place(turn, incident, place)  # who was rung before it was known where
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


def words(turn: Turn) -> Meant | None:
    """What the helper who knocked says next: 开门了,人没事 ends the ringing, 他摔了 goes to everybody who looks."""
    incident = _mine(turn)
    if incident is None:
        return None
    danger = turn.parse.signs or any(one.intent.startswith("emergency.") for one in turn.parse.intents)
    return Meant(partial(_worse if danger else _seen, turn, incident))


def _mine(turn: Turn) -> Incident | None:
    """The live check of a door that the speaker began."""
    own = (one for one in turn.situation.reported if one.is_open and one.flow == DESK and one.category == "welfare")
    found = (stored.get(turn.tx, one.id) for one in own)
    live = (one for one in found if one is not None and one.status in LIVE and one.kind == "welfare")
    return next((one for one in live if one.person not in (None, turn.person.id)), None)


def _worse(turn: Turn, incident: Incident) -> None:
    """The door is open and somebody needs help."""
    updates.append(turn, incident, turn.parse.text)
    updates.spread(turn, incident, turn.parse.text)
    turn.say(turn.person.chat or turn.chat.id, "danger.welfare.worse", kind="emergency", about=incident.id)


def _seen(turn: Turn, incident: Incident) -> None:
    """Somebody made sure: nobody is rung any more; whoever has it in hand hears the words and closes it."""
    updates.append(turn, incident, turn.parse.text)
    chat = turn.person.chat or turn.chat.id
    if incident.holder is None:
        closing.seen(turn, incident)
        return turn.say(chat, "danger.welfare.opened", about=incident.id)
    updates.spread(turn, incident, turn.parse.text)
    helper = people.get(turn.tx, incident.holder).called
    return turn.say(chat, "danger.more.held", about=incident.id, helper=helper)


def at_home(turn: Turn, number: int) -> None:
    """「我在家,没事」: told to everybody who looks; somebody closes it, not the button."""
    incident = stored.get(turn.tx, number)
    if incident is None or incident.person != turn.person.id or incident.status not in LIVE:
        return turn.answer("press.stale")
    return person.add(turn, incident, turn.text("button.home.safe"), calm=True)
