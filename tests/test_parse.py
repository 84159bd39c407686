"""What utterances mean: labelled sentences, the order of understanding, and the contract of the data."""

from __future__ import annotations

import json
import re
import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.meaning import Context, Lexicon, PlaceExpression, Question
from nlu.clauses import parts
from nlu.describe import as_json
from nlu.grammar import table
from nlu.normalize import LONGEST, clean
from nlu.parse import parse
from nlu.phrasebook import phrasebook
from nlu.templates import compile_template
from nlu.utterance import hear
from tests import labelled
from tests.labelled import NOW

TUNED = [sentence for sentence in labelled.everything() if not sentence.kept_aside]
ASIDE = [sentence for sentence in labelled.everything() if sentence.kept_aside]
KNOWN = list(labelled.read(labelled.KNOWN))
KNOWN_TEXTS = {sentence.text for sentence in KNOWN}
VOCABULARY = ["issue.report", "help.request", "booking.create", "booking.change", "booking.cancel", "booking.query", "mediation.request", "mediation.update", "mediation.withdraw", "ticket.query", "ticket.urge", "ticket.append", "ticket.cancel", "ticket.reopen", "feedback.rate", "feedback.fixed", "feedback.unfixed", "checkin.ok", "checkin.unwell", "checkin.away", "checkin.stop", "checkin.request", "family.link", "family.unlink", "profile.update", "civic.propose", "civic.vote", "civic.comment", "civic.survey", "points.query", "points.redeem", "event.query", "event.signup", "scam.consult", "policy.ask", "privacy.ask", "privacy.delete", "chat.lonely", "chat.thanks", "dialog.confirm", "dialog.deny", "dialog.correct", "dialog.repeat", "dialog.slower", "dialog.wait", "dialog.stop", "dialog.human", "dialog.help", "dialog.choice", "dialog.identity", "vol.claim", "vol.release", "vol.enroute", "vol.arrived", "vol.done", "vol.offer", "vol.alert", "vol.query", "mgr.stats", "mgr.overdue", "mgr.assign", "mgr.report", "mgr.simulate", "mgr.broadcast"]


def context(**known: object) -> Context:
    return replace(Context(NOW), **known)  # type: ignore[arg-type]


def intents(text: str, **known: object) -> list[str]:
    return [match.intent for match in parse(text, context(**known)).intents]


# ---------------------------------------------------------------- labelled sentences


@pytest.mark.parametrize("sentence", TUNED, ids=lambda sentence: sentence.text)
def test_a_sentence_means_what_it_says(sentence):
    meaning = parse(sentence.text, sentence.context())
    if labelled.outranked(sentence, meaning):
        pytest.xfail("an explicit sign of danger outranks it")
    if sentence.text in KNOWN_TEXTS:
        pytest.skip("among the known failures")
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
        ("不是十号,是四号", {"place": "四号"}),
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


# ---------------------------------------------------------------- who speaks, and how much


def test_a_residents_words_are_not_a_volunteers():
    for text in ("到了", "弄完了", "接 37", "今天的情况"):
        assert not [intent for intent in intents(text) if intent.startswith(("vol.", "mgr."))]


def test_a_volunteer_with_a_task_completes_it_and_reports_another_thing():
    meaning = parse("弄完了,楼道灯也不亮", context(role="volunteer", holds_task=True))
    assert [match.intent for match in meaning.intents] == ["vol.done", "issue.report"]
    assert meaning.match("issue.report").slots["category"] == "light"


def test_a_volunteer_without_a_task_reports_as_a_resident():
    assert "vol.done" not in intents("修好了", role="volunteer")
    assert "vol.done" in intents("修好了", role="volunteer", holds_task=True)


def test_a_manager_who_holds_a_task_is_a_volunteer_too():
    assert intents("到了", role="manager", group=True) == ["vol.arrived"]


@pytest.mark.parametrize(("text", "number"), [("接 37", "37"), ("接三十七", "37"), ("37号我来", "37")])
def test_a_claim_names_its_ticket(text, number):
    meaning = parse(text, context(role="volunteer"))
    assert meaning.best == "vol.claim"
    assert meaning.intents[0].slots["ref"] == number


def test_several_needs_get_their_own_words():
    first, second = parse("三号楼楼道灯不亮,另外帮我取个快递", context()).intents
    assert (first.intent, second.intent) == ("issue.report", "help.request")
    assert "快递" not in first.text
    assert "快递" in second.text
    assert first.slots["place"] == "三号楼楼道"
    assert (first.urgency, second.urgency) == ("P2", "P3")


def test_a_mark_alone_does_not_cut():
    said = hear("积分还有多少", context())
    assert len(parts(said)) == 1


