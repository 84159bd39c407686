"""The form loop by itself: pure, one table of what was understood against what follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers import flows
from handlers.forms import loop
from handlers.forms.loop import Ask, Cancel, Complete, Confirm, Handover, Which
from models.dialogues import Dialogue
from models.meaning import Match, Parse, PlaceExpression
from models.places import decode_place

FLOW = flows.load()["issue"]
EMPTY = Dialogue(1, 1, "issue")
LIFT = Match("issue.report", 1.0, {"category": "lift", "object": "电梯"})
HOME = PlaceExpression("7号楼", "7")


def parse(*matches: Match, place: PlaceExpression | None = None, words: str = "啊啊") -> Parse:
    return Parse(words, words, matches, None, (), (place,) if place else ())


def word(intent: str, **slots: str) -> Match:
    return Match(intent, 1.0, slots)


def filled() -> Dialogue:
    step = loop.advance(FLOW, EMPTY, parse(LIFT, place=HOME))
    assert isinstance(step, Ask) and step.slot.name == "risk"
    step = loop.advance(FLOW, step.dialogue, parse(word("dialog.deny")))
    assert isinstance(step, Confirm)
    return step.dialogue


def test_one_utterance_fills_several_slots_and_only_what_is_missing_is_asked() -> None:
    step = loop.advance(FLOW, EMPTY, parse(LIFT, place=HOME))
    assert isinstance(step, Ask) and step.slot.name == "risk"
    step = loop.advance(FLOW, EMPTY, parse(word("issue.report", category="lift", risk="yes"), place=HOME))
    assert isinstance(step, Confirm)


def test_a_slot_that_the_flow_calls_needless_is_not_asked() -> None:
    step = loop.advance(FLOW, EMPTY, parse(word("issue.report", category="rubbish"), place=HOME))
    assert isinstance(step, Confirm) and "risk" not in step.dialogue.slots


@pytest.mark.parametrize(
    ("match", "step"),
    [
        (word("dialog.confirm"), Complete),
        (word("dialog.deny"), Which),
        (word("dialog.correct"), Which),
        (word("dialog.stop"), Cancel),
        (word("dialog.human"), Handover),
        (word("chat.weather"), Confirm),
    ],
)
def test_after_the_read_back(match: Match, step: type) -> None:
    assert isinstance(loop.advance(FLOW, filled(), parse(match)), step)


@pytest.mark.parametrize(
    ("words", "match", "flow", "step"),
    [
        ("取消", word("booking.cancel"), "issue", Cancel),
        ("不修了", word("booking.cancel"), "help", Cancel),
        ("取消理发", word("booking.cancel", service="haircut"), "issue", Confirm),
        ("师傅说不修了", word("booking.cancel"), "issue", Confirm),
        ("取消", word("booking.cancel"), "booking", Confirm),
    ],
)
def test_a_brief_cancel_is_meant_for_the_form_that_is_open(words: str, match: Match, flow: str, step: type) -> None:
    form = replace(filled(), flow=flow)
    assert isinstance(loop.advance(flows.load()[flow], form, parse(match, words=words)), step)


def test_a_correction_replaces_one_value_and_keeps_the_rest() -> None:
    step = loop.advance(FLOW, filled(), parse(word("dialog.correct"), place=PlaceExpression("4号楼", "4")))
    assert isinstance(step, Confirm)
    assert decode_place(step.dialogue.slots["place"]).building == "4"
    assert step.dialogue.slots["category"] == "lift" and step.dialogue.slots["risk"] == "no"


def test_the_wrong_part_alone_is_asked_again() -> None:
    form = loop.choose(filled(), "place")
    step = loop.proceed(FLOW, form)
    assert isinstance(step, Ask) and step.slot.name == "place"
    assert step.dialogue.slots["risk"] == "no"


def test_the_second_miss_hands_over_and_a_filled_slot_forgets_the_first() -> None:
    step = loop.advance(FLOW, EMPTY, parse(LIFT))
    step = loop.advance(FLOW, step.dialogue, parse())
    assert isinstance(step, Ask) and step.again and step.dialogue.misses == 1
    assert isinstance(loop.advance(FLOW, step.dialogue, parse()), Handover)
    step = loop.advance(FLOW, step.dialogue, parse(place=HOME))
    assert isinstance(step, Ask) and step.slot.name == "risk" and step.dialogue.misses == 0


def test_each_question_has_a_turn_of_its_own() -> None:
    turns, form = [], EMPTY
    for heard in (parse(LIFT), parse(place=HOME), parse(word("dialog.deny"))):
        form = loop.advance(FLOW, form, heard).dialogue
        turns.append(form.turn)
    assert turns == sorted(set(turns))


def test_small_talk_fills_no_slot() -> None:
    step = loop.advance(FLOW, EMPTY, parse(LIFT))
    before = dict(step.dialogue.slots)
    after = loop.repeat(FLOW, step.dialogue)
    assert (
        isinstance(after, Ask) and after.again and dict(after.dialogue.slots) == before and after.dialogue.misses == 0
    )


def test_a_repeated_value_after_the_read_back_is_no_miss() -> None:
    step = loop.advance(FLOW, filled(), parse(word("dialog.correct", place="7号楼"), place=HOME))
    assert isinstance(step, Confirm) and not step.again and step.dialogue.misses == 0


def test_a_value_that_cannot_be_makes_an_optional_slot_needed() -> None:
    flow = flows.load()["help"]
    form = Dialogue(1, 1, "help", {"category": "carry", "place": "{}"}).noted(unclear="time")
    step = loop.proceed(flow, form)
    assert isinstance(step, Ask) and step.slot.name == "time"
    assert isinstance(loop.proceed(flow, loop.choose(form, "unclear")), Confirm)
