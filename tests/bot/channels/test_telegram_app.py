"""The whole service on Telegram: conversations through the real client over the socket, on a clock that both share."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.conftest import SOAK
from tests.support.telegram_app import town
from tests.support.telegram_player import Player
from tests.support.transcripts import by_chat

FILES = sorted((Path(__file__).parents[2] / "conversations" / "zh").rglob("*.chat"))
USUAL = ("danger", "desk_relay", "down", "lost_race", "picture", "restart")
"""The others are played by ``make soak``."""
OTHERS = {"danger_cry", "danger_down", "danger_gas", "family", "say_what_exists"}
"""Whether the alarm lane or the handler alerts first depends on a tick, and with it the alert's words; codes of families are
drawn by lot; what a recognizer was not sure of cannot be typed. Their own tests tell."""
PLAYED = [path for path in FILES if path.stem in USUAL or (SOAK and path.stem not in OTHERS)]


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
async def test_a_conversation_is_the_same_on_telegram(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert by_chat(await asyncio.to_thread(_played, text, tmp_path)) == by_chat(text)


def _played(text: str, folder: Path) -> str:
    with town(folder, privacy=False) as place:
        place.start()
        return Player(place).play(text)
