"""The one door: every event comes in here, inside its transaction.

Due ────────────────► followups.KINDS[kind]
ChatChange ─────────► arrivals
Press ──────────────► PRESSES[verb], which takes the same way as the word
Picture ────────────► the open ticket or form it belongs to
Utterance ──► danger ► commands ► a group's own words ► somebody at the desk speaks with them ► invitation code
              ► open form ► open question ► work a helper holds ► managers' words ► requests ► small talk ► a person
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from handlers import (
    agreeing,
    appointments,
    arrivals,
    asking,
    casetalk,
    commands,
    danger,
    desk,
    dialogue,
    doubts,
    edits,
    family,
    feedback,
    filing,
    followups,
    forms,
    halting,
    hearing,
    inquiries,
    leaving,
    own,
    pictures,
    presses,
    privacy,
    profile,
    responders,
    smalltalk,
    sums,
    unlinking,
    volunteers,
)  # fmt: skip
from handlers.house import House
from handlers.turn import NOTHING, Turn
from models.events import ChatChange, Due, Origin, Picture, Press, Received, Spot, Utterance
from models.incidents import Alarm
from models.meaning import Match, Parse
from models.people import Chat, Person
from storage import dialogues, people, queue
from storage.database import Transaction

CLOCK = Chat(0, "clock", "clock", "private")


def handle(tx: Transaction, house: House, event: Received, parse: Parse, now: datetime) -> list[int]:
    """Let one event happen; returns the ids of what is to be sent."""
    origin = event.origin
    chat, person = _who(tx, event, now)
    if people.is_gone(tx, chat.id) and not isinstance(event, ChatChange):
        people.mark_gone(tx, chat.id, gone=False)
    turn = Turn(tx, house, now, event, f"{origin.channel}:{origin.key}", chat, person, parse)
    arrivals.starter(turn)
    _DOORS[type(event)](turn)
    arrivals.consent(turn)
    return turn.sent


def _who(tx: Transaction, event: Received, now: datetime) -> tuple[Chat, Person]:
    """The chat and the person behind an event; a messenger's own trouble belongs to nobody."""
    origin = event.origin
    if not origin.chat:
        return CLOCK, Person(0)
    return people.arrive(tx, origin.channel, origin.chat, origin.account, origin.private, origin.name, now)


def handle_due(tx: Transaction, house: House, due: Due, now: datetime) -> list[int]:
    """Let a row of the agenda happen, if it is still there."""
    if not queue.take(tx, due):
        return []
    chat = people.chat(tx, due.chat) if due.chat else CLOCK
    person = people.get(tx, due.person) if due.person else Person(0)
    turn = Turn(tx, house, now, due, due.key, chat, person)
    followups.KINDS[due.kind](turn)
    return turn.sent


def adopt(tx: Transaction, house: House, alarm: Alarm, now: datetime) -> list[int]:
    """An alarm whose event was never stored: its incident is opened without it."""
    chat, person = people.arrive(tx, alarm.channel, alarm.chat, alarm.account, alarm.private, alarm.name, now)
    origin = Origin(alarm.channel, alarm.key, alarm.chat, alarm.account, alarm.said, alarm.name, alarm.private)
    event = Utterance(origin, alarm.text)
    turn = Turn(tx, house, now, event, f"{alarm.channel}:{alarm.key}", chat, person, Parse(alarm.text, alarm.text))
    danger.adopt(turn, alarm)
    return turn.sent


def set_aside(tx: Transaction, house: House, event: Received, now: datetime) -> list[int]:
    """An event that failed three times is shown to the desk, and its sender is told."""
    origin = event.origin
    chat, person = people.arrive(tx, origin.channel, origin.chat, origin.account, origin.private, origin.name, now)
    secret = casetalk.confidential(tx, origin)
    words = "—" if secret else (event.text if isinstance(event, Utterance) else "")
    turn = Turn(tx, house, now, event, f"{origin.channel}:{origin.key}", chat, person, Parse(words, words))
    desk.set_aside(turn)
    return turn.sent


GONE = frozenset({"blocked", "kicked", "no_chat"})
"""Reasons for which nothing will ever arrive there; others concern one message."""


