"""The volunteers' group: cards without personal data, one winner, and the work until it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from handlers import allowances, clock, rights, rows
from handlers.questions import number_of
from handlers.rows import Meant
from handlers.saying import titles
from handlers.settings import House
from handlers.situation import Situation
from handlers.tickets import behalf, cards, clocks, desk, dispatch, hands, money, promises, steps
from handlers.turn import Turn
from handlers.understanding import numbered
from models.meaning import Question
from models.outgoing import Button
from models.people import Person
from models.tickets import Ticket, can
from nlu.words import numbers
from storage import dialogues, people, tickets
from storage.dialogues import OpenQuestion

HELPERS = ("volunteer", "property", "desk", "manager")
ROLES = rights.HELPING


def may_help(person: Person) -> bool:
    """Whether somebody holds a role that may claim."""
    return bool(person.roles & ROLES)


# ---------------------------------------------------------------- claiming


def claim(turn: Turn, number: int) -> None:
    """Take a task: the first one wins, everybody else is told kindly."""
    ticket = tickets.get(turn.tx, number)
    refusal = _refusal(turn, ticket)
    if refusal or ticket is None:
        return _to_helper(turn, refusal or "claim.unknown", number=number, count=allowances.OPEN_TASKS)
    if hands.needed(ticket) > 1:
        hands.sit(turn, ticket)
        return money.named(turn, number)
    if not tickets.claim(turn.tx, number, turn.person.id, turn.now):
        return _to_helper(turn, "claim.lost", number=number)
    responded = ticket.responded_at or turn.now
    ticket = steps.step(turn, ticket, "accept", owner=turn.person.id, accepted_at=turn.now, responded_at=responded)
    won(turn, ticket)
    return money.named(turn, number)


def _refusal(turn: Turn, ticket: Ticket | None) -> str | None:
    """Why somebody may not take this ticket, as the key of a text."""
    if not rights.may(turn, "claim", ticket):
        return "claim.stranger"
    if ticket is None or ticket.flow == "desk" or ticket.life != "task":
        return "claim.unknown"
    if ticket.is_open and hands.is_on(turn, ticket, turn.person):
        return "claim.yours"
    if ticket.reporter == turn.person.id and "for" not in ticket.slots:
        return "claim.own"
    if turn.person.chat is None:
        return "claim.nochat"
    if not dispatch.may_take(turn, turn.person, ticket):
        return "claim.notyours"
    if not hands.may_enter(turn, turn.person, ticket):
        return "claim.vetted"
    if ticket.status == "open" and (full := _has_enough(turn)):
        return full
    return None if ticket.status == "open" else ("claim.over" if not ticket.is_open else "claim.lost")


def _has_enough(turn: Turn) -> str | None:
    """Three tasks at once and so many a week: nobody collects addresses. Staff of the desk are not counted."""
    if turn.person.roles & desk.SEATED:
        return None
    held = [one for one in turn.situation.held if one.life == "task" and one.flow != "desk" and one.is_open]
    if len(held) >= allowances.OPEN_TASKS:
        return "claim.enough"
    week = allowances.table()[0]["claims"]
    taken = tickets.taken_since(turn.tx, turn.person.id, turn.now - timedelta(minutes=week.minutes))
    return "claim.week" if taken >= week.count else None


def _to_helper(turn: Turn, key: str, **values: Any) -> None:
    """Answer a helper in private where that is possible."""
    turn.say(turn.person.chat or turn.chat.id, key, **values)


def won(turn: Turn, ticket: Ticket) -> None:
    """Tell the winner and the resident; a harvest of addresses is told to the desk."""
    if allowances.use(turn, "harvest") == 1:
        desk.open_ticket(turn, "harvest", words=turn.person.called, answer=None)
    hands.details(turn, ticket)
    turn.say(
        ticket.chat,
        behalf.told(ticket, "ticket.accepted"),
        about=ticket.id,
        helper=turn.person.called,
        number=ticket.id,
        code=ticket.code,
        title=titles.title(turn.house, ticket),
        who=ticket.slots.get("for", ""),
    )


# ---------------------------------------------------------------- the work


def start(turn: Turn, ticket: Ticket) -> None:
    """The helper is on the way."""
    ticket = steps.step(turn, ticket, "start")
    buttons = [turn.button(verb, verb, ticket.id) for verb in ("arrive", "finish", "release")]
    _to_helper_with(turn, "work.started", ticket, buttons)
    turn.say(ticket.chat, "ticket.enroute", about=ticket.id, helper=turn.person.called, code=ticket.code)


def arrive(turn: Turn, ticket: Ticket) -> None:
    """The helper stands at the door."""
    ticket = steps.step(turn, ticket, "arrive")
    _to_helper_with(turn, "work.arrived", ticket, [turn.button("finish", "finish", ticket.id)])
    turn.say(ticket.chat, "ticket.arrived", about=ticket.id, helper=turn.person.called, code=ticket.code)


def finish(turn: Turn, ticket: Ticket) -> None:
    """Done, says the helper; the resident will be asked, and what was asked between the two is over."""
    dialogues.forget_questions(turn.tx, ticket.id, "line", "wait", "wait_until", "hour")
    hands.tell_others(turn, ticket, "hands.done")
    tickets.let_go(turn.tx, ticket.id, turn.now)
    ticket = steps.step(turn, ticket, "finish", done_at=turn.now, responded_at=ticket.responded_at or turn.now)
    _to_helper_with(turn, "work.done", ticket, [])
    turn.say(
        ticket.chat, "ticket.done", about=ticket.id, helper=turn.person.called, title=titles.title(turn.house, ticket)
    )
    for person in ticket.joined:
        turn.say(
            people.get(turn.tx, person).chat,
            "ticket.done_joined",
            about=ticket.id,
            title=titles.title(turn.house, ticket),
        )


def release(turn: Turn, ticket: Ticket) -> None:
    """The helper cannot come; no reproach, back to the group."""
    back_to_group(turn, ticket, "release", turn.person)
    _to_helper_with(turn, "work.released", ticket, [])


def back_to_group(turn: Turn, ticket: Ticket, action: str, leaving: Person | None = None) -> None:
    """A ticket is open again: offered, and its resident is told; others who hold it too stay when one leaves."""
    tickets.let_go(turn.tx, ticket.id, turn.now, leaving.id if leaving else None)
    others = tickets.holders(turn.tx, ticket.id)
    relay = dialogues.relay_of(turn.tx, ticket.id)
    if relay is not None and relay.helper == ticket.owner:
        dialogues.end_relay(turn.tx, ticket.id)
    helper = people.get(turn.tx, ticket.owner).called if ticket.owner else ""
    answered = ticket.responded_at if others else None  # given back is not answered
    ticket = steps.step(turn, ticket, action, owner=None, responded_at=answered)
    hands.tell_others(turn, ticket, "hands.again")
    offer(turn, ticket, "group.again")
    _tell_of_it(turn, ticket, "ticket.returned" if action == "return" else "ticket.released", helper)


def _tell_of_it(turn: Turn, ticket: Ticket, told: str, helper: str) -> None:
    """The resident hears that somebody else is looked for; where the promise is over, until when they hear again."""
    title, when = titles.title(turn.house, ticket), ""
    if ticket.promised_at is not None and ticket.promised_at <= turn.now:
        until = clock.due(turn.now, turn.house.timing.promise["P1"], turn.house.hours, turn.house.zone)
        promises.look_for_answer(turn, ticket, until, 0)
        told, when = f"{told}_late", clock.clock(turn.now, until, turn.house.zone)
    kind = "reminder" if told.startswith("ticket.returned") else "answer"
    turn.say(ticket.chat, told, kind=kind, about=ticket.id, number=ticket.id, helper=helper, title=title, until=when)


def unreachable(turn: Turn) -> bool:
    """Whoever took something and cannot be written to never gets its details: it goes back, and the desk hears which."""
    held = [one for one in tickets.held_by(turn.tx, turn.person.id) if one.flow != "desk" and can(one, "release")]
    for ticket in held:
        back_to_group(turn, ticket, "release", turn.person)
        desk.open_ticket(turn, "helpergone", words="—", answer=None, about=ticket.id)
    return bool(held)


def offer(turn: Turn, ticket: Ticket, key: str, kind: str = "answer") -> None:
    """Ask the group who is free: for all of it, or for the hands that are missing."""
    missing = hands.missing(turn, ticket)
    partly = 0 < missing < hands.needed(ticket)
    cards.offer(turn, ticket, "hands.some_missing" if partly else key, missing, kind)


def delay(turn: Turn, ticket: Ticket, minutes: int) -> None:
    """The helper is later than thought by so many minutes: the clock waits as long."""
    turn.record(ticket, "watch")
    clocks.postpone(turn, ticket, minutes)


def to_desk(turn: Turn, ticket: Ticket, reason: str) -> None:
    """The desk has it now, and is told why."""
    cards.show_desk(turn, ticket, reason)


def defer(turn: Turn, ticket: Ticket) -> None:
    """The helper comes a little later: the clock waits."""
    turn.record(ticket, "watch")
    clocks.postpone(turn, ticket)
    _to_helper_with(turn, "work.deferred", ticket, [])


def _to_helper_with(turn: Turn, key: str, ticket: Ticket, buttons: list[Button]) -> None:
    chat = turn.person.chat or turn.chat.id
    turn.say(chat, key, *buttons, about=ticket.id, wide=3, number=ticket.id)


ACTIONS: Mapping[str, tuple[str, Callable[[Turn, Ticket], None]]] = {
    "start": ("start", start),
    "arrive": ("arrive", arrive),
    "finish": ("finish", finish),
    "release": ("release", release),
    "defer": ("watch", defer),
}
"""Verb of a button → action in the table of lives, and what is done; other wings declare more."""
WORDS: Mapping[str, str] = {
    "vol.release": "release",
    "vol.enroute": "start",
    "vol.arrived": "arrive",
    "vol.done": "finish",
    "vol.alert": "alert",
}
"""What a helper says → verb."""


def act(turn: Turn, verb: str, number: int) -> None:
    """Do one step of the work, if the speaker holds the ticket now."""
    ticket = tickets.get(turn.tx, number)
    step: rows.Step = rows.installed().every("work")[verb]
    action, work = step
    if not rights.may(turn, verb, ticket):
        return rights.refuse(turn, verb, ticket)
    if ticket is not None and ticket.status == "open" and verb == "release" and hands.is_on(turn, ticket, turn.person):
        return hands.stand_up(turn, ticket)
    if ticket is None or not hands.is_on(turn, ticket, turn.person) or not can(ticket, action) or not _is_going(ticket):
        return _not_now(turn, ticket, number)
    return work(turn, ticket)


def _not_now(turn: Turn, ticket: Ticket | None, number: int) -> None:
    """Why nothing is done: it is over, it is not theirs, it is and that was done already, or other hands are missing."""
    if ticket is None or not ticket.is_open:
        return _to_helper(turn, "press.stale", number=number)
    if not hands.is_on(turn, ticket, turn.person):
        return _to_helper(turn, "work.given_back", number=number)
    left = hands.missing(turn, ticket)
    return _to_helper(turn, "hands.sat" if left else "claim.yours", about=ticket.id, number=number, missing=left)


def _is_going(ticket: Ticket) -> bool:
    """Whether somebody is on their way or about to be."""
    return ticket.is_open and ticket.owner is not None


def pressed(verb: str, turn: Turn, number: int) -> None:
    """A helper's button."""
    act(turn, verb, number)


