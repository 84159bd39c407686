"""When a ticket is looked at: one function per status and step. What is past is not said."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers import rows
from handlers.tickets import cards, clocks, hands, promises, rating, steps, working
from handlers.turn import Turn
from models.events import Due
from models.tickets import Ticket, can
from storage import dialogues, people, tickets


def ticket_watch(turn: Turn) -> None:
    """Look at a ticket: do the step that is due in its present status, and write the next look."""
    assert isinstance(turn.event, Due)
    ticket = tickets.get(turn.tx, turn.event.ticket or 0)
    if ticket is None:
        return
    step = _present_step(turn, ticket, str(turn.event.data.get("step", "")))
    work = rows.installed().every("steps").get((ticket.status, step))
    if work is not None:
        work(turn, ticket)
    clocks.watch(turn, tickets.get(turn.tx, ticket.id) or ticket, after=step)


def _present_step(turn: Turn, ticket: Ticket, step: str) -> str:
    """After a pause the newest step counts: half of a promise that has passed is not mentioned."""
    passed = ticket.promised_at is not None and ticket.promised_at <= turn.now
    return "promise" if ticket.status == "open" and step == "half" and passed else step


def _half(turn: Turn, ticket: Ticket) -> None:
    """Nobody took it by half its promise: asked once more in the group, and the desk sees it."""
    working.offer(turn, ticket, "group.still_open", kind="reminder")
    cards.show_desk(turn, ticket, "unclaimed")


def _promise(turn: Turn, ticket: Ticket) -> None:
    """The promise is broken: the resident is told the truth, and the desk owns it."""
    if ticket.queue != "desk":
        ticket = steps.step(turn, ticket, "hand", queue="desk")
    shown = cards.on_desk(turn, ticket)
    if ticket.urgency != "P0" and not promises.hurried(turn, ticket):
        promises.unanswered(turn, ticket)
    if shown or not cards.on_desk(turn, ticket):
        cards.show_desk(turn, ticket, "overdue", urgent=ticket.urgency == "P0")


def _daily(turn: Turn, ticket: Ticket) -> None:
    """Every working morning the desk sees what is still open."""
    cards.show_desk(turn, ticket, "still_open")


def _remind(turn: Turn, ticket: Ticket) -> None:
    """Taken but not started: asked once."""
    owner = people.get(turn.tx, ticket.owner or 0)
    buttons = [turn.button(verb, verb, ticket.id) for verb in ("start", "defer", "release")]
    turn.say(owner.chat, "work.remind", *buttons, kind="reminder", about=ticket.id, wide=3, number=ticket.id)


def _return(turn: Turn, ticket: Ticket) -> None:
    """A claim that nobody starts goes back to the group."""
    owner = people.get(turn.tx, ticket.owner or 0)
    hands.tell_others(turn, ticket, "work.returned")
    turn.say(owner.chat, "work.returned", about=ticket.id, number=ticket.id)
    working.back_to_group(turn, ticket, "return")


def _ready(turn: Turn, ticket: Ticket) -> None:
    """What it waited for should be there: does the helper go on?"""
    owner = people.get(turn.tx, ticket.owner or 0)
    buttons = [turn.button(verb, verb, ticket.id) for verb in ("start", "defer", "release")]
    turn.say(owner.chat, "work.ready", *buttons, kind="reminder", about=ticket.id, wide=3, number=ticket.id)


def _finish(turn: Turn, ticket: Ticket) -> None:
    """On the way for long: is it done?"""
    owner = people.get(turn.tx, ticket.owner or 0)
    buttons = [turn.button(verb, verb, ticket.id) for verb in ("finish", "release")]
    turn.say(owner.chat, "work.finished", *buttons, kind="reminder", about=ticket.id, number=ticket.id)


def _fixed(turn: Turn, ticket: Ticket) -> None:
    """Ask the resident, unless a person speaks with them or a form is open just now."""
    if ticket.chat is not None and dialogues.relay_in(turn.tx, ticket.chat) is not None:
        return
    if can(ticket, "confirm"):
        rating.ask_fixed(turn, ticket)


STEPS: Mapping[tuple[str, str], Callable[[Turn, Ticket], None]] = {
    ("open", "half"): _half,
    ("open", "promise"): _promise,
    ("open", "daily"): _daily,
    ("accepted", "remind"): _remind,
    ("accepted", "return"): _return,
    ("accepted", "daily"): _daily,
    ("enroute", "finish"): _finish,
    ("onhold", "ready"): _ready,
    ("onhold", "return"): _return,
    ("enroute", "daily"): _daily,
    ("done", "fixed"): _fixed,
    ("done", "fixed_again"): _fixed,
}
"""Status and step → what is done. A step that has no row in the present status is over."""