def unreachable(tx: Transaction, house: House, number: int, reason: str, now: datetime) -> list[int]:
    """A chat that cannot be written to any more: marked, and shown to the desk once."""
    chat = people.chat(tx, number)
    if people.is_gone(tx, number) or reason not in GONE:
        return []
    people.mark_gone(tx, number)
    person = people.get(tx, chat.person) if chat.person else Person(0)
    turn = Turn(tx, house, now, Due(f"gone:{number}", now, "gone"), f"gone:{number}", chat, person)
    responders.unreachable(turn)
    desk.open_ticket(turn, "groupgone" if chat.kind == "group" else "undelivered", words="—", answer=None)
    return turn.sent


# ---------------------------------------------------------------- doors


def _said(turn: Turn) -> None:
    """A line of text."""
    if unheard := hearing.fault(turn):
        return hearing.answer(turn, unheard)
    if not turn.parse.clean and turn.chat.kind == "private":
        return turn.answer("first.unknown")
    if danger.heard(turn):
        return halting.cried(turn)
    if edits.too_late(turn):
        return edits.answer(turn)
    if responders.words(turn) or commands.run(turn):
        return None
    return _in_group(turn) if turn.chat.kind == "group" else _in_private(turn)


def _in_group(turn: Turn) -> None:
    """Groups hear only what is meant for the bot."""
    if turn.chat.queue == "desk":
        desk.in_group(turn, volunteers.replied_ticket(turn))
    elif turn.chat.queue:
        volunteers.in_group(turn)
        _further_need(turn)


def _further_need(turn: Turn) -> None:
    """「弄完了,楼道灯也不亮」 opens the other one, in private."""
    match = turn.parse.match("issue.report")
    if turn.parse.match("vol.done") and match and not match.ask and turn.person.chat:
        private = turn.elsewhere(people.chat(turn.tx, turn.person.chat))
        _request(private, (match,))


def _work(turn: Turn) -> bool:
    """A helper's words about their work, and what they saw on the way."""
    worked = volunteers.in_private(turn)
    if worked:
        _further_need(turn)
    return worked


def _in_private(turn: Turn) -> None:
    for meant in PRIVATE:
        if meant(turn):
            return
    _unclear(turn)


def _replied_to_desk_card(turn: Turn) -> bool:
    replied = volunteers.replied_ticket(turn)
    return replied is not None and desk.sits_here(turn.person) and desk.speak(turn, replied)


def _with_resident(turn: Turn) -> bool:
    """Somebody of the desk who is speaking with a resident; their own commands come first."""
    return desk.sits_here(turn.person) and not turn.one_of(("mgr",)) and desk.from_helper(turn)


def _human(turn: Turn) -> bool:
    if not turn.heard("dialog.human"):
        return False
    form = dialogues.get(turn.tx, turn.chat.id, turn.person.id)
    if form is not None:
        forms.go_on(turn, form)
    else:
        desk.human(turn)
    return True


def _door(turn: Turn) -> bool:
    """The name of a door on the menu, pressed, typed or spoken."""
    flow = next((flow for flow in turn.house.flows.values() if flow.label == turn.parse.clean), None)
    if flow is not None:
        presses.open_door(turn, flow)
    return flow is not None


TELLING = 6
"""Characters from which an answer about a quarrel is no small talk: 「把话说清楚就行」."""


def _open_form(turn: Turn) -> bool:
    form = dialogues.get(turn.tx, turn.chat.id, turn.person.id)
    if form is None:
        return False
    flow = turn.house.flows[form.flow]
    if turn.one_of(("ticket", "vol")) and flow.life != "case" and not turn.parse.match("dialog.correct", *flow.intents):
        return False
    told = flow.life == "case" and len(turn.parse.clean) > TELLING and form.asking not in (None, "confirm", "which")
    if turn.heard("dialog.wait"):
        smalltalk.digress(turn)
    elif not told and smalltalk.aside(turn):
        flow = turn.house.flows[form.flow]
        forms.perform(turn, flow, dialogue.repeat(flow, form))
    else:
        forms.go_on(turn, form)
    return True


def _open_question(turn: Turn) -> bool:
    questions = dialogues.questions(turn.tx, turn.chat.id, turn.person.id)
    if not questions:
        return False
    newest = questions[0]
    if newest.kind == "cancel":
        agreed = CANCELLING.get(turn.parse.best or "")
        if agreed is not None and newest.ticket is not None:
            own.answer_cancel(turn, newest.ticket, agreed)
        return agreed is not None
    if newest.kind == "place" and newest.ticket is not None and turn.heard("dialog.confirm", "dialog.deny"):
        appointments.answer_offer(turn, newest.ticket, turn.heard("dialog.confirm"))
        return True
    return feedback.answer(turn, newest)


