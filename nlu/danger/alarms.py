"""Emergencies that signs of danger speak of, and weak signs that a plain need explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from models.meaning import Match, Sign
from nlu.danger import signs
from nlu.grammar import table
from nlu.meaning.deciding import Need
from nlu.words.utterance import Said

_EXPLAINS: frozenset[str] = frozenset(table("ambiguity")["explains"]["names"])
_PART = 0.5
"""How much of a sign's words a need must cover to explain it."""


def explicit(danger: Iterable[Sign]) -> bool:
    """Whether somebody is in danger for sure: nothing else counts then. Money is a matter for consultation."""
    return any(sign.tier == 1 and sign.family != "scam" for sign in danger)


def find(said: Said, danger: Iterable[Sign]) -> Iterator[Match]:
    """One emergency for each family of signs, the explicit ones first; a fraud is a consultation."""
    families: dict[str, Sign] = {}
    for sign in sorted(danger, key=lambda sign: (sign.tier, sign.family == "unknown")):
        families.setdefault(sign.family, sign)
    if len(families) > 1:
        families.pop("unknown", None)
    where = _where(said) if families else {}
    for family, sign in families.items():
        intent = "scam.consult" if family == "scam" else f"emergency.{family}"
        sure = sign.tier == 1
        yield Match(intent, 1.0 if sure else 0.7, where, not sure, said.text, "P0" if sure else "P1")


def unexplained(said: Said, danger: Sequence[Sign], needs: Sequence[Need]) -> tuple[Sign, ...]:
    """The signs that are left when a plain need explains the words of a weak one: 水表滋滋喷水 is a leak, not gas."""
    spans = [need.span for need in needs if not need.match.ask and need.case in _EXPLAINS]
    return tuple(sign for sign in danger if sign.tier == 1 or not any(_covers(span, sign, said.text) for span in spans))


def _covers(span: tuple[int, int], sign: Sign, text: str) -> bool:
    words = "".join(character for character in sign.text if character.isalnum())
    places = [position for position, character in enumerate(text) if character.isalnum()]
    start = "".join(text[position] for position in places).find(words) if words else -1
    if start < 0:
        return False
    covered = sum(span[0] <= position < span[1] for position in places[start : start + len(words)])
    return covered >= _PART * len(words)


def _where(said: Said) -> dict[str, str]:
    """Where and to whom it happened, as far as it was said."""
    named = {"place": said.places[0].text if said.places else None, "for": signs.about(said.text)}
    return {name: value for name, value in named.items() if value}
