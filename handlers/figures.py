"""What a manager reads: every figure with what it was counted over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from handlers import records, titles
from handlers.house import House
from nlu import times
from storage import dangers, figures
from storage.database import Transaction
from storage.figures import Figures, Spread

MOST = 5
"""Lines of a breakdown."""


def report(tx: Transaction, house: House, words: str, now: datetime) -> str:
    """The figures of 今天, 本周, 本月 or any other stretch that the words name."""
    stretch = period(house, words, now)
    if stretch is None:
        return house.texts["stats.period_unknown"]
    first, last, label = stretch
    start = datetime.combine(first, time(), house.zone)
    end = datetime.combine(last + timedelta(days=1), time(), house.zone)
    lines = records.figures(house, dangers.figures(tx, start, end))
    return "\n".join([describe(house, figures.figures(tx, start, end, now), label), *lines])


def period(house: House, words: str, now: datetime) -> tuple[date, date, str] | None:
    """First day, last day and name of the stretch that was asked for."""
    today = now.astimezone(house.zone).date()
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    next_month = (month + timedelta(days=32)).replace(day=1)
    named = {
        "today": (today, today), "week": (monday, monday + timedelta(days=6)), "month": (month, next_month - timedelta(days=1)),
        "last_week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "last_month": ((month - timedelta(days=1)).replace(day=1), month - timedelta(days=1)),
    }  # fmt: skip
    for key, (first, last) in named.items():
        if any(word in words for word in house.texts[f"stats.words.{key}"].split()):
            return first, last, house.texts[f"stats.label.{key}"]
    return _spoken(house, words, now)


def _spoken(house: House, words: str, now: datetime) -> tuple[date, date, str] | None:
    found = times.find(words, now.astimezone(house.zone))
    if not found or found[0].start is None:
        return None
    first = _day(found[0].start)
    last = _day(found[0].end) if found[0].end is not None else first
    return first, last, house.texts["stats.label.days"].format(first=first, last=last)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def describe(house: House, found: Figures, label: str) -> str:
    """The figures as lines of text."""
    if not found.opened:
        return house.texts["stats.nothing"].format(label=label)
    rated = sum(found.ratings.values())
    lines = [
        house.texts["stats.head"].format(label=label, opened=found.opened, cancelled=found.cancelled),
        house.texts["stats.response"].format(within=share(found.within, found.promised)) + _spread(house, found.response),
        house.texts["stats.completion"].format(done=share(found.done, found.opened)) + _spread(house, found.completion),
        house.texts["stats.confirmed"].format(
            confirmed=share(found.confirmed, found.done), reopened=share(found.reopened, found.opened)
        ),
        house.texts["stats.rating"].format(
            good=share(found.ratings.get("good", 0), rated), fair=found.ratings.get("fair", 0),
            bad=found.ratings.get("bad", 0), rate=share(rated, found.done),
        ),
        *_breakdowns(house, found),
    ]  # fmt: skip
    return "\n".join(lines)


def _breakdowns(house: House, found: Figures) -> list[str]:
    flows = {house.texts.get(f"button.door.{key}", key): number for key, number in found.flows.items()}
    categories = {titles.category(house, key): number for key, number in found.categories.items()}
    buildings = {
        f"{key}号楼" if key else house.texts["stats.few"]: number for key, number in found.buildings.items()
    }  # fmt: skip
    parts = (("flows", flows), ("categories", categories), ("buildings", buildings))
    return [house.texts[f"stats.{name}"].format(lines=_listed(cells, found.opened)) for name, cells in parts]


def _listed(cells: Mapping[str, int], total: int) -> str:
    named = [f"{name} {number}/{total}" for name, number in list(cells.items())[:MOST]]
    more = total - sum(list(cells.values())[:MOST])
    return "、".join([*named, *([f"其余 {more}/{total}"] if more else [])])


def share(part: int, whole: int) -> str:
    """「3/4（75%）」; with nothing to count over, only that."""
    return f"{part}/{whole}（{round(100 * part / whole)}%）" if whole else "0/0"


def _spread(house: House, spread: Spread) -> str:
    """Median and 90th percentile as a sentence; nothing when nothing was measured."""
    if not spread.count:
        return ""
    ninetieth, median = duration(spread.ninetieth), duration(spread.median)
    return house.texts["stats.spread"].format(median=median, ninetieth=ninetieth, count=spread.count)


def duration(minutes: int | None) -> str:
    """「35分钟」, 「2小时5分」, 「3天4小时」."""
    if minutes is None:
        return "—"
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        return f"{days}天{hour}小时"
    return f"{hours}小时{minute}分" if hours else f"{minute}分钟"
