"""What somebody has open, over every wing: tickets, what lies at the desk, bookings, cases, a danger.

It is looked at before anything is said to be nothing; 我报了啥, 我的事, 什么时候来人 give it as one list, each by its matter,
with 改 and 不要了.
"""

from __future__ import annotations

from handlers import clock, rows
from handlers.rows import Matter
from handlers.saying import titles
from handlers.tickets import cards, hands, opening, promises, waiting
from handlers.turn import Turn
from models.outgoing import Button
from models.tickets import Ticket
from nlu.meaning import naming
from storage import people, tickets

MOST = 6
"""Matters in one list."""


def of(turn: Turn) -> list[Matter]:
    """Everything this person waits for, in the order of the wings."""
    return [one for find in rows.installed().every("matters").values() for one in find(turn)]


def mine(turn: Turn) -> list[Matter]:
    """Tickets that somebody still waits for."""
    dangers = {one.id for one in turn.situation.incidents}
    waiting = (one for one in turn.situation.reported if one.is_open and one.life == "task" and one.id not in dangers)
    return [_matter(turn, one) for one in waiting]


def _matter(turn: Turn, ticket: Ticket) -> Matter:
    if ticket.flow == "desk":
        return Matter(turn.text("matter.desk", number=ticket.id, until=opening.until(turn, ticket)))
    title = titles.title(turn.house, ticket)
    own = ticket.reporter == turn.person.id
    drop = Button(turn.text("matter.drop", what=title), f"cancel:{ticket.id}:0") if own else None
    return Matter(state(turn, ticket), drop, names=(ticket.object, titles.category(turn.house, ticket.category)))


def state(turn: Turn, ticket: Ticket) -> str:
    """How a ticket stands at this moment, in one sentence."""
    owner = people.get(turn.tx, ticket.owner).called if ticket.owner else ""
    title, values = titles.title(turn.house, ticket), {"number": ticket.id, "helper": owner}
    if ticket.status == "onhold":
        return turn.text(
            "status.onhold", title=title, why=waiting.why(turn, ticket), until=waiting.when(turn, ticket), **values
        )
    if cards.is_referred(ticket) and (ticket.promised_at or turn.now) > turn.now:
        return turn.text("status.trade", title=title, until=opening.until(turn, ticket), **values)
    if 0 < (left := hands.missing(turn, ticket)) < hands.needed(ticket):
        there = "、".join(people.get(turn.tx, one).called for one in tickets.holders(turn.tx, ticket.id))
        return turn.text("status.hands", title=title, number=ticket.id, helper=there, missing=left)
    told = promises.last_named(turn, ticket) if ticket.status == "open" else None
    if told is not None and promises.is_late(ticket, turn.now):
        until = clock.clock(turn.now, told[1], turn.house.zone)
        key = "status.named" if told[0] else "status.again"
        return turn.text(key, title=title, number=ticket.id, helper=told[0], until=until)
    late = ticket.status == "open" and promises.is_late(ticket, turn.now)
    if late and not cards.on_desk(turn, ticket):
        cards.show_desk(turn, ticket, "overdue")  # it slipped while nobody was awake: the desk sees it now
    until = opening.until(turn, ticket) if ticket.status == "open" and not late else ""
    return turn.text("status.late" if late else f"status.{ticket.status}", title=title, until=until, **values)


def named(turn: Turn) -> list[Matter]:
    """What a line names and says nothing else of: 就那个水管的, 理发那个呢."""
    return [one for one in of(turn) if naming.only(turn.parse.clean, one.names)]


def tell(turn: Turn, some: list[Matter] | None = None) -> None:
    """The whole list, or some of it; that nothing is open only when nothing is."""
    found = of(turn) if some is None else some
    if not found:
        return turn.answer("ticket.none")
    head = turn.text("matter.head", count=len(found)) if len(found) > 1 and some is None else ""
    lines = [head, *(one.text for one in found[:MOST])]
    buttons = [button for one in found[:MOST] for button in (one.change, one.drop) if button is not None]
    return turn.tell(turn.chat.id, "\n".join(filter(None, lines)), *buttons, wide=1)
