"""Meaning learned from sentences: descriptions, several needs, who speaks, two candidates, own sentences, and danger's two witnesses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.meaning import Context, Lexicon, Question
from nlu.danger.witnesses import SEEN, witnessed
from nlu.meaning.learning import learn, pairs
from nlu.meaning.scorer import Scores, scorer, using
from nlu.parse import parse
from nlu.sentences import read
from tests.support.labelled import NOW

LENDING = pairs(read(Path(__file__).parents[1] / "support" / "lending.tsv").sentences)


def context(**known: object) -> Context:
    return replace(Context(NOW), **known)  # type: ignore[arg-type]


def sure(text: str, **known: object) -> list[str]:
    return [match.intent for match in parse(text, context(**known)).intents if not match.ask]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("三单元楼梯间黑咕隆咚 我摸着墙一步一步挪上来的", "issue.report"),
        ("厨房顶上湿了一大片 还在往下滴答", "issue.report"),
        ("我手机一打开就跳广告 关都关不掉 谁给我弄弄", "help.request"),
        ("楼上天天半夜拖凳子 你们去跟他家说说", "mediation.request"),
    ],
)
def test_who_describes_is_understood(text: str, intent: str) -> None:
    assert sure(text) == [intent]


def test_several_needs_each_have_their_words() -> None:
    first, second = parse("三号楼楼道灯不亮,另外帮我取个快递", context()).intents
    assert (first.intent, second.intent) == ("issue.report", "help.request")
    assert "快递" in second.text and "快递" not in first.text


def test_staff_never_open_a_form_with_a_question_about_figures() -> None:
    for text in ("漏水的有几件", "三号楼这个月几件", "不满意的有哪些", "给街道写个月度总结"):
        assert not any(
            one.startswith(("issue.", "help.", "booking.", "mediation.")) for one in sure(text, role="manager")
        )


@pytest.mark.parametrize(
    ("text", "intent"), [("问问奶奶家里有没有扳手", "vol.query"), ("缺个零件 要明天上午才能买到", "vol.delay")]
)
def test_a_helper_s_question_is_no_alarm_and_no_resignation(text: str, intent: str) -> None:
    assert sure(text, role="volunteer", holds_task=True) == [intent]


@pytest.mark.parametrize("text", ["那个男志愿者动手动脚的", "你们那个小李偷了我东西"])
def test_harm_by_a_helper_is_heard(text: str) -> None:
    assert parse(text, context()).match("complaint.person")


def test_what_is_in_between_is_asked_with_its_rival() -> None:
    asked = [one for one in map(lambda text: parse(text, context()).intents, UNSURE) if one and all(m.ask for m in one)]
    assert asked and all(len(one) <= 3 for one in asked)


UNSURE = ("那个东西又不行了", "麻烦你们来一趟", "楼下那个事你们管不管", "电视旁边那个插座")


def test_without_a_scorer_exact_wordings_go_on() -> None:
    with using(None):
        assert sure("接 37", role="volunteer") == ["vol.claim"]
        assert sure("楼道灯不亮") == ["issue.report"]
        assert sure("我妈摔倒了起不来") == ["emergency.medical"]


# ---------------------------------------------------------------- sentences learned when they are loaded


@pytest.mark.parametrize("text", ["梯子借我两天行吗", "能借个手推车吗"])
def test_a_flow_s_own_sentences_take_effect_for_lines_near_them(text: str) -> None:
    assert sure(text) == ["help.request"]
    assert sure(text, lexicon=Lexicon(said=LENDING)) == ["tools.lend"]


@pytest.mark.parametrize("text", ["楼道灯不亮", "帮我换个灯泡", "我想约个理发", "他借我的钱不还"])
def test_they_leave_other_lines_alone(text: str) -> None:
    assert sure(text, lexicon=Lexicon(said=LENDING)) == sure(text)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["厨房着火了", "我想不开了", "隔壁老人几天没见了", "我妈摔倒了起不来", "煤气味好重"]),
    st.text(max_size=20),
)
def test_a_sentence_never_lowers_danger(danger: str, more: str) -> None:
    known = scorer()
    assert known is not None
    plain = known.scores(danger + more)
    learned = learn([("tools.lend", danger), ("-", danger + more), *LENDING[:3]], ["楼道灯不亮", "今天天气真好"], known)
    after = learned.raised(plain, danger + more)
    assert after.danger >= plain.danger - 1e-6
    assert abs(sum(after.intents.values()) - 1) < 1e-3


# ---------------------------------------------------------------- danger


@pytest.mark.parametrize(
    "text",
    [
        "墙皮掉了",
        "电梯里有人抽烟",
        "推不动门",
        "树枝掉下来砸到车",
        "门反锁了进不去,钥匙在里面",
        "有袋米五十斤我扛不动",
        "台阶上都是冰 滑得站不住",
    ],
)
def test_ordinary_life_rings_nothing(text: str) -> None:
    found = parse(text, context())
    assert found.urgency != "P0"
    assert not any(sign.tier == 1 for sign in found.signs)


@pytest.mark.parametrize("text", ["隔壁老人几天没见了", "对门老太太好久没见人影", "好几天没看见对门大爷了"])
def test_a_neighbour_not_seen_is_asked_about(text: str) -> None:
    found = parse(text, context())
    assert found.intents and found.intents[0].intent.startswith("emergency.") and found.intents[0].ask
    assert found.urgency == "P1"


def test_a_stroke_goes_before_a_fall() -> None:
    assert parse("老头子嘴歪了 说话说不清 一只手抬不起来", context()).signs[0].name == "stroke"


def test_a_no_to_the_hardest_question() -> None:
    question = Question("danger", "yesno", {"yes": ("是的",), "no": ("不是",)})
    assert parse("没有没有 我就是随口说说", context(question=question)).best == "dialog.deny"


def test_the_second_witness() -> None:
    from models.meaning import Sign

    weak, explicit = Sign("medical", 2, "unwell", "头晕"), Sign("medical", 1, "fall", "摔")
    tiers = lambda *found, danger, now=1.0: [one.tier for one in witnessed(found, danger, now, "medical", "")]  # noqa: E731
    assert tiers(explicit, danger=0.5) == [1]
    assert tiers(explicit, danger=0.1) == [2]
    assert tiers(explicit, danger=0.0) == []
    assert tiers(weak, danger=0.9) == [1]
    assert tiers(weak, danger=0.9, now=0.2) == [2]
    assert [one.name for one in witnessed((), 0.95, 1.0, "fire", "x")] == [SEEN]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300) | st.text(alphabet="救\u200b命着\u200d火了,。 1二楼灯", max_size=60))
def test_any_text_is_answered_alike(text: str) -> None:
    known = scorer()
    assert known is not None
    found = known.scores(text)
    assert isinstance(found, Scores) and 0 <= found.danger <= 1.001
    assert parse(text, context()) == parse(text, context())


def test_a_hundred_thousand_characters() -> None:
    assert parse("今天天气不错," * 16_000, context()).clean
    assert parse("救\u200b命啊", context()).urgency == "P0"
