"""Each row that a wing may declare has its effect by itself: a wing that nobody else knows of is put beside the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import pytest
from annotated_types import Interval

from bot import config
from bot.replay import talk
from bot.replay.talk import Stage
from handlers import buttons, commands, leaving, rights, rows, texts
from handlers.rows import Command, Refused, Wing, join
from handlers.settings import House
from handlers.turn import CLOCK, Turn
from models.events import Due
from models.people import ROLES, Person
from storage import kept, people
from storage.database import Row, Transaction
from tests.conftest import say

DONE: list[str] = []


@dataclass(frozen=True)
class Bells:
    """A section of the configuration that came with its wing."""

    loud: Annotated[int, Interval(ge=1, le=9)] = 3


def _rung(tx: Transaction, house: House, start: datetime, end: datetime) -> str:
    return f"摇铃：{house.of(Bells).loud} 次"


def _kept(tx: Transaction, person: int) -> list[Row]:
    return [{"words": f"第 {person} 位的铃"}]


def _erased(turn: Turn) -> None:
    DONE.append(f"erased {turn.person.id}")


def _stopped(turn: Turn, state: str) -> None:
    DONE.append(f"{state} {turn.person.id}")


BELL = Wing(
    "bell",
    after={"conversation": "it is the last one"},
    buttons={"shake": lambda turn, target, number: turn.answer("talk.bye")},
    commands={"bell": Command(lambda turn, words: turn.answer("talk.bye"), who=("volunteer",), private=True)},
    rights={"shake": ("volunteer", "reporter")},
    settings={"bells": Bells},
    help={"": ("talk.greet",), "volunteer": ("talk.wait",)},
    figures={"bells": _rung},
    exports={"head": _kept},
    erases={"bell": _erased},
    stops={"bell": _stopped},
)
CACHES = (rights.table, commands.named, buttons.table, config.whole, config._tables, talk._community)


@pytest.fixture(autouse=True)
def beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The bell among the wings that are installed."""
    joined, load = join((*rows.installed().wings, BELL)), texts.load
    monkeypatch.setattr(rows, "installed", lambda: joined)
    monkeypatch.setattr(texts, "load", lambda language="zh": {**load(language), "how.bells": "摇铃：一次一数。"})
    _forget()
    DONE.clear()
    yield
    _forget()


def _forget() -> None:
    for cached in CACHES:
        getattr(cached, "cache_clear", lambda: None)()


def _person(tx: Transaction, account: str) -> Person:
    person = people.known(tx, "talk", account)
    assert person is not None
    return person


async def test_its_section_of_the_configuration(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text("[bells]\nloud = 7\n", encoding="utf-8")
    assert config.load(file).house().of(Bells).loud == 7 and House().of(Bells).loud == 3
    file.write_text("[bells]\nloud = 70\n", encoding="utf-8")
    with pytest.raises(config.ConfigError, match=r"c\.toml: bells\.loud: .*9"):
        config.load(file)
    file.write_text("[bells]\nlout = 7\n", encoding="utf-8")
    with pytest.raises(config.ConfigError, match=r"c\.toml: bells\.lout: "):
        config.load(file)


async def test_its_lines_of_help_by_role(stage: Stage) -> None:
    greeting, waiting = stage.house.texts["talk.greet"], stage.house.texts["talk.wait"]
    resident = "\n".join(await say(stage, "王奶奶", "/help"))
    assert greeting in resident and waiting not in resident
    volunteer = "\n".join(await say(stage, "小李", "你会干什么"))
    assert greeting in volunteer and waiting in volunteer
    assert waiting not in "\n".join(await say(stage, "小李", "/help", group="志愿者群")), (
        "a group hears what all may say"
    )


async def test_its_figures(stage: Stage) -> None:
    await say(stage, "王奶奶", "三号楼路灯不亮了", "对")
    assert "摇铃：3 次" in "\n".join(await say(stage, "张主任", "/stats"))
    assert stage.house.texts["how.bells"] in "\n".join(await say(stage, "张主任", "摇铃怎么算的"))


async def test_its_part_of_what_is_kept(stage: Stage) -> None:
    await say(stage, "王奶奶", "我的资料")
    files = [shown.message.file for shown in stage.channel.shown.values() if shown.message.file]
    wang = await stage.database.read(lambda tx: _person(tx, "wang"))
    assert f"第 {wang.id} 位的铃" in files[-1].read_text(encoding="utf-8-sig")


async def test_what_it_does_before_somebody_is_erased_and_for_who_is_gone(stage: Stage) -> None:
    wang, li = await stage.database.read(lambda tx: (_person(tx, "wang"), _person(tx, "li")))
    await say(stage, "王奶奶", "都删了", "对")
    now = stage.clock.now()

    def stop(tx: Transaction) -> None:
        leaving.stop(Turn(tx, stage.house, now, Due("x", now, "x"), "x", CLOCK, Person(0)), li, "hospital")

    await stage.database.transaction(stop)
    assert [f"erased {wang.id}", f"hospital {li.id}"] == DONE


async def test_its_rights(stage: Stage) -> None:
    assert rights.table().ticket["shake"] == {"volunteer", "reporter"} and rights.table().commands["bell"] == {
        "volunteer"
    }
    assert "权限" in "\n".join(await say(stage, "王奶奶", "/bell"))
    assert "权限" not in "\n".join(await say(stage, "小李", "/bell"))


@pytest.mark.parametrize(
    ("wing", "named"),
    [
        (Wing("one", rights={"claim": ("volunteer",)}), "rights.claim"),
        (Wing("one", commands={"jump": Command(lambda turn, words: None)}), "jump"),
    ],
)
def test_a_right_that_is_given_twice_or_nowhere_is_refused(
    wing: Wing, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined = join((*rows.installed().wings, wing))
    monkeypatch.setattr(rows, "installed", lambda: joined)
    with pytest.raises(Refused, match=named):
        rights.table()


@pytest.mark.parametrize(
    "wing",
    [Wing("one", help={"": ("no.text",)}), Wing("one", figures={"chime": _rung}), Wing("one", exports={"bell": _kept})],
)
def test_a_row_without_its_text_is_refused(wing: Wing, monkeypatch: pytest.MonkeyPatch) -> None:
    joined = join((*rows.installed().wings, wing))
    monkeypatch.setattr(rows, "installed", lambda: joined)
    with pytest.raises(Refused, match=r"handlers/one/rows.py: .*missing"):
        config.load(None).house()


def test_every_part_of_what_is_kept_belongs_to_a_wing() -> None:
    declared = rows.installed().every("exports")
    assert set(kept._KEPT) <= set(declared) and all(
        declared[name].keywords == {} and declared[name].args == (name,) for name in kept._KEPT
    )


def test_help_names_commands_that_may_be_used(stage: Stage) -> None:
    said = stage.house.texts
    for wing in rows.installed().wings:
        for role, keys in wing.help.items():
            words = [
                word[1:].split("。")[0].split()[0]
                for key in keys
                for word in said[key].replace("：", " ").split()
                if word[0] == "/"
            ]
            assert role in ("", *ROLES)
            for word in words:
                who = rights.table().commands[commands._key(commands.named()[word])]
                assert not who or role in who, (role, word)
