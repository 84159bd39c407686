"""A5, A6, A7: what ends or fails the process is put aside alone, with its words and sound; nobody else pays for it."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from bot import config
from bot.config import ConfigError
from bot.replay.talk import Stage
from handlers import clock, router
from handlers.settings import Hours
from models.events import ChatChange, Origin, Picture, Utterance, VoiceNote
from storage import inbox, queue, retention
from tests.conftest import say


def line(stage: Stage, who: str, text: str) -> Utterance:
    return Utterance(Origin("talk", f"{who}-{text}", who, who, stage.clock.now()), text)


async def states(stage: Stage) -> dict[str, int]:
    rows = await stage.database.read(lambda tx: tx.all("SELECT state, count(*) AS n FROM inbox GROUP BY state"))
    return {row["state"]: row["n"] for row in rows}


async def test_three_ends_put_no_innocent_aside(stage: Stage) -> None:
    """Four people wait, three times the process ends while only the first one's line was begun."""
    people = ["wang", "li", "chen", "zhao"]
    events = [line(stage, who, "你是谁") for who in people]
    entries = await stage.database.transaction(lambda tx: inbox.receive(tx, events))
    for _ in range(3):
        await stage.database.transaction(lambda tx: inbox.count_restart(tx, {entries[0].id}))
    await stage.close()
    await stage.open()
    assert await states(stage) == {"aside": 1, "done": 3}


