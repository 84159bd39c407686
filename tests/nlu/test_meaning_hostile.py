"""Any script, any length and hidden characters: an answer in bounded work, and the same danger."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.meaning import Context
from nlu.parse import parse
from nlu.words.normalize import LONGEST
from tests.support.labelled import NOW

HIDDEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\ufe0f")
DANGERS = ("厨房着火了", "我妈摔倒了起不来", "煤气味好重", "我不想活了", "困在电梯里出不来")
SCRIPTS = (
    "楼道灯不亮",
    "電梯壞了",
    "النجدة",
    "ช่วยด้วย",
    "도와주세요",
    "Помогите",
    "बचाओ",
    "救命😀",
    "3号楼-2-501,",
    "9" * 12,
    "𠀀𠀁",
)


def work(action: Callable[[], object]) -> int:
    """How many functions of Python an action calls."""
    calls = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(None)
    return calls


def dangers(text: str) -> list[tuple[str, bool]]:
    found = parse(text, Context(NOW)).intents
    return [(match.intent, match.ask) for match in found if match.intent.startswith("emergency.")]


@pytest.mark.parametrize("danger", DANGERS)
def test_a_hidden_character_hides_no_danger(danger: str) -> None:
    plain = dangers(danger)
    assert plain and plain[0] == (plain[0][0], plain[0][1])
    for hidden in HIDDEN:
        assert dangers(hidden.join(danger)) == plain


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_hundred_thousand_characters_cost_no_more_than_what_is_read(script: str) -> None:
    text = script * (100_000 // len(script) + 1)
    parse(text[: LONGEST + 8], Context(NOW))
    read, whole = (work(lambda text=some: parse(text, Context(NOW))) for some in (text[:LONGEST], text[:100_000]))
    assert whole <= 1.5 * read + 1_000


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.sampled_from(DANGERS))
def test_any_script_is_answered(text: str, danger: str) -> None:
    found = parse(text, Context(NOW))
    assert found.text == text
    assert all(0 < match.score <= 1 for match in found.intents)