def test_services_of_the_community_count():
    lexicon = Lexicon(services={"tea": ("茶馆", "喝茶")})
    assert parse("我想约喝茶,明天下午", context(lexicon=lexicon)).intents[0].slots["service"] == "tea"


def test_misheard_words_are_put_right():
    meaning = parse("我想雨约那个李发", context())
    assert meaning.best == "booking.create"
    assert meaning.intents[0].slots["service"] == "haircut"


# ---------------------------------------------------------------- whatever arrives


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("楼道 灯 坏 了", "楼道灯坏了"),
        ("接 37", "接 37"),
        ("3号楼", "3号楼"),
        ("\u202e坏了\u200b\x00", "坏了"),
        ("灯\n坏了", "灯坏了"),
        ("", ""),
    ],
)
def test_clean(raw, tidy):
    assert clean(raw) == tidy


def test_long_texts_are_capped():
    text = "电梯坏了" * 25_000
    assert len(clean(text)) == LONGEST
    assert parse(text, context()).match("issue.report")


@pytest.mark.parametrize("text", ["", " ", "/", "/stats", "/claim 37", "😀😀", "' OR 1=1", "<b>灯</b>", "\u202e", "。。。", "a" * 300])
def test_anything_is_answered_with_a_meaning_or_none(text):
    meaning = parse(text, context(role="any"))
    assert meaning.text == text
    json.dumps(as_json(meaning))


def test_a_command_means_what_its_words_mean():
    assert intents("/report 三号楼路灯坏了") == ["issue.report"]


WORDS = st.sampled_from(sorted(phrasebook().words.all())[::7])


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=9).map("".join)), st.sampled_from(["any", "resident", "volunteer"]))
def test_no_text_breaks_understanding(text, role):
    meaning = parse(text, context(role=role, holds_task=True))
    for match in meaning.intents:
        assert 0 < match.score <= 1
        assert all(isinstance(value, str) and value for value in match.slots.values())
        assert match.urgency in ("P0", "P1", "P2", "P3")
    assert (meaning.urgency is None) == (not meaning.intents)
    assert set(as_json(meaning)) == {"text", "urgency", "intents", "times", "places"}


def test_the_json_is_the_contract():
    found = as_json(parse("明天下午理发,三号楼", context()))
    assert set(found["intents"][0]) == {"intent", "score", "slots", "ask"}
    assert set(found["times"][0]) == {"text", "start", "end", "grain", "every"}
    assert set(found["places"][0]) == {"text", "building", "unit", "floor", "room", "spot"}


# ---------------------------------------------------------------- the data


def test_every_intent_has_phrases_of_its_own():
    said = {line.case.intent for line in phrasebook().lines}
    assert set(VOCABULARY) - said == set()


def test_every_intent_is_known():
    extra = {case.intent for case in phrasebook().cases} - set(VOCABULARY)
    assert extra == set()


def test_every_rule_of_ambiguity_names_something():
    names = {case.name for case in phrasebook().cases} | set(VOCABULARY)
    names |= {f"{name}/" for name in VOCABULARY} | {f"{name.split('.')[0]}.*" for name in VOCABULARY}
    rules = table("ambiguity")
    used = {name for winner, losers in rules["beats"].items() for name in (winner, *losers)}
    used |= {name for pair in rules["together"] for name in pair} | set(rules["explains"]["names"])
    assert used | set(rules["first"]) | set(rules["last"]) <= names


def test_every_slot_is_in_the_contract():
    allowed = set(["category", "object", "place", "time", "service", "for", "party", "topic", "wish", "risk", "ref", "rating", "choice"])
    assert {slot for case in phrasebook().cases for slot in (*case.slots, *case.sets)} <= allowed


@pytest.mark.parametrize("source", ["(坏了", "{nothing}坏了", "[也许]", "a*b", "(a……b)"])
def test_a_faulty_phrase_is_refused(source):
    with pytest.raises((KeyError, ValueError)):
        compile_template(source, {})


def test_phrases_hold_no_stray_latin_words():
    latin = re.compile(rf"[{string.ascii_letters}]{{3,}}")
    strays = {line.template.source for line in phrasebook().lines if latin.search(re.sub(r"\{\w+\}", "", line.template.source))}
    assert all(re.search(r"(?i)ok|excel|csv|help|hello|wifi|AED|top|done|ktv", source) for source in strays)


def test_home_stands_in_the_context_only():
    """A place is only what was said: the home of the speaker is not invented."""
    home = PlaceExpression("", building="3", unit="2", room="501")
    meaning = parse("楼道灯不亮了", context(lexicon=Lexicon(home=home)))
    assert "501" not in str(meaning.intents[0].slots)
