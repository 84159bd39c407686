"""What docs/security.md claims is shown by tests that are there, and every fault A1-A24 has one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_is_there() -> None:
    for path, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`", PAGE):
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8") if name else (ROOT / path).is_file(), path


def test_every_fault_has_its_test() -> None:
    assert {int(one) for one in re.findall(r"^\| A(\d+) \|", PAGE, re.M)} == set(range(1, 25))


def test_every_fault_can_be_put_back() -> None:
    """What `python -m tests.attack.unmended` edits is still there, and names a test that is listed for its fault."""
    faults = tomllib.loads((ROOT / "tests" / "attack" / "unmended.toml").read_text(encoding="utf-8"))
    assert {int(name[1:]) for name in faults} == set(range(1, 25))
    for name, fault in faults.items():
        assert f"| {name} | `{fault['test']}" in PAGE, name
        for edit in fault["edits"]:
            assert edit["old"] in (ROOT / edit["file"]).read_text(encoding="utf-8"), (name, edit["file"])
