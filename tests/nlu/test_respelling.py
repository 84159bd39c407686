"""What a recognizer wrote is spelled again by its sound: never into danger, never a figure."""

from __future__ import annotations

import pytest

from models.meaning import Lexicon
from nlu.sound import respelling
from nlu.sound.respelling import respell

HERE = Lexicon(services={"iron": ("打铁花",)}, spots={"枫林晚亭": ()})


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("厨房的水管漏水了", "厨房的水管漏水了"),
        ("什么是才正转移支付", "什么是财政转移支付"),
        ("适当延长的信息报送", "适当延长的信息报送"),
        ("我想约打贴花", "我想约打铁花"),
        ("我在风林晚停那里", "我在枫林晚亭那里"),
        ("3号楼2单元501", "3号楼2单元501"),
        ("三七三八八六九九", "三七三八八六九九"),
        ("三号楼二单元五零一", "三号楼二单元五零一"),
        ("", ""),
        ("ok", "ok"),
        ("对", "对"),
    ],
)
def test_what_no_word_explains_is_put_into_words_that_sound_the_same(heard: str, meant: str) -> None:
    assert respell(heard, HERE) == meant


@pytest.mark.parametrize(
    "heard",
    ["我要找活干", "给我们大家看", "煤气灶坏了", "孩子摔倒了哭", "失火了快来人", "他没气了要打气", "晕倒在地上"],
)
def test_no_word_of_danger_comes_or_goes(heard: str) -> None:
    from nlu.sound.respelling import _dangers

    assert _dangers(respell(heard, HERE)) == _dangers(heard)


def test_the_length_never_changes() -> None:
    for text in ("记者正在感往事发现场" * 20, "迪卡隆运动专业潮事", "a水b管c漏d水"):
        assert len(respell(text, HERE)) == len(text)


def test_the_same_tone_is_likelier_than_another() -> None:
    assert respelling._cost("财政", "才正") < respelling._cost("财政", "彩正")
    assert respelling._cost("灯亮", "灯亮") == 0
