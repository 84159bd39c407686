"""Databases in use: what the code before the wings had stored, in the middle of every life, goes on in the code of today.

Each file of ``support/old`` is a database of that code, cut between two lines; its head names the moment and the buttons that
people had before them, and whether that code took each (``live``) or not. ``support/old/drive.py`` wrote them.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.replay.talk import Stage
from handlers import buttons, questions, rows
from models.events import Origin, Press, Utterance
from tests.conftest import SOAK

FOLDER = Path(__file__).parent / "support" / "old"
FILES = sorted(path for path in FOLDER.glob("*.sql") if path.stem != "common")
GROUPS = ("volunteers", "desk", "property")


@dataclass(frozen=True)
class Button:
    chat: str
    account: str
    data: str
    label: str
    state: str

    @property
    def verb(self) -> str:
        return self.data.split(":")[0]


@dataclass(frozen=True)
class Old:
    """A database of then: its statements, when it was cut, and the buttons people had."""

    name: str
    at: datetime
    buttons: tuple[Button, ...]
    sql: str


@cache
def old(path: Path) -> Old:
    text = path.read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("-- ")]
    shown = tuple(
        Button(*json.loads(line.removeprefix("-- button "))) for line in head if line.startswith("-- button ")
    )
    at = next(line.removeprefix("-- at ") for line in head if line.startswith("-- at "))
    return Old(path.stem, datetime.fromisoformat(at), shown, (FOLDER / "common.sql").read_text(encoding="utf-8") + text)


def open_questions(then: Old) -> set[str]:
    return set(re.findall(r"^INSERT INTO question VALUES \((\d+),", then.sql, flags=re.M))


def live(then: Old) -> list[Button]:
    """What that code took; of a question that was answered since, only its newest button counts, which is none."""
    asked, verbs = open_questions(then), questions.verbs()
    return [
        button
        for button in then.buttons
        if button.state == "live" and (button.verb not in verbs or button.data.split(":")[2] in asked)
    ]


def once() -> list[tuple[Path, Button]]:
    """Every live button; without ``make soak`` one of each verb."""
    found = [(path, button) for path in FILES for button in live(old(path))]
    return found if SOAK else list({button.verb: (path, button) for path, button in found}.values())


LIVE = once()
PLAYED = FILES if SOAK else FILES[::10]


@asynccontextmanager
async def revived(then: Old) -> AsyncIterator[Stage]:
    """The code of today on a database of then."""
    with TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        with closing(sqlite3.connect(stage.folders.data / "linsheng.db")) as connection:
            connection.executescript(then.sql)
        stage.clock.move(then.at)
        await stage.open()
        try:
            yield stage
        finally:
            await stage.close()


async def does(stage: Stage, button: Button, word: bool) -> list[str]:
    """What is answered to a button, or to its word."""
    stage.channel.fresh.clear()
    private = button.chat not in GROUPS
    origin = Origin("talk", f"new-{button.data}-{word}", button.chat, button.account, stage.clock.now(), "", private)
    await stage.app.accept([Utterance(origin, button.label) if word else Press(origin, button.data)])
    await stage.app.settle()
    return [shown.text for shown, _ in stage.channel.fresh]


async def waiting(stage: Stage, sql: str) -> list[str]:
    return await stage.database.read(lambda tx: [str(tuple(row)) for row in tx.all(sql)])


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
async def test_what_was_unsent_is_sent_and_everything_falls_due(path: Path) -> None:
    then = old(path)
    async with revived(then) as stage:
        assert not await waiting(stage, "SELECT id, content FROM outbox WHERE state = 'pending'")
        await stage.app.walk(then.at + timedelta(days=9), stage.clock.move)
        assert stage.app.counts["failures"] == 0
        assert not await waiting(stage, "SELECT id FROM inbox WHERE state IN ('new', 'heard', 'aside')")


@pytest.mark.parametrize(("path", "button"), LIVE, ids=lambda one: one.stem if isinstance(one, Path) else one.data)
async def test_a_live_button_is_taken(path: Path, button: Button) -> None:
    async with revived(old(path)) as stage:
        answers = await does(stage, button, word=False)
        assert answers and stage.app.counts["failures"] == 0
        assert not any(stage.house.texts["press.stale"] in text for text in answers)


@pytest.mark.parametrize(
    ("path", "button"), LIVE[:: 1 if SOAK else 3], ids=lambda one: one.stem if isinstance(one, Path) else one.data
)
async def test_its_word_is_taken_too(path: Path, button: Button) -> None:
    async with revived(old(path)) as stage:
        answers = await does(stage, button, word=True)
        assert stage.app.counts["failures"] == 0
        assert answers or button.chat in GROUPS
        assert not any(stage.house.texts["press.stale"] in text for text in answers)


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
async def test_every_old_button_gets_an_answer(path: Path) -> None:
    then = old(path)
    async with revived(then) as stage:
        for button in then.buttons:
            await does(stage, button, word=False)
        assert stage.app.counts["failures"] == 0


def test_every_kind_that_was_stored_is_known() -> None:
    verbs = {button.verb for path in FILES for button in old(path).buttons}
    assert verbs <= set(buttons.table())
    for path in FILES:
        kinds = set(re.findall(r"^INSERT INTO question VALUES \(\d+, \d+, \d+, '(\w+)'", old(path).sql, flags=re.M))
        assert kinds <= set(questions.kinds()), path.stem
        due = set(re.findall(r"^INSERT INTO agenda VALUES \('[^']*', \d+, '([\w.]+)'", old(path).sql, flags=re.M))
        assert due <= set(rows.installed().every("due")), path.stem
