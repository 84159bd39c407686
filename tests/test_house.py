"""The house: imports go one way, each library has one home, every folder says what it is."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    "models": {"models"},
    "storage": {"storage", "models"},
    "nlu": {"nlu", "models"},
    "handlers": {"handlers", "nlu", "storage", "models"},
    "bot": {"bot", "handlers", "nlu", "storage", "models"},
}
HOMES = {
    "telegram": "bot/channels/telegram",
    "vosk": "bot/hearing",
    "av": "bot/hearing",
    "aiosqlite": "storage/sqlite.py",
    "apscheduler": "bot/flow/clock.py",
}
MODULES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    """The top-level packages a module imports, wherever the statement stands."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    assert imported(path) & set(ROOMS) <= ROOMS[room]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_libraries_stay_at_home(path: Path) -> None:
    place = str(path.relative_to(ROOT))
    strays = {name for name in imported(path) & set(HOMES) if not place.startswith(HOMES[name])}
    assert not strays


def test_models_use_the_standard_library_only() -> None:
    import sys

    for path in (ROOT / "models").glob("*.py"):
        assert imported(path) - {"models"} <= set(sys.stdlib_module_names)


def test_nothing_below_bot_looks_at_the_clock_or_sleeps() -> None:
    for path in MODULES:
        if path.relative_to(ROOT).parts[0] != "bot":
            source = path.read_text(encoding="utf-8")
            assert not any(word in source for word in ("datetime.now(", "time.time(", "sleep(", ".utcnow(")), path


@pytest.mark.parametrize("folder", ["models", "nlu", "handlers", "storage", "bot", "tests", "bench", "tools"])
def test_each_folder_says_what_it_is(folder: str) -> None:
    lines = (ROOT / folder / "README.md").read_text(encoding="utf-8").splitlines()
    assert 3 <= len(lines) <= 20


def test_data_files_are_packaged() -> None:
    """Whatever lies beside the code and is no code is named in the package's data."""
    globs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"][
        "*"
    ]
    for room in ROOMS:
        for path in (ROOT / room).rglob("*"):
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                assert any(path.match(pattern) for pattern in globs), path


def test_no_test_waits_for_a_module_of_ours() -> None:
    """A module that was moved is a fault; skipping where it is missing would hide every test of the file."""
    for path in (ROOT / "tests").rglob("*.py"):
        assert not re.search(
            r'importorskip\(\s*"(tests|bot|handlers|nlu|models|storage|tools|bench)\.', path.read_text("utf-8")
        ), path


def test_no_test_imports_another() -> None:
    """What tests share stands in ``tests/support``."""
    for path in (ROOT / "tests").rglob("*.py"):
        assert not re.search(r"(from|import) tests\.[\w.]*test_", path.read_text("utf-8")), path


LARGEST, LONGEST = 250, 40
"""Lines of a file and of a function."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_one_thing_and_a_function_is_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= LARGEST
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= LONGEST]
    assert not long


def test_no_two_migrations_have_one_number() -> None:
    numbers = [path.name.split("_")[0] for path in (ROOT / "storage" / "migrations").glob("*.sql")]
    assert len(numbers) == len(set(numbers)), "a database between them would never see the second"
