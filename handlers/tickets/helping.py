"""What helpers say about the tasks they hold: in the group, in private, and when it is not clear which one is meant."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from handlers.rows import Meant
from handlers.saying import titles
from handlers.tickets import claiming, hands, working
from handlers.turn import Turn
from models.outgoing import Button
from models.tickets import Ticket
from nlu.words import numbers
from storage import dialogues, tickets
from storage.dialogues import OpenQuestion

WORDS: Mapping[str, str] = {
    "vol.release": "release",
    "vol.enroute": "start",
    "vol.arrived": "arrive",
    "vol.done": "finish",
    "vol.alert": "alert",
}
"""What a helper says → verb."""


def in_group(turn: Turn) -> None:
    """A line in the volunteers' group: only what is meant for the bot is answered."""
    match = turn.parse.match("vol.claim", *WORDS, "vol.query")
    if match is None or match.ask:
        return
    if match.intent == "vol.claim":
        number = match.slots.get("ref") or turn.replied_ticket()
        if number is not None and str(number).isdigit():
            claiming.claim(turn, int(number))
    elif match.intent == "vol.query":
        mine(turn)
    else:
        say_work(turn, match.intent)


def in_private(turn: Turn) -> Meant | None:
    """A helper's line in private, when it is about their work."""
    match = turn.parse.match("vol.claim", *WORDS, "vol.query")
    if match is None or match.ask or not claiming.may_help(turn.person):
        return None
    if match.intent == "vol.claim":
        number = match.slots.get("ref") or turn.replied_ticket()
        return (
            Meant(partial(claiming.claim, turn, int(number))) if number is not None and str(number).isdigit() else None
        )
    if match.intent == "vol.query":
        return Meant(partial(mine, turn))
    if turn.situation.held:
        return Meant(partial(say_work, turn, match.intent))
    own = any(one.is_open for one in turn.situation.reported) or turn.situation.questions
    return Meant(partial(_nothing_held, turn)) if turn.parse.best == match.intent and not own else None


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
        working.act(turn, WORDS[intent], named.id)


def _named(held: list[Ticket], ref: str, turn: Turn) -> Ticket | None:
    """The ticket that was meant: by number, by the message replied to, or the only one."""
    replied = turn.replied_ticket()
    for ticket in held:
        if ref == str(ticket.id) or replied == ticket.id:
            return ticket
    return held[0] if len(held) == 1 else None


def picked(turn: Turn, question: OpenQuestion) -> str | None:
    """The number of one of their tasks, after 是哪一号."""
    said = {number.value for number in numbers.find(turn.parse.clean)}
    meant = [ticket for ticket in turn.situation.held if ticket.id in said]
    return str(meant[0].id) if len(meant) == 1 else None


def pick(turn: Turn, question: OpenQuestion, number: str) -> None:
    """That task is meant."""
    working.act(turn, question.data["verb"], int(number))


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
    waiting = [one for one in tickets.open_in(turn.tx) if claiming.refusal_of(turn, one) is None]
    if not waiting:
        return working.to_helper(turn, "work.none")
    buttons = [Button(f"{titles.group_line(turn.house, one)}（#{one.id}）", f"claim:{one.id}:0") for one in waiting[:6]]
    return turn.say(turn.person.chat or turn.chat.id, "work.free", *buttons, wide=1, count=len(waiting))


def _nothing_held(turn: Turn) -> None:
    """去不了, 弄完了 from a helper who holds nothing any more."""
    working.to_helper(turn, "work.nothing")


def still_at_work(turn: Turn) -> Meant | None:
    """快弄完了, 弄好了一半: whoever has a task in hand hears how to say what moves it."""
    held = [ticket for ticket in turn.situation.held if ticket.life == "task" and ticket.flow != "desk"]
    return Meant(partial(_say_how, turn, held)) if held else None


def _say_how(turn: Turn, held: list[Ticket]) -> None:
    next_step = "arrive" if held[0].status == "enroute" else "start"
    buttons = [turn.button(verb, verb, held[0].id) for verb in (next_step, "finish", "release")]
    turn.say(turn.chat.id, "work.still", *(buttons if len(held) == 1 else ()), about=held[0].id, wide=3)