async def test_what_may_have_ended_it_is_worked_alone_and_first(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever was merely beside the poison is not beside it again."""
    events = [line(stage, who, f"第{n}句") for n in range(2) for who in ("wang", "li", "chen")]
    entries = await stage.database.transaction(lambda tx: inbox.receive(tx, events))
    await stage.close()
    begun = stage.folders.data / "begun.jsonl"
    begun.write_text(f"[{entries[0].id}, 1]\n[{entries[1].id}, 1]\n[{entries[1].id}, 0]\n[{entries[2].id}, 1]\n[9")
    order: list[str] = []
    handle = router.handle

    def seen(tx, house, event, parse, now):  # type: ignore[no-untyped-def]
        alone = [text for text in begun.read_text().splitlines() if text.endswith("1]")]
        order.append(event.origin.key)
        assert len(order) > 2 or len(alone) == 1, alone
        return handle(tx, house, event, parse, now)

    monkeypatch.setattr(router, "handle", seen)
    await stage.open()
    assert order[:2] == ["wang-第0句", "chen-第0句"] and len(order) == 6
    for who in ("wang", "li", "chen"):
        assert order.index(f"{who}-第0句") < order.index(f"{who}-第1句"), "each chat in its order"


async def test_set_aside_keeps_its_sound_and_words(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = router.handle

    def broken(tx, house, event, parse, now):  # type: ignore[no-untyped-def]
        if event.origin.key.startswith("bad"):
            raise ValueError("a defect")
        return handle(tx, house, event, parse, now)

    monkeypatch.setattr(router, "handle", broken)
    (stage.folders.spool / "x.ogg").write_bytes(b"OggS")
    (stage.folders.pictures / "y.jpg").write_bytes(b"jpeg")
    origin = Origin("talk", "bad1", "wang", "wang", stage.clock.now())
    other = Origin("talk", "bad2", "wang", "wang", stage.clock.now())
    await stage.app.accept([VoiceNote(origin, "x.ogg"), Picture(other, "y.jpg", "厨房水管漏水了")])
    await stage.app.settle()
    rows = await stage.database.read(lambda tx: tx.all("SELECT words, slots FROM ticket WHERE category = 'aside'"))
    assert [row["words"] for row in rows] == ["— / 厨房水管漏水了"] and "x.ogg" in rows[0]["slots"]
    assert [file.read_bytes() for file in (stage.folders.spool / "kept").rglob("*.ogg")] == [b"OggS"]
    assert stage.app.troubles.reasons() == ["aside"]
    after = stage.clock.now() + timedelta(days=8)
    await stage.database.transaction(
        lambda tx: retention.expire(tx, dict.fromkeys(vars(stage.house.retention), 0), after)
    )
    left = await stage.database.read(lambda tx: tx.all("SELECT 1 FROM inbox WHERE payload IS NOT NULL"))
    assert not left, "what was put aside is forgotten in time"


async def test_when_even_the_desk_cannot_be_told_the_lane_goes_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = router.handle

    def broken(tx, house, event, parse, now):  # type: ignore[no-untyped-def]
        if "毒" in getattr(event, "text", ""):
            raise ValueError("a defect")
        return handle(tx, house, event, parse, now)

    monkeypatch.setattr(router, "handle", broken)
    monkeypatch.setattr(router, "set_aside", lambda *_: 1 / 0)
    await stage.app.accept([line(stage, "wang", "毒"), line(stage, "wang", "你是谁")])
    await stage.app.settle()
    assert await states(stage) == {"aside": 1, "done": 1} and stage.channel.fresh


async def test_a_second_program_is_told_as_what_it_is(stage: Stage) -> None:
    origin = Origin("talk", "conflict:1", chat="", account="", at=stage.clock.now())
    await stage.app.accept([ChatChange(origin, "conflict")])
    await stage.app.settle()
    [shown] = [shown.text for shown, _ in stage.channel.fresh]
    assert "另有一个程序" in shown
    invented = await stage.database.read(
        lambda tx: tx.all("SELECT 1 FROM account WHERE account = '' UNION SELECT 1 FROM chat WHERE address = ''")
    )
    assert not invented and (await states(stage)) == {"done": 1}
    assert stage.app.troubles.reasons() == ["conflict"]


async def test_a_winner_who_cannot_be_written_to_gives_the_task_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.channels import Never

    send = stage.channel.send

    async def refused(chat, message, edit=None):  # type: ignore[no-untyped-def]
        if chat == stage._addresses["小李"]:
            raise Never("blocked")
        return await send(chat, message, edit)

    await say(stage, "王奶奶", "厨房水管漏水了", "对")
    monkeypatch.setattr(stage.channel, "send", refused)
    sent = await say(stage, "小李", "接 1", group="志愿者群")
    row = (await stage.database.read(lambda tx: tx.all("SELECT owner, status FROM ticket WHERE id = 1")))[0]
    assert (row["owner"], row["status"]) == (None, "open")
    told = [text for text in sent if "王奶奶" in text.partition(":")[0]]
    assert "来不了" in told[-1], "the resident hears that somebody else is looked for"
    assert any("收不到消息" in text for text in sent if "服务台" in text)


IMPOSSIBLE = [
    '[hours]\nopens = "22:00"\ncloses = "06:00"',
    "[hours]\ndays = []",
    '[hours]\nopens = "09:00"\ncloses = "09:00"',
    '[hours]\nwakes = "22:00"\nsleeps = "21:00"',
    "[timing]\nnudge = 1000000000000",
    "[danger]\ninterval = 1e308",
    "[danger]\ninterval = nan",
    "[danger]\nexpires = inf",
    "[timing]\nexpire = 99999999999999999999",
    '[[community.buildings]]\nnumbers = "1-99999999"',
    '[[community.buildings]]\nnumbers = "9-1"',
    "[timing.promise]\nP1 = 0",
    "[retention]\nkeys = 1000000000",
    '[services.x]\nnames = ["x"]\nhours = { mon = ["12:00-09:00"] }',
    "[mediation]\ndays = [1, 100000000000]",
    "[queues.desk]\npromise = { P1 = 1000000000000 }",
]


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_what_cannot_be_is_refused_by_its_name(text: str, tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        config.load(file)
    named = text.split("]")[0].strip("[").split(".")[0]
    assert named in str(refused.value) and "\n" not in str(refused.value)


def forced(**wrong: object) -> Hours:
    """Hours that no file can give."""
    hours = Hours()
    for name, value in wrong.items():
        object.__setattr__(hours, name, value)
    return hours


@pytest.mark.parametrize("hours", [forced(opens=time(22), closes=time(6)), forced(days=frozenset())])
async def test_danger_and_the_desk_need_no_promise(stage: Stage, hours: Hours) -> None:
    promised = clock.due(stage.clock.now(), 120, hours, stage.house.zone)
    assert promised - stage.clock.now() == timedelta(minutes=120)


async def test_a_number_is_never_given_again(stage: Stage) -> None:
    """A14: "sent" of one message and a reminder share a commit; the journal still names the first."""
    from models.outgoing import Say

    def both(tx):  # type: ignore[no-untyped-def]
        first = queue.put(tx, Say(1, "一"), stage.clock.now())
        queue.sent(tx, first, 1, "m1")
        return first, queue.put(tx, Say(1, "二", kind="reminder"), stage.clock.now())

    await say(stage, "王奶奶", "你是谁")
    first, second = await stage.database.transaction(both)
    assert second > first
    await stage.database.transaction(lambda tx: queue.sent_all(tx, [(first, 1, "m1")]))
    waiting = await stage.database.read(queue.pending)
    assert [row.id for row in waiting] == [second]


async def test_an_older_database_keeps_its_numbers(tmp_path: Path) -> None:
    import sqlite3

    from storage.migrate import migrate, migrations

    path = tmp_path / "old.db"
    old = sqlite3.connect(path, isolation_level=None)
    for number, script in migrations():
        if number < 100:
            old.executescript(f"BEGIN; {script}; PRAGMA user_version={number}; COMMIT;")
    old.execute("INSERT INTO person (id, name, created_at) VALUES (7, 'a', 0)")
    old.close()
    migrate(path)
    new = sqlite3.connect(path)
    assert new.execute("INSERT INTO person (name, created_at) VALUES ('b', 0) RETURNING id").fetchone() == (8,)
    new.execute("DELETE FROM person WHERE id = 8")
    assert new.execute("INSERT INTO person (name, created_at) VALUES ('c', 0) RETURNING id").fetchone() == (9,)
    assert new.execute("PRAGMA integrity_check").fetchone() == ("ok",)
