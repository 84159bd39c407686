"""Whatever arrives is answered, and the phrase files keep their contract."""

from __future__ import annotations

import json
import re
import string
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.grammar import table
from nlu.meaning.describe import as_json
from nlu.meaning.vocabulary import vocabulary
from nlu.parse import parse
from nlu.sentences import sets
from nlu.words.normalize import LONGEST, clean
from nlu.words.phrasebook import phrasebook
from nlu.words.templates import compile_template
from tests.support.parses import context, intents

VOCABULARY = [one for one in vocabulary().intents if not one.startswith("emergency.")]


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


@pytest.mark.parametrize(
    "text", ["", " ", "/", "/stats", "/claim 37", "😀😀", "' OR 1=1", "<b>灯</b>", "\u202e", "。。。", "a" * 300]
)
def test_anything_is_answered_with_a_meaning_or_none(text):
    meaning = parse(text, context(role="any"))
    assert meaning.text == text
    json.dumps(as_json(meaning))


def test_a_command_means_what_its_words_mean():
    assert intents("/report 三号楼路灯坏了") == ["issue.report"]


WORDS = st.sampled_from(sorted(phrasebook().words.all())[::7])


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=9).map("".join)),
    st.sampled_from(["any", "resident", "volunteer"]),
)
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


def test_every_intent_has_sentences_of_many_authors():
    said = Counter(
        intent for one in sets() for intent in {i for line in one.sentences for need in line.needs for i in need}
    )
    assert {one for one in VOCABULARY if said[one] < 8} == set()


def test_every_intent_is_known():
    said = {case.intent for case in phrasebook().cases}
    extra = {intent for intent in said if not intent.startswith("voice.")} - set(VOCABULARY)
    assert extra == set()


def test_every_rule_of_ambiguity_names_something():
    names = {case.name for case in phrasebook().cases} | set(VOCABULARY)
    names |= {f"{name}/" for name in VOCABULARY} | {f"{name.split('.')[0]}.*" for name in VOCABULARY}
    rules = table("ambiguity")
    used = {name for winner, losers in rules["beats"].items() for name in (winner, *losers)}
    used |= {name for pair in rules["together"] for name in pair} | set(rules["explains"]["names"])
    assert used | set(rules["first"]) | set(rules["last"]) <= names


def test_every_slot_is_in_the_contract():
    allowed = set(
        [
            "category",
            "object",
            "place",
            "time",
            "service",
            "for",
            "party",
            "topic",
            "wish",
            "risk",
            "ref",
            "rating",
            "choice",
        ]
    )
    assert {slot for case in phrasebook().cases for slot in (*case.slots, *case.sets)} <= allowed


@pytest.mark.parametrize("source", ["(坏了", "{nothing}坏了", "[也许]", "a*b", "(a……b)"])
def test_a_faulty_phrase_is_refused(source):
    with pytest.raises((KeyError, ValueError)):
        compile_template(source, {})


def test_phrases_hold_no_stray_latin_words():
    latin = re.compile(rf"[{string.ascii_letters}]{{3,}}")
    strays = {
        line.template.source
        for line in phrasebook().lines
        if latin.search(re.sub(r"\{\w+\}", "", line.template.source))
    }
    assert all(re.search(r"(?i)ok|excel|csv|help|hello|wifi|AED|top|done|ktv", source) for source in strays)
