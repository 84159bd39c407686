"""A file that somebody broke, in any of the ways people break files: one line with file, key and what was expected."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot import config
from tests.support import house

HELP, TALK, RIGHTS = "handlers/forms/flows/help.toml", "handlers/texts/zh/talk.toml", "handlers/rights.toml"
FOLDER, GBK, EMPTY = "a folder", "another encoding", "nothing in it"
TORN = ("", "[x\n")
BROKEN: list[tuple[str, str | tuple[str, str], str]] = [
    (HELP, GBK, f"{HELP}: line 2: not UTF-8"),
    (HELP, EMPTY, f"{HELP}: life: Field required"),
    (HELP, ("hands = 4", "hands = -4"), f"{HELP}: hands: -4 is not between 1 and"),
    (HELP, ("hands = 4", 'hands = "four"'), f"{HELP}: hands: Input should be a valid integer"),
    (HELP, ('"vetted", "desk"', '"vettd", "desk"'), f"{HELP}: vetted: 'vettd' is none of"),
    (HELP, ('intents = ["help.request"]', 'intents = "help.request"'), f"{HELP}: intents: Input should be"),
    (HELP, ('queue = "volunteers"', 'queue = "dezk"'), f"{HELP}: queue: 'dezk' is none of"),
    ("handlers/forms/flows/new.toml", FOLDER, "handlers/forms/flows/new.toml: is a folder; a file was expected"),
    (TALK, GBK, f"{TALK}: line 2: not UTF-8"),
    (TALK, TORN, f"{TALK}: Expected ']'"),
    (TALK, ("我是{community}的邻声，是", "我是{comunity}的邻声，是"), f"{TALK}: talk.identity: {{comunity}}"),
    (TALK, ("[talk]\n", "[talkk]\n"), "the text talk.help is missing in handlers/texts/zh"),
    ("handlers/texts/zh/help.toml", EMPTY, "handlers/texts/zh/help.toml: help."),
    ("handlers/texts/zh/new.toml", FOLDER, "handlers/texts/zh/new.toml: is a folder"),
    (
        "handlers/texts/zh/privacy.toml",
        ('"alarm.own"', '"alarm.oun"'),
        "asserts.privacy.in_danger: alarm.oun is no condition",
    ),
    ("nlu/sentences/zh/new.tsv", FOLDER, "nlu/sentences/zh/new.tsv: is a folder"),
    ("nlu/grammar/zh/heard.toml", TORN, "nlu/grammar/zh/heard.toml: "),
    ("nlu/grammar/zh/answers.toml", GBK, "nlu/grammar/zh/answers.toml: line "),
    ("nlu/danger/zh/words.toml", TORN, "nlu/danger/zh/words.toml: "),
    ("nlu/danger/zh/gas.toml", FOLDER, "nlu/danger/zh/gas.toml: is a folder"),
    (RIGHTS, TORN, f"{RIGHTS}: "),
    (RIGHTS, EMPTY, f"{RIGHTS}: elsewhere: missing"),
    (RIGHTS, ('cancel = ["reporter"]', 'cancel = ["reportr"]'), f"{RIGHTS}: ticket.cancel: 'reportr' is none of"),
    (RIGHTS, ('who = ["manager"]', 'whom = ["manager"]'), f"{RIGHTS}: commands: 'who"),
    ("handlers/allowances.toml", EMPTY, "handlers/allowances.toml: staff: missing"),
    ("handlers/allowances.toml", TORN, "handlers/allowances.toml: "),
    ("c.toml", GBK, "c.toml: line 1: not UTF-8"),
    ("c.toml", TORN, "c.toml: "),
    ("c.toml", FOLDER, "c.toml: is a folder"),
    ("c.toml", ("[community]", "[comunity]"), "c.toml: comunity: Extra inputs are not permitted"),
    ("c.toml", ("[danger]", "[[danger]]"), "c.toml: danger: "),
    ("c.toml", ("interval = 2", "interval = -2"), "c.toml: danger.interval: Input should be greater"),
    ("data/sentences.tsv", ("", "x\ty\n"), "sentences: sentences.tsv:1: 2 fields"),
    ("data/sentences.tsv", GBK, "sentences.tsv: line 1: not UTF-8"),
]
"""File, what somebody did to it, and the line they read."""
CONFIG = '[community] # 槐树里\n[danger]\ninterval = 2\n[data]\nfolder = "data"\n'
SCRIPT = """
import json, sys
from pathlib import Path
from bot import checks, config
from handlers import allowances, buttons, commands, rights, texts
from nlu import danger, grammar
from nlu.meaning import wordings

LOOKED_UP = (grammar.table, danger.table, rights.table, allowances.table, commands.named, buttons.table, texts.asserted)

def forget(name):
    for one in (*LOOKED_UP, config._tables, *([wordings.wordings] if "sentences" in name else [])):
        one.cache_clear()

def did(path, how):
    if how == "a folder":
        path.unlink(missing_ok=True)
        path.mkdir()
    elif how == "another encoding":
        path.write_bytes((path.read_text("utf-8") if path.exists() else "帮我\\n").encode("gb18030"))
    elif how == "nothing in it":
        path.write_text("")
    else:
        text = path.read_text("utf-8") if path.exists() else ""
        assert how[0] in text, (path, how)
        path.write_text(text.replace(how[0], how[1], 1), "utf-8")

for name, how in json.load(sys.stdin):
    path, before = Path(name), Path(name).read_bytes() if Path(name).is_file() else None
    path.parent.mkdir(exist_ok=True)
    did(path, how)
    forget(name)
    try:
        house = config.load(Path("c.toml")).house()
        if "texts" in name:
            checks.fitting(house)
        print("nothing is wrong")
    except config.WRONG as error:
        print(error)
    if path.is_dir():
        path.rmdir()
    path.unlink(missing_ok=True) if before is None else path.write_bytes(before)
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house that may be broken."""
    folder = house.copied(tmp_path_factory.mktemp("house"))
    house.linked(folder)
    (folder / "c.toml").write_text(CONFIG, encoding="utf-8")
    return folder


def test_one_line_with_file_key_and_what_was_expected(copy: Path) -> None:
    cases = json.dumps([one[:2] for one in BROKEN])
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=copy,
        env={"PYTHONPATH": str(copy), "PATH": ""},
        input=cases,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    lines = found.stdout.splitlines()
    assert len(lines) == len(BROKEN), found.stderr
    wrong = [f"{one[0]}: {line}" for line, one in zip(lines, BROKEN, strict=True) if one[2] not in line]
    assert "\n".join(wrong) == ""


def test_a_table_that_is_read_with_its_module(copy: Path) -> None:
    name = "nlu/danger/zh/cleaning.toml"
    before = (copy / name).read_bytes()
    (copy / name).write_bytes(b"[x")
    try:
        ended = house.linsheng(copy, "run", "--config", "c.toml")
    finally:
        (copy / name).write_bytes(before)
    assert ended.returncode == 2 and ended.stderr.count("\n") == 1 and f"{name}: " in ended.stderr


def test_a_file_with_a_mark_before_it_is_read(copy: Path) -> None:
    """As some editors save it."""
    (copy / "marked.toml").write_bytes(b"\xef\xbb\xbf" + b'[community]\nname = "x"\n')
    assert config.load(copy / "marked.toml").community.name == "x"
