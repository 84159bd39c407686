"""Times, places and words of danger belong to the matter or to something else."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from models.meaning import Context, Match, Parse, Question
from nlu.meaning import belonging, slots
from nlu.parse import parse

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
RISK = Question("risk", "yesno", {"yes": ("有危险",), "no": ("没有",)})


def heard(line: str, question: Question | None = None) -> Parse:
    return parse(line, Context(now=NOW, question=question, flow="issue" if question else None))


@pytest.mark.parametrize(
    "line",
    [
        "我三点要出门",
        "我儿子昨天来看我了",
        "我下午还得接孙子",
        "灯坏了,我明天要回老家",
        "水管漏水,女儿周日才回来",
        "俺晚上要跳广场舞",
        "我老伴上周住院了",
        "闺女昨天打电话给我了",
    ],
)
def test_the_time_of_something_else_is_left(line: str) -> None:
    found = heard(line)
    assert found.times, "the time itself is still seen"
    assert belonging.kept(found).times == ()
    assert all("time" not in match.slots for match in belonging.kept(found).intents)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("灯昨天坏了", "昨天"),
        ("我昨天出门的时候就不亮了", "昨天"),
        ("我昨天回来发现灯坏了", "昨天"),
        ("约明天下午理发", "明天下午"),
        ("我明天要出门,后天来修灯", "后天"),
        ("师傅三点来看我家的灯", "三点"),
        ("三点", "三点"),
    ],
)
def test_the_time_of_the_matter_stays(line: str, kept: str) -> None:
    assert [one.text for one in belonging.kept(heard(line)).times] == [kept]


def test_a_place_where_others_live_or_one_goes_is_left() -> None:
    for line in ("我女儿住在5号楼", "我要去超市买东西"):
        assert belonging.places(line, heard(line).places) == ()
    assert [one.building for one in belonging.kept(heard("我妈妈住5号楼,水管漏水了")).places] == ["5"]


@pytest.mark.parametrize(
    "line",
    [
        "没危险",
        "不危险",
        "没什么危险",
        "没啥危险",
        "没有危险",
        "一点也不危险",
        "摔不着人",
        "不漏电",
        "不会摔着人",
        "没得啥子危险",
        "挺安全的",
    ],
)
def test_no_danger_answers_no(line: str) -> None:
    found = heard(line, RISK)
    assert (found.best, found.intents[0].slots["choice"]) == ("dialog.deny", "no")
    assert found.urgency != "P1"


@pytest.mark.parametrize("line", ["会摔着人", "容易滑倒", "漏电", "挺危险的", "没有护栏,会掉下去摔着人", "怕摔着老人"])
def test_danger_answers_yes(line: str) -> None:
    assert slots.risk_told(line) is True


@pytest.mark.parametrize("line", ["有没有危险", "是不是危险", "危险吗", "我不知道"])
def test_a_question_about_danger_is_no_answer(line: str) -> None:
    assert slots.risk_told(line) is None


@pytest.mark.parametrize("line", ["灯坏了,没危险", "楼道灯坏了没什么危险", "楼道灯不亮,不危险"])
def test_no_danger_raises_nothing(line: str) -> None:
    found = heard(line)
    assert found.intents[0].slots["risk"] == "no"
    assert found.urgency not in ("P0", "P1")


def test_the_object_of_one_clause_takes_no_verb_of_another() -> None:
    for match in belonging.kept(heard("垃圾没人收,楼道灯不亮")).intents:
        assert (match.slots["category"], match.slots["object"]) in {("rubbish", "垃圾"), ("light", "楼道灯")}
    assert all(match.slots.get("category") != "light" for match in heard("垃圾不亮").intents)


def test_a_light_that_nobody_named_is_none() -> None:
    slots = {"category": "light", "object": "水"}
    line = Parse("", "3号楼一到三层停水", (Match("issue.report", 0.9, slots),))
    assert belonging.kept(line).intents[0].slots == {"category": "water", "object": "水"}
