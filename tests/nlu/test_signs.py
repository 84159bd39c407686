"""Signs of danger: every sentence of the tuning half, floors for the half kept aside, scopes, sound, and robustness."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.signs import harmless, misheard, score_misheard, told
from nlu.danger import FAMILIES, signs, table
from nlu.danger.hearing import heard
from nlu.danger.marks import LIMITS
from nlu.danger.matching import Index
from nlu.danger.patterns import expand, parse
from nlu.danger.rules import STRENGTHS, rules
from nlu.danger.rules import harmless as excuses
from nlu.danger.signs import Scene

UNFOUND = {"厕所门打不该 我出不赖", "我今天老是头晕 站不住"}
"""Known failures of the tuning half; one that is found belongs no longer here."""
TUNING = [line for line in told(aside=False)]
ASIDE = [line for line in told(aside=True)]


def tier(text):
    found = signs.find(text)
    return found[0].tier if found else 0


@pytest.mark.parametrize("line", TUNING, ids=lambda line: line.text)
def test_danger_is_found(line):
    assert bool(signs.find(line.text)) == (line.text not in UNFOUND)


def test_the_tier_is_mostly_the_one_written_down():
    told_tiers = [(tier(line.text), line.tier) for line in TUNING if line.tier]
    assert sum(found == meant for found, meant in told_tiers) >= 0.96 * len(told_tiers)


def test_look_alikes_raise_no_alarm_and_hardly_a_question():
    tiers = [tier(text) for text in harmless(aside=False)]
    assert 1 not in tiers
    assert tiers.count(2) <= 0.02 * len(tiers)


DIALECT = re.compile("[佢伊俺嘞侬咗冇勿哒唔喺嚟咧]|莫得|哪能|屋头|晓得|搞快|么办")
"""Words that only some regions say."""


def test_there_are_enough_sentences():
    told_of = [*TUNING, *ASIDE]
    assert len({line.text for line in told_of}) >= 1200
    assert len({text for aside in (True, False) for text in harmless(aside)}) >= 900
    assert {line.family for line in ASIDE} == {line.family for line in TUNING} == set(FAMILIES)
    assert sum(bool(DIALECT.search(line.text)) for line in told_of) >= 70, "of many regions"
    assert sum(line.tier is None for line in told_of) >= 60, "as a recognizer writes them down"


def test_the_half_kept_aside():
    found = [tier(line.text) for line in ASIDE]
    calm = [tier(text) for text in harmless(aside=True)]
    assert found.count(0) <= 0.07 * len(found)
    assert calm.count(1) <= 0.03 * len(calm)
    assert calm.count(2) <= 0.06 * len(calm)


@pytest.mark.parametrize("how", ["same", "similar"])
def test_a_quarter_misheard(how):
    share = float(score_misheard(False, how, draws=1).rpartition("(")[2].partition("%")[0])
    assert share >= 93


@pytest.mark.parametrize(
    ("danger", "harmless_beside_it"),
    [
        ("电视里演老头摔倒了叫不醒", "电视还开着,老头摔倒了叫不醒"),
        ("昨天我摔倒了,抹了点药", "昨天我摔倒了,到现在还起不来"),
        ("听说外地有栋楼着火了", "听说外地有栋楼着火了,可我家现在真着火了"),
        ("我梦见有人拿刀砍我", "昨晚梦见大海,现在真有人拿刀砍我"),
        ("明天消防演练着火了怎么跑", "消防演练刚完,我家厨房真着火了"),
        ("小狗躺着叫不醒", "小狗一直叫,我老伴躺着叫不醒"),
        ("要是煤气漏了先干什么", "要是昨天关了就好了,现在煤气漏了"),
        ("差点从楼梯上摔下去", "从楼梯上摔下去了,差点没命"),
        ("手机摔地上了没反应", "老伴摔地上了没反应"),
    ],
)
def test_what_is_harmless_in_one_clause_silences_no_other(danger, harmless_beside_it):
    assert tier(danger) != 1
    assert tier(harmless_beside_it) == 1


@pytest.mark.parametrize(
    "text", ["急", "急急急", "急!我妈她", "救命", "救命啊!!!", "SOS", "s.o.s", "🆘", "来人啊", "快打120"]
)
def test_a_cry_always_counts(text):
    assert signs.urgency(signs.find(text)) == "P0"


@pytest.mark.parametrize("text", ["着急", "不急", "急诊在几楼", "救命恩人", "急救包在哪领", "火急火燎的", "我急性子"])
def test_words_that_only_contain_a_cry(text):
    assert tier(text) != 1


def test_what_calms_does_not_cancel_an_alarm():
    assert tier("我摔倒了起不来,没事没事,别告诉我儿子") == 1


def test_money_leaving_and_a_doubt():
    assert signs.find("客服让我把验证码告诉他")[0].family == "scam"
    assert signs.urgency(signs.find("他让我现在就把钱转到安全账户")) == "P0"
    assert signs.urgency(signs.find("有个电话说我中奖了,是不是骗子")) == "P1"
    assert signs.find("验证码收不到怎么办") == ()


def test_sound_alone_is_a_question_and_never_an_alarm():
    assert tier("厨房找活了,快来人帮忙快点") == 1  # the cry alarms, not the sound
    assert [(sign.family, sign.tier) for sign in heard(Scene("，厨房找活了，快点快点，"), ())] == [("fire", 2)]
    chance = random.Random(6)
    lines = [misheard(line.text, "same", chance) for line in TUNING]
    assert all(sign.tier == 2 for line in lines for sign in heard(Scene(f"，{line}，"), ()))


@pytest.mark.parametrize(
    "text", ["去找活干", "快递运到了没有", "大家都来了", "老板到了吗", "门上的猫眼坏了", "煤气罐没气了"]
)
def test_ordinary_words_that_sound_like_danger(text):
    assert signs.find(text) == ()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("我老伴倒地上叫不应", "spouse"),
        ("小孙子不见了", "grandchild"),
        ("隔壁陈大爷躺在楼道里不动", "neighbour"),
        ("我摔倒了起不来", "self"),
        ("他喝了酒打我", "self"),
        ("我把老伴的药吃了两遍", "self"),
        ("有个老太太让车撞了", "other"),
        ("厨房着火了", None),
    ],
)
def test_who_it_is_about(text, who):
    assert signs.about(text) == who


def test_most_severe_first_and_each_sign_once():
    found = signs.find("着火了着火了!我老伴晕倒了,头有点晕,快来人")
    names = [sign.name for sign in found]
    assert names[0] == "fire"
    assert len(names) == len(set(names))
    assert [sign.tier for sign in found] == sorted(sign.tier for sign in found)


def test_the_recognizer_s_spaces_are_no_ends_of_clauses():
    assert tier("我 老伴 倒 在 厕所 里 叫 不 答应") == 1


def test_traditional_characters():
    assert tier("我媽摔倒了爬不起來") == tier("我妈摔倒了爬不起来") == 1


def test_a_long_text_is_read_to_its_end():
    assert tier("今天天气不错," * 20_000 + "我家着火了") == 1


def test_nothing_to_find():
    assert signs.find("") == signs.find("   ") == signs.find("!?…") == ()
    assert signs.urgency(()) is None


@given(st.text(max_size=80) | st.text(alphabet="急救火晕倒摔煤气我老伴了不没着,。 电视昨天打刀药", max_size=40))
def test_any_text_is_read_and_always_alike(text):
    assert signs.find(text) == signs.find(text)


def test_the_tables_are_whole():
    known = {"family", "despite", "harmless", *STRENGTHS}
    for family in FAMILIES:
        for sign, entry in table(family).items():
            assert set(entry) <= known, sign
            assert set(entry.get("despite", ())) <= LIMITS.keys(), sign
            assert any(strength in entry for strength in STRENGTHS), sign
    Index(rule.pattern for rule in rules()).prepare()
    Index(pattern for pattern, _ in excuses()).prepare()


def test_the_language_of_patterns():
    pattern = parse("(叫|喊)[他]不应~3快来…<me>")
    assert expand(pattern.slots[0]) == ("叫他不应", "叫不应", "喊他不应", "喊不应")
    assert [(gap.longest, gap.crosses) for gap in pattern.gaps] == [(3, False), (12, True)]
    (found,) = Index([parse("叫不应~3快")]).find("，我叫不应他快来，")
    assert found.slots == ((2, 5), (6, 7))


@pytest.mark.parametrize("broken", ["(叫|喊", "叫)", "叫~", "<nobody>在", "叫~3[他]"])
def test_a_broken_pattern_is_named(broken):
    with pytest.raises(ValueError, match=r"slot|bracket|class"):
        parse(broken)
