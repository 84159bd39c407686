"""What docs/security.md claims is shown by tests that are there, and every fault A1-A24 has one."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_is_there() -> None:
    for path, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`", PAGE):
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8") if name else (ROOT / path).is_file(), path


def test_every_fault_has_its_test() -> None:
    assert {int(one) for one in re.findall(r"^\| A(\d+) \|", PAGE, re.M)} == set(range(1, 25))
