"""What ``docs/contributing.md`` promises is tried: files are added to a copy of the house, and no existing file is edited."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.tickets import LIVES, NotPossible, Ticket, TicketEvent, can, evolve
from tests.support import house

SUPPORT = house.ROOT / "tests" / "support"
FLOW = {
    "handlers/forms/flows/lending.toml": "lending/flows/lending.toml",
    "nlu/sentences/zh/lending.tsv": "lending/sentences/lending.tsv",
    "handlers/texts/zh/lending.toml": "lending/texts/lending.toml",
    "tests/conversations/zh/forms/lending.chat": "lending/lending.chat",
}
"""Where the four files of a flow go."""
WING = {
    "handlers/bell/rows.py": "bell/rows.py",
    "handlers/bell/bell.py": "bell/bell.py",
    "handlers/texts/zh/bell.toml": "bell/bell.toml",
    "tests/conversations/zh/bell/bell.chat": "bell/bell.chat",
    "bot/channels/echo/__init__.py": "echo/channel.py",
}
EXPORTED = """
import asyncio, sys, tempfile
from pathlib import Path
from bot.replay import script
from bot.replay.talk import Stage

async def play(text):
    stage = Stage(Path(tempfile.mkdtemp()))
    await stage.open()
    try:
        for step in script.read(text + "\\n张主任 > /export csv"):
            await stage.play(step)
        files = [shown.message.file for shown in stage.channel.shown.values() if shown.message.file]
        print(files[-1].read_text(encoding="utf-8-sig"))
    finally:
        await stage.close()

said = [line for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if not line.startswith(" ")]
asyncio.run(play("\\n".join(said)))
"""
BROKEN = """
import json, sys
from pathlib import Path
from bot import config
from nlu.meaning import wordings

for name, old, new in json.load(sys.stdin):
    path = Path(name)
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    wordings.wordings.cache_clear()
    try:
        config.load(None).house()
        print("nothing is wrong")
    except config.WRONG as error:
        print(error)
    path.write_text(text, encoding="utf-8")
"""
FLOW_FILE, SENTENCES, TEXTS = list(FLOW)[:3]
FAULTS = [
    (FLOW_FILE, 'queue = "desk"', 'queue = "dezk"', "lending.toml: queue: 'dezk' is none of"),
    (FLOW_FILE, 'kind = "number"', 'kind = "numbr"', f"{FLOW_FILE}: slots.days.kind: Input should be 'what', 'place'"),
    (FLOW_FILE, 'life = "task"', 'life = "tusk"', f"{FLOW_FILE}: life: 'tusk' is none of task, appointment, case"),
    (FLOW_FILE, 'label = "借工具"', 'label = "报修"', "label: '报修' is the door of"),
    (FLOW_FILE, 'label = "几天"', 'label = "备注"', f"{FLOW_FILE}: slots: '备注' stands there twice"),
    (
        FLOW_FILE,
        'kind = "text"',
        'kind = "what"',
        f"{FLOW_FILE}: slots.note.kind: 'what' is one of the flow's categories",
    ),
    (FLOW_FILE, 'name = "note"', 'name = "what"', f"{FLOW_FILE}: slots.what.name: 'what' has a meaning of its own"),
    (FLOW_FILE, 'label = "几天"\n', "", f"{FLOW_FILE}: slots.days.label: missing"),
    (FLOW_FILE, 'label = "借工具"\n', "", f"{FLOW_FILE}: label: Field required"),
    (FLOW_FILE, "kept = [", "keept = [", f"{FLOW_FILE}: keept: Unexpected keyword argument"),
    (FLOW_FILE, '"note"]', '"notes"]', f"{FLOW_FILE}: kept: 'notes' is none of tool, days, time, note"),
    (FLOW_FILE, 'title = "借{tool}"', 'title = "借{tol}"', f"{FLOW_FILE}: title: 'tol' is none of"),
    (FLOW_FILE, "用{value}天", "用{valeu}天", f"{FLOW_FILE}: slots.days.said: 'valeu' is none of value"),
    (FLOW_FILE, 'intents = ["lending.request"]', 'intents = ["issue.report"]', "intents: 'issue.report' opens"),
    (FLOW_FILE, "lending.request", "lending.ask", "lending.toml: intents: no sentence says 'lending.ask'"),
    (FLOW_FILE, "order = 5", 'module = "lend"', "lending.toml: module: 'lend' is none of"),
    (FLOW_FILE, "[[slots]]", "[[slots]", f"{FLOW_FILE}: Expected"),
    (TEXTS, "days = ", "dais = ", "texts/zh/lending.toml: lending.ask.days: missing"),
    (TEXTS, "[lending.ask]", '[issue.ask]\ntool = "x"\nplace = "x"\n[lending.ask]', "issue.ask.place: stands in"),
    (TEXTS, "要用几天？", "要用{几天？", f"{TEXTS}: lending.ask.days: expected '}}' before end of string"),
    (TEXTS, 'days = "要用几天？"', "days = 3", f"{TEXTS}: lending.ask.days: a text was expected, not 3"),
    (SENTENCES, "resident\t", "residant\t", f"{SENTENCES}: line 2: role: 'residant' is none of"),
    (SENTENCES, "private\t-\t", "private\t", f"{SENTENCES}: line 2: 6 columns; expected role, where"),
    (SENTENCES, "private\t-\t", "private\tnumbr\t", f"{SENTENCES}: line 2: open: 'numbr' is none of"),
    (SENTENCES, "\tP2\t", "\tP7\t", f"{SENTENCES}: line 2: urgency: 'P7' is none of P0, P1, P2, P3"),
]
"""File, what stands there, what somebody writes instead, and the line they read."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house with the flow and the wing added; whatever was there is as it was."""
    folder = house.copied(tmp_path_factory.mktemp("house"))
    before = house.prints(folder)
    added = {name: (SUPPORT / source).read_text(encoding="utf-8") for name, source in {**FLOW, **WING}.items()}
    house.add(folder, {**added, "handlers/bell/__init__.py": '"""A bell."""\n'})
    house.linked(folder)
    after = house.prints(folder)
    assert {name: after[name] for name in before} == before
    return folder


