"""Times: the sentences, every supported way of saying a date, corrections, and texts that must not hurt."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.times import FOLDER, ZONE, found, is_right, read, score, sentences
from nlu import times
from nlu.times import calendar, grammar, scan

NOW = datetime(2026, 3, 2, 9, tzinfo=ZONE)
DIGITS = "零一二三四五六七八九"
WEEKDAYS = "一二三四五六日"
LUNAR_MONTHS = ["", "正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"]


def spoken(number: int) -> str:
    """A number below a hundred in words."""
    ten, one = divmod(number, 10)
    return (DIGITS[ten] if ten > 1 else "") + ("十" if ten else "") + (DIGITS[one] if one or not ten else "")


def only(text: str, now: datetime = NOW) -> tuple[str | None, str | None, str | None, str | None]:
    """Start, end, grain and rule of the only time in a text."""
    (expression,) = times.find(text, now)
    written = times.as_json(expression)
    return written["start"], written["end"], written["grain"], written["every"]


LEARNED = list(read(FOLDER.parent / "times_learned.txt"))


@pytest.mark.parametrize("sentence", sentences(kept_aside=False) + LEARNED, ids=lambda one: f"{one.topic}: {one.text}")
def test_sentences(sentence):
    assert found(sentence) == sentence.times
    assert is_right(sentence)


def test_the_sentences_kept_aside_hold_the_aim():
    kept = score(kept_aside=True)
    assert kept.count > 300
    assert kept.right >= 0.96 * kept.count
    assert kept.other_day <= 3


@pytest.mark.parametrize("sentence", sentences(False) + sentences(True), ids=lambda one: f"{one.topic}: {one.text}")
def test_words_and_spans_are_those_of_the_text(sentence):
    for expression in times.find(sentence.text, sentence.now):
        assert expression.text == sentence.text[slice(*expression.span)] and expression.text


MINUTES = int(timedelta(days=17 * 365).total_seconds()) // 60
NOWS = st.integers(0, MINUTES).map(lambda count: datetime(2024, 1, 1, tzinfo=ZONE) + timedelta(minutes=count))
BEFORE_NOON = NOWS.map(lambda at: at.replace(hour=6, minute=0))


@given(
    NOWS,
    st.sampled_from(
        [("前天", -2), ("昨儿", -1), ("今儿个", 0), ("明儿个", 1), ("后儿", 2), ("大后天", 3), ("大大后天", 4)]
    ),
)
def test_a_day_counted_from_today_comes_back(now, day):
    word, shift = day
    assert only(f"{word}来", now) == (str(now.date() + timedelta(days=shift)), None, "day", None)


@given(
    NOWS,
    st.sampled_from(["周", "礼拜", "星期"]),
    st.integers(0, 6),
    st.sampled_from([("上", -1), ("这", 0), ("下", 1), ("下下", 2)]),
)
def test_a_weekday_of_a_named_week_comes_back(now, week, weekday, shift):
    monday = now.date() - timedelta(days=now.weekday())
    expected = monday + timedelta(days=weekday, weeks=shift[1])
    assert only(f"{shift[0]}{week}{WEEKDAYS[weekday]}行吗", now) == (str(expected), None, "day", None)


@given(NOWS, st.sampled_from(["周", "礼拜", "星期"]), st.integers(0, 6))
def test_a_bare_weekday_is_the_next_one(now, week, weekday):
    expected = now.date() + timedelta(days=(weekday - now.weekday() - 1) % 7 + 1)
    assert only(f"{week}{WEEKDAYS[weekday]}行吗", now) == (str(expected), None, "day", None)


@given(NOWS, st.integers(1, 364), st.sampled_from(["{m}月{d}号", "{M}月{D}号", "{m}月{d}日", "{m}/{d}", "{M}月{D}"]))
def test_a_date_without_a_year_comes_back(now, ahead, form):
    day = now.date() + timedelta(days=ahead)
    if (day.month, day.day) == (2, 29) or (form == "{M}月{D}" and day.month in (8, 9) and day.day in (9, 15)):
        return
    said = form.format(m=day.month, d=day.day, M=spoken(day.month), D=spoken(day.day))
    festival = times.find(f"{said},就这天", now)
    if form == "{M}月{D}" and said in calendar.festivals():
        return
    assert [one.start for one in festival] == [day]


@given(
    NOWS,
    st.dates(date(2000, 1, 1), date(2050, 12, 31)),
    st.sampled_from(["{y}年{m}月{d}日", "{y}-{m:02}-{d:02}", "{y}/{m}/{d}", "{y}.{m}.{d}"]),
)
def test_a_date_with_its_year_comes_back(now, day, form):
    assert only(form.format(y=day.year, m=day.month, d=day.day), now)[0] == str(day)


@given(NOWS, st.integers(0, 27))
def test_a_day_of_the_month_is_the_next_one(now, ahead):
    day = now.date() + timedelta(days=ahead)
    assert only(f"{spoken(day.day)}号去", now)[0] == str(day)


@given(NOWS, st.integers(1, 320))
def test_a_lunar_date_comes_back(now, ahead):
    day = now.date() + timedelta(days=ahead)
    _, month, number, leap = calendar.to_lunar(day)
    following = [calendar.to_lunar(now.date() + timedelta(days=n)) for n in range(ahead)]
    if leap or any((month, number) == one[1:3] for one in following):
        return
    name = f"初{spoken(number)}" if number <= 10 else spoken(number)
    assert only(f"农历{LUNAR_MONTHS[month]}{name}做寿", now)[0] == str(day)


@given(NOWS, st.sampled_from(sorted(calendar.festivals())))
def test_a_festival_is_the_next_one(now, name):
    expected = min(
        day
        for year in range(now.year - 1, now.year + 3)
        if (day := calendar.festival(name, year)) and day >= now.date()
    )
    found = times.find(f"{name}那天", now)
    assert [one.start for one in found] == [expected]


@given(BEFORE_NOON, st.integers(7, 18), st.integers(0, 59), st.sampled_from(["words", "digits", "clock"]))
def test_a_bare_clock_means_the_hours_of_service(now, hour, minute, form):
    twelve = hour if hour <= 12 else hour - 12
    said = {
        "words": f"{spoken(twelve)}点"
        + (f"{spoken(minute) if minute > 9 else '零' + spoken(minute)}分" if minute else "")
    }
    said |= {"digits": f"{twelve}点" + (f"{minute}分" if minute else ""), "clock": f"{twelve}:{minute:02}"}
    text = said[form].replace("二点", "两点") if form == "words" and twelve == 2 else said[form]
    if twelve == 1 and not minute and form == "words":
        text += "钟"
    assert only(f"{text}来", now)[0] == now.replace(hour=hour, minute=minute).strftime("%Y-%m-%dT%H:%M")


PARTS = {"凌晨": range(1, 6), "清早": range(5, 9), "上午": range(8, 12), "下午": range(1, 7), "晚上": range(6, 12)}


@given(NOWS, st.sampled_from(sorted(PARTS)), st.data(), st.sampled_from([("明天", 1), ("后天", 2), ("下周三", None)]))
def test_a_part_of_day_decides_the_half(now, part, data, day):
    hour = data.draw(st.sampled_from(list(PARTS[part])))
    start = (
        now.date() + timedelta(days=day[1])
        if day[1]
        else now.date() - timedelta(days=now.weekday()) + timedelta(days=9)
    )
    shown = hour + 12 if part in ("下午", "晚上") else hour
    said = "两" if hour == 2 else spoken(hour)
    assert only(f"{day[0]}{part}{said}点钟", now)[0] == f"{start}T{shown:02}:00"


@given(NOWS, st.sets(st.integers(0, 6), min_size=1))
def test_weekly_repetitions_start_at_their_first_day(now, weekdays):
    names = "".join(WEEKDAYS[day] for day in sorted(weekdays))
    rule = "FREQ=WEEKLY;BYDAY=" + ",".join(("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day] for day in sorted(weekdays))
    first = next(day for shift in range(7) if (day := now.date() + timedelta(days=shift)).weekday() in weekdays)
    assert only(f"每周{names}送菜", now) == (str(first), None, "day", rule)


CHANGES = [
    ("明天下午三点", "改成后天", "2026-03-04T15:00", "hour"),
    ("明天上午", "下午", "2026-03-03T13:00", "part"),
    ("明天下午三点", "四点半", "2026-03-03T16:30", "minute"),
    ("礼拜五晚上八点", "九点", "2026-03-06T21:00", "hour"),
    ("三月十号", "上午九点", "2026-03-10T09:00", "hour"),
    ("三月十号下午两点", "三月十二号上午", "2026-03-12T08:00", "part"),
    ("明天下午", "礼拜五", "2026-03-06T13:00", "part"),
    ("明天", "大后天", "2026-03-05", "day"),
    ("明天早上", "六点", "2026-03-03T06:00", "hour"),
    ("明天晚上", "七点半", "2026-03-03T19:30", "minute"),
    ("明天上午", "三点", "2026-03-03T15:00", "hour"),
    ("明天上午九点", "两点到四点", "2026-03-03T14:00", "hour"),
    ("改天", "明天", "2026-03-03", "day"),
]


@pytest.mark.parametrize(("before", "change", "start", "grain"), CHANGES)
def test_a_correction_keeps_what_was_not_said_again(before, change, start, grain):
    (previous,), (changed,) = times.find(before, NOW), times.find(change, NOW)
    merged = times.as_json(times.merge(previous, changed, NOW))
    assert (merged["start"], merged["grain"], merged["text"]) == (start, grain, changed.text)


def test_a_corrected_range_keeps_its_length_and_a_repetition_its_rule():
    (previous,), (changed,) = times.find("明天下午三点到五点", NOW), times.find("后天", NOW)
    assert times.as_json(times.merge(previous, changed, NOW))["end"] == "2026-03-04T17:00"
    (previous,), (changed,) = times.find("每天早上七点", NOW), times.find("八点", NOW)
    merged = times.as_json(times.merge(previous, changed, NOW))
    assert (merged["start"], merged["every"]) == ("2026-03-03T08:00", "FREQ=DAILY")


def test_what_does_not_suit_is_no_wish():
    assert [one.text for one in times.find("早上不行,下午", NOW)] == ["下午"]
    assert [one.text for one in times.find("不是十号,是四号", NOW)] == ["四号"]
    assert times.find("明天行不行", NOW)[0].text == "明天"


@given(
    st.lists(
        st.sampled_from(
            sorted(
                {
                    char
                    for pattern in Path(scan.__file__).parents[1].glob("grammar/zh/*.toml")
                    for char in pattern.read_text(encoding="utf-8")
                    if "一" <= char <= "鿿" or char.isdigit()
                }
                | set(" ,.:/-")
            )
        ),
        max_size=24,
    ).map("".join),
    NOWS,
)
@settings(max_examples=300)
def test_no_text_hurts(text, now):
    for expression in times.find(text, now):
        assert expression.text == text[slice(*expression.span)]
        assert (
            expression.start is None
            or expression.grain in ("year", "month", "week", "day")
            or isinstance(expression.start, datetime)
        )
    times.conflicts(text, now)


@pytest.mark.parametrize("year", [1901, 2098, 2099, 2100, 2150, 9998])
def test_beyond_the_libraries_nothing_is_invented_and_nothing_breaks(year):
    now = datetime(year, 12, 30, 9, tzinfo=ZONE)
    for text in ("明年腊月二十三", "下个月初五", "中秋节", "清明", "每月初一", "后年冬至", "三百年后"):
        times.find(text, now)
    assert times.years() == (1900, 2099)
    assert times.impossible("中秋节", datetime(2150, 1, 1, tzinfo=ZONE)) == ("中秋节",)


def test_tokens_are_found_by_their_first_character_alone():
    """The table of first characters leaves out nothing that the patterns would find."""
    every = re.compile("|".join(token.pattern for token in grammar.tokens()))
    for sentence in sentences(False) + sentences(True):
        text = scan.prepare(sentence.text).read
        for position, char in enumerate(text):
            chosen = grammar.patterns().get(char)
            expected, got = every.match(text, position), chosen.match(text, position) if chosen else None
            assert (got and got.group()) == (expected and expected.group()), (text, position)
