"""Makes ``nlu/grammar/zh/traditional.txt`` from OpenCC's TSCharacters.txt (Apache-2.0), the path of which it is given.

Two lines of equal length: traditional characters, and what each becomes. Character by character, so that lengths and spans stay.
"""

from __future__ import annotations

import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "nlu" / "grammar" / "zh" / "traditional.txt"
KEPT = "著瞭藉"
"""Characters that simplified texts also write."""
ADDED = {
    "妳": "你",
    "週": "周",
    "祂": "他",
    "牠": "它",
    "擡": "抬",
    "裡": "里",
    "裏": "里",
    "麵": "面",
    "喫": "吃",
    "嘸": "呒",
    "佢": "佢",
}


def main(source: str) -> None:
    """Write the table."""
    pairs = dict(ADDED)
    for line in Path(source).read_text(encoding="utf-8").splitlines():
        old, _, new = line.partition("\t")
        plain = new.split(" ")[0]
        if len(old) == len(plain) == 1 and old != plain and old not in KEPT and ord(max(old, plain)) < 0x10000:
            pairs.setdefault(old, plain)
    pairs = {old: new for old, new in sorted(pairs.items()) if old != new}
    TARGET.write_text(f"{''.join(pairs)}\n{''.join(pairs.values())}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
