"""What a manager exports: opened by a spreadsheet's reader, no formula survives, and turns go on meanwhile."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path

import openpyxl
import pytest

from bot.make import progress
from bot.make.progress import STEP
from bot.replay.talk import Stage
from storage.database import Transaction
from tests.conftest import count, say

EVIL = ['=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "\t=1", " =1", "＝1"]


def _many(tx: Transaction, number: int) -> None:
    for n in range(number):
        tx.run(
            "INSERT INTO ticket (flow, life, status, category, urgency, queue, opened_at, words)"
            " VALUES ('issue', ?, 'done', 'light', 'P2', 'volunteers', ?, ?)",
            "case" if n == 3 else "task",
            1772413200000 + n,
            EVIL[n % len(EVIL)],
        )


def _file(stage: Stage) -> Path:
    return next(shown.message.file for shown in reversed(stage.channel.shown.values()) if shown.message.file)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_no_formula_survives(stage: Stage, form: str) -> None:
    await stage.database.transaction(lambda tx: _many(tx, 20))
    sent = "\n".join(await say(stage, "张主任", f"/export {form}"))
    assert "正在导出" in sent and "19 件" in sent
    file = _file(stage)
    assert file.suffix == f".{form}" and file.stat().st_mode & 0o077 == 0
    if form == "csv":
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(file.open(encoding="utf-8-sig")))
        values = [cell for row in rows for cell in row]
    else:
        sheet = openpyxl.load_workbook(file).active
        rows = list(sheet.iter_rows())
        assert not [cell for row in rows for cell in row if cell.data_type == "f"]
        values = [str(cell.value or "") for row in rows for cell in row]
    assert len(rows) == 20
    assert not [cell for cell in values if cell.lstrip(" ").startswith(tuple("=+-@\t＝"))]
    assert sum("HYPERLINK" in cell for cell in values) >= 2


async def test_turns_go_on_while_many_are_exported(stage: Stage) -> None:
    await stage.database.transaction(lambda tx: _many(tx, count(10_000, 100_000)))
    exporting = asyncio.create_task(say(stage, "张主任", "/export"))
    while not stage.app.counts["turns"]:
        await asyncio.sleep(0)
    seen = [text for line in ("你好", "楼道灯不亮") for text in await say(stage, "李大爷", line)]
    await exporting
    assert any("在哪里" in text for text in seen) or any("在哪里" in s.text for s in stage.channel.shown.values())
    assert _file(stage).suffix == ".xlsx" and stage.app.counts["failures"] == 0
    sheet = openpyxl.load_workbook(_file(stage), read_only=True).active
    number = count(10_000, 100_000)
    assert sum(1 for _ in sheet.iter_rows()) == number  # with a head, without the mediation
    told = [shown.text for shown in stage.channel.shown.values() if shown.text.startswith("导出到")]
    assert told == (["导出到 80000 件了，还在导……"] if number > STEP else [])


async def test_how_far_it_is_is_one_message_that_changes(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "STEP", 2000)
    await stage.database.transaction(lambda tx: _many(tx, 7000))
    sent = await say(stage, "张主任", "/export csv")
    told = [line for line in sent if "导出到" in line]
    assert [line.split(": ")[1] for line in told] == [
        f"导出到 {number} 件了，还在导……" for number in (2000, 4000, 6000)
    ]
    assert [line.startswith("  ~>") for line in told] == [False, True, True]