def say_work(turn: Turn, intent: str) -> None:
    """A helper's words about what they hold; nothing, when they hold nothing."""
    held = list(turn.situation.held)
    match = turn.parse.match(intent)
    named = _named(held, match.slots.get("ref", "") if match else "", turn)
    if not held:
        return
    if named is None:
        buttons = [Button(f"{t.id} 号", f"{WORDS[intent]}:{t.id}:0") for t in held[:6]]
        chat = turn.person.chat or turn.chat.id
        dialogues.ask(turn.tx, chat, turn.person.id, "work", None, turn.now, verb=WORDS[intent])
        turn.say(chat, "work.which", *buttons, wide=3)
    else:
        act(turn, WORDS[intent], named.id)


def picked(turn: Turn, question: OpenQuestion) -> str | None:
    """The number of one of their tasks, after 是哪一号."""
    said = {number.value for number in numbers.find(turn.parse.clean)}
    meant = [ticket for ticket in turn.situation.held if ticket.id in said]
    return str(meant[0].id) if len(meant) == 1 else None


def pick(turn: Turn, question: OpenQuestion, number: str) -> None:
    """That task is meant."""
    act(turn, question.data["verb"], int(number))


def _named(held: list[Ticket], ref: str, turn: Turn) -> Ticket | None:
    """The ticket that was meant: by number, by the message replied to, or the only one."""
    replied = turn.replied_ticket()
    for ticket in held:
        if ref == str(ticket.id) or replied == ticket.id:
            return ticket
    return held[0] if len(held) == 1 else None


