"""What docs/security.md claims is shown by tests that are there, and every fault A1-A24 has one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_is_there() -> None:
    for path, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`", PAGE):
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8") if name else (ROOT / path).is_file(), path


def test_every_fault_has_its_test() -> None:
    assert {int(one) for one in re.findall(r"^\| A(\d+) \|", PAGE, re.M)} == set(range(1, 25))


FAULTS = tomllib.loads((ROOT / "tests" / "attack" / "unmended.toml").read_text(encoding="utf-8"))


def test_every_fault_can_be_put_back() -> None:
    """`python -m tests.attack.unmended` knows each fault, with a test that is listed for it."""
    assert {int(name[1:]) for name in FAULTS} == set(range(1, 25))
    for name, fault in FAULTS.items():
        assert f"| {name} | `{fault['test']}" in PAGE, name


@pytest.mark.soak
def test_what_is_put_back_still_fits() -> None:
    """The edits meet the code as it is now; whoever moves it is not held up by them."""
    for name, fault in FAULTS.items():
        for edit in fault["edits"]:
            assert edit["old"] in (ROOT / edit["file"]).read_text(encoding="utf-8"), (name, edit["file"])
