"""Ranges of places keep all, and a new complaint that asks when is the report."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from models.meaning import Context, Lexicon
from nlu.parse import parse
from nlu.places import addresses, matter, reading

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("1号楼到4号楼停水", "1 2 3 4"),
        ("3、5、7号楼停水", "3 5 7"),
        ("二号楼至四号楼停电", "2 3 4"),
        ("1号楼和4号楼停水", "1 4"),
    ],
)
def test_a_range_of_buildings_keeps_all(line: str, numbers: str) -> None:
    found = reading.find(line, Lexicon())
    assert matter.buildings(found, line) == tuple(numbers.split())


@pytest.mark.parametrize(
    ("line", "floors"), [("一到三层停水", "1到3"), ("3号楼2到5楼没电", "2到5"), ("3号楼三层停水", None)]
)
def test_a_range_of_floors_is_one(line: str, floors: str | None) -> None:
    assert matter.floors(reading.find(line, Lexicon()), line) == floors


@pytest.mark.parametrize(
    ("line", "number"), [("12动楼道灯坏了", "12"), ("十二冻电梯坏了", "12"), ("3动手了", None), ("不懂", None)]
)
def test_a_mistyped_sign(line: str, number: str | None) -> None:
    assert addresses.mistyped(line) == number


@pytest.mark.parametrize(
    "line",
    ["五号楼楼道灯不亮,什么时候来修", "北门路灯不亮,什么时候能修", "水管漏水什么时候能修", "3号楼停水了什么时候能好"],
)
def test_a_new_complaint_that_asks_when_is_the_report(line: str) -> None:
    assert parse(line, Context(now=NOW)).best == "issue.report"


def test_a_bus_is_nothing() -> None:
    assert parse("公交车10分钟一趟", Context(now=NOW)).intents == ()
