"""What a resident's first line costs: modules of the project that run, and statements, from the inbox to the message sent."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from bot.replay.talk import Stage
from storage.sqlite import SqliteTransaction
from tests.conftest import say

ROOT = Path(__file__).parents[1]
ROOMS = ("models", "nlu", "handlers", "storage", "bot")
MODULES, STATEMENTS = 60, 25
"""What a wing declares of its lines keeps the others closed (``when`` in ``handlers/rows.py``); it was 128 before that."""


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that run meanwhile."""
    ran: list[str] = []
    with monkeypatch.context() as patch:
        for name in ("run", "one", "all"):
            real = getattr(SqliteTransaction, name)

            def noted(self: SqliteTransaction, sql: str, *values: Any, _real: Any = real) -> Any:
                ran.append(sql)
                return _real(self, sql, *values)

            patch.setattr(SqliteTransaction, name, noted)
        yield ran


async def profiled(stage: Stage, hook: Any) -> None:
    """Set a profile hook in this thread and in those of the database."""
    await stage.database.transaction(lambda tx: sys.setprofile(hook))
    await stage.database.read(lambda tx: sys.setprofile(hook))
    sys.setprofile(hook)


async def test_a_first_line_is_cheap(unwatched: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = unwatched
    await say(stage, "李大爷", "你好")
    seen: set[str] = set()

    def entered(frame: FrameType, event: str, argument: object) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and path.is_relative_to(ROOT):
            seen.add(str(path.relative_to(ROOT)))

    with counted(monkeypatch) as ran:
        await profiled(stage, entered)
        sent = await say(stage, "王奶奶", "厨房水管漏水了")
        await profiled(stage, None)
    ours = {path for path in seen if path.split("/")[0] in ROOMS and not path.startswith("bot/replay")}
    assert "3号楼2单元501" in "\n".join(sent)
    assert len(ran) <= STATEMENTS, "\n".join(ran)
    assert len(ours) <= MODULES, "\n".join(sorted(ours))
