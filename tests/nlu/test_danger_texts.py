"""What the bot says in danger, looked at as text: nothing promised, nobody "was called", nothing asked that a thief would ask."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from handlers import texts
from handlers.danger import alerts, cry
from handlers.settings import House
from models.meaning import Sign
from nlu import danger as signs_of_danger

TEXTS = texts.load()
ACCEPTED = (
    "danger.held",
    "danger.enroute",
    "danger.there",
    "danger.lapsed",
    "danger.passed",
    "danger.solved",
    "danger.tail.held",
    "danger.more.held",
)
"""Said only once somebody took it in hand."""
PROMISE = re.compile(
    r"(马上|立刻|很快|这就|正|已经|就要)[^。\n]{0,6}(来|到|赶来|过去|上门)(?!人吗|人来吗)|在路上|有人来[^吗]|会有人|派人|救护车[^。]{0,4}(来|到)|等着就行"
)
"""Help that is on its way."""
CALLED = re.compile(
    r"(我|已经?|帮您|替您|给您)[^。，\n]{0,6}(打了|打过|打完|拨了|拨打了|报了|叫了|联系了|通知了)[^。，\n]{0,6}(1[12][09]|96110|警|救护车|消防)"
)
"""That the bot called somebody."""
SECRET = re.compile(r"(验证码|密码|卡号|银行卡|身份证号|转账|汇款|付款|转钱|打钱|交钱|押金|红包)")
"""What a thief asks for."""
WARNS = re.compile(r"(别|不要|先别|不|没|勿)[^。\n]{0,8}$|转过钱，或者说过$")
"""A warning against it, or the question whether it happened."""
NO_PROMISE = frozenset(
    {
        "danger.ask.medical",
        "danger.ask.unknown",
        "danger.do.welfare",
        "desk.reason.danger",
        "managers.status.enroute",
        "status.enroute",
        "ticket.released",
        "ticket.returned",
    }
)
"""Read one by one: questions, words of helpers, what helpers are to do, and what a helper who accepted said."""
FOLDER = Path(texts.__file__).parent / "texts" / "zh"
FLOWS = Path(texts.__file__).parent / "forms" / "flows"


def offences(key: str, text: str) -> list[str]:
    """What is wrong with a text."""
    found = []
    if not key.startswith(ACCEPTED) and key not in NO_PROMISE and PROMISE.search(text):
        found.append("promises help")
    if CALLED.search(text):
        found.append("says that somebody was called")
    if any(not WARNS.search(text[: hit.start()].split("\n")[-1]) for hit in SECRET.finditer(text)):
        found.append("speaks of money or codes without a warning")
    return found


def everything() -> dict[str, str]:
    """Every text of every file, and every word that a form says."""
    found = dict(TEXTS)
    for path in sorted(FLOWS.glob("*.toml")):
        found |= {
            f"flow.{path.stem}.{number}": word
            for number, word in enumerate(_words(tomllib.loads(path.read_text("utf-8"))))
        }
    return found


def _words(table: object) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict | list):
        for inner in table.values() if isinstance(table, dict) else table:
            yield from _words(inner)


def wrong(found: Mapping[str, str]) -> dict[str, list[str]]:
    """Key → what is wrong with its text."""
    return {key: faults for key, text in found.items() if (faults := offences(key, text))}


def test_no_text_promises_calls_or_asks() -> None:
    assert wrong(everything()) == {}


def test_every_file_of_texts_is_looked_at() -> None:
    looked_at = {text.rstrip() for text in everything().values()}
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        said = {text.rstrip() for name, some in table.items() if name != "asserts" for text in _words(some)}
        assert said and said <= looked_at, path.name


def test_what_may_stand_is_still_there_and_still_needs_it() -> None:
    assert not [key for key in NO_PROMISE if key not in TEXTS or not PROMISE.search(TEXTS[key])]


PLANTED = [
    ("别急，救护车马上就到。", "promises help"),
    ("会有人上门看您。", "promises help"),
    ("志愿者在路上了。", "promises help"),
    ("我已经打了 120。", "says that somebody was called"),
    ("我帮您报了警。", "says that somebody was called"),
    ("请把验证码告诉我。", "speaks of money or codes without a warning"),
    ("先转账两百块押金。", "speaks of money or codes without a warning"),
    ("把银行卡号发给我。", "speaks of money or codes without a warning"),
]


@pytest.mark.parametrize(
    "key", ["danger.safe.x", "mediation.x", "help.x", "profile.x", "stats.x", "button.x", "category.x"]
)
@pytest.mark.parametrize(("text", "fault"), PLANTED)
def test_a_planted_text_is_found_whatever_file_it_is_in(text: str, fault: str, key: str) -> None:
    assert wrong({**everything(), key: text}) == {key: [fault]}


def test_every_sign_has_its_own_safe_lines() -> None:
    house = House()
    said = {}
    for family in signs_of_danger.FAMILIES:
        for name in signs_of_danger.table(family):
            said[name] = cry.safe(house, Sign(family, 1, name), "")
            lines = said[name].split("\n")
            assert 2 <= len(lines) <= 4 and all(3 <= len(line) <= 22 for line in lines), (name, lines)
    special = (
        "stroke",
        "wrong_medicine",
        "child_height",
        "violence",
        "welfare",
        "lift",
        "self_harm",
        "paying",
        "missing",
        "fire",
    )
    assert len({said[name] for name in special}) == len(special)


@pytest.mark.parametrize(
    ("number", "names"),
    [
        ("120", ["stroke", "chest", "breath", "bleeding", "unresponsive", "wrong_medicine"]),
        ("119", ["fire", "smoke", "gas_smell", "lift", "child_height"]),
        ("110", ["break_in", "missing", "robbery", "welfare"]),
        ("12356", ["self_harm"]),
        ("96110", ["paying"]),
    ],
)
def test_the_number_to_call_is_named(number: str, names: list[str]) -> None:
    house = House()
    families = {name: family for family in signs_of_danger.FAMILIES for name in signs_of_danger.table(family)}
    for name in names:
        assert number in cry.safe(house, Sign(families[name], 1, name), ""), name


def test_violence_leaves_nothing_on_the_phone_that_tells() -> None:
    house = House()
    quiet = [
        key for key in TEXTS if key.startswith("danger.") and key.endswith(".quiet") and not key.startswith("danger.do")
    ]
    assert len(quiet) >= 6
    told = re.compile("打人|动手|暴力|危险|报警|110|社区|安全|救|急")
    assert not [TEXTS[key] for key in quiet if told.search(TEXTS[key])]
    assert not told.search(cry.safe(house, Sign("security", 1, "violence"), "他打我"))


def test_self_harm_is_never_answered_by_cheer() -> None:
    cheer = re.compile("加油|开心|高兴|想开|哈|笑|好起来|别难过|没事的|！")
    spoken = [text for key, text in TEXTS.items() if key.startswith("danger.") and ".crisis" in key]
    assert len(spoken) >= 5
    assert not [text for text in spoken if cheer.search(text)]


def test_every_path_has_words_for_helpers() -> None:
    house = House()
    for family in signs_of_danger.FAMILIES:
        for name in signs_of_danger.table(family):
            lines = alerts.body(house, family, name, alerts.Subject("王奶奶", "3号楼", "5550 0101", "……"))
            assert lines.count("\n") >= 3
