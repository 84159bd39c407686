"""``make starter-words``: the bundled word graph, built again from the sentences (``nlu/sentences``) in seconds."""

from __future__ import annotations

import re
from random import Random

from bot.hearing.settings import STARTER
from bot.hearing.words import lexicon
from bot.hearing.words.build import build_words
from tools.starter_model import phrases

_WORD = re.compile(r"[一-龥]{2,3}")
_SIGN = re.compile(r"[一-龥A-F]")
_DOMAIN_COUNT, _SIGN_COUNT = 800, 20
"""How common a word of our lists, and a character seen nowhere else, are taken to be."""


def domain_words() -> set[str]:
    """Words of two or three characters that our lists of words name."""
    return {word for words in phrases.classes().values() for word in words if _WORD.fullmatch(word)}


def domain_signs() -> set[str]:
    """Every character of our sentences, of our lists of words and of our own list."""
    every = (*phrases.raw(), *phrases.own_lines(), *phrases.test_lines(kept_aside=False), *phrases.said())
    return set(_SIGN.findall("".join(every)))


def rebuild() -> None:
    """Add the words of our lists and sentences to the word list and write list, sentences and graph."""
    words = lexicon.read(STARTER / "lexicon.tsv").with_words(sorted(domain_words()), _DOMAIN_COUNT)
    words = words.with_words(sorted(sign for sign in domain_signs() if sign not in words.counts), _SIGN_COUNT)
    lexicon.write(words, STARTER / "lexicon.tsv")
    said = phrases.everything(Random(7))
    (STARTER / "sentences.txt").write_text("\n".join(said) + "\n", "utf-8")
    build_words(said, STARTER / "graph")
    print(f"{len(words.counts)} words, {len(said)} sentences")


if __name__ == "__main__":
    rebuild()
