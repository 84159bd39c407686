"""What a helper says when a taken task cannot go on: for which reason; and 按错了 behind 弄完了.

The helper's words are read back with the time that follows; after a yes the task waits, the resident hears it in one sentence,
the cards say so, and when the time has come the helper is asked. Waiting is counted apart from work.
"""

from __future__ import annotations

from functools import partial

from handlers.rows import Meant
from handlers.saying import titles
from handlers.tickets import asking_when, hands, putting_right, steps, waiting, working
from handlers.turn import Turn
from models.tickets import Ticket, can
from nlu.meaning import work
from storage import tickets


def heard(turn: Turn) -> Meant | None:
    """A helper says that it has to wait, or that 弄完了 was pressed by mistake."""
    if work.is_mistaken(turn.parse.clean):
        ticket = putting_right.just_finished(turn)
        return Meant(partial(putting_right.take_back, turn, ticket)) if ticket is not None else None
    ticket = _meant(turn) if turn.situation.held else None
    said = work.wait(turn.parse.clean, ticket.status == "onhold") if ticket is not None else None
    if said is None or ticket is None:
        return None
    return Meant(partial(_WAYS.get(said.reason, asking_when.propose), turn, ticket, said))


def _meant(turn: Turn) -> Ticket | None:
    """The task that is spoken of: the one replied to, named by number, or taken last."""
    held = [one for one in turn.situation.held if one.life == "task" and one.flow != "desk" and can(one, "wait")]
    replied = turn.replied_ticket()
    named = [one for one in held if one.id == replied or f"{one.id}号" in turn.parse.clean.replace(" ", "")]
    return next(iter(named or held), None)


def _ready(turn: Turn, ticket: Ticket, said: work.Wait) -> None:
    """What it waited for is there: with a time that is the new one, else the helper goes on."""
    if (until := asking_when.said_until(turn)) is not None:
        return asking_when.read_back(turn, ticket, "visit", until)
    buttons = [turn.button(verb, verb, ticket.id) for verb in ("start", "defer", "release")]
    turn.answer("wait.ready", *buttons, about=ticket.id, wide=3, number=ticket.id)
    return turn.say(
        ticket.chat,
        "wait.sooner",
        about=ticket.id,
        helper=turn.person.called,
        title=titles.title(turn.house, ticket),
    )


def _late(turn: Turn, ticket: Ticket, said: work.Wait) -> None:
    """Later than thought: the resident hears by how much, and the clock waits as long."""
    minutes = said.minutes or 0
    how = turn.text("wait.minutes", minutes=minutes) if minutes else turn.text("wait.a_little")
    working.delay(turn, ticket, minutes)
    turn.say(ticket.chat, "wait.told.late", about=ticket.id, helper=turn.person.called, late=how)
    turn.answer(
        "wait.late", about=ticket.id, name=titles.whom(turn.house, ticket, waiting.resident(turn, ticket)), late=how
    )


def _more_hands(turn: Turn, ticket: Ticket, said: work.Wait) -> None:
    """It takes more people: whoever has it stays on it, and the group is asked for the others."""
    number = str(max(said.hands or 2, len(tickets.holders(turn.tx, ticket.id)) + 1))
    ticket = steps.step(turn, ticket, "widen", owner=None, slots={**ticket.slots, "hands": number})
    working.offer(turn, ticket, "group.again")
    turn.answer("wait.hands", about=ticket.id, hands=number)
    turn.say(
        ticket.chat,
        "wait.told.hands",
        about=ticket.id,
        helper=turn.person.called,
        hands=number,
        title=titles.title(turn.house, ticket),
    )


def _trade(turn: Turn, ticket: Ticket, said: work.Wait) -> None:
    """Somebody who has learned it has to come: the desk arranges it, the helper is free."""
    hands.tell_others(turn, ticket, "hands.off")
    tickets.let_go(turn.tx, ticket.id, turn.now)
    kept = {name: value for name, value in ticket.slots.items() if name != "hands"}
    kept |= {"wait": "trade", "waiter": str(turn.person.id)}
    ticket = steps.step(turn, ticket, "refer", owner=None, queue="desk", slots=kept)
    working.to_desk(turn, ticket, "trade")
    turn.answer("wait.trade", about=ticket.id, number=ticket.id)
    turn.say(
        ticket.chat,
        "wait.told.trade",
        about=ticket.id,
        helper=turn.person.called,
        title=titles.title(turn.house, ticket),
    )


_WAYS = {"ready": _ready, "late": _late, "hands": _more_hands, "trade": _trade}
