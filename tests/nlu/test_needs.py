"""What is wanted: who speaks, several needs in one breath, services, misheard words."""

from __future__ import annotations

import pytest

from models.meaning import Lexicon, PlaceExpression
from nlu import times
from nlu.meaning.splitting import clauses
from nlu.parse import parse
from nlu.words.utterance import hear
from tests.support.labelled import NOW
from tests.support.parses import context, intents


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
    assert len(clauses(said)) == 1


def test_services_of_the_community_count():
    lexicon = Lexicon(services={"tea": ("茶馆", "喝茶")})
    assert parse("我想约喝茶,明天下午", context(lexicon=lexicon)).intents[0].slots["service"] == "tea"


def test_misheard_words_are_put_right():
    meaning = parse("我想雨约那个李发", context())
    assert meaning.best == "booking.create"
    assert meaning.intents[0].slots["service"] == "haircut"


def test_home_stands_in_the_context_only():
    """A place is only what was said: the home of the speaker is not invented."""
    home = PlaceExpression("", building="3", unit="2", room="501")
    meaning = parse("楼道灯不亮了", context(lexicon=Lexicon(home=home)))
    assert "501" not in str(meaning.intents[0].slots)


def test_the_same_time_as_before_is_the_last_one():
    before = times.find("后天下午三点", NOW)[0]
    meaning = parse("还是上回那个时间", context(last_time=before, flow="booking"))
    assert meaning.times[0].start == before.start
    assert parse("还是上回那个时间", context()).times[0].start is None
