"""How sure words are of which no recognizer told it: what words make of them, and that 四 and 十 sound alike.

A character that had to be spelled again is doubtful; so is a number that sounds like another: nothing in the words speaks for one
of the two, so whoever said it is asked. All else is as sure as the words that explain it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from models.meaning import Lexicon
from models.transcripts import Word
from nlu.grammar import table
from nlu.sound.respelling import known

_LEVELS = table("likelihood")
_ALIKE = frozenset(table("places")["readback"]["spoken_alike"])
_FIGURES = frozenset(_LEVELS["figures"])


def words(heard: str, spelled: str, lexicon: Lexicon) -> tuple[Word, ...]:
    """What was heard as words with a confidence each; ``spelled`` is the same, spelled again by its sound."""
    explained = _explained(spelled, lexicon)
    changed = [one != other for one, other in zip(heard, spelled, strict=True)] if len(heard) == len(spelled) else []
    sure = [
        _LEVELS["spelled"] if at < len(changed) and changed[at] else _LEVELS["word" if at in explained else "single"]
        for at in range(len(spelled))
    ]
    return tuple(_joined(spelled, sure))


def _joined(text: str, sure: list[float]) -> Iterator[Word]:
    """Every character by itself, the figures of a number together; one that sounds like another is doubtful."""
    for number, group in groupby(range(len(text)), key=lambda at: (text[at] in _FIGURES) or -1 - at):
        places = list(group)
        said = "".join(text[at] for at in places)
        doubtful = number is True and len(said) <= 2 and not _ALIKE.isdisjoint(said)
        least = _LEVELS["alike"] if doubtful else min(sure[at] for at in places)
        yield Word(said, least, float(places[0]), float(places[-1] + 1))


def _explained(text: str, lexicon: Lexicon) -> set[int]:
    """The characters that stand in a known word of two and more."""
    found, vocabulary = set[int](), known(lexicon)
    for start in range(len(text)):
        for end in range(start + 2, min(len(text), start + 6) + 1):
            if text[start:end] in vocabulary:
                found.update(range(start, end))
    return found
