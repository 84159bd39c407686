"""Conversations as data, replayed through the real core on a real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.replay import script, talk

FILES = sorted((Path(__file__).parents[1] / "conversations" / "zh").rglob("*.chat"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_conversation(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert await talk.replay(text) == text


def test_there_are_not_too_many() -> None:
    wings = [path.parent.name for path in FILES]
    assert len(FILES) >= 12
    assert all(wings.count(wing) <= 30 for wing in wings)


def test_every_line_of_a_script_comes_back() -> None:
    for path in FILES:
        kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(" ")]
        assert [step.source for step in script.read("\n".join(kept))] == kept


@pytest.mark.parametrize("line", ["hello", "== ", "王奶奶 (唱) > 啊", "-> 王奶奶: 在"])
def test_a_line_that_means_nothing_is_named(line: str) -> None:
    with pytest.raises(script.ScriptError, match="line 2"):
        script.read(f"# first\n{line}")


async def test_time_does_not_go_back() -> None:
    with pytest.raises(script.ScriptError, match="line 2"):
        await talk.replay("== 2026-03-02 10:00\n== 2026-03-02 09:00\n")
