"""What a line shows of its meaning: characters, gaps, syllables, classes of words, and who says it where to which question.

    楼道灯不亮  →  楼 楼道 楼道灯 …  楼_灯 …  'lou dao' 'dao den' …  {light} {broken} …  role:resident open:- …

Syllables are folded (zh = z, n = l, ang = an …), so that what a recognizer writes wrongly still shows what was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlu.danger import table as danger_table
from nlu.sound.pinyin import known_foldings, syllables
from nlu.words.matching import Words
from nlu.words.things import classes

LONGEST = 1200
"""Characters of a line that are looked at."""
_BREAKS = re.compile(r"[^\w{}]+|_+")
_DIGITS = re.compile(r"\d+")
_SIZES = (2, 4, 8, 16, 40, 90)
_BRIEF = 10
"""Up to so many characters the words of a line are also read as an answer to the open question."""


@cache
def _variants() -> dict[int, str]:
    return str.maketrans(dict(danger_table("cleaning")["variants"]))


@cache
def _classes() -> tuple[Words, dict[str, tuple[str, ...]]]:
    """The words of the grammar, and the classes of each."""
    of: dict[str, list[str]] = {}
    for name, words in classes().items():
        for word in words:
            of.setdefault(word, []).append(f"{{{name}}}")
    return Words(of), {word: tuple(names) for word, names in of.items()}


def tidy(text: str) -> str:
    """The text in lower case and simplified characters, a comma for whatever breaks it, a 0 for every digit up to three."""
    plain = _BREAKS.sub(",", text[:LONGEST].lower().translate(_variants())).strip(",")
    return _DIGITS.sub(lambda found: "0" * min(3, len(found.group())), plain)


def of_text(plain: str) -> set[str]:
    """The features of a tidied text."""
    row = f"^{plain}$"
    found = set(plain)
    for size in (2, 3, 4):
        found.update(row[at : at + size] for at in range(len(row) - size + 1))
    found.update(map("{}_{}".format, row, row[2:]))
    found.update(map("{}__{}".format, row, row[3:]))
    found.update(_sounds(plain))
    words, names = _classes()
    for begin, end in words.find(plain):
        found.update(names[plain[begin:end]])
    return found


def _sounds(plain: str) -> Iterator[str]:
    heard = syllables(plain, known_foldings())
    yield from map("'{} {}".format, heard, heard[1:])
    yield from map("'{} {} {}".format, heard, heard[1:], heard[2:])


def of_scene(plain: str, role: str, where: str, question: str) -> set[str]:
    """The features of who speaks where, to which open question, and how long."""
    size = sum(len(plain) > limit for limit in _SIZES)
    found = {f"role:{role}", f"where:{where}", f"open:{question}", f"size:{size}", f"open:{question}:{size}"}
    found.add(f"role:{role}:{where}")
    if question != "-":
        if len(plain) <= _BRIEF:
            row = f"^{plain}$"
            found.update(f"open:{question}:{row[at : at + 2]}" for at in range(len(row) - 1))
            found.update(f"open:{question}:{character}" for character in plain)
        found.add(f"open:{question}:^{plain[:2]}")
    return found
