"""The volunteers' group: cards without personal data, one winner, and the work until it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handlers.danger import door
from handlers.saying import titles
from handlers.tickets import behalf, cards, clocks, desk, dispatch, hands, money
from handlers.turn import Turn
from models.outgoing import Button
from models.people import Person
from models.tickets import Ticket, can
from nlu.words import numbers
from storage import dialogues, people, queue, tickets

HELPERS = ("volunteer", "property", "desk", "manager")
ROLES = frozenset(HELPERS)


def may_help(person: Person) -> bool:
    """Whether somebody holds a role that may claim."""
    return any(person.may(role) for role in HELPERS)


# ---------------------------------------------------------------- claiming


def claim(turn: Turn, number: int) -> None:
    """Take a task: the first one wins, everybody else is told kindly."""
    ticket = tickets.get(turn.tx, number)
    refusal = _refusal(turn, ticket)
    if refusal or ticket is None:
        return _to_helper(turn, refusal or "claim.unknown", number=number)
    if hands.needed(ticket) > 1:
        hands.sit(turn, ticket)
        return money.named(turn, number)
    if not tickets.claim(turn.tx, number, turn.person.id, turn.now):
        return _to_helper(turn, "claim.lost", number=number)
    responded = ticket.responded_at or turn.now
    ticket = turn.record(ticket, "accept", owner=turn.person.id, accepted_at=turn.now, responded_at=responded)
    won(turn, ticket)
    return money.named(turn, number)


def _refusal(turn: Turn, ticket: Ticket | None) -> str | None:
    """Why somebody may not take this ticket, as the key of a text."""
    if not may_help(turn.person):
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
    return None if ticket.status == "open" else ("claim.over" if not ticket.is_open else "claim.lost")


def _to_helper(turn: Turn, key: str, **values: Any) -> None:
    """Answer a helper in private where that is possible."""
    turn.say(turn.person.chat or turn.chat.id, key, **values)


def won(turn: Turn, ticket: Ticket) -> None:
    """Tell the group, the winner and the resident."""
    clocks.watch(turn, ticket)
    cards.show(turn, ticket)
    cards.refresh_desk(turn, ticket)
    hands.details(turn, ticket)
    turn.say(
        ticket.chat, behalf.told(ticket, "ticket.accepted"), about=ticket.id, helper=turn.person.called, number=ticket.id,
        code=ticket.code, title=titles.title(turn.house, ticket), who=ticket.slots.get("for", ""),
    )  # fmt: skip


# ---------------------------------------------------------------- the work


def start(turn: Turn, ticket: Ticket) -> None:
    """The helper is on the way."""
    ticket = turn.record(ticket, "start")
    clocks.watch(turn, ticket)
    cards.show(turn, ticket)
    buttons = [turn.button(verb, verb, ticket.id) for verb in ("arrive", "finish", "release")]
    _to_helper_with(turn, "work.started", ticket, buttons)
    turn.say(ticket.chat, "ticket.enroute", about=ticket.id, helper=turn.person.called, code=ticket.code)


def arrive(turn: Turn, ticket: Ticket) -> None:
    """The helper stands at the door."""
    ticket = turn.record(ticket, "arrive")
    clocks.watch(turn, ticket)
    cards.show(turn, ticket)
    _to_helper_with(turn, "work.arrived", ticket, [turn.button("finish", "finish", ticket.id)])
    turn.say(ticket.chat, "ticket.arrived", about=ticket.id, helper=turn.person.called, code=ticket.code)


def finish(turn: Turn, ticket: Ticket) -> None:
    """Done, says the helper; the resident will be asked."""
    ticket = turn.record(ticket, "finish", done_at=turn.now, responded_at=ticket.responded_at or turn.now)
    hands.tell_others(turn, ticket, "hands.done")
    tickets.let_go(turn.tx, ticket.id, turn.now)
    clocks.watch(turn, ticket)
    cards.show(turn, ticket)
    cards.refresh_desk(turn, ticket)
    _to_helper_with(turn, "work.done", ticket, [])
    turn.say(
        ticket.chat, "ticket.done", about=ticket.id, helper=turn.person.called, title=titles.title(turn.house, ticket)
    )
    for person in ticket.joined:
        turn.say(people.get(turn.tx, person).chat, "ticket.done_joined", title=titles.title(turn.house, ticket))


def release(turn: Turn, ticket: Ticket) -> None:
    """The helper cannot come; no reproach, back to the group."""
    ticket = turn.record(ticket, "release", owner=None)
    back_to_group(turn, ticket, turn.person)
    _to_helper_with(turn, "work.released", ticket, [])


def back_to_group(turn: Turn, ticket: Ticket, leaving: Person | None = None) -> None:
    """An open ticket is offered again and its resident is told; others who hold it too stay when one leaves."""
    tickets.let_go(turn.tx, ticket.id, turn.now, leaving.id if leaving else None)
    hands.tell_others(turn, ticket, "hands.again")
    clocks.watch(turn, ticket)
    cards.show(turn, ticket)
    offer(turn, ticket, "group.again")
    turn.say(ticket.chat, "ticket.released", about=ticket.id, number=ticket.id)


def unreachable(turn: Turn) -> bool:
    """Whoever took something and cannot be written to never gets its details: it goes back, and the desk hears which."""
    held = [one for one in tickets.held_by(turn.tx, turn.person.id) if one.flow != "desk" and can(one, "release")]
    for ticket in held:
        back_to_group(turn, turn.record(ticket, "release", owner=None), turn.person)
        desk.open_ticket(turn, "helpergone", words="—", answer=None, about=ticket.id)
    return bool(held)


def offer(turn: Turn, ticket: Ticket, key: str, kind: str = "answer") -> None:
    """Ask the group who is free: for all of it, or for the hands that are missing."""
    missing, button = hands.missing(turn, ticket), turn.button("claim", "claim", ticket.id)
    partly = 0 < missing < hands.needed(ticket)
    turn.say(cards.chat_for(turn, ticket), "hands.some_missing" if partly else key, button, kind=kind, about=ticket.id,
             number=ticket.id, missing=missing)  # fmt: skip


def defer(turn: Turn, ticket: Ticket) -> None:
    """The helper comes a little later: the clock waits."""
    turn.record(ticket, "watch")
    clocks.postpone(turn, ticket)
    _to_helper_with(turn, "work.deferred", ticket, [])


def alert(turn: Turn, ticket: Ticket) -> None:
    """Nobody opens the door: a person of the desk has to know now."""
    turn.record(ticket, "append")
    door.begin(turn, ticket)


def _to_helper_with(turn: Turn, key: str, ticket: Ticket, buttons: list[Button]) -> None:
    chat = turn.person.chat or turn.chat.id
    turn.say(chat, key, *buttons, about=ticket.id, wide=3, number=ticket.id)


ACTIONS: Mapping[str, tuple[str, Callable[[Turn, Ticket], None]]] = {
    "start": ("start", start),
    "arrive": ("arrive", arrive),
    "finish": ("finish", finish),
    "release": ("release", release),
    "defer": ("watch", defer),
    "alert": ("append", alert),
}
"""Verb of a button → action in the table of lives, and what is done."""
WORDS: Mapping[str, str] = {
    "vol.release": "release", "vol.enroute": "start", "vol.arrived": "arrive", "vol.done": "finish", "vol.alert": "alert",
}  # fmt: skip
"""What a helper says → verb."""


def act(turn: Turn, verb: str, number: int) -> None:
    """Do one step of the work, if the speaker holds the ticket now."""
    ticket = tickets.get(turn.tx, number)
    action, work = ACTIONS[verb]
    if ticket is not None and ticket.status == "open" and verb == "release" and hands.is_on(turn, ticket, turn.person):
        return hands.stand_up(turn, ticket)
    if ticket is None or not hands.is_on(turn, ticket, turn.person) or not can(ticket, action) or not _is_going(ticket):
        return _to_helper(turn, "press.stale")
    return work(turn, ticket)


def _is_going(ticket: Ticket) -> bool:
    """Whether somebody is on their way or about to be."""
    return ticket.is_open and ticket.owner is not None


def say_work(turn: Turn, intent: str) -> bool:
    """A helper's words about what they hold; False when they hold nothing."""
    held = tickets.held_by(turn.tx, turn.person.id)
    match = turn.parse.match(intent)
    named = _named(held, match.slots.get("ref", "") if match else "", turn)
    if not held:
        return False
    if named is None:
        buttons = [Button(f"{t.id} 号", f"{WORDS[intent]}:{t.id}:0") for t in held[:6]]
        chat = turn.person.chat or turn.chat.id
        dialogues.ask(turn.tx, chat, turn.person.id, "work", None, turn.now, verb=WORDS[intent])
        turn.say(chat, "work.which", *buttons, wide=3)
    else:
        act(turn, WORDS[intent], named.id)
    return True


