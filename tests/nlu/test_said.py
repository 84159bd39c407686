"""What must hold for every time, place, correction and change of a booking, however it is said."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bench import said
from models.meaning import Context, Lexicon, PlaceExpression
from nlu import times
from nlu.meaning import moving, outcomes
from nlu.places import changes, matter
from nlu.times import readings
from nlu.words.normalize import clean
from nlu.words.utterance import hear

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 9, tzinfo=ZONE)
HOME = PlaceExpression("", "3", "2", None, "501")
AT_HOME = Lexicon(home=HOME)
DAYS = "一二三四五六日"


def where(place):
    return (place.building, place.unit, place.floor, place.room, place.spot) if place else None


homes = (
    st.builds(
        PlaceExpression,
        st.just(""),
        st.sampled_from("13579"),
        st.sampled_from("123"),
        st.none(),
        st.sampled_from(["101", "302"]),
    )
    | st.none()
)


@given(
    homes,
    st.permutations(range(3)),
    st.integers(1, 30),
    st.integers(1, 6),
    st.sampled_from(["101", "302", "1203"]),
    st.sampled_from(["单元", "门洞", "门栋"]),
    st.sampled_from(["号楼", "栋", "幢"]),
    st.sampled_from(["", ",", "的"]),
)
@settings(max_examples=200, deadline=None)
def test_a_flat_in_any_order_is_itself_wherever_one_lives(home, order, building, unit, room, stair, block, gap):
    parts = [f"{building}{block}", f"{unit}{stair}", f"{room}室"]
    text = gap.join(parts[index] for index in order) + "漏水了"
    assert where(matter.of(text, Lexicon(home=home))[0]) == (str(building), str(unit), None, room, None), text


@given(homes, st.integers(1, 30), st.sampled_from(["楼道", "电梯", "单元门", "大厅"]), st.booleans())
@settings(deadline=None)
def test_the_building_may_stand_behind_the_thing(home, building, spot, behind):
    text = f"{spot}坏了,{building}号楼" if behind else f"{building}号楼{spot}坏了"
    (found,) = matter.of(text, Lexicon(home=home))
    assert (found.building, found.spot, found.room) == (str(building), spot, None)


@given(homes.filter(bool), st.integers(1, 6), st.sampled_from([None, "102", "502"]))
@settings(deadline=None)
def test_only_the_building_is_completed(home, unit, room):
    (found,) = matter.of(f"{unit}单元{room or ''}漏水了", Lexicon(home=home))
    assert where(found) == (home.building, str(unit), None, room, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不是我家,是5号楼", ("5", None, None, None, None)),
        ("不对,是楼道", ("3", "2", None, None, "楼道")),
        ("3号楼门口", ("3", None, None, None, "门口")),
        ("是楼下301", ("3", "2", None, "301", None)),
        ("不是501是502", ("3", "2", None, "502", None)),
        ("不是2单元,是1单元", ("3", "1", None, "501", None)),
    ],
)
def test_a_correction_takes_with_it_what_hangs_on_it(text, expected):
    assert where(changes.changed(text, HOME, AT_HOME)) == expected


@pytest.mark.parametrize(("text", "part"), [("地方不对", "place"), ("楼号错了", "place"), ("时间不对", "time")])
def test_the_part_that_is_wrong_is_asked(text, part):
    context = Context(NOW, AT_HOME, flow="issue", read_back={"place": "3号楼2单元501", "time": "明天下午"})
    time = times.find("明天下午三点", NOW)[0]
    assert outcomes.outcome(text, context, HOME, time).ask == part


@given(
    st.sampled_from(list(permutations(range(7), 2))), st.sampled_from(["改到", "换到", "挪到", "改成"]), st.booleans()
)
@settings(deadline=None)
def test_moved_from_one_day_to_another_is_never_the_first(pair, verb, named):
    old, new = pair
    text = f"把周{DAYS[old]}的理发{verb}周{DAYS[new]}" if named else f"从周{DAYS[old]}{verb}周{DAYS[new]}"
    start = NOW + timedelta(days=(old - NOW.weekday()) % 7 or 7)
    plan = moving.read(text, [moving.Booked(start.replace(hour=10), "理发")], NOW)
    assert plan.kind == "move"
    assert plan.start.weekday() == old
    assert plan.to.start.weekday() == new


@given(
    st.sets(st.integers(0, 6), min_size=1, max_size=4),
    st.integers(0, 6),
    st.sampled_from(["取消周{}的", "周{}不去了", "周{}来不了"]),
)
@settings(deadline=None)
def test_calling_off_never_touches_a_day_that_was_not_named(booked, named, words):
    bookings = [moving.Booked((NOW + timedelta(days=day)).replace(hour=10), "理发") for day in booked]
    plan = moving.read(words.format(DAYS[named]), bookings, NOW)
    assert plan.kind == ("cancel" if any(one.start.weekday() == named for one in bookings) else "none")
    assert plan.start is None or plan.start.weekday() == named


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("以后都不来了", "cancel_all"),
        ("下周不来", "cancel"),
        ("后天开始不用来了", "cancel_from"),
        ("周四不来了", "none"),
    ],
)
def test_for_good_once_and_from_then_on_are_different(text, kind):
    series = moving.Booked(datetime(2026, 3, 3, 9, tzinfo=ZONE), "理发", (1,))
    assert moving.read(text, [series], NOW).kind == kind


@given(st.text(alphabet="一二三四五六七八九十零幺0123456789号楼单元室点分月日周-/.: 的在到住漏改不是", max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_number_is_a_time_and_a_place(text):
    heard = hear(clean(text), Context(NOW, AT_HOME)) if clean(text) else None
    assume(heard is not None)
    for time in heard.times:
        for place in heard.places:
            assert time.span[1] <= place.span[0] or place.span[1] <= time.span[0], text


@pytest.mark.parametrize("piece", ["12", "三号", "3、5、", "不是501是502,", "改到周三", "１２：３０", "五號樓"])
def test_a_screen_full_of_numbers_is_read(piece):
    text = (piece * 4096)[:4096]
    context = Context(NOW, AT_HOME, flow="issue", read_back={"place": "3号楼2单元501"})
    outcomes.outcome(text, context, HOME, None)
    moving.read(clean(text), [moving.Booked(NOW)], NOW)
    matter.of(clean(text), AT_HOME)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("对👍", "对"),
        ("好的👌", "好的"),
        ("👍", "对"),
        ("对[强]", "对"),
        ("满意😊", "满意"),
        ("接 1👌", "接 1"),
        ("❌", "不对"),
        ("灯坏了[急]", "灯坏了[急]"),
        ("樓道燈不亮", "楼道灯不亮"),
    ],
)
def test_faces_and_traditional_characters_are_read_as_what_they_mean(text, plain):
    assert clean(text) == plain


@pytest.mark.parametrize(("kind", "least"), [("time", 0.88), ("place", 0.8), ("correct", 0.88), ("move", 0.9)])
def test_the_open_sets_are_read(kind, least):
    some = [one for one in said.sentences() if not one.sealed and one.kind == kind]
    assert not some or sum(map(said.is_right, some)) / len(some) >= least


@given(st.integers(0, 6), st.integers(0, 6), st.sampled_from(["取消{}的", "{}不去了", "{}那次改到月底", "{}的停一次"]))
@settings(deadline=None)
def test_of_a_series_only_the_day_that_was_named_is_touched(day, named, words):
    begins = (NOW + timedelta(days=(day - NOW.weekday()) % 7 or 7)).replace(hour=10)
    series = moving.Booked(begins, "理发", (day,))
    plan = moving.read(words.format(f"下下周{DAYS[named]}"), [series], NOW)
    assert plan.kind == ("none" if named != day else "move" if "改" in words else "cancel")
    assert plan.start is None or (plan.start.weekday(), plan.start - NOW >= timedelta(days=14)) == (named, True)


def test_a_series_keeps_its_own_day_when_its_next_time_was_moved():
    tuesday = datetime(2026, 3, 3, 9, tzinfo=ZONE)
    moved = moving.Booked(
        datetime(2026, 3, 6, 15, tzinfo=ZONE), "理发", (1,), own=tuesday, skipped=frozenset(["2026-03-10"])
    )
    assert [one.day for one in list(moved.occurrences())[:3]] == [6, 17, 24]
    assert moving.read("周五不去了", [moved], NOW).start == moved.start
    assert moving.read("下周二不去了", [moved], NOW).kind == "none"


@given(
    st.sampled_from(["周五", "明天", "下个月", "下午", "周五下午", "三月六号"]),
    st.sampled_from(["25点", "二十五点", "31点", "25:00"]),
    st.sampled_from(["", "的", ","]),
    st.booleans(),
)
@settings(deadline=None)
def test_what_cannot_be_refuses_the_whole_expression(day, hour, gap, behind):
    text = f"{hour}{day}" if behind else f"{day}{gap}{hour}"
    assert times.find(text, NOW) == (), text
    assert times.impossible(text, NOW), text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("地方没错,时间不对", "time"),
        ("时间对的,门牌写岔了", "place"),
        ("不是那个点", "time"),
        ("楼号有问题", "place"),
        ("太早了", "time"),
        ("能不能晚一点", "time"),
        ("一点没错", None),
        ("没写错", None),
    ],
)
def test_of_two_parts_the_wrong_one_is_asked(text, part):
    context = Context(NOW, AT_HOME, flow="help", read_back={"place": "3号楼2单元501", "time": "明天下午三点"})
    time = times.find("明天下午三点", NOW)[0]
    made = outcomes.outcome(text, context, HOME, time)
    assert (made.place, made.time, made.ask) == (HOME, time, part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("楼号错了,是8号", ("8", "2", None, "501", None)),
        ("是8号楼", ("8", None, None, None, None)),
        ("单元不对,是一", ("3", "1", None, "501", None)),
        ("房号念反了,是五零三", ("3", "2", None, "503", None)),
        ("不是501,502,说错了,503", ("3", "2", None, "503", None)),
    ],
)
def test_a_number_puts_its_own_part_right(text, expected):
    assert where(changes.changed(text, HOME, AT_HOME)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们单元没事,一单元冒烟", [("3", "1", None, None, None)]),
        ("我在一单元等着,坏的是三单元的门", [("3", "3", None, None, None)]),
        ("3号楼五楼,不对,六楼的窗户掉了", [("3", None, "6", None, None)]),
        ("可不是三号楼,是五号楼", [("5", None, None, None, None)]),
        ("六号楼二单元,六号楼", [("6", "2", None, None, None)]),
        ("隔壁4号楼的灯坏了", [("4", None, None, None, None)]),
        ("幺洞拐暖气不热,八栋二单元", [("8", "2", None, "107", None)]),
    ],
)
def test_where_the_matter_is(text, expected):
    assert [where(one) for one in matter.of(text, AT_HOME)] == expected


def test_a_number_that_may_be_a_house_or_a_day_and_a_birthday_are_asked():
    found = times.find("5号漏水了", NOW)
    assert readings.numbered("5号漏水了", found) is not None
    assert readings.numbered("5号就漏水了", times.find("5号就漏水了", NOW)) is None
    moon, sun = times.either("我妈七月十五过生日", NOW)
    assert (moon.start.month, sun.start.month) == (8, 7)
    assert times.either("楼道灯夜来就坏了", NOW) is not None
    assert times.either("七月十五号过生日", NOW) is None


def test_contradictory_corrections_in_a_row_end_with_the_last():
    place = HOME
    for room in ("502", "503", "501", "504"):
        context = Context(NOW, AT_HOME, flow="issue", read_back={"place": f"3号楼2单元{place.room}"})
        place = outcomes.outcome(f"不是{place.room}是{room}", context, place, None).place
    assert where(place) == ("3", "2", None, "504", None)
