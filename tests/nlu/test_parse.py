"""What utterances mean: labelled sentences, and the order of understanding."""

from __future__ import annotations

import pytest

from models.meaning import Question
from nlu.parse import parse
from tests.support import labelled
from tests.support.parses import context, intents

TUNED = [sentence for sentence in labelled.everything() if not sentence.kept_aside]
ASIDE = [sentence for sentence in labelled.everything() if sentence.kept_aside]
KNOWN = list(labelled.read(labelled.KNOWN))
KNOWN_TEXTS = {sentence.text for sentence in KNOWN}


# ---------------------------------------------------------------- labelled sentences


@pytest.mark.parametrize("sentence", TUNED, ids=lambda sentence: sentence.text)
def test_a_sentence_means_what_it_says(sentence):
    meaning = parse(sentence.text, sentence.context())
    if labelled.outranked(sentence, meaning):
        pytest.xfail("an explicit sign of danger outranks it")
    if sentence.text in KNOWN_TEXTS:
        pytest.skip("among the known failures")
    if labelled.asked_rightly(sentence, meaning):
        pytest.skip("asked about, with what is meant among the two")
    assert labelled.faults(sentence, meaning) == []


@pytest.mark.parametrize("sentence", KNOWN, ids=lambda sentence: sentence.text)
def test_a_known_failure_fails(sentence):
    """When one passes it is time to take it out of the file."""
    assert labelled.faults(sentence) != []


def test_most_sentences_kept_aside_are_understood():
    right = [not labelled.intent_faults(one, parse(one.text, one.context())) for one in ASIDE]
    assert len(right) > 800
    assert sum(right) / len(right) > 0.83


def test_ordinary_talk_opens_nothing():
    talk = [sentence for sentence in (*TUNED, *ASIDE) if sentence.file == "none"]
    opening = [sentence.text for sentence in talk if labelled.intent_faults(sentence, parse(sentence.text, context()))]
    assert len(opening) <= len(talk) // 100


# ---------------------------------------------------------------- the order of understanding


def test_danger_hides_everything_else():
    meaning = parse("厨房着火了,顺便帮我取个快递", context())
    assert [match.intent for match in meaning.intents] == ["emergency.fire"]
    assert meaning.urgency == "P0"


def test_a_weak_sign_is_asked_about_beside_the_need():
    meaning = parse("帮我约个理发,我头有点晕", context())
    asked = [match for match in meaning.intents if match.intent.startswith("emergency.")]
    assert all(match.ask for match in asked)
    assert meaning.match("booking.create")


def test_money_leaving_now_is_a_fraud_with_the_highest_urgency():
    meaning = parse("客服让我现在把钱转到安全账户,我正在银行转账", context())
    assert meaning.match("scam.consult")
    assert meaning.urgency == "P0"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("再说一遍", "dialog.repeat"),
        ("慢点说", "dialog.slower"),
        ("等一下", "dialog.wait"),
        ("转人工", "dialog.human"),
        ("算了", "dialog.stop"),
        ("你是谁", "dialog.identity"),
    ],
)
def test_words_for_any_moment_come_before_the_answer(text, intent):
    asked = context(question=Question("place", "place"), flow="issue")
    assert parse(text, asked).best == intent


def test_no_need_is_a_no_to_a_question_and_a_stop_to_the_last_read_back():
    yesno = {"yes": ("对",), "no": ("不对",)}
    assert intents("不用了", question=Question("risk", "yesno", yesno), flow="issue") == ["dialog.deny"]
    assert intents("不用了", question=Question("confirm", "yesno", yesno), flow="issue") == ["dialog.stop"]
    assert intents("不用了", open_tickets=1) == ["ticket.cancel"]
    assert intents("不用了") == ["dialog.stop"]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("不是十号,是四号", {"place": "4号楼"}),
        ("不对,是四号楼", {"place": "四号楼"}),
        ("改成后天", {"time": "后天"}),
        ("早上不行,下午", {"time": "下午"}),
        ("三号楼二单元", {"place": "三号楼二单元"}),
        ("不是灯,是水管", {"object": "水管", "category": "leak"}),
    ],
)
def test_what_was_read_back_is_corrected(text, slots):
    meaning = parse(text, context(flow="issue", read_back={"place": "10号楼", "time": "明天上午"}))
    assert meaning.best == "dialog.correct"
    assert dict(meaning.intents[0].slots) == slots


def test_wrong_alone_names_no_slot():
    meaning = parse("不对", context(flow="issue", read_back={"place": "10号楼"}))
    assert meaning.best == "dialog.deny"
    assert not {"place", "time"} & set(meaning.intents[0].slots)


def test_an_answer_fills_the_key_of_the_question():
    rating = Question("rating", "rating", {"good": ("满意",), "fair": ("一般",), "bad": ("不满意",)})
    assert parse("满一 小伙子蛮好额", context(question=rating)).intents[0].slots["rating"] == "good"
    assert parse("3", context(question=rating)).intents[0].slots["rating"] == "bad"
    which = Question("service", "choice", {"haircut": ("理发",), "bath": ("助浴",)})
    assert parse("第二个", context(question=which)).intents[0].slots["choice"] == "bath"
    assert parse("理发吧", context(question=which)).intents[0].slots["choice"] == "haircut"


def test_a_clear_need_is_heard_beside_an_open_question():
    rating = Question("rating", "rating", {"good": ("满意",), "fair": ("一般",), "bad": ("不满意",)})
    assert intents("对了楼道灯也不亮了", question=rating) == ["issue.report"]


def test_a_thing_answers_what_is_wrong():
    meaning = parse("那个路灯", context(question=Question("category", "what"), flow="issue"))
    assert meaning.intents[0].slots["category"] == "light"


def test_small_talk_does_not_answer():
    place = Question("place", "place")
    assert intents("你是谁啊", question=place, flow="issue") == ["dialog.identity"]
    assert "dialog.choice" not in intents("今天天气不错", question=place, flow="issue")
