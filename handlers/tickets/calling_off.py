"""Nobody needs to come any more: at once when it was just opened, else after one question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from handlers import rights, rows
from handlers.saying import titles
from handlers.tickets import hands, steps
from handlers.turn import Turn
from models.tickets import Ticket, can
from storage import dialogues, people, tickets
from storage.dialogues import OpenQuestion

KEEPING = {"dialog.confirm": "yes", "ticket.cancel": "yes", "booking.cancel": "yes", "dialog.deny": "no"}
"""Words that answer whether it is really not wanted any more."""


def cancel(turn: Turn, ticket: Ticket) -> None:
    """不用了: at once when it was just opened, else after one question."""
    fresh = timedelta(minutes=turn.house.timing.misfire)
    if turn.now - (ticket.opened_at or turn.now) <= fresh:
        return cancelled(turn, ticket)
    return ask_cancel(turn, ticket)


def ask_cancel(turn: Turn, ticket: Ticket) -> None:
    """One question whether nobody needs to come any more."""
    question = dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "cancel", ticket.id, turn.now)
    yes = turn.button("yes", "cancel_yes", ticket.id, question.id)
    no = turn.button("no_not", "cancel_no", ticket.id, question.id)
    return turn.answer(
        "ticket.cancel", yes, no, about=ticket.id, number=ticket.id, title=titles.title(turn.house, ticket)
    )


def cancelled(turn: Turn, ticket: Ticket) -> None:
    """Cancelled by the one who asked."""
    if not can(ticket, "cancel") or not rights.may(turn, "cancel", ticket):
        return turn.answer("press.stale")
    withdraw(turn, ticket)
    return turn.answer("ticket.cancelled", about=ticket.id, number=ticket.id, title=titles.title(turn.house, ticket))


def withdraw(turn: Turn, ticket: Ticket) -> None:
    """Nobody waits for it any more; whoever held it is told."""
    owner = ticket.owner
    hands.tell_others(turn, ticket, "hands.off")
    tickets.let_go(turn.tx, ticket.id, turn.now)
    dialogues.forget_questions(turn.tx, ticket.id)
    ticket = steps.step(turn, ticket, "cancel", owner=None)
    if owner is not None:
        turn.say(people.get(turn.tx, owner).chat, "work.cancelled", number=ticket.id)


def reads_cancel(turn: Turn, question: OpenQuestion) -> str | None:
    """取消 and 对 are a yes to that question, 还要 and 不 a no."""
    return "no" if keeps(turn) else KEEPING.get(turn.parse.best or "")


def keeps(turn: Turn) -> bool:
    """还要, 留着, 别删了: under a question whether to end something, a no."""
    return turn.heard("word.keep")


def answer_cancel(turn: Turn, question: OpenQuestion, agreed: bool) -> None:
    """The question whether it is really not wanted any more."""
    number = question.ticket or 0
    ticket = tickets.get(turn.tx, number)
    if ticket is None or not rights.may(turn, "cancel", ticket):
        return turn.answer("press.stale")
    dialogues.forget_questions(turn.tx, number, "cancel")
    if not can(ticket, "cancel") and (agreed or not ticket.is_open):
        return turn.answer("press.stale")
    if not agreed:
        return turn.answer("ticket.kept", about=number, number=number, title=titles.title(turn.house, ticket))
    withdrawn: Callable[[Turn, Ticket], None] = rows.installed().every("withdraws").get(ticket.life, cancelled)
    return withdrawn(turn, ticket)
