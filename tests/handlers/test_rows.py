"""Wings declare, the router joins: doubles, circles and strays are refused, and the order of wings follows from what they say."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from handlers import buttons, commands, rows
from handlers.rows import Line, Refused, Wing, join

ROOT = Path(__file__).parents[2] / "handlers"


def nothing(*arguments: object) -> None:
    """Does nothing."""


def test_a_double_is_refused_and_both_wings_are_named() -> None:
    with pytest.raises(Refused, match=r"(?=.*one)(?=.*two).*'press'"):
        join([Wing("one", buttons={"press": nothing}), Wing("two", buttons={"press": nothing})])


def test_a_circle_is_refused() -> None:
    with pytest.raises(Refused, match="after each other"):
        join([Wing("one", after={"two": "why"}), Wing("two", after={"one": "why"})])


def test_an_unknown_neighbour_stage_or_hook_is_refused() -> None:
    with pytest.raises(Refused, match="no wing"):
        join([Wing("one", after={"nowhere": "why"})])
    with pytest.raises(Refused, match="neither stage nor hook"):
        join([Wing("one", lines=(Line("nowhere", lambda turn: None),))])
    with pytest.raises(Refused, match="neither stage nor hook"):
        join([Wing("one", hooks={"sometimes": nothing})])


def test_the_order_follows_from_what_the_wings_say() -> None:
    joined = join([Wing("b", after={"a": "why"}), Wing("c", after={"b": "why"}), Wing("a")])
    assert [wing.name for wing in joined.wings] == ["a", "b", "c"]
    assert joined.above("c") == {"a", "b"}


def test_every_wing_says_why_it_stands_where_it_stands() -> None:
    for wing in rows.installed().wings:
        assert all(reason.strip() for reason in wing.after.values()), wing.name
    assert buttons.table() and commands.named()


def imports(path: Path) -> set[str]:
    """The parts of ``handlers`` that a module imports for more than its types."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "handlers":
            parts = node.module.split(".")[1:]
            found |= {parts[0]} if parts else {alias.name for alias in node.names}
    return found


WINGS = {wing.name for wing in rows.installed().wings}


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_wing_imports_only_what_it_stands_after(path: Path) -> None:
    wing = path.relative_to(ROOT).parts[0]
    may = rows.installed().above(wing) | {wing} if wing in WINGS else set()
    assert imports(path) & WINGS <= may
