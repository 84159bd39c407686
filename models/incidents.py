"""Incidents: danger that people have to answer, from the first alert until an authorised person closes it.

                 hold                there               solve               close (with a cause)
   open ───────────────► held ───────────────► there ───────────► solved ───────────────► closed
    ▲ │ alert            │  ▲ hold (another)    │
    └─┘                  │  └───────────────────┤
    ▲     lapse, pass    │                      │
    └────────────────────┴──────────────────────┘        solve and close lead on from every status but closed
    mistake: open ─► doubted (按错了: one person makes sure); real ─► open, hold ─► held go on from there

An incident has the number of its ticket on the desk. The ticket keeps place and words; the incident keeps who was
alerted, how often, and who has it in hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar, Literal

UNCLOSED = ("open", "doubted", "held", "there", "solved")
LIVE = ("open", "doubted", "held", "there")
"""Statuses in which something may still be happening to somebody."""
CALM = ("there", "solved")
"""Somebody is there, or it is over: what is asked then waits for the morning."""
CAUSES = ("real", "false", "drill")

_SAME = {(status, action): status for status in LIVE for action in ("open", "alert", "again", "place", "calm")}
_SAME |= {(status, "mistake"): status for status in ("doubted", "held", "there")}
LIFE: Mapping[tuple[str, str], str] = {
    ("", "open"): "open",
    ("open", "hold"): "held",
    ("open", "mistake"): "doubted",
    ("doubted", "hold"): "held",
    ("doubted", "real"): "open",
    ("held", "hold"): "held",
    ("there", "hold"): "held",
    ("held", "there"): "there",
    ("held", "lapse"): "open",
    ("held", "pass"): "open",
    ("there", "pass"): "open",
    ("solved", "remind"): "solved",
    ("there", "remind"): "there",
    **{(status, "solve"): "solved" for status in LIVE},
    **{(status, "close"): "closed" for status in UNCLOSED},
    **_SAME,
}


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: who is alerted, and for how many minutes before the next rung is."""

    who: Literal["duty", "vetted", "desk", "manager", "family", "volunteer", "property"]
    """A role, ``duty`` (the desk where nobody has that role) or ``family``."""
    minutes: float = 2.0
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    def __post_init__(self) -> None:
        """A rung nobody could answer on, or that lasts for days, is refused."""
        if not 0.1 <= self.minutes <= 1440:
            raise ValueError(f"minutes: {self.minutes} is not between 0.1 and 1440")


@dataclass(frozen=True)
class Incident:
    """One danger and who has it in hand."""

    id: int
    mark: str
    """Of the event that opened it."""
    kind: str
    """``danger``, ``welfare`` or ``drill``."""
    family: str
    sign: str
    families: tuple[str, ...] = ()
    """All families of signs that were heard, and the kinds within them that are told apart."""
    status: str = ""
    person: int | None = None
    """Who said it; for a door that nobody opens, who lives behind it."""
    holder: int | None = None
    count: int = 0
    """Alerts so far."""
    next_at: datetime | None = None
    """The next alert, or when an acknowledgement lapses."""
    cause: str | None = None
    opened_at: datetime | None = None
    alerted_at: datetime | None = None
    held_at: datetime | None = None
    there_at: datetime | None = None
    closed_at: datetime | None = None
    active_at: datetime | None = None
    """The newest word of the person."""
    told_at: datetime | None = None
    """When the person was answered last."""

    @property
    def drill(self) -> bool:
        """Whether nobody is in danger."""
        return self.kind == "drill"


@dataclass(frozen=True)
class Step:
    """One thing that happened to an incident; ``data`` holds keys and numbers, never words."""

    action: str
    at: datetime
    actor: int | None
    data: Mapping[str, Any] = field(default_factory=dict)


class NotNow(Exception):
    """The action has no row in the table for this status."""


def evolve(incident: Incident, action: str, **changes: Any) -> Incident:
    """The incident after an action; raises :class:`NotNow`."""
    try:
        status = LIFE[incident.status, action]
    except KeyError:
        raise NotNow(f"{action} while {incident.status or 'new'}") from None
    return replace(incident, status=status, **changes)


ROUNDS = 2
"""So often the ladder is rung minute by minute; after that each rung is rung once a round, and each round comes more slowly."""
SLOWEST = 15.0
"""Minutes between two alerts at last."""


def rung_of(number: int, rungs: Sequence[Rung], interval: float) -> int | None:
    """Which rung the alert with this number (from 1) goes to; None is the list of telephone numbers; then it begins anew."""
    at, quick, slow = number - 1, _quick(rungs, interval), (*range(len(rungs)), None)
    return quick[at % len(quick)] if at < ROUNDS * len(quick) else slow[(at - ROUNDS * len(quick)) % len(slow)]


def slowly(number: int, rungs: Sequence[Rung], interval: float) -> bool:
    """Whether the alert with this number comes after the quick rounds."""
    return number > ROUNDS * len(_quick(rungs, interval))


def _quick(rungs: Sequence[Rung], interval: float) -> tuple[int | None, ...]:
    """One round of the ladder, minute by minute."""
    return (*(at for at, rung in enumerate(rungs) for _ in range(max(1, round(rung.minutes / interval)))), None)


def pause(number: int, rungs: Sequence[Rung], interval: float) -> float:
    """Minutes from the alert with this number to the next: slower with every round, never silent."""
    since = number - ROUNDS * len(_quick(rungs, interval))
    more = 0 if since <= 0 else (since - 1) // (len(rungs) + 1) + 1
    return min(interval * float(2 ** min(more, 10)), max(SLOWEST, interval))


# ---------------------------------------------------------------- the alarm lane


@dataclass(frozen=True)
class Reach:
    """Where somebody on the ladder is told."""

    person: int
    channel: str
    address: str
    home: str = ""
    """Where they live, to tell whether they may be the danger."""


@dataclass(frozen=True)
class Alarm:
    """A danger that the alarm lane saw, before anything was stored."""

    mark: str
    channel: str
    key: str
    chat: str
    account: str
    private: bool
    name: str
    text: str
    family: str
    sign: str
    at: datetime
    """When it was seen."""
    said: datetime
    """When the platform received it: earlier, after an outage."""


@dataclass
class Sounded:
    """What the alarm lane did by itself; the handlers read it inside their transaction."""

    alarms: dict[str, Alarm] = field(default_factory=dict)
    """By mark, until their incident is stored."""
    tried: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    """By mark or incident's number: the number of the newest alert sent directly, and when."""
    reached: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """By mark or incident's number: the persons who were alerted directly."""
    comforted: set[str] = field(default_factory=set)
    """Marks whose sender already got the safe line."""
    taken: dict[str, int] = field(default_factory=dict)
    """By mark or incident's number: the person who said 我来管 before anything could be stored."""

    def clear(self) -> None:
        """Know nothing, as after a start."""
        for kept in (self.alarms, self.tried, self.reached, self.comforted, self.taken):
            kept.clear()
