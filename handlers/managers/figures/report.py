"""What a manager reads: each figure on a line of its own, with what it was counted over, and how it is counted.

Three views of any days: all together, by queue, by person (for managers alone). A line has a key; its text stands in
``texts/zh/stats.toml``, its definition under the same key in ``texts/zh/figures.toml``: 怎么算的 is answered from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers import rows
from handlers.managers.figures.periods import Stretch
from handlers.saying import titles
from handlers.settings import House
from handlers.tickets import promises
from handlers.turn import rows as in_rows
from models.outgoing import Button, Rows
from models.tickets import Ticket
from storage import figures, tickets, waits, workloads
from storage import people as stored_people
from storage.database import Transaction
from storage.figures import Figures, Spread

MOST = 5
"""Cells of a breakdown."""
PEOPLE = 20
"""People on the list."""


@dataclass(frozen=True)
class Line:
    """A line of figures; the key is that of its definition, empty for a heading."""

    key: str
    text: str


def _line(house: House, key: str, **values: object) -> Line:
    return Line(key, house.texts[f"stats.line.{key}"].format(**values))


_VIEWS: Mapping[str, tuple[str, ...]] = {
    "all": (
        "opened",
        "within",
        "response",
        "done",
        "completion",
        "waiting",
        "late",
        "confirmed",
        "reopened",
        "rating",
        "rated",
        "flows",
        "categories",
        "buildings",
    ),
    "queues": ("queue", "queue_within", "queue_response"),
    "people": ("person", "person_time", "person_rating"),
    "chart": ("chart_days", "opened", "done", "within", "categories"),
}
"""View → the keys of the lines it may print, beside those that wings declare."""


def keys_of(view: str) -> tuple[str, ...]:
    """The keys of the lines that a view may print; of the first page where there is no such view."""
    own = tuple(rows.installed().every("figures")) if view not in _VIEWS or view == "all" else ()
    return (*_VIEWS.get(view, _VIEWS["all"]), *own)


def defined() -> tuple[str, ...]:
    """The keys of everything that is counted."""
    return tuple(dict.fromkeys(key for view in _VIEWS for key in keys_of(view)))


# ---------------------------------------------------------------- the three views


def report(tx: Transaction, house: House, view: str, stretch: Stretch, now: datetime) -> tuple[str, Rows]:
    """A view of some days as text, and the buttons that lead on."""
    lines = REPORTS[view](tx, house, stretch, now)
    return "\n".join(line.text for line in lines), buttons(house, view, stretch)


def buttons(house: House, view: str, stretch: Stretch) -> Rows:
    """What leads on from a view of some days."""
    days = f"{stretch.first:%Y%m%d}.{stretch.last:%Y%m%d}"
    others = [key for key in ("queues", "people", "chart") if key != view]
    led = [Button(house.texts[f"button.stats.{key}"], f"figures:{key}.{days}:0") for key in others]
    return in_rows(*led, Button(house.texts["button.stats.how"], f"figures:how.{view}:0"), wide=2)


def _all(tx: Transaction, house: House, stretch: Stretch, now: datetime) -> list[Line]:
    start, end = stretch.span(house)
    found = figures.figures(tx, start, end, now)
    own = [Line(key, work(tx, house, start, end)) for key, work in rows.installed().every("figures").items()]
    own = [line for line in own if line.text]
    if not found.opened and not own:
        return [Line("", house.texts["stats.nothing"].format(label=stretch.label))]
    head = Line("", house.texts["stats.head"].format(label=stretch.label))
    return [head, *describe(house, found, _held_up(tx, house, (start, end), now)), *own]


def _held_up(tx: Transaction, house: House, span: tuple[datetime, datetime], now: datetime) -> list[Line]:
    """What waited, apart from the work; and what is late now, by the one definition that /overdue has too."""
    spread = waits.waited(tx, *span, now)
    open_now = [one for one in tickets.open_in(tx) if one.life == "task" and one.flow != "desk" and _within(one, span)]
    late = sum(promises.is_late(one, now) for one in open_now)
    resting = sum(one.status == "onhold" for one in open_now)
    lines = [_line(house, "late", count=late)] if late else []
    if not spread.count:
        return lines
    median, ninetieth = duration(spread.median), duration(spread.ninetieth)
    return [
        _line(house, "waiting", count=spread.count, resting=resting, median=median, ninetieth=ninetieth),
        *lines,
    ]


def _within(ticket: Ticket, span: tuple[datetime, datetime]) -> bool:
    return ticket.opened_at is not None and span[0] <= ticket.opened_at < span[1]


def describe(house: House, found: Figures, held_up: Sequence[Line] = ()) -> list[Line]:
    """The figures of all tickets together, one a line; ``held_up``: what waited and what is late."""
    rated = sum(found.ratings.values())
    return [
        _line(house, "opened", opened=found.opened, cancelled=found.cancelled),
        _line(house, "within", share=share(house, found.within, found.promised)),
        *_spread(house, "response", found.response),
        _line(house, "done", share=share(house, found.done, found.opened)),
        *_spread(house, "completion", found.completion),
        *held_up,
        _line(house, "confirmed", share=share(house, found.confirmed, found.done)),
        _line(house, "reopened", share=share(house, found.reopened, found.opened)),
        _line(
            house,
            "rating",
            share=share(house, found.ratings.get("good", 0), rated),
            fair=found.ratings.get("fair", 0),
            bad=found.ratings.get("bad", 0),
        ),
        _line(house, "rated", share=share(house, rated, found.done)),
        *_breakdowns(house, found),
    ]


def _breakdowns(house: House, found: Figures) -> list[Line]:
    flows = {house.door(key): number for key, number in found.flows.items()}
    categories = {titles.category(house, key): number for key, number in found.categories.items()}
    buildings = {f"{key}号楼" if key else house.texts["stats.few"]: number for key, number in found.buildings.items()}
    parts = (("flows", flows), ("categories", categories), ("buildings", buildings))
    return [_line(house, key, cells=_cells(house, cells)) for key, cells in parts if cells]


def _cells(house: House, cells: Mapping[str, int]) -> str:
    named = [f"{name} {number}" for name, number in list(cells.items())[:MOST]]
    more = sum(list(cells.values())[MOST:])
    return "、".join([*named, *([house.texts["stats.rest"].format(count=more)] if more else [])])


def _queues(tx: Transaction, house: House, stretch: Stretch, now: datetime) -> list[Line]:
    found = workloads.queues(tx, *stretch.span(house), now)
    if not found:
        return [Line("", house.texts["stats.nothing"].format(label=stretch.label))]
    lines = [Line("", house.texts["stats.head_queues"].format(label=stretch.label))]
    for part in found:
        name = house.texts.get(f"queue.{part.name}", part.name)
        lines.append(_line(house, "queue", name=name, opened=part.opened, done=part.done))
        lines.append(_line(house, "queue_within", share=share(house, part.within, part.promised)))
        lines += _spread(house, "queue_response", part.response)
    return lines


def _people(tx: Transaction, house: House, stretch: Stretch, now: datetime) -> list[Line]:
    found = workloads.people(tx, *stretch.span(house))
    if not found:
        return [Line("", house.texts["stats.nobody"].format(label=stretch.label))]
    lines = [Line("", house.texts["stats.head_people"].format(label=stretch.label))]
    for work in found[:PEOPLE]:
        name = stored_people.get(tx, work.person).called
        lines.append(_line(house, "person", name=name, taken=work.taken, done=work.done, back=work.back))
        lines += _spread(house, "person_time", work.time)
        if work.rated or work.reopened:
            good = share(house, work.good, work.rated)
            lines.append(_line(house, "person_rating", share=good, reopened=work.reopened))
    more = len(found) - PEOPLE
    return [*lines, Line("", house.texts["stats.more"].format(count=more))] if more > 0 else lines


REPORTS: Mapping[str, Callable[[Transaction, House, Stretch, datetime], list[Line]]] = {
    "all": _all,
    "queues": _queues,
    "people": _people,
}


# ---------------------------------------------------------------- numbers in words


def share(house: House, part: int, whole: int) -> str:
    """「12 件里 10 件（83%）」; with nothing to count over, only that."""
    if not whole:
        return house.texts["stats.none"]
    return house.texts["stats.share"].format(whole=whole, part=part, percent=round(100 * part / whole))


def _spread(house: House, key: str, spread: Spread) -> list[Line]:
    """Median and 90th percentile as a line; nothing when nothing was measured."""
    if not spread.count:
        return []
    return [_line(house, key, median=duration(spread.median), ninetieth=duration(spread.ninetieth))]


def duration(minutes: int | None) -> str:
    """「35分钟」, 「2小时5分」, 「3天4小时」; what took no minute took one."""
    if minutes is None:
        return "—"
    hours, minute = divmod(max(minutes, 1), 60)
    days, hour = divmod(hours, 24)
    if days:
        return f"{days}天{hour}小时"
    return f"{hours}小时{minute}分" if hours else f"{minute}分钟"
