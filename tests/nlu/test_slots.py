"""Every slot of every flow is filled by the engines of times, places, sound and numbers: derived from the flow files."""

from __future__ import annotations

from datetime import date, datetime
from typing import get_args

import pytest

from bot.replay import seed
from handlers import understanding
from handlers.forms import kinds, loop
from models.dialogues import Dialogue, Flow, Slot, SlotKind
from models.meaning import Context
from models.places import decode_place
from models.times import decode_time
from nlu.meaning.corrections import settled
from nlu.parse import parse
from nlu.places.reading import merge, spell
from tests.support.labelled import NOW

HOUSE = seed.load().settings.house()
SLOTS = [(flow, slot) for flow in HOUSE.flows.values() for slot in flow.slots]
AFTERNOON = datetime(2026, 3, 5, 13, tzinfo=NOW.tzinfo)


def filled(flow: Flow, slot: Slot, words: str) -> Dialogue:
    """A form that has just asked for one slot, after these words."""
    form = Dialogue(1, 1, flow.name, asking=slot.name)
    question = understanding.form_question(HOUSE, form)
    meaning = parse(words, Context(NOW, HOUSE.lexicon(), question, flow.name))
    return loop.fill(flow, form, meaning)


def ids(value: object) -> str:
    return getattr(value, "name", "")


@pytest.mark.parametrize(("flow", "slot"), [(f, s) for f, s in SLOTS if s.kind == "place"], ids=ids)
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("十八号楼2门301", ("18", "2", "301", None)),
        ("五杠二杠三零一", ("5", "2", "301", None)),
        ("在三栋二零一", ("3", None, "201", None)),
        ("七号楼后头", ("7", None, None, "后头")),
        ("难门口", (None, None, None, "南门")),
    ],
)
def test_places(flow: Flow, slot: Slot, words: str, expected: tuple[str | None, ...]) -> None:
    place = decode_place(filled(flow, slot, words).slots[slot.name])
    assert (place.building, place.unit, place.room, place.spot) == expected


@pytest.mark.parametrize(("flow", "slot"), [(f, s) for f, s in SLOTS if s.kind in ("time", "since")], ids=ids)
@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("大后天下半天", AFTERNOON),
        ("礼拜天", date(2026, 3, 8)),
        ("下个月初五", None),
        ("差五分四点", AFTERNOON.replace(day=2, hour=15, minute=55)),
    ],
)
def test_times(flow: Flow, slot: Slot, words: str, start: object) -> None:
    form = filled(flow, slot, words)
    assert words in form.slots[slot.name]
    time = decode_time(form.notes.when, HOUSE.zone)
    assert time.start == start if start else time.start is not None and time.start > NOW.date()


@pytest.mark.parametrize(
    ("flow", "slot"), [(f, s) for f, s in SLOTS if s.kind in ("choice", "yesno") and s.answers], ids=ids
)
def test_answers_are_numbered_named_and_heard_by_sound(flow: Flow, slot: Slot) -> None:
    first, *others = slot.answers
    if slot.kind == "yesno":
        assert filled(flow, slot, "是的嘛").slots[slot.name] == first
        return
    assert filled(flow, slot, "头一个").slots[slot.name] == first
    assert filled(flow, slot, slot.answers[others[0]][0]).slots[slot.name] == others[0]
    if "haircut" in slot.answers:
        assert filled(flow, slot, "李发吧").slots[slot.name] == "haircut"


@pytest.mark.parametrize("kind", ["number"])
def test_numbers(kind: str) -> None:
    slot = Slot("count", kind)
    flow = Flow("counted", "task", (), (slot,), "")
    form = Dialogue(1, 1, "counted", asking="count")
    for words, value in (("俩", "2"), ("一百零二", "102"), ("三个", "3")):
        question = understanding.Question("count", "number")
        assert loop.fill(flow, form, parse(words, Context(NOW, question=question))).slots["count"] == value
    assert "count" not in loop.fill(flow, form, parse("今天天气好", Context(NOW))).slots


def test_every_kind_of_slot_has_an_engine() -> None:
    assert set(get_args(SlotKind)) == set(kinds.READERS)


@pytest.mark.parametrize(
    ("words", "building"),
    [
        ("9号楼楼道灯坏了,不是9号楼,是8号楼", "8"),
        ("9号楼2单元电梯坏了,应该是8号楼", "8"),
        ("9号楼电梯坏了要换,8号楼也是", "9"),
        ("我是8号楼的,9号楼电梯坏了,不是8号楼,是9号楼", "9"),
    ],
)
def test_a_place_that_is_put_right_in_the_same_line_counts(words: str, building: str) -> None:
    meaning = settled(parse(words, Context(NOW, HOUSE.lexicon())))
    assert meaning.places[0].building == building


@pytest.mark.parametrize(
    ("before", "said", "meant"),
    [
        ("3号楼2单元对门", "502", "3号楼2单元502"),
        ("3号楼2单元楼上", "3号楼2单元601", "3号楼2单元601"),
        ("3号楼隔壁", "2单元", "3号楼2单元隔壁"),
        ("3号楼2单元501对门", "601", "3号楼2单元601对门"),
        ("3号楼2单元门口", "502", "3号楼2单元502门口"),
    ],
)
def test_a_neighbour_is_no_longer_one_once_the_door_is_named(before: str, said: str, meant: str) -> None:
    first, then, whole = (parse(words, Context(NOW, HOUSE.lexicon())).places[0] for words in (before, said, meant))
    assert spell(merge(first, then)) == spell(whole)
