"""Writes the databases of this folder. It ran in a checkout of d24ac86 (the commit before the wings) and runs nowhere else:

    git worktree add /tmp/old d24ac86 && cd /tmp/old && python …/drive.py OUT

It plays that commit's conversations, looks after every line at what is stored (questions, forms, agenda, lives, buttons), and
cuts where something is seen that no earlier cut holds. What the last line before a cut has to say is not sent: it lies in the
outbox. Each button that somebody could still press is then pressed in the old code, to write down whether it was stale.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

from bot.talk import Stage  # type: ignore[import-not-found]

from bot import script  # type: ignore[attr-defined]
from bot.channels import NotSent
from models.events import Origin, Press

CONVERSATIONS = sorted(Path("tests/conversations/zh").glob("*.chat"))
STALE = "已经办好了"
TRIED = 3
"""How many live buttons of one verb are kept."""
ACTORS = {"volunteers": "xiaoli", "desk": "liujie", "property": "laozhao"}
TABLES = (
    "relay",
    "caution",
    "waiting",
    "pause",
    "reading",
    "case_word",
    "money",
    "shut",
    "nickname",
    "family_code",
    "kin",
    "duty",
)


def seen(tx):
    """What is under way, as words that are counted once."""
    yield from (("table", name) for name in TABLES if tx.one(f"SELECT 1 FROM {name} LIMIT 1"))
    for row in tx.all("SELECT q.kind, t.status FROM question q LEFT JOIN ticket t ON t.id = q.ticket"):
        yield ("question", row["kind"], row["status"])
    for row in tx.all("SELECT state FROM dialogue"):
        form = json.loads(row["state"])
        yield ("form", form["flow"], form["asking"], bool(form["waiting"]))
    for row in tx.all("SELECT kind, data FROM agenda"):
        yield ("agenda", row["kind"], json.loads(row["data"]).get("step"))
    for row in tx.all("SELECT flow, life, status FROM ticket"):
        yield ("ticket", row["flow"], row["life"], row["status"])
    for row in tx.all("SELECT kind, status FROM incident"):
        yield ("incident", row["kind"], row["status"])


def buttons(stage):
    """Every button anybody was shown, newest first: chat, data, label."""
    found = {}
    for shown in reversed(list(stage.channel.shown.values())):
        for row in shown.message.buttons:
            for button in row:
                found.setdefault((shown.chat, button.data), button.label)
    return [(chat, data, label) for (chat, data), label in found.items()]


async def walk(path, until=None, hold=False):
    """Play a conversation; yields line after line the stage."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        await stage.open()
        try:
            for step in script.read(path.read_text(encoding="utf-8")):
                held = hold and step.line == until
                if held:
                    stage.channel.send = refuse
                if step.kind != "remark":
                    if held and step.kind not in ("clock", "down", "restart"):
                        await stage.app.accept([await stage._event(step)])
                        await stage.app._lanes.drained()
                        await stage.app.alarm.drained()
                    else:
                        await stage.play(step)
                    yield step, stage
                if step.line == until:
                    return
        finally:
            await stage.close()


async def refuse(chat, message, edit=None):
    raise NotSent("network")


async def look():
    """(conversation, line) → what is seen there."""
    found = {}
    for path in CONVERSATIONS:
        async for step, stage in walk(path):
            signs = set(await stage.database.read(lambda tx: list(seen(tx))))
            signs |= {("button", data.split(":")[0]) for _, data, _ in buttons(stage)}
            plain = step.kind not in ("clock", "down", "restart")
            found[path, step.line] = signs
            if plain:
                pending = [
                    (one[0].message.buttons, bool(one[1]), bool(one[0].message.file)) for one in stage.channel.fresh
                ]
                found[path, step.line] |= {("unsent", bool(rows), changed, file) for rows, changed, file in pending}
    return found


def cuts(found):
    """As few places as hold everything."""
    left, chosen = set().union(*found.values()), []
    while left:
        best = max(found, key=lambda place: len(found[place] & left))
        chosen.append(best)
        left -= found[best]
    return chosen


async def pressed(sql, at, chat, data):
    """Whether the old code took this button in this database, by whom."""
    account = ACTORS.get(chat, chat)
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        with closing(sqlite3.connect(stage.folders.data / "linsheng.db")) as connection:
            connection.executescript(sql)
        stage.clock.move(at)
        await stage.open()
        stage.channel.fresh.clear()
        origin = Origin("talk", f"old-{data}", chat, account, stage.clock.now(), "", chat not in ACTORS)
        await stage.app.accept([Press(origin, data)])
        await stage.app.settle()
        said = [shown.text for shown, _ in stage.channel.fresh]
        await stage.close()
    return account, "live" if said and not any(STALE in text for text in said) else "stale"


async def main(out):
    found = await look()
    chosen = cuts(found)
    print(len(found), "places,", len(chosen), "cuts")
    dumps = {}
    tried: Counter[str] = Counter()
    for path, line in chosen:
        async for step, stage in walk(path, line, hold=True):
            if step.line == line:
                rows = await stage.database.read(lambda tx: list(dump(tx)))
                at, shown = stage.clock.now(), buttons(stage)
                waiting = await stage.database.read(
                    lambda tx: [
                        (row["address"], button["data"], button["label"])
                        for row in tx.all(
                            "SELECT c.address, o.content FROM outbox o JOIN chat c ON c.id = o.chat WHERE o.state = 'pending'"
                        )
                        for line_ in json.loads(row["content"]).get("buttons", ())
                        for button in line_
                    ]
                )
        head = [f"-- {path.name} line {line}", f"-- at {at.isoformat()}"]
        for chat, data, label in [*waiting, *shown][:24]:
            verb = data.split(":")[0]
            if tried[verb] >= TRIED or any(json.loads(line_[10:])[2].startswith(f"{verb}:") for line_ in head[2:]):
                continue
            account, state = await pressed("\n".join(rows), at, chat, data)
            tried[verb] += state == "live"
            head.append(f"-- button {json.dumps([chat, account, data, label, state], ensure_ascii=False)}")
        dumps[f"{path.stem}-{line}"] = (head, rows)
        print(path.name, line, len(head) - 2, flush=True)
    common = set.intersection(*(set(rows) for _, rows in dumps.values()))
    first = next(iter(dumps.values()))[1]
    (out / "common.sql").write_text("\n".join(row for row in first if row in common) + "\n", encoding="utf-8")
    for name, (head, rows) in dumps.items():
        (out / f"{name}.sql").write_text(
            "\n".join([*head, *(row for row in rows if row not in common)]) + "\n", encoding="utf-8"
        )


def dump(tx):
    """The database as statements, each on one line."""
    for row in tx.all(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type = 'index', rowid"
    ):
        yield " ".join(" ".join(line.partition("--")[0] for line in row["sql"].split("\n")).split()) + ";"
    for table in tx.all(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    ):
        done = " WHERE state NOT IN ('done')" if table["name"] == "inbox" else ""
        for row in tx.all(f"SELECT * FROM {table['name']}{done}"):
            values = ", ".join(
                "NULL" if value is None else str(value) if isinstance(value, int | float) else quoted(str(value))
                for value in tuple(row)
            )
            yield f"INSERT INTO {table['name']} VALUES ({values});"
    version = tx.one("PRAGMA user_version")
    yield f"PRAGMA user_version = {next(iter(version))};"


def quoted(text):
    """A literal on one line."""
    parts = ["'" + part.replace("'", "''") + "'" for part in text.split("\n")]
    return "(" + " || char(10) || ".join(parts) + ")" if len(parts) > 1 else parts[0]


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
