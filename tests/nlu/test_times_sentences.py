"""The sentences are as many as were promised, half of them kept aside by a fixed rule."""

from __future__ import annotations

import pytest

from bench import places, sound, times
from bench.sound import mishearings


def test_enough_times() -> None:
    halves = [len(times.sentences(kept_aside=aside)) for aside in (False, True)]
    assert sum(halves) >= 300 and abs(halves[0] - halves[1]) <= 15


@pytest.mark.parametrize(
    ("kept_aside", "least"),
    [
        ([aside for _, aside, _, _ in places.cases()], 150),
        ([aside for _, aside, heard, meant in mishearings() if heard != meant], 200),
    ],
    ids=["places", "mishearings"],
)
def test_enough_of_the_others(kept_aside: list[bool], least: int) -> None:
    assert len(kept_aside) >= least
    assert abs(sum(kept_aside) - len(kept_aside) / 2) <= len(kept_aside) / 20


def test_no_sentence_stands_twice() -> None:
    """What is tuned on would else be kept aside as well."""
    for kept in (
        {text for _, aside, text, _ in places.cases() if aside},
        {one.text for one in times.sentences(kept_aside=True)},
    ):
        tuned = {text for _, aside, text, _ in places.cases() if not aside} | {
            one.text for one in times.sentences(kept_aside=False)
        }
        assert not kept & tuned
    assert sound.community().buildings
