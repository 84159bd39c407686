"""Answers to the open question: yes and no against the whole utterance, choices, ratings, numbers."""

from __future__ import annotations

import pytest

from models.meaning import Question
from nlu.meaning.answers import read, yes_no

YES = [
    "对",
    "对的",
    "是",
    "是的",
    "是的嘛",
    "好",
    "好的",
    "好额",
    "好嘞",
    "行",
    "中",
    "要得",
    "要得嘛",
    "嗯",
    "嗯呐",
    "系",
    "系啊",
    "对头",
    "可以",
    "可以的",
    "没错",
    "就是那个",
    "对就是那个",
    "对,就是这样",
    "成",
    "得",
    "没问题",
    "冇问题",
    "妥",
    "嗯嗯",
    "是啊是啊",
    "OK",
    "好好好",
    "那就这样",
    "同意",
    "确认",
    "啱",
    "可中",
    "莫错",
]
NO = [
    "不",
    "不是",
    "不对",
    "不行",
    "不要",
    "不用",
    "不要了",
    "不可以",
    "这个不可以",
    "莫得",
    "冇",
    "木有",
    "没有",
    "没得",
    "弗要",
    "勿要",
    "弗是",
    "唔好",
    "唔系",
    "不中",
    "不得行",
    "要不得",
    "错了",
    "都不是",
    "不是这个",
    "还没",
    "不同意",
    "甭",
    "没呢",
    "呒没",
    "唔使",
    "不,不是",
]
NEITHER = [
    "",
    "我没电话",
    "这个不可以吗那个呢",
    "好几天了",
    "不知道在哪",
    "是三号楼的",
    "对面漏水",
    "行李太重",
    "中午",
    "没人开门",
    "可以约理发吗",
    "不是十号是四号",
    "对不起",
    "要下雨了",
]
RATING = Question("rating", "rating", {"good": ("满意",), "fair": ("一般",), "bad": ("不满意",)})
SERVICE = Question(
    "service", "choice", {"haircut": ("理发", "剪头发"), "bath": ("助浴", "洗澡"), "meal": ("送餐", "送饭")}
)
SURE = Question("confirm", "yesno", {"yes": ("对",), "no": ("不对",)})
FIXED = Question("fixed", "yesno", {"yes": ("修好了",), "no": ("没修好",)})


@pytest.mark.parametrize("text", YES)
def test_yes(text):
    assert yes_no(text) is True


@pytest.mark.parametrize("text", NO)
def test_no(text):
    assert yes_no(text) is False


@pytest.mark.parametrize("text", NEITHER)
def test_neither(text):
    assert yes_no(text) is None


def test_an_echo_counts_only_when_a_question_is_open():
    assert yes_no("要") is True
    assert yes_no("要", echo=False) is None
    assert yes_no("不去", echo=False) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [("对", "yes"), ("嗯", "yes"), ("不对", "no"), ("冇", "no"), ("我没电话", None), ("三号楼", None)],
)
def test_yes_and_no_by_key(text, key):
    assert read(text, SURE) == key


@pytest.mark.parametrize(
    ("text", "key"), [("修好了", "yes"), ("没修好", "no"), ("好了", "yes"), ("还没", "no"), ("真修好了", "yes")]
)
def test_the_words_of_the_answer_count(text, key):
    assert read(text, FIXED) == key


def test_other_keys_than_yes_and_no_are_taken_in_order():
    question = Question("side", "yesno", {"keep": ("留着",), "drop": ("不要",)})
    assert read("好", question) == "keep"
    assert read("不要", question) == "drop"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1", "haircut"),
        ("二", "bath"),
        ("第三个", "meal"),
        ("最后一个", "meal"),
        ("理发", "haircut"),
        ("我要洗澡的那个", "bath"),
        ("不要理发,送餐", "meal"),
        ("李发", "haircut"),
        ("四", None),
        ("今天天气不错", None),
        ("理发还是洗澡好呢", None),
    ],
)
def test_one_of_several(text, key):
    assert read(text, SERVICE) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("满意", "good"),
        ("不满意", "bad"),
        ("不太满意", "bad"),
        ("一般般", "fair"),
        ("1", "good"),
        ("三", "bad"),
        ("五颗星", "good"),
        ("蛮好额", "good"),
        ("巴适得很", "good"),
        ("马马虎虎", "fair"),
        ("差劲得很", "bad"),
        ("师傅人不错", "good"),
        ("嗯", "good"),
        ("不好", "bad"),
        ("我要报修水管", None),
    ],
)
def test_ratings(text, key):
    assert read(text, RATING) == key


@pytest.mark.parametrize(
    ("text", "value"), [("三个", "3"), ("一百零二", "102"), ("大概五个人吧", "5"), ("不知道", None)]
)
def test_numbers(text, value):
    assert read(text, Question("count", "number")) == value


def test_a_text_is_its_own_answer():
    assert read(" 楼上太吵 ", Question("about", "text")) == "楼上太吵"
    assert read("", Question("about", "text")) is None


def test_places_and_times_are_not_read_here():
    assert read("三号楼", Question("place", "place")) is None
    assert read("明天", Question("when", "time")) is None
