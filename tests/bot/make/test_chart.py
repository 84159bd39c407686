"""The chart of some days: right numbers, every glyph there, no person on it, and kind words where it cannot be drawn."""

from __future__ import annotations

import re
import sys
import warnings
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.make import chart
from bot.replay import seed
from bot.replay.talk import Stage
from handlers import texts
from handlers.managers.figures import periods
from tests.conftest import press, say

HOUSE = seed.load().settings.house()
NOW = datetime(2026, 3, 31, 4, tzinfo=UTC)
pytest.importorskip("matplotlib", reason="matplotlib is not installed: pip install .[charts]")


def _drawn(days: int = 31, **changes: object) -> chart.Chart:
    words = {name: HOUSE.texts[f"stats.chart.{name}"] for name in ("days", "opened", "finished", "categories", "none")}
    names = [text for key, text in HOUSE.texts.items() if key.startswith("category.")][: chart.CATEGORIES]
    filled = {
        "title": "槐树里社区 2026年3月",
        "lines": ["新开：46 件，取消 2 件", "按时回应：38 件里 30 件（79%）"],
        "days": [str(n + 1) for n in range(days)],
        "opened": [n % 5 for n in range(days)],
        "done": [n % 4 for n in range(days)],
        "categories": {name: 9 - at for at, name in enumerate(names)},
        "words": words,
    }
    return chart.Chart(**{**filled, **changes})


@pytest.mark.parametrize(
    "drawn", [_drawn(), _drawn(1), _drawn(opened=[0] * 31, done=[0] * 31, categories={})], ids=["month", "day", "empty"]
)
def test_no_glyph_is_missing(tmp_path: Path, drawn: chart.Chart) -> None:
    """What is missing matplotlib warns of; the font alone must do, whatever the machine has."""
    path = tmp_path / "a.png"
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as alone:
        warnings.simplefilter("error")
        alone.setattr(chart, "FAMILIES", chart.FAMILIES[:1])
        chart.draw(drawn, path)
    assert path.read_bytes().startswith(b"\x89PNG") and path.stat().st_mode & 0o077 == 0


def test_the_check_notices_a_missing_glyph(tmp_path: Path) -> None:
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as alone:
        warnings.simplefilter("error")
        alone.setattr(chart, "FAMILIES", chart.FAMILIES[:1])
        with pytest.raises(UserWarning, match="missing"):
            chart.draw(_drawn(title="𠀀"), tmp_path / "a.png")


def test_the_font_has_every_character_that_texts_and_services_use() -> None:
    from matplotlib.ft2font import FT2Font

    known = set(map(chr, FT2Font(str(chart.FONT)).get_charmap()))
    drawn = (text for key, text in texts.load().items() if key.startswith(("stats.", "category.")))
    said = "".join(re.sub(r"\{[^}]*\}", "", text) for text in drawn)
    said += "".join(name for service in HOUSE.bookable.values() for name in service.names)
    assert not {letter for letter in said if not letter.isspace()} - known
    assert "OFL" in chart.FONT.with_name("OFL.txt").read_text(encoding="utf-8").upper()


def test_bars_are_days_and_months_of_a_long_stretch() -> None:
    month = periods.between(HOUSE, date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 31))
    year = periods.between(HOUSE, date(2025, 4, 1), date(2026, 3, 31), date(2026, 3, 31))
    assert list(chart._cells(month).values()) == [str(n) for n in range(1, 32)]
    assert len(chart._cells(year)) == 12 and next(iter(chart._cells(year).values())) == "25年4月"
    late = datetime(2026, 3, 1, 16, 5, tzinfo=UTC)
    assert chart._summed(HOUSE, chart._cells(month), {late: 3})[1] == 3
    assert chart._summed(HOUSE, chart._cells(year), {late: 3})[-1] == 3


async def test_a_manager_gets_a_picture(stage: Stage) -> None:
    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    asked = [
        await say(stage, "张主任", "/chart 三月"),
        await say(stage, "张主任", "三月画个图"),
        await say(stage, "张主任", "/stats 三月"),
    ]
    for sent in (*asked[:2], await press(stage, "张主任", "画成图")):
        assert any("[图] 2026年3月的图" in line for line in sent), sent
    shown = [shown for shown in stage.channel.shown.values() if shown.message.file]
    assert {one.message.file.suffix for one in shown} == {".png"} and all(
        one.message.file.stat().st_size > 10_000 for one in shown
    )
    found = await stage.database.read(
        lambda tx: chart.chart(tx, stage.house, periods.stretch(stage.house, "三月", NOW), NOW)
    )
    assert sum(found.opened) == 1 and found.opened[1] == 1 and found.categories == {"漏水": 1}
    assert "王奶奶" not in repr(found)
    assert not any("图" in line for line in await say(stage, "刘姐", "/chart 三月"))


async def test_without_matplotlib_one_line_says_how_to_get_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    sent = await say(stage, "张主任", "/chart 三月")
    assert len(sent) == 1 and "linsheng[charts]" in sent[0] and "\n" not in sent[0]


def test_nothing_else_imports_matplotlib() -> None:
    root = Path(__file__).parents[3]
    users = [
        path
        for room in ("bot", "handlers", "storage", "nlu", "models")
        for path in (root / room).rglob("*.py")
        if "matplotlib" in path.read_text(encoding="utf-8")
    ]
    assert users == [root / "bot/make/chart.py"]
    assert "\nimport matplotlib" not in users[0].read_text(encoding="utf-8") and "\nfrom matplotlib" not in users[
        0
    ].read_text(encoding="utf-8")
