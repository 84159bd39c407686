"""Tickets and their lives.

A ticket is a request with a number. Whatever happens to it is one event; an event carries the
action, who did it, when, and the fields it changed, so folding the events gives the ticket back.

    task (issue, help)
                 accept            start             finish            confirm            rate
      ( ) ─► open ─────► accepted ──────► enroute ──────► done ──────────► confirmed ──────► rated
              ▲  ▲          │ │               │ │           │                  │                │
              │  └──────────┘ │   release,    │ │           └───────► reopen ◄─┴────────────────┘
              │     return    └─── give back ─┘ │                       │
              └── reoffer ◄─────────────────────┴───────────────────────┘  (to the same person first:
            wait: from accepted, enroute ─► onhold, until a time; start, finish, release go on from there
            widen (more hands), refer (another trade) ─► open;   unfinish (按错了): done ─► enroute
            cancel: from open, accepted, enroute ─► cancelled; merge: from there ─► merged, part ─► open
                                                        reopen goes to accepted)

The tables below are the whole truth: an action that has no row cannot happen in that status.
Rows that lead back to the same status change fields only (a word added, a neighbour joined, another queue).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from models.cases import CASE
from models.meaning import PlaceExpression

OPEN = ("open", "accepted", "enroute", "onhold")
"""Statuses in which somebody still waits."""

TAKEN = ("accepted", "enroute", "onhold")
"""Statuses in which somebody has it in hand."""
ON = {
    "start": "enroute",
    "arrive": "enroute",
    "finish": "done",
    "release": "open",
    "return": "open",
    "reoffer": "open",
    "cancel": "cancelled",
}
"""How a task goes on that waited."""
_SAME = {
    (status, action): status for status in OPEN for action in ("append", "join", "answer", "hand", "correct", "watch")
}
_AFTER = {(status, action): status for status in ("done", "confirmed", "rated") for action in ("append", "answer")}

TASK: Mapping[tuple[str, str], str] = {
    ("", "open"): "open",
    ("open", "lend"): "open",
    ("open", "accept"): "accepted",
    ("accepted", "release"): "open",
    ("accepted", "return"): "open",
    ("accepted", "start"): "enroute",
    ("accepted", "finish"): "done",
    ("enroute", "arrive"): "enroute",
    ("accepted", "arrive"): "enroute",
    ("enroute", "release"): "open",
    ("enroute", "return"): "open",
    ("enroute", "finish"): "done",
    ("open", "finish"): "done",
    ("done", "confirm"): "confirmed",
    ("done", "rate"): "rated",
    ("confirmed", "rate"): "rated",
    ("rated", "rate"): "rated",
    ("done", "reopen"): "accepted",
    ("confirmed", "reopen"): "accepted",
    ("rated", "reopen"): "accepted",
    ("done", "reoffer"): "open",
    ("confirmed", "reoffer"): "open",
    ("rated", "reoffer"): "open",
    ("accepted", "reoffer"): "open",
    ("enroute", "reoffer"): "open",
    ("open", "cancel"): "cancelled",
    ("accepted", "cancel"): "cancelled",
    ("enroute", "cancel"): "cancelled",
    **{(status, "wait"): "onhold" for status in TAKEN},
    **{(status, "widen"): "open" for status in TAKEN},
    **{(status, "refer"): "open" for status in TAKEN},
    **{("onhold", action): to for action, to in ON.items()},
    ("done", "unfinish"): "enroute",
    **{(status, "merge"): "merged" for status in OPEN},
    ("merged", "part"): "open",
    **_SAME,
    **_AFTER,
}

APPOINTMENT: Mapping[tuple[str, str], str] = {
    ("", "open"): "open",
    ("", "wait"): "waiting",
    ("open", "accept"): "accepted",
    ("open", "move"): "open",
    ("accepted", "move"): "open",
    ("waiting", "offer"): "offered",
    ("offered", "agree"): "open",
    **{(status, action): status for status in ("open", "accepted") for action in ("late", "append", "answer")},
    **{(status, "decline"): "declined" for status in ("open", "accepted")},
    **{(status, "came"): "done" for status in ("open", "accepted")},
    **{(status, "miss"): "missed" for status in ("open", "accepted")},
    **{(status, "pass"): "past" for status in ("open", "accepted")},
    ("past", "came"): "done",
    ("past", "miss"): "missed",
    **{(status, "cancel"): "cancelled" for status in ("open", "accepted", "waiting", "offered")},
}
"""open: a place is held; accepted: the provider agreed; waiting: in line; offered: a freed place is held for an answer;
past: its hour is over and nobody said who came, which may still be said."""

LIVES: Mapping[str, Mapping[tuple[str, str], str]] = {"task": TASK, "appointment": APPOINTMENT, "case": CASE}


class NotPossible(Exception):
    """The action has no row in the table for this status."""


@dataclass(frozen=True)
class Ticket:
    """A request with a number, a status and clocks."""

    id: int
    flow: str
    life: str = "task"
    status: str = ""
    category: str = "other"
    urgency: str = "P2"
    queue: str = "volunteers"
    owner: int | None = None
    reporter: int | None = None
    chat: int | None = None
    """The private chat in which the reporter is answered."""
    place: PlaceExpression = field(default_factory=lambda: PlaceExpression(""))
    object: str = ""
    """What it is about, in the reporter's words: never shown in a group."""
    words: str = ""
    """Everything the reporter said, never shown in a group."""
    slots: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    """The word that helper and resident both know."""
    opened_at: datetime | None = None
    promised_at: datetime | None = None
    due_at: datetime | None = None
    """Until when it is to be done."""
    responded_at: datetime | None = None
    accepted_at: datetime | None = None
    done_at: datetime | None = None
    confirmed_at: datetime | None = None
    rating: str | None = None
    rated_at: datetime | None = None
    reopened: int = 0
    joined: tuple[int, ...] = ()
    pictures: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for it."""
        return self.status in OPEN


@dataclass(frozen=True)
class TicketEvent:
    """One thing that happened to a ticket."""

    action: str
    at: datetime
    actor: int | None
    """Person, or None for the clock."""
    cause: str
    """Key of the event that brought it about."""
    changes: Mapping[str, Any] = field(default_factory=dict)


def can(ticket: Ticket, action: str) -> bool:
    """Whether the table has a row for this action now."""
    return (ticket.status, action) in LIVES[ticket.life]


def evolve(ticket: Ticket, event: TicketEvent) -> Ticket:
    """The ticket after the event; raises :class:`NotPossible` when the table has no row for it."""
    try:
        status = LIVES[ticket.life][ticket.status, event.action]
    except KeyError:
        raise NotPossible(f"{event.action} while {ticket.status or 'new'}") from None
    return replace(ticket, status=status, **event.changes)
