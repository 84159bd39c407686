"""The starter model's word list: the commonest words of the language, every common character, and the domain's words.

How common a word is comes from the frequency table of the segmenter jieba (MIT licence), a development dependency; the
words of the domain come from the project's own sentences and data files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import jieba
from pypinyin import Style, pinyin

from bot.hearing.units import NUMBER, units_of

COMMON_WORDS = 9000
_PROPER = ("nr", "ns", "nt", "nz")
_READINGS = {
    "了": ["liao3"],
    "还": ["huan2"],
    "得": ["dei3"],
    "着": ["zhao2"],
    "都": ["du1"],
    "长": ["zhang3"],
    "行": ["hang2"],
    "重": ["chong2"],
    "大": ["dai4"],
    "地": ["di4"],
    "少": ["shao4"],
    "干": ["gan1"],
    "中": ["zhong4"],
}
"""Second readings of characters that stand alone."""


def table() -> dict[str, tuple[int, str]]:
    """Every word of jieba's table with its count and its kind."""
    file = Path(jieba.__file__).parent / "dict.txt"
    rows = (line.split(" ") for line in file.read_text("utf-8").splitlines())
    return {row[0]: (int(row[1]), row[2] if len(row) > 2 else "") for row in rows}


def counts(words: Iterable[str]) -> Counter[str]:
    """The words to hear: common ones, all characters of the first level of GB 2312, and the domain's own."""
    known = table()
    plain = {word: count for word, (count, kind) in known.items() if len(word) <= 4 and not kind.startswith(_PROPER)}
    chosen: Counter[str] = Counter(dict(Counter(plain).most_common(COMMON_WORDS)))
    level = (
        bytes([row, cell]).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
        if (row, cell) < (0xD7, 0xFA)
    )
    for sign in level:
        chosen[sign] = max(chosen[sign], known.get(sign, (10, ""))[0] // 4, 10)
    for word in words:
        chosen[word] = max(chosen[word], known.get(word, (0, ""))[0], 800)
    return Counter({word: count for word, count in chosen.items() if units_of(word)})


def write(chosen: Counter[str], file: Path) -> None:
    """Write words, counts and readings as :func:`bot.hearing.words.lexicon.read` reads them."""
    lines = []
    for word, count in chosen.most_common():
        for reading in [units_of(word) or (), *_others(word)]:
            lines.append(f"{word}\t{count}\t{' '.join(map(str, reading))}")
    file.write_text("\n".join(lines) + "\n", "utf-8")


def _others(word: str) -> list[tuple[int, ...]]:
    """Further readings of a character."""
    found = []
    for spelled in _READINGS.get(word, []):
        start = pinyin(word, style=Style.INITIALS, strict=True, heteronym=True)[0]
        first = max((name for name in start if name and spelled.startswith(name)), key=len, default="")
        end = spelled.removeprefix(first)
        end = {"iao3": "iao3"}.get(end, end)
        found.append(tuple(NUMBER[name] for name in (first, end) if name))
    return found
