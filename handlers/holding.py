"""Somebody has an incident in hand: taken, on the way, there, handed on, solved, and closed with its cause."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers import alerts, cards, clocks, desk, incidents, ladder
from handlers.turn import Turn
from models.incidents import Incident
from models.outgoing import Button
from models.people import Person
from models.tickets import can
from storage import dialogues, people, tickets
from storage import incidents as stored
from storage.dialogues import Relay


def hold(turn: Turn, incident: Incident, word: str, over: bool = False) -> None:
    """Take it in hand; whoever else was alerted hears that they need not go."""
    if incident.holder is not None and incident.status != "open" and not over:
        return _in_hand(turn, incident)
    if incident.status == "open":
        incident = incidents.catch_up(turn, incident, str(incident.id)) or incident
    before = incident.holder if incident.status != "open" else None
    until = turn.now + timedelta(minutes=turn.house.danger.expires)
    incident = _record(turn, incident, "hold", holder=turn.person.id, held_at=incident.held_at or turn.now)
    incidents.look(turn, incident, until)
    _take_ticket(turn, incident)
    _tell_holder(turn, incident)
    _tell_others(turn, incident, before)
    return _tell_resident(turn, incident, word)


def _in_hand(turn: Turn, incident: Incident) -> None:
    """It is in hand already: in whose, and whether to take it over."""
    if incident.holder == turn.person.id:
        return to_responder(turn, "yours", incident)
    helper = people.get(turn.tx, incident.holder or 0).called
    return to_responder(turn, "taken", incident, turn.button("takeover", "takeover", incident.id), helper=helper)


def _record(turn: Turn, incident: Incident, action: str, **changes: Any) -> Incident:
    return stored.record(turn.tx, incident, action, turn.now, turn.person.id or None, {}, **changes)


def _take_ticket(turn: Turn, incident: Incident) -> None:
    """The ticket on the desk follows: one holder, and a conversation when somebody of the desk took it."""
    ticket = tickets.get(turn.tx, incident.id)
    if ticket is None or not ticket.is_open:
        return
    if ticket.owner is not None:
        tickets.let_go(turn.tx, ticket.id, turn.now)
        ticket = turn.record(ticket, "reoffer", owner=None)
    if tickets.claim(turn.tx, ticket.id, turn.person.id, turn.now):
        responded = ticket.responded_at or turn.now
        ticket = turn.record(ticket, "accept", owner=turn.person.id, accepted_at=turn.now, responded_at=responded)
    clocks.watch(turn, ticket)
    cards.refresh_desk(turn, ticket)
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
    return _to_holder(turn, incident, turn.person, text, *_buttons(turn, incident))


def _to_holder(turn: Turn, incident: Incident, holder: Person, text: str, *buttons: Button) -> None:
    turn.tell(holder.chat, text, *buttons, kind="emergency", about=incident.id)


def _buttons(turn: Turn, incident: Incident) -> list[Button]:
    return [turn.button(verb, verb, incident.id) for verb in ("enroute", "there", "solved", "pass")]


def _tell_others(turn: Turn, incident: Incident, before: int | None) -> None:
    """Silence for everybody who was alerted: the newest word replaces an alert that did not leave yet."""
    everybody = dict.fromkeys([*stored.alerted(turn.tx, incident.id), *([before] if before else [])])
    for number in everybody:
        if number != turn.person.id:
            key = "danger.responder.moved" if number == before else "danger.responder.over"
            text = turn.text(key, number=incident.id, helper=turn.person.called)
            incidents.ring(turn, incident, people.get(turn.tx, number).chat, text)


def _tell_resident(turn: Turn, incident: Incident, word: str) -> None:
    relay = dialogues.relay_of(turn.tx, incident.id)
    names = ("relay", "danger") if relay and relay.helper == turn.person.id else ("danger",)
    path = alerts.path_of(incident.sign)
    text = alerts.choose(turn.house, "danger.held", path, *names)
    incidents.answer(turn, incident, text.format(helper=turn.person.called, word=word))


# ---------------------------------------------------------------- on the way, there, and on to somebody else


def enroute(turn: Turn, incident: Incident, word: str = "") -> None:
    """The holder sets out."""
    stored.log(turn.tx, incident.id, incidents.step_of(turn, "enroute"))
    incidents.look(turn, incident, turn.now + timedelta(minutes=turn.house.danger.expires))
    _to_holder(turn, incident, turn.person, turn.text("danger.responder.enroute"), *_buttons(turn, incident)[1:])
    say(turn, incident, "enroute", turn.person)


def there(turn: Turn, incident: Incident, word: str = "") -> None:
    """The holder is there: the acknowledgement lapses no more."""
    incident = _record(turn, incident, "there", there_at=incident.there_at or turn.now)
    incidents.look(turn, incident, turn.now + timedelta(hours=1))
    _to_holder(turn, incident, turn.person, turn.text("danger.responder.there"), *_buttons(turn, incident)[2:])
    say(turn, incident, "there", turn.person)


def pass_on(turn: Turn, incident: Incident, word: str = "") -> None:
    """The holder hands it on: the ladder goes on at once."""
    holder = turn.person
    incident = _let_go(turn, incident, "pass")
    _to_holder(turn, incident, holder, turn.text("danger.responder.passed", number=incident.id))
    say(turn, incident, "passed", holder)
    incidents.alert(turn, incident, but=holder.id)


def lapse(turn: Turn, incident: Incident) -> None:
    """Nothing was heard of the holder: the ladder goes on at once."""
    holder = people.get(turn.tx, incident.holder or 0)
    incident = _let_go(turn, incident, "lapse")
    say(turn, incident, "lapsed", holder)
    text = turn.text("danger.responder.lapsed", number=incident.id)
    _to_holder(turn, incident, holder, text, turn.button("hold", "hold", incident.id))
    incidents.alert(turn, incident, but=holder.id)


def _let_go(turn: Turn, incident: Incident, action: str) -> Incident:
    ticket = tickets.get(turn.tx, incident.id)
    if ticket is not None and ticket.owner is not None and can(ticket, "return"):
        tickets.let_go(turn.tx, ticket.id, turn.now)
        clocks.watch(turn, turn.record(ticket, "return", owner=None))
    dialogues.end_relay(turn.tx, incident.id)
    return _record(turn, incident, action, holder=None)


# ---------------------------------------------------------------- over


def solve(turn: Turn, incident: Incident, word: str = "", told: bool = False) -> None:
    """It is over; why it was is asked. ``told``: the one who was in danger knows already."""
    incident = _record(turn, incident, "solve", holder=incident.holder or turn.person.id)
    incidents.look(turn, incident, turn.now + timedelta(days=1))
    _finish_ticket(turn, incident)
    if not told:
        say(turn, incident, "solved", turn.person)
    ask_cause(turn, incident, turn.person)


def _finish_ticket(turn: Turn, incident: Incident) -> None:
    ticket = tickets.get(turn.tx, incident.id)
    if ticket is not None and ticket.is_open and can(ticket, "finish"):
        dialogues.end_relay(turn.tx, incident.id)
        tickets.let_go(turn.tx, ticket.id, turn.now)
        ticket = turn.record(ticket, "finish", done_at=turn.now, responded_at=ticket.responded_at or turn.now)
        clocks.watch(turn, ticket)
        cards.refresh_desk(turn, ticket)


def ask_cause(turn: Turn, incident: Incident, person: Person) -> None:
    """真的, 误报 or 演练?"""
    buttons = [turn.button(f"cause.{cause}", "cause", incident.id, cause) for cause in ("real", "false", "drill")]
    text = turn.text("danger.responder.cause", number=incident.id)
    turn.tell(person.chat, text, *buttons, about=incident.id, wide=3)


def close(turn: Turn, incident: Incident, cause: str) -> None:
    """Closed, with its cause; the agenda forgets it."""
    if incident.status != "solved":
        say(turn, incident, "solved", turn.person)
        _finish_ticket(turn, incident)
        _tell_others(turn, incident, incident.holder)
    data = {"cause": cause}
    stored.record(turn.tx, incident, "close", turn.now, turn.person.id or None, data, cause=cause, closed_at=turn.now)
    stored.touch(turn.tx, incident, next_at=None)
    turn.drop(f"incident:{incident.id}")
    buttons = []
    if cause == "false" and turn.person.may("manager"):
        buttons = [turn.button("callfirst", "callfirst", incident.id)]
    to_responder(turn, "closed", incident, *buttons, cause=turn.text(f"danger.cause.{cause}"))


def say(turn: Turn, incident: Incident, what: str, helper: Person) -> None:
    """Tell the one in danger what the holder does, as discreetly as the path wants it."""
    text = alerts.choose(turn.house, f"danger.{what}", alerts.path_of(incident.sign), "danger")
    incidents.answer(turn, incident, text.format(helper=helper.called))


def to_responder(turn: Turn, key: str, incident: Incident, *buttons: Button, **values: Any) -> None:
    """Answer whoever is speaking, in private where possible."""
    chat = turn.person.chat or turn.chat.id
    turn.say(chat, f"danger.responder.{key}", *buttons, about=incident.id, number=incident.id, **values)
