"""A picture of some days for a telephone: what was opened and done, and what it was about. No person is on it.

Only here matplotlib is imported (the extra ``charts``): it takes a second to load. The font lies beside this module.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channels import Message
from handlers.managers.figures import periods, report
from handlers.managers.figures.periods import Stretch
from handlers.saying import titles
from handlers.settings import House
from storage import figures as stored
from storage.database import Database, Transaction

FONT = Path(__file__).parent / "font" / "linsheng-sans.otf"
FAMILIES = ("Linsheng Sans", "Noto Sans CJK SC", "WenQuanYi Zen Hei", "DejaVu Sans")
"""The bundled font first; a rare character is taken from another one, where the machine has it."""
DARK, LIGHT, INK = "#1f4e79", "#f2a65a", "#222222"
SIZE, DOTS = (9, 12), 120
"""Inches, and dots in each: 1,080 by 1,440, upright."""
DAYS = 62
"""A longer stretch is drawn by months."""
CATEGORIES = 6


@dataclass(frozen=True)
class Chart:
    """Everything that is drawn."""

    title: str
    lines: Sequence[str]
    days: Sequence[str]
    opened: Sequence[int]
    done: Sequence[int]
    categories: Mapping[str, int]
    words: Mapping[str, str]
    """Titles of the parts: ``days``, ``opened``, ``finished``, ``categories``, ``none``."""


async def make(database: Database, house: House, folder: Path, number: int, arguments: Mapping[str, Any]) -> Message:
    """The picture, or how to get what draws it."""
    now = datetime.fromisoformat(arguments["now"])
    first, last = (date.fromisoformat(arguments[name]) for name in ("first", "last"))
    stretch = periods.between(house, first, last, now.astimezone(house.zone).date())
    found = await database.read(lambda tx: chart(tx, house, stretch, now))
    path = folder / f"chart-{number}.png"
    try:
        await asyncio.to_thread(draw, found, path)
    except ImportError:
        return Message(house.texts["stats.chart.missing"])
    buttons = report.buttons(house, "chart", stretch)
    return Message(house.texts["stats.chart.done"].format(label=stretch.label), buttons, file=path)


# ---------------------------------------------------------------- counted


def chart(tx: Transaction, house: House, stretch: Stretch, now: datetime) -> Chart:
    """The numbers of a picture."""
    start, end = stretch.span(house)
    found = stored.figures(tx, start, end, now)
    cells = _cells(stretch)
    opened, done = (_summed(house, cells, by_time) for by_time in stored.quarters(tx, start, end))
    categories = {titles.category(house, key): number for key, number in list(found.categories.items())[:CATEGORIES]}
    parts = ("days", "months", "opened", "finished", "categories", "none")
    words = {name: house.texts[f"stats.chart.{name}"] for name in parts}
    words["days"] = words["months"] if len(cells) < (stretch.last - stretch.first).days else words["days"]
    lines = [line.text for line in report.describe(house, found) if line.key in ("opened", "done", "within")]
    return Chart(
        f"{house.community.name} {stretch.label}", lines, list(cells.values()), opened, done, categories, words
    )


def _cells(stretch: Stretch) -> dict[date, str]:
    """Beginning of each bar → what stands below it: days, or months of a long stretch."""
    days = [stretch.first + timedelta(days=n) for n in range((stretch.last - stretch.first).days + 1)]
    if len(days) <= DAYS:
        return {day: f"{day.day}" for day in days}
    return {day.replace(day=1): f"{day.year % 100}年{day.month}月" for day in days}


def _summed(house: House, cells: Mapping[date, str], by_time: Mapping[datetime, int]) -> list[int]:
    counts = dict.fromkeys(cells, 0)
    for at, number in by_time.items():
        day = at.astimezone(house.zone).date()
        counts[day if day in counts else day.replace(day=1)] += number
    return list(counts.values())


# ---------------------------------------------------------------- drawn


def draw(chart: Chart, path: Path) -> None:
    """Write the picture, for its owner alone; raises ``ImportError`` where matplotlib is not installed."""
    from matplotlib import rc_context

    with rc_context({"font.family": _families(), "axes.unicode_minus": False, "font.size": 17, "text.color": INK}):
        picture = _figure(chart)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            picture.savefig(file, format="png", dpi=DOTS, metadata={"Software": None})


def _families() -> list[str]:
    """The fonts that are there, the bundled one first."""
    from matplotlib.font_manager import fontManager

    known = {font.name for font in fontManager.ttflist}
    if FAMILIES[0] not in known:
        fontManager.addfont(FONT)
    return [name for name in FAMILIES if name == FAMILIES[0] or name in known]


def _figure(chart: Chart) -> Any:
    from matplotlib.figure import Figure

    picture = Figure(figsize=SIZE, facecolor="white")
    above, below = picture.subplots(2, 1, gridspec_kw={"height_ratios": (1.15, 1)})
    picture.subplots_adjust(left=0.09, right=0.95, top=0.75, bottom=0.05, hspace=0.32)
    picture.text(0.05, 0.955, chart.title, fontsize=27, va="center")
    for at, line in enumerate(chart.lines):
        picture.text(0.05, 0.905 - 0.034 * at, line, fontsize=19, va="center")
    _bars(above, chart)
    _ranking(below, chart)
    return picture


def _bars(axes: Any, chart: Chart) -> None:
    """Opened and done, side by side."""
    places = range(len(chart.days))
    axes.bar([at - 0.2 for at in places], chart.opened, 0.4, color=DARK, label=chart.words["opened"])
    axes.bar([at + 0.2 for at in places], chart.done, 0.4, color=LIGHT, label=chart.words["finished"])
    step = max(1, len(chart.days) // 8)
    axes.set_xticks([at for at in places if at % step == 0], [chart.days[at] for at in places if at % step == 0])
    axes.set_title(chart.words["days"], loc="left", fontsize=20, pad=12)
    axes.set_ylim(0, max([4, *chart.opened, *chart.done]) * 1.15)
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.grid(axis="y", color="#dddddd")
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, fontsize=17, borderaxespad=0.3)
    _plain(axes)


def _ranking(axes: Any, chart: Chart) -> None:
    """What it was about, the most on top, each with its number."""
    axes.set_title(
        chart.words["categories"] if chart.categories else chart.words["none"], loc="left", fontsize=20, pad=12
    )
    names, counts = list(chart.categories), list(chart.categories.values())
    axes.barh(names, counts, 0.6, color=DARK)
    for at, number in enumerate(counts):
        axes.text(number, at, f" {number}", va="center", fontsize=18)
    axes.set_xlim(0, max([1, *counts]) * 1.12)
    axes.set_ylim(CATEGORIES - 0.5, -0.5)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0, pad=8)
    axes.set_position([0.24, 0.05, 0.71, 0.3])
    axes.spines["bottom"].set_visible(False)
    _plain(axes)


def _plain(axes: Any) -> None:
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
