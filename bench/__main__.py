"""``make bench``: every figure this project claims, measured here and now. ``python -m bench core times`` runs some."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def main(arguments: list[str]) -> None:
    """Run the named modules, or all; further arguments are paths handed to each."""
    names = [argument for argument in arguments if argument in MODULES] or MODULES
    paths = [argument for argument in arguments if argument not in MODULES]
    for name in names:
        print(f"\n== {name}", flush=True)
        for line in importlib.import_module(f"bench.{name}").run(*paths):
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
