"""The steps of a first try, shown on the page and ticked off as they are done."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from bot.page.cast import PHONES


@dataclass(frozen=True)
class Step:
    """One thing to try: words said or a button pressed on a phone, or the clock put on."""

    text: str
    phone: str = ""
    words: tuple[str, ...] = ()
    minutes: int = 0
    """How far the clock must have been put on in all; 0 when the step is not about the clock."""


def load() -> tuple[Step, ...]:
    """The steps in order."""
    rows = tomllib.loads(files("bot.page").joinpath("steps.toml").read_text(encoding="utf-8"))["step"]
    return tuple(Step(**{**row, "words": tuple(row.get("words", ()))}) for row in rows)


@dataclass
class Progress:
    """How far the first try has come; the steps may be done in any order."""

    steps: tuple[Step, ...] = field(default_factory=load)
    done: set[int] = field(default_factory=set)
    _moved: float = 0

    def said(self, role: str, words: str) -> bool:
        """Somebody said or pressed this; whether a step was ticked off by it."""
        clean = words.strip(" 。，！")
        return self._tick(lambda step: clean in step.words and role in _roles(step.phone))

    def moved(self, minutes: float) -> bool:
        """The clock was put on; whether a step was ticked off by it."""
        self._moved += minutes
        return self._tick(lambda step: 0 < step.minutes <= self._moved)

    def shown(self) -> list[Mapping[str, Any]]:
        """The steps as the browser gets them."""
        return [{"text": step.text, "done": at in self.done} for at, step in enumerate(self.steps)]

    def _tick(self, does: Callable[[Step], bool]) -> bool:
        before = len(self.done)
        self.done |= {at for at, step in enumerate(self.steps) if does(step)}
        return len(self.done) > before


def _roles(phone: str) -> tuple[str, ...]:
    return next((roles for key, _, roles in PHONES if key == phone), ())