CANCELLING = {"dialog.confirm": True, "ticket.cancel": True, "booking.cancel": True, "dialog.deny": False}
"""Words that answer whether it is really not wanted any more."""


def _about_own(turn: Turn) -> bool:
    intents = ("ticket.query", "ticket.urge", "ticket.append", "ticket.cancel", "ticket.reopen",
               "feedback.rate", "feedback.fixed", "feedback.unfixed")  # fmt: skip
    match = turn.parse.match(*intents)
    if match is None or turn.parse.best != match.intent:
        return False
    own.handle(turn, match.intent)
    return True


def _wish(turn: Turn) -> bool:
    """A need: opens a form, or lies on the desk when no form is installed for it."""
    wanted = tuple(match for match in turn.parse.intents if match.intent.split(".")[0] in NEEDS)
    if not wanted:
        return False
    _request(turn, wanted)
    return True


NEEDS = frozenset({"issue", "help", "booking", "mediation", "emergency", "checkin", "family", "profile", "civic", "points",
                   "event", "scam", "policy", "privacy"})  # fmt: skip


def _request(turn: Turn, wanted: tuple[Match, ...]) -> None:
    flow = forms.flow_for(turn, wanted[0].intent)
    if flow is None:
        desk.unhandled(turn)
    else:
        forms.begin(turn, flow, wanted[0], _others(wanted))


def _others(wanted: tuple[Match, ...]) -> tuple[Match, ...]:
    """Further needs of another kind, or about another thing."""
    return tuple(match for match in wanted[1:] if not match.ask and _is_another(match, wanted[0]))


def _is_another(match: Match, first: Match) -> bool:
    """「水管漏水，地上都是水」 is one need; 「还有楼道灯也不亮」 is another."""
    if match.intent != first.intent:
        return True
    named = len(match.slots.get("object", "")) > 1 and match.slots.get("category") != first.slots.get("category")
    return named and match.text != first.text


def _unclear(turn: Turn) -> None:
    """Not understood: one kind question, then a person."""
    if turn.person.roles - {"resident", "family"}:
        return turn.answer("talk.staff")
    questions = dialogues.questions(turn.tx, turn.chat.id, turn.person.id)
    if any(question.kind == "unclear" for question in questions):
        for question in questions:
            if question.kind == "unclear":
                dialogues.answered(turn.tx, question.id)
        desk.open_ticket(turn, "misses")
        return None
    dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "unclear", None, turn.now)
    doors = [turn.button(f"door.{flow.name}", "door", flow.name) for flow in turn.house.doors]
    return turn.answer("talk.unclear", *doors, turn.button("human", "human", "0"))


PRIVATE: tuple[Callable[[Turn], bool], ...] = (
    _replied_to_desk_card,
    desk.from_resident,
    casetalk.from_party,
    casetalk.from_mediator,
    agreeing.answered,
    arrivals.code,
    inquiries.answer,
    danger.more,
    doubts.ask,
    doubts.answer,
    _human,
    _door,
    privacy.heard,
    leaving.heard,
    filing.heard,
    _open_form,
    asking.heard,
    unlinking.picked,
    profile.heard,
    sums.heard,
    _open_question,
    _with_resident,
    _work,
    commands.plain,
    _about_own,
    family.heard,
    _wish,
    smalltalk.digress,
    smalltalk.alone,
)
"""Who is tried with a line in private, in this order; the first that understands it answers."""


def _pressed(turn: Turn) -> None:
    assert isinstance(turn.event, Press)
    presses.press(turn, turn.event.data)


def _pictured(turn: Turn) -> None:
    assert isinstance(turn.event, Picture)
    if not danger.captioned(turn, turn.event.caption):
        pictures.received(turn)


def _located(turn: Turn) -> None:
    turn.answer("first.spot")


def _nothing(turn: Turn) -> None:
    """A voice note that could not be heard arrives here as an empty utterance instead."""


_DOORS: Mapping[type, Callable[[Turn], None]] = {
    Utterance: _said,
    Press: _pressed,
    Picture: _pictured,
    Spot: _located,
    ChatChange: arrivals.chat_changed,
}
__all__ = ["NOTHING", "handle", "handle_due", "set_aside"]
