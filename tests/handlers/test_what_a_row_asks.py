"""What keeps a wing closed to a line holds for every line that the wing could mean: the cheap sign is never missed."""

from __future__ import annotations

import pytest

from bot.replay.talk import Stage
from handlers import rows, situation
from handlers.rows import Line, Meant, Refused, Wing
from models.people import Chat, Person
from nlu.grammar import table
from nlu.meaning import about
from nlu.words import heard
from storage import dialogues
from tests.conftest import say
from tests.support.labelled import SAID

PLACES = table("places")


def test_the_words_of_a_gate_are_those_of_the_table_behind_it() -> None:
    assert set(heard.words("beside")) == set(PLACES["nickname"]["beside"])
    assert set(heard.words("mistyped")) == set(PLACES["building"]["mistyped"])


def test_whom_it_is_for_and_what_was_paid_are_never_said_without_their_words() -> None:
    lines = [line for line in SAID if about.behalf(line) or about.is_own(line)]
    assert lines and all(heard.says("behalf", line) for line in lines)
    assert all(heard.says("money", line) for line in SAID if about.money(line) is not None)


def test_a_word_counts_with_what_people_put_around_it() -> None:
    assert "danger.mistaken" in heard.find("按错了!") and "danger.panic" in heard.find("SOS")
    assert "danger.panic" not in heard.find("着急")


def test_what_cannot_be_so_is_refused_at_start() -> None:
    with pytest.raises(Refused, match="'helt'"):
        rows.join([Wing("bell", lines=(Line("own", lambda turn: Meant(print), when=("helt",)),))])
    with pytest.raises(Refused, match="'befor'"):
        rows.join([Wing("bell", only={"befor": ("form",)})])


async def test_one_read_tells_what_there_is(stage: Stage) -> None:
    """Nothing for a stranger; afterwards just what began."""
    empty = dialogues.Standing(*(False for _ in dialogues._STANDING))
    assert await stage.database.read(lambda tx: dialogues.standing(tx, 0, 0)) == empty
    await say(stage, "王奶奶", "厨房水管漏水了")
    chat, person = await stage.database.read(_of_a_form)
    there = await stage.database.read(lambda tx: dialogues.standing(tx, chat, person))
    assert there.form and not (there.held or there.reported or there.incident or there.case)
    await say(stage, "王奶奶", "对")
    there = await stage.database.read(lambda tx: dialogues.standing(tx, chat, person))
    assert there.reported and not there.form
    known = await stage.database.read(
        lambda tx: (
            situation.Situation(tx, Chat(chat, "talk", "x", "private"), Person(person), stage.clock.now()).reported
        )
    )
    assert len(known) == 1


def _of_a_form(tx):  # type: ignore[no-untyped-def]
    row = tx.one("SELECT chat, person FROM dialogue")
    return row["chat"], row["person"]
