"""Lists phrases of our files with a character that the starter model cannot hear; 1 if there is any (``make lint``)."""

from __future__ import annotations

import sys

from bot.hearing.settings import STARTER
from bot.hearing.words import lexicon
from tools.starter_model import phrases
from tools.starter_model.words import domain_signs


def unheard() -> list[str]:
    """Lines of phrase and characters that no word of the model's list has."""
    known = set("".join(lexicon.read(STARTER / "lexicon.tsv").counts))
    missing = domain_signs() - known
    return [f"{text}: {''.join(found)}" for text in phrases.raw() if (found := sorted(missing & set(text)))]


if __name__ == "__main__":
    lines = unheard()
    for line in lines:
        print(f"the starter model cannot hear {line} (make starter-words)")
    sys.exit(1 if lines else 0)
