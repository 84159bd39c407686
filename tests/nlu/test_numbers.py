"""Numbers, choices and numbers that must be hidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.words import numbers

DIGITS = "零一二三四五六七八九"
CALLED = "洞幺二三四五六拐八勾"


def spoken(number: int) -> str:
    """A number below ten thousand as it is said, written here without the program's help."""
    if number < 10:
        return DIGITS[number]
    unit, name = next((u, n) for u, n in ((1000, "千"), (100, "百"), (10, "十")) if number >= u)
    head, rest = divmod(number, unit)
    gap = "零" if rest and rest < unit // 10 else ""
    tail = spoken(rest) if rest else ""
    if 10 <= rest < 20 and unit > 10:
        tail = "一" + tail if not tail.startswith("一") else tail
    return ("" if number < 20 and unit == 10 else DIGITS[head]) + name + gap + tail


VALUES = """
一百零二 102 | 俩 2 | 仨 3 | 半 0.5 | 37 37 | 三十七 37 | 两 2 | 一百二 120 | 三万五 35000 | 两千三百零一 2301 | 五零一 501
幺零二 102 | 二零二六 2026 | ３７ 37 | 1.5 1.5 | 两点五 2.5 | 2万 20000 | 廿 20 | 一万零三百 10300 | 十 10
几 - | 十几 - | 三四 - | 好几 - | 十十 - | 百 - | 三楼 - | 拐 -
"""
CHOICES = """
第三个 3 3 | 第三个 2 - | 头一个 4 1 | 最后一个 4 4 | 二 3 2 | 2号 3 2 | 就第二个吧 3 2 | 两个 3 - | 中间那个 3 2 | 中间那个 4 -
前面那个 2 1 | 后头那个 2 2 | 后头那个 3 - | 倒数第二个 5 4 | 按1 3 1 | ② 3 2 | 第十二个 12 12 | 随便 3 - | 幺 2 1 | 三楼 3 -
五个人 6 - | 零 3 - | 嗯,那就第一个好了 3 1
"""
MASKED = """
我电话一三八零零三八一二三四 -> 我电话138****1234
幺三八,零零三八,幺二三四你记一下 -> 138****1234你记一下
+86 138-0013-1234 -> 138****1234
座机是 62345678 -> 座机是 ****5678
010-62345678 -> 010****5678
13800131234,13900135678 -> 138****1234,139****5678
身份证11010119480307123X -> 身份证110***********123X
身份证一一零一零一四八零三零七一二三 -> 身份证110********7123
卡号6222 0212 3456 7890 123 -> 卡号6222***********0123
"""
UNMASKED = "2026年3月2日15:30|20260302|三号楼二单元五零一|血压一百二十,八十|工号123456789|接 37|一二三四五六七"


def rows(table: str) -> list[list[str]]:
    return [cell.split() for cell in table.replace("\n", "|").split("|") if cell.strip()]


@pytest.mark.parametrize(("text", "number"), rows(VALUES))
def test_value(text, number):
    assert numbers.value(text) == (None if number == "-" else float(number))


@given(st.integers(0, 9999))
def test_every_number_comes_back(number):
    assert numbers.value(spoken(number)) == number == numbers.value(str(number))


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0, 1, 2])), min_size=1, max_size=12))
def test_digits_come_back_however_they_are_said(ways):
    said = "".join((DIGITS[digit], CALLED[digit], str(digit))[way] for digit, way in ways)
    read = "".join(str(digit) for digit, _ in ways)
    assert numbers.digits(said) == read


@pytest.mark.parametrize("text", ["一百零二", "三楼", "", "五 零"])
def test_what_is_not_said_digit_by_digit(text):
    assert numbers.digits(text) is None


def test_find_gives_values_and_spans():
    text = "我八十二岁,住三号楼501,有三四个孩子,俩孙子"
    assert {found.text: found.value for found in numbers.find(text)} == {"八十二": 82, "三": 3, "501": 501, "俩": 2}
    assert all(text[slice(*found.span)] == found.text for found in numbers.find(text))


@pytest.mark.parametrize(("text", "count", "picked"), rows(CHOICES))
def test_choice(text, count, picked):
    assert numbers.choice(text, int(count)) == (None if picked == "-" else int(picked))


@pytest.mark.parametrize("row", MASKED.strip().splitlines())
def test_numbers_of_people_are_hidden(row):
    text, masked = row.split(" -> ")
    assert numbers.mask(text) == masked


@pytest.mark.parametrize("text", UNMASKED.split("|"))
def test_other_numbers_stay(text):
    assert numbers.mask(text) == text and numbers.sensitive(text) == ()


MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(MOBILE, st.sampled_from(["", " ", "-", ","]), st.booleans())
def test_no_mobile_number_survives(number, gap, aloud):
    said = "".join(CALLED[int(d)] for d in number) if aloud else number
    text = f"号码{said[:3]}{gap}{said[3:7]}{gap}{said[7:]},记下了吗"
    assert numbers.mask(text) == f"号码{number[:3]}****{number[7:]},记下了吗"
    assert numbers.sensitive(text)[0][0] == "mobile"
