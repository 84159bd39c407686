"""Figures as managers ask for them: /stats, /chart, plain Chinese, buttons, and 怎么算的."""

from __future__ import annotations

from datetime import date
from functools import partial

from handlers.managers import lookups
from handlers.managers.figures import periods, report
from handlers.managers.figures.periods import Stretch
from handlers.rows import Meant
from handlers.settings import House
from handlers.turn import Turn
from nlu.words import heard


def command(turn: Turn, words: str) -> None:
    """/stats 三月 志愿者: the figures of any days, of today (by queue or person: of this month) when none are named."""
    if _has(turn.house, "how", words):
        return how(turn, words)
    view = _view(turn.house, words)
    stretch = periods.stretch(turn.house, words, turn.now)
    if stretch is None and words.strip() and view == "all":
        return turn.answer("stats.period_unknown")
    return _make(turn, "stats", view, stretch or _usual(turn, "month" if view != "all" else "today"))


def said(turn: Turn) -> Meant | None:
    """The same in plain Chinese; a picture or a table when that is what was asked for."""
    words = turn.parse.text
    if "manager" not in turn.person.roles or turn.chat.kind != "private":
        return None
    if _has(turn.house, "how", words):
        return Meant(partial(how, turn, words))
    if turn.heard("mgr.report") and _has(turn.house, "export", words):
        return Meant(partial(lookups.export, turn, words))
    figure = turn.parse.match("mgr.stats", "mgr.report") or _only_days(turn)
    return Meant(partial(_said, turn, words)) if figure else None


def _only_days(turn: Turn) -> bool:
    """Days alone, or a picture of them: 从3月1号到15号, 三月画个图."""
    named = [one.text for one in turn.parse.times]
    drawn = bool(named) and _has(turn.house, "chart", turn.parse.text)
    return not turn.parse.intents and (drawn or named == [turn.parse.clean])


def _said(turn: Turn, words: str) -> None:
    stretch = periods.stretch(turn.house, words, turn.now) or _usual(turn, "month")
    task = "chart" if _has(turn.house, "chart", words) else "stats"
    return _make(turn, task, _view(turn.house, words), stretch)


def chart(turn: Turn, words: str) -> None:
    """/chart 三月: the figures as a picture."""
    _make(turn, "chart", "all", periods.stretch(turn.house, words, turn.now) or _usual(turn, "month"))


def _usual(turn: Turn, words: str) -> Stretch:
    found = periods.stretch(turn.house, words, turn.now)
    assert found is not None
    return found


def _make(turn: Turn, task: str, view: str, stretch: Stretch) -> None:
    ends = {"first": stretch.first.isoformat(), "last": stretch.last.isoformat()}
    turn.make(task, view=view, now=turn.now.isoformat(), **ends)


def _has(house: House, key: str, words: str) -> bool:
    return heard.says(f"stats.{key}", words)


def _view(house: House, words: str) -> str:
    return next((view for view in ("people", "queues") if _has(house, view, words)), "all")


def press(turn: Turn, target: str, number: str) -> None:
    """A button below a report: the same days in another view, as a picture, or how it is counted."""
    what, _, days = target.partition(".")
    if "manager" not in turn.person.roles or turn.chat.kind != "private":
        return turn.answer("press.stale")
    if what == "how":
        return _tell(turn, report.keys_of(days))
    try:
        first, last = (date.fromisoformat(day) for day in days.split("."))
    except ValueError:
        return turn.answer("press.stale")
    today = turn.now.astimezone(turn.house.zone).date()
    stretch = periods.between(turn.house, first, last, today)
    return _make(turn, "chart" if what == "chart" else "stats", what if what in report.REPORTS else "all", stretch)


# ---------------------------------------------------------------- how it is counted


def _is_named(house: House, key: str, words: str) -> bool:
    """Whether a figure is meant: by its words, or by what its definition calls it."""
    if heard.has(f"how.{key}"):
        return heard.says(f"how.{key}", words)
    return house.texts[f"how.{key}"].partition("：")[0] in words


def how(turn: Turn, words: str) -> None:
    """怎么算的: the definition of what was named, or of everything on the first page."""
    named = tuple(key for key in report.defined() if _is_named(turn.house, key, words))
    _tell(turn, named or report.keys_of("all"), more=not named)


def _tell(turn: Turn, keys: tuple[str, ...], more: bool = False) -> None:
    texts = turn.house.texts
    lines = [texts["how.head"], *(texts[f"how.{key}"] for key in keys), *([texts["how.more"]] if more else [])]
    turn.tell(turn.chat.id, "\n".join(lines))
