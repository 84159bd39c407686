"""Sentences as a recognizer might mishear them: characters of the same, a similar or any sound."""

from __future__ import annotations

from functools import cache
from random import Random

from nlu.pinyin import known_foldings, syllables

HOW = ("same", "similar", "random")


@cache
def _common() -> str:
    """The 3,755 most common characters (GB 2312, level one)."""
    rows = (bytes([high, low]) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return "".join(row.decode("gb2312", "ignore") for row in rows)


@cache
def _by_sound(folded: bool) -> dict[str, str]:
    groups: dict[str, str] = {}
    for character in _common():
        (sound,) = syllables(character, known_foldings() if folded else ())
        groups[sound] = groups.get(sound, "") + character
    return groups


def another(character: str, how: str, random: Random) -> str:
    """A character that sounds the same, similar (regional foldings), or anyhow."""
    choices = _common()
    if how != "random":
        folded = how == "similar"
        (sound,) = syllables(character, known_foldings() if folded else ())
        choices = _by_sound(folded).get(sound, "")
    others = choices.replace(character, "")
    return random.choice(others) if others else character


def misheard(text: str, share: float, how: str, random: Random) -> str:
    """The text with a share of its Chinese characters replaced."""
    places = [at for at, character in enumerate(text) if "一" <= character <= "鿿"]
    heard = list(text)
    for at in random.sample(places, round(share * len(places))):
        heard[at] = another(text[at], how, random)
    return "".join(heard)