def picked(turn: Turn) -> bool:
    """The number of one of their tasks, after 是哪一号; False for everything else."""
    newest = next(iter(dialogues.questions(turn.tx, turn.chat.id, turn.person.id)), None)
    if newest is None or newest.kind != "work":
        return False
    dialogues.answered(turn.tx, newest.id)
    said = {number.value for number in numbers.find(turn.parse.clean)}
    meant = [ticket for ticket in tickets.held_by(turn.tx, turn.person.id) if ticket.id in said]
    if len(meant) == 1:
        act(turn, newest.data["verb"], meant[0].id)
    return len(meant) == 1


def _named(held: list[Ticket], ref: str, turn: Turn) -> Ticket | None:
    """The ticket that was meant: by number, by the message replied to, or the only one."""
    replied = replied_ticket(turn)
    for ticket in held:
        if ref == str(ticket.id) or replied == ticket.id:
            return ticket
    return held[0] if len(held) == 1 else None


def replied_ticket(turn: Turn) -> int | None:
    """The ticket that the message replied to speaks of."""
    origin = getattr(turn.event, "origin", None)
    if origin is None or origin.reply_to is None:
        return None
    return queue.ticket_of_message(turn.tx, turn.chat.id, origin.reply_to)


def mine(turn: Turn) -> None:
    """What the speaker holds."""
    held = tickets.held_by(turn.tx, turn.person.id)
    if not held:
        return _to_helper(turn, "work.none")
    for ticket in held:
        hands.details(turn, ticket, "work.mine")
    return None


def in_group(turn: Turn) -> None:
    """A line in the volunteers' group: only what is meant for the bot is answered."""
    match = turn.parse.match("vol.claim", *WORDS, "vol.query")
    if match is None or match.ask:
        return
    if match.intent == "vol.claim":
        number = match.slots.get("ref") or replied_ticket(turn)
        if number is not None and str(number).isdigit():
            claim(turn, int(number))
    elif match.intent == "vol.query":
        mine(turn)
    else:
        say_work(turn, match.intent)


def in_private(turn: Turn) -> bool:
    """A helper's line in private; False when it is not about their work."""
    match = turn.parse.match("vol.claim", *WORDS, "vol.query")
    if match is None or match.ask or not may_help(turn.person):
        return False
    if match.intent == "vol.claim":
        number = match.slots.get("ref") or replied_ticket(turn)
        if number is None or not str(number).isdigit():
            return False
        claim(turn, int(number))
    elif match.intent == "vol.query":
        mine(turn)
    else:
        return say_work(turn, match.intent)
    return True