def mine(turn: Turn) -> None:
    """What the speaker holds."""
    held = tickets.held_by(turn.tx, turn.person.id)
    if not held:
        return _free(turn)
    for ticket in held:
        hands.details(turn, ticket, "work.mine")
    return None


def _free(turn: Turn) -> None:
    """Nothing is in hand: what the speaker may take, each by place and thing with its button."""
    waiting = [one for one in tickets.open_in(turn.tx) if _refusal(turn, one) is None]
    if not waiting:
        return _to_helper(turn, "work.none")
    buttons = [Button(f"{titles.group_line(turn.house, one)}（#{one.id}）", f"claim:{one.id}:0") for one in waiting[:6]]
    return turn.say(turn.person.chat or turn.chat.id, "work.free", *buttons, wide=1, count=len(waiting))


def _nothing_held(turn: Turn) -> None:
    """去不了, 弄完了 from a helper who holds nothing any more."""
    _to_helper(turn, "work.nothing")


def in_group(turn: Turn) -> None:
    """A line in the volunteers' group: only what is meant for the bot is answered."""
    match = turn.parse.match("vol.claim", *WORDS, "vol.query")
    if match is None or match.ask:
        return
    if match.intent == "vol.claim":
        number = match.slots.get("ref") or turn.replied_ticket()
        if number is not None and str(number).isdigit():
            claim(turn, int(number))
    elif match.intent == "vol.query":
        mine(turn)
    else:
        say_work(turn, match.intent)


