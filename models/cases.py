"""Mediation cases: their life, and what stands in the file of one.

A case is a ticket that holds nothing: number, status and times. Who the two sides are and what they said stands in
tables of its own, behind ``storage.cases``, which asks everybody for their right.

    case (mediation)
             take           invite            consent           propose          set
    filed ───────► heard ───────────► invited ────────► willing ────────► proposed ────► set
      ▲              │  (first side      │ refuse          ▲ ▲              │  ▲           │
      └── recuse ────┤   agreed)         ▼                 │ └── back ──────┘  └─ propose ─┤
       (from any)    │               declined      reject  │                               │ draft
                     │                                     │          settle               ▼
                     │               concluded ◄─ settled ◄┼───────────────────────── drafted
                     │               conclude    resume ───┘
                     └─ from all of these: withdraw ─► withdrawn · refer ─► referred · halt ─► halted (violence)

Nobody is asked twice for the same consent: when another mediator takes a case in which both sides are willing,
``consent`` follows ``take`` at once. No status here is one of a task, so that nothing made for tasks can touch a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models.meaning import PlaceExpression

TALKING = ("heard", "invited", "willing", "proposed", "set", "drafted")
"""Statuses in which a mediator has it in hand and nothing is agreed yet."""
LIVE = ("filed", *TALKING, "settled")
"""Statuses in which it goes on."""

CASE: Mapping[tuple[str, str], str] = {
    ("", "file"): "filed",
    ("filed", "take"): "heard",
    ("heard", "invite"): "invited",
    ("heard", "consent"): "willing",
    ("invited", "consent"): "willing",
    ("invited", "refuse"): "declined",
    ("invited", "invite"): "invited",
    **{(status, "propose"): "proposed" for status in ("willing", "proposed", "set")},
    ("proposed", "back"): "willing",
    ("proposed", "set"): "set",
    **{(status, "draft"): "drafted" for status in ("willing", "proposed", "set", "drafted")},
    ("drafted", "reject"): "willing",
    ("drafted", "settle"): "settled",
    ("settled", "resume"): "willing",
    ("settled", "conclude"): "concluded",
    **{(status, "recuse"): "filed" for status in TALKING},
    **{(status, "withdraw"): "withdrawn" for status in LIVE},
    **{(status, "halt"): "halted" for status in LIVE},
    **{(status, "refer"): "referred" for status in (*LIVE, "declined")},
}


@dataclass(frozen=True)
class Side:
    """One of the two: ``a`` asked for the mediation, ``b`` is the other."""

    name: str
    person: int | None = None
    """None for somebody without an account here: they are called."""
    chat: int | None = None
    home: PlaceExpression | None = None
    """The stair they live in, as far as it was said."""
    consent: str = ""
    """``yes`` or ``no`` to being asked about (a) or to talking at all (b); empty while nobody asked."""
    answer: str = ""
    """``yes`` or ``no`` to what stands open now: the time, the agreement, whether it was kept."""


@dataclass(frozen=True)
class File:
    """Who is in a case: persons and times, never words."""

    number: int
    mediator: int | None = None
    wanted: int | None = None
    """The mediator whom the first side asked for."""
    at: datetime | None = None
    """When they meet."""
    where: str = ""
    """``phone`` or ``desk``."""
    talking: str = ""
    """The side that the mediator speaks with just now."""
    sides: Mapping[str, Side] = field(default_factory=dict)

    @property
    def a(self) -> Side:
        """Who asked for it."""
        return self.sides["a"]

    @property
    def b(self) -> Side:
        """The other side."""
        return self.sides["b"]

    @property
    def persons(self) -> frozenset[int]:
        """Both parties, as far as they are known here."""
        return frozenset(side.person for side in self.sides.values() if side.person is not None)

    def side_of(self, person: int) -> Side | None:
        """The side somebody stands on."""
        return next((side for side in self.sides.values() if side.person == person), None)


@dataclass(frozen=True)
class Word:
    """Something kept in words: ``party``, ``topic``, ``wish``, or ``deal``."""

    kind: str
    text: str
    at: datetime