def test_a_flow_is_four_files_and_no_edit(copy: Path) -> None:
    """It is heard, asked, read back, corrected, put before the desk and handed to who takes it."""
    chat = "tests/conversations/zh/forms/lending.chat"
    played = house.linsheng(copy, "talk", chat)
    assert (played.returncode, played.stdout, played.stderr) == (0, "", "")
    text = (copy / chat).read_text(encoding="utf-8")
    assert "服务台群: #1 要人管\n     借工具" in text and "说定：借小推车，用2天" in text


def test_a_flow_passes_the_check(copy: Path) -> None:
    """What the community has not set up yet is named; the flow is among what is installed, and its sentences are known."""
    checked = house.linsheng(copy, "check")
    assert checked.returncode == 1 and checked.stderr == "", checked.stderr
    assert "lending" in checked.stdout and "meaning: learned from" in checked.stdout


def test_a_flow_is_exported_under_its_own_name(copy: Path) -> None:
    run = [sys.executable, "-c", EXPORTED, "tests/conversations/zh/forms/lending.chat"]
    environment = {"PYTHONPATH": str(copy), "PATH": ""}
    found = subprocess.run(run, cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=120)
    rows = [line for line in found.stdout.splitlines() if "借工具" in line]
    assert len(rows) == 2, found.stderr
    assert rows[0].startswith("1,借工具,借工具,") and "用2天" in rows[0] and "轮子要好推的" in rows[0]


def test_a_wing_is_files_and_no_edit(copy: Path) -> None:
    """One line, one command, one follow-up."""
    chat = "tests/conversations/zh/bell/bell.chat"
    played = house.linsheng(copy, "talk", chat)
    assert (played.returncode, played.stdout, played.stderr) == (0, "", "")
    assert "叮铃铃" in (copy / chat).read_text(encoding="utf-8")


def test_what_was_there_is_as_it_was(copy: Path) -> None:
    """A conversation about borrowing from a neighbour does not change because the desk lends tools."""
    chats = [house.ROOT / "tests/conversations/zh" / name for name in ("tickets/help.chat", "forms/three_slots.chat")]
    played = house.linsheng(copy, "talk", *(str(chat) for chat in chats if chat.exists()))
    assert (played.returncode, played.stdout) == (0, "")


def test_a_channel_is_a_package_and_one_row(copy: Path) -> None:
    """A line that comes in by it is answered by it; what its row lacks is named."""
    (copy / "echo.toml").write_text('[data]\nfolder = "echo"\n[channels.echo]\nline = "你好"\n', encoding="utf-8")
    ended = house.linsheng(copy, "run", "--config", "echo.toml")
    assert ended.returncode == 0, ended.stderr
    assert (copy / "echo" / "answered.txt").read_text(encoding="utf-8").startswith("me: ")
    for row, named in (("echo", "channels.echo: 'line'"), ("ecco", "there is no package bot/channels/ecco")):
        (copy / "echo.toml").write_text(f"[channels.{row}]\n", encoding="utf-8")
        ended = house.linsheng(copy, "run", "--config", "echo.toml")
        assert ended.returncode == 2 and ended.stderr.count("\n") == 1 and named in ended.stderr


def test_a_life_is_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has a row can happen, everything else cannot, and its events rebuild it."""
    loan = {("", "open"): "open", ("open", "lend"): "out", ("out", "return"): "back"}
    monkeypatch.setattr("models.tickets.LIVES", {**LIVES, "loan": loan})
    now, ticket = datetime(2026, 3, 2, tzinfo=UTC), Ticket(1, "lending", "loan")
    for action, status in (("open", "open"), ("lend", "out"), ("return", "back")):
        ticket = evolve(ticket, TicketEvent(action, now, 1, "test"))
        assert ticket.status == status
    assert not can(ticket, "lend")
    with pytest.raises(NotPossible):
        evolve(ticket, TicketEvent("lend", now, 1, "test"))


def test_whatever_is_wrong_is_one_line_with_file_and_key(copy: Path) -> None:
    cases = json.dumps([fault[:3] for fault in FAULTS])
    environment = {"PYTHONPATH": str(copy), "PATH": ""}
    found = subprocess.run(
        [sys.executable, "-c", BROKEN],
        cwd=copy,
        env=environment,
        input=cases,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    lines = found.stdout.splitlines()
    assert len(lines) == len(FAULTS), found.stderr
    assert [(line, fault[3]) for line, fault in zip(lines, FAULTS, strict=True) if fault[3] not in line] == []


@pytest.mark.parametrize("command", [["check"], ["run", "--config", "c.toml"], ["talk", "c.chat"]], ids=lambda c: c[0])
def test_a_broken_flow_ends_every_command_with_one_line_and_code_two(copy: Path, command: list[str]) -> None:
    (copy / "c.toml").write_text("[local]\nenabled = true\n", encoding="utf-8")
    (copy / "c.chat").write_text("王奶奶 > 你好\n", encoding="utf-8")
    path = copy / FLOW_FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('kind = "number"', 'kind = "numbr"'), encoding="utf-8")
    try:
        ended = house.linsheng(copy, *command)
    finally:
        path.write_text(text, encoding="utf-8")
    assert ended.returncode == 2 and ended.stderr.count("\n") == 1
    assert f"linsheng: {FLOW_FILE}: slots.days.kind" in ended.stderr