def in_private(turn: Turn) -> Meant | None:
    """A helper's line in private, when it is about their work."""
    match = turn.parse.match("vol.claim", *WORDS, "vol.query")
    if match is None or match.ask or not may_help(turn.person):
        return None
    if match.intent == "vol.claim":
        number = match.slots.get("ref") or turn.replied_ticket()
        return Meant(partial(claim, turn, int(number))) if number is not None and str(number).isdigit() else None
    if match.intent == "vol.query":
        return Meant(partial(mine, turn))
    if turn.situation.held:
        return Meant(partial(say_work, turn, match.intent))
    own = any(one.is_open for one in turn.situation.reported) or turn.situation.questions
    return Meant(partial(_nothing_held, turn)) if turn.parse.best == match.intent and not own else None


def still_at_work(turn: Turn) -> Meant | None:
    """快弄完了, 弄好了一半: whoever has a task in hand hears how to say what moves it."""
    held = [ticket for ticket in turn.situation.held if ticket.life == "task" and ticket.flow != "desk"]
    return Meant(partial(_say_how, turn, held)) if held else None


def _say_how(turn: Turn, held: list[Ticket]) -> None:
    next_step = "arrive" if held[0].status == "enroute" else "start"
    buttons = [turn.button(verb, verb, held[0].id) for verb in (next_step, "finish", "release")]
    turn.say(turn.chat.id, "work.still", *(buttons if len(held) == 1 else ()), about=held[0].id, wide=3)


def listens(house: House, known: Situation) -> Question | None:
    """The number of a task, where one may be taken: 接三十七号."""
    group = known.chat.kind == "group"
    if not group and not may_help(known.person):
        return None
    waiting = tickets.open_in(known.tx, known.chat.queue if group else None)
    return numbered(house, "claim", [str(one.id) for one in waiting if one.status == "open" and one.life == "task"])


def claim_command(turn: Turn, words: str) -> None:
    """/claim 37, or as an answer to the card."""
    number = number_of(words.strip().lstrip("#") or str(turn.replied_ticket() or ""))
    return claim(turn, number) if number is not None else turn.answer("claim.which")
