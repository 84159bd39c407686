"""Put each fault back, in a copy of the tree, and see its test fail: a test that cannot fail shows nothing.

``python -m tests.attack.unmended [A5 A16 …]``; exit 1 when a test did not fail, or an edit no longer fits the code.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("unmended.toml")
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", "build"
)


def main(wanted: list[str]) -> int:
    """Try the wanted faults, or all; one line each."""
    faults = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    shown = 0
    with tempfile.TemporaryDirectory() as room:
        tree = shutil.copytree(ROOT, Path(room) / "tree", ignore=LEFT_OUT)
        for name in wanted or faults:
            outcome = attempt(tree, faults[name])
            shown += outcome == "fails"
            print(f"{name:4} {outcome:20} {faults[name]['test']}", flush=True)
    return 0 if shown == len(wanted or faults) else 1


def attempt(tree: Path, fault: Mapping[str, Any]) -> str:
    """What becomes of the test with the fault put back: ``fails``, as it should."""
    before = {edit["file"]: (tree / edit["file"]).read_text(encoding="utf-8") for edit in fault["edits"]}
    try:
        for edit in fault["edits"]:
            path = tree / edit["file"]
            text = path.read_text(encoding="utf-8")
            if edit["old"] not in text:
                return f"no longer fits {edit['file']}"
            path.write_text(text.replace(edit["old"], edit["new"]), encoding="utf-8")
        return _outcome(tree, fault["test"])
    finally:
        for file, text in before.items():
            (tree / file).write_text(text, encoding="utf-8")


def _outcome(tree: Path, test: str) -> str:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True)
    return {0: "PASSES ALL THE SAME", 1: "fails"}.get(done.returncode, f"ended with {done.returncode}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
