"""Somebody has an incident in hand: taken, on the way, there, handed on, or not heard of any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers.danger import alerts, informed, ladder
from handlers.danger import incident as danger_incident
from handlers.danger.settings import Danger
from handlers.tickets import desk, steps
from handlers.turn import Turn
from models.incidents import Incident
from models.outgoing import Button
from models.tickets import can
from storage import dialogues, people, tickets
from storage import incidents as stored
from storage.dialogues import Relay


def hold(turn: Turn, incident: Incident, word: str, over: bool = False) -> None:
    """Take it in hand; whoever else was alerted hears that they need not go."""
    if incident.holder is not None and incident.status != "open" and not over:
        return _in_hand(turn, incident)
    if incident.status == "open":
        incident = danger_incident.catch_up(turn, incident, str(incident.id)) or incident
    before = incident.holder if incident.status != "open" else None
    until = turn.now + timedelta(minutes=turn.house.of(Danger).expires)
    incident = _record(turn, incident, "hold", holder=turn.person.id, held_at=incident.held_at or turn.now)
    danger_incident.look(turn, incident, until)
    _take_ticket(turn, incident)
    _tell_holder(turn, incident)
    informed.others(turn, incident, before)
    return _tell_resident(turn, incident, word)


def _in_hand(turn: Turn, incident: Incident) -> None:
    """It is in hand already: in whose, and whether to take it over."""
    if incident.holder == turn.person.id:
        return informed.to_responder(turn, "yours", incident)
    helper = people.get(turn.tx, incident.holder or 0).called
    return informed.to_responder(
        turn, "taken", incident, turn.button("takeover", "takeover", incident.id), helper=helper
    )


def _record(turn: Turn, incident: Incident, action: str, **changes: Any) -> Incident:
    return stored.record(turn.tx, incident, action, turn.now, turn.person.id or None, {}, **changes)


def _take_ticket(turn: Turn, incident: Incident) -> None:
    """The ticket on the desk follows: one holder, and a conversation when somebody of the desk took it."""
    ticket = tickets.get(turn.tx, incident.id)
    if ticket is None or not ticket.is_open:
        return
    if ticket.owner is not None:
        tickets.let_go(turn.tx, ticket.id, turn.now)
        ticket = steps.step(turn, ticket, "reoffer", owner=None)
    if tickets.claim(turn.tx, ticket.id, turn.person.id, turn.now):
        responded = ticket.responded_at or turn.now
        ticket = steps.step(turn, ticket, "accept", owner=turn.person.id, accepted_at=turn.now, responded_at=responded)
    dialogues.end_relay(turn.tx, ticket.id)
    if desk.sits_here(turn.person) and ticket.chat is not None and ticket.reporter is not None and not incident.drill:
        relay = Relay(ticket.id, ticket.reporter, ticket.chat, turn.person.id, turn.person.chat)
        dialogues.begin_relay(turn.tx, relay, turn.now)


def _tell_holder(turn: Turn, incident: Incident) -> None:
    if turn.person.chat is None:
        return turn.answer("danger.responder.noprivate")
    subject = ladder.subject(turn.tx, turn.house, incident)
    body = alerts.body(turn.house, incident.family, incident.sign, subject)
    text = turn.text("danger.responder.mine", number=incident.id, body=body)
    return danger_incident.ring(turn, incident, turn.person.chat, text, *_buttons(turn, incident))


def _buttons(turn: Turn, incident: Incident) -> list[Button]:
    return [turn.button(verb, verb, incident.id) for verb in ("enroute", "there", "solved", "pass")]


def _tell_resident(turn: Turn, incident: Incident, word: str) -> None:
    relay = dialogues.relay_of(turn.tx, incident.id)
    names = ("relay", "danger") if relay and relay.helper == turn.person.id else ("danger",)
    path = alerts.path_of(incident.sign)
    key = alerts.chosen(turn.house, "danger.held", path, *names)
    danger_incident.answer(turn, incident, turn.text(key, helper=turn.person.called, word=word))


# ---------------------------------------------------------------- on the way, there, and on to somebody else


def enroute(turn: Turn, incident: Incident, word: str = "") -> None:
    """The holder sets out."""
    stored.log(turn.tx, incident.id, danger_incident.step_of(turn, "enroute"))
    danger_incident.look(turn, incident, turn.now + timedelta(minutes=turn.house.of(Danger).expires))
    informed.to_holder(
        turn, incident, turn.person, turn.text("danger.responder.enroute"), *_buttons(turn, incident)[1:]
    )
    informed.resident(turn, incident, "enroute", turn.person)


def there(turn: Turn, incident: Incident, word: str = "") -> None:
    """The holder is there: the acknowledgement lapses no more."""
    incident = _record(turn, incident, "there", there_at=incident.there_at or turn.now)
    danger_incident.look(turn, incident, turn.now + timedelta(hours=1))
    informed.to_holder(turn, incident, turn.person, turn.text("danger.responder.there"), *_buttons(turn, incident)[2:])
    informed.resident(turn, incident, "there", turn.person)


def pass_on(turn: Turn, incident: Incident, word: str = "") -> None:
    """The holder hands it on: the ladder goes on at once."""
    holder = turn.person
    incident = _let_go(turn, incident, "pass")
    informed.to_holder(turn, incident, holder, turn.text("danger.responder.passed", number=incident.id))
    informed.resident(turn, incident, "passed", holder)
    danger_incident.alert(turn, incident, but=holder.id)


def lapse(turn: Turn, incident: Incident) -> None:
    """Nothing was heard of the holder: the ladder goes on at once."""
    holder = people.get(turn.tx, incident.holder or 0)
    incident = _let_go(turn, incident, "lapse")
    informed.resident(turn, incident, "lapsed", holder)
    text = turn.text("danger.responder.lapsed", number=incident.id)
    informed.to_holder(turn, incident, holder, text, turn.button("hold", "hold", incident.id))
    danger_incident.alert(turn, incident, but=holder.id)


def _let_go(turn: Turn, incident: Incident, action: str) -> Incident:
    ticket = tickets.get(turn.tx, incident.id)
    if ticket is not None and ticket.owner is not None and can(ticket, "return"):
        tickets.let_go(turn.tx, ticket.id, turn.now)
        steps.step(turn, ticket, "return", owner=None)
    dialogues.end_relay(turn.tx, incident.id)
    return _record(turn, incident, action, holder=None)
