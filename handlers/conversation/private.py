"""A line that somebody says in private: who is tried with it, in which order, and what is done when nobody understands it."""

from __future__ import annotations

from collections.abc import Callable

from handlers.bookings import life
from handlers.conversation import commands, presses, smalltalk
from handlers.danger import doubts, inquiries, person
from handlers.forms import loop, speaking
from handlers.mediation import agreement, relay, withdrawing
from handlers.people import agreeing as people_agreeing
from handlers.people import arrivals, family, filing, privacy, profile, unlinking
from handlers.tickets import asked, desk, money, rating, working
from handlers.turn import Turn
from models.meaning import Match
from storage import dialogues, people, tickets


def further_need(turn: Turn) -> None:
    """「弄完了,楼道灯也不亮」 opens the other one, in private."""
    match = turn.parse.match("issue.report")
    if turn.parse.match("vol.done") and match and not match.ask and turn.person.chat:
        private = turn.elsewhere(people.chat(turn.tx, turn.person.chat))
        _request(private, (match,))


def _work(turn: Turn) -> bool:
    """A helper's words about their work, and what they saw on the way."""
    worked = working.in_private(turn)
    if worked:
        further_need(turn)
    return worked


def heard(turn: Turn) -> None:
    """A line in private: the first of :data:`PRIVATE` that understands it answers."""
    for meant in PRIVATE:
        if meant(turn):
            return
    _unclear(turn)


def _replied_to_desk_card(turn: Turn) -> bool:
    replied = working.replied_ticket(turn)
    return replied is not None and desk.sits_here(turn.person) and desk.speak(turn, replied)


def _with_resident(turn: Turn) -> bool:
    """Somebody of the desk who is speaking with a resident; their own commands come first."""
    return desk.sits_here(turn.person) and not turn.one_of(("mgr",)) and desk.from_helper(turn)


def _human(turn: Turn) -> bool:
    if not turn.heard("dialog.human"):
        return False
    form = dialogues.get(turn.tx, turn.chat.id, turn.person.id)
    if form is not None:
        speaking.go_on(turn, form)
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
    other = turn.one_of(("ticket", "vol")) and not loop.given_up(flow, turn.parse)
    if other and flow.life != "case" and not turn.parse.match("dialog.correct", *flow.intents):
        return False
    told = flow.life == "case" and len(turn.parse.clean) > TELLING and form.asking not in (None, "confirm", "which")
    if turn.heard("dialog.wait"):
        smalltalk.digress(turn)
    elif not told and smalltalk.aside(turn):
        flow = turn.house.flows[form.flow]
        speaking.perform(turn, flow, loop.repeat(flow, form))
    else:
        speaking.go_on(turn, form)
    return True


def _open_question(turn: Turn) -> bool:
    questions = dialogues.questions(turn.tx, turn.chat.id, turn.person.id)
    if not questions:
        return False
    newest = questions[0]
    if newest.kind == "cancel":
        agreed = False if people_agreeing.keeps(turn) else CANCELLING.get(turn.parse.best or "")
        if agreed is not None and newest.ticket is not None:
            asked.answer_cancel(turn, newest.ticket, agreed)
        return agreed is not None
    if newest.kind == "place" and newest.ticket is not None and turn.heard("dialog.confirm", "dialog.deny"):
        life.answer_offer(turn, newest.ticket, turn.heard("dialog.confirm"))
        return True
    return rating.answer(turn, newest)


CANCELLING = {"dialog.confirm": True, "ticket.cancel": True, "booking.cancel": True, "dialog.deny": False}
"""Words that answer whether it is really not wanted any more."""


def _about_own(turn: Turn) -> bool:
    intents = ("ticket.query", "ticket.urge", "ticket.append", "ticket.cancel", "ticket.reopen",
               "feedback.rate", "feedback.fixed", "feedback.unfixed")  # fmt: skip
    match = turn.parse.match(*intents)
    if match is None or turn.parse.best != match.intent:
        return False
    if asked.tickets_meant(turn, match.intent) or not _still_at_work(turn):
        asked.handle(turn, match.intent)
    return True


def _still_at_work(turn: Turn) -> bool:
    """快弄完了, 弄好了一半: whoever has a task in hand hears how to say what moves it; False without one."""
    held = [
        ticket for ticket in tickets.held_by(turn.tx, turn.person.id) if ticket.life == "task" and ticket.flow != "desk"
    ]
    if held:
        next_step = "arrive" if held[0].status == "enroute" else "start"
        buttons = [turn.button(verb, verb, held[0].id) for verb in (next_step, "finish", "release")]
        turn.say(turn.chat.id, "work.still", *(buttons if len(held) == 1 else ()), about=held[0].id, wide=3)
    return bool(held)


def _wish(turn: Turn) -> bool:
    """A need: opens a form, or lies on the desk when no form is installed for it."""
    wanted = tuple(match for match in turn.parse.intents if match.intent.split(".")[0] in NEEDS)
    if not wanted:
        return False
    _request(turn, wanted)
    return True


NEEDS = frozenset({"issue", "help", "booking", "mediation", "emergency", "checkin", "family", "profile", "civic", "points",
                   "event", "scam", "policy", "privacy", "reminder", "complaint"})  # fmt: skip


def _request(turn: Turn, wanted: tuple[Match, ...]) -> None:
    flow = speaking.flow_for(turn, wanted[0].intent)
    if flow is None:
        desk.unhandled(turn)
    else:
        speaking.begin(turn, flow, wanted[0], _others(wanted))


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
        return None if _still_at_work(turn) else turn.answer("talk.staff")
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
    relay.from_party,
    relay.from_mediator,
    agreement.answered,
    arrivals.code,
    inquiries.answer,
    person.more,
    doubts.ask,
    doubts.answer,
    _human,
    _door,
    working.picked,
    privacy.heard,
    withdrawing.heard,
    filing.heard,
    _open_form,
    people_agreeing.heard,
    unlinking.picked,
    profile.heard,
    money.heard,
    _open_question,
    _with_resident,
    _work,
    commands.plain,
    _about_own,
    asked.correct,
    family.heard,
    _wish,
    smalltalk.digress,
    smalltalk.alone,
)
"""Who is tried with a line in private, in this order; the first that understands it answers."""
