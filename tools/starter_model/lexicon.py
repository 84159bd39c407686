"""The starter model's word list: the commonest words of the language, every common character, and the domain's words.

How common a word is comes from the frequency table of the segmenter jieba (MIT licence), a development dependency; the
words of the domain come from the project's own sentences and data files.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import jieba

from bot.hearing.units import NUMBER, units_of
from bot.hearing.words.lexicon import Lexicon, write

COMMON_WORDS = 6500
_PROPER = ("nr", "ns", "nt", "nz")
_READINGS = {
    "了": ["l iao"],
    "还": ["h uan"],
    "得": ["d ei"],
    "着": ["zh ao"],
    "都": ["d u"],
    "长": ["zh ang"],
    "行": ["h ang"],
    "重": ["ch ong"],
    "大": ["d ai"],
    "地": ["d i"],
}
"""Second readings of characters that stand alone."""


def table() -> dict[str, tuple[int, str]]:
    """Every word of jieba's table with its count and its kind."""
    file = Path(jieba.__file__).parent / "dict.txt"
    rows = (line.split(" ") for line in file.read_text("utf-8").splitlines())
    return {row[0]: (int(row[1]), row[2] if len(row) > 2 else "") for row in rows}


def general() -> Lexicon:
    """The commonest words, and all characters of the first level of GB 2312, with their readings."""
    known = table()
    plain = {word: count for word, (count, kind) in known.items() if len(word) <= 4 and not kind.startswith(_PROPER)}
    chosen = dict(Counter(plain).most_common(COMMON_WORDS))
    for sign in _first_level():
        chosen[sign] = max(chosen.get(sign, 0), known.get(sign, (10, ""))[0] // 4, 10)
    readings = {word: (units, *_others(word)) for word in chosen if (units := units_of(word))}
    return Lexicon({word: chosen[word] for word in readings}, readings)


def _first_level() -> list[str]:
    """The 3,755 common characters."""
    cells = ((row, cell) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return [bytes(cell).decode("gb2312") for cell in cells if cell < (0xD7, 0xFA)]


def _others(word: str) -> list[tuple[int, ...]]:
    """Further readings of a character that stands alone."""
    return [tuple(NUMBER[sound] for sound in spelled.split()) for spelled in _READINGS.get(word, [])]


def write_general(file: Path) -> None:
    """Write the word list without the domain's words, which ``make starter-words`` adds."""
    write(general(), file)
