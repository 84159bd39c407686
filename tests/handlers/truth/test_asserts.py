"""Every text that says how things stand names what it says, and what it names is recomputed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handlers import texts
from models.conditions import CONDITIONS
from tests.support.truth.witness import TRUTHS

PLAIN = Path(__file__).parents[2] / "support" / "truth" / "plain.txt"
STATE = re.compile(
    "没有|没(?!听|说)|已经|正在|在路上|还在|还没|都.{0,4}了|记着|接了|在管|在等|在办|办完|取消了|不用去|出发了|到了"
    "|弄好|告诉|转给|报给|归|结束|好了|约好|约着|记下|说好|满了|停了|去掉|加上|删"
)
"""How Chinese says that something is so."""
LABELS = ("button.", "privacy.column.", "privacy.file.", "stats.", "how.", "managers.action.", "managers.status.")
PARTS = ("danger.step.", "danger.cause.", "danger.rung.", "case.where.", "case.may.")
"""Words of buttons, tables and figures, and parts of other texts."""


def plain() -> set[str]:
    """Keys that were read and say nothing of how things stand."""
    lines = PLAIN.read_text(encoding="utf-8").splitlines()
    return {key for line in lines if not line.startswith("#") for key in line.split()}


def test_every_condition_is_recomputed() -> None:
    assert set(TRUTHS) == set(CONDITIONS)


def test_every_condition_is_said_by_some_text() -> None:
    assert {one for named in texts.asserted().values() for one in named} == set(CONDITIONS)


def test_a_text_that_says_a_state_asserts_it() -> None:
    said = (key for key, text in texts.load().items() if STATE.search(text) and not key.startswith(LABELS + PARTS))
    assert [key for key in said if key not in texts.asserted() and key not in plain()] == []


def test_the_list_of_those_that_say_none_is_not_out_of_date() -> None:
    assert plain() <= set(texts.load())
    assert not plain() & set(texts.asserted())


@pytest.mark.parametrize(("key", "condition"), [("ticket.gone", "ticket.open"), ("ticket.kept", "ticket.sleeps")])
def test_a_wrong_assert_is_named(key: str, condition: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "texts" / "zh"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text(f'[ticket]\nkept = "好"\n[asserts]\n"{key}" = "{condition}"\n', encoding="utf-8")
    monkeypatch.setattr(texts, "files", lambda package: tmp_path)
    with pytest.raises(texts.Fault, match=key):
        texts.asserted.__wrapped__()
