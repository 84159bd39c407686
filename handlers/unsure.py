"""What is understood too weakly to be acted on: nobody acts on it, and where nothing else is understood one question is put."""

from __future__ import annotations

from dataclasses import replace

from models.meaning import Match, Parse, Sign
from nlu.danger import signs, witnesses
from nlu.words import heard

BEGIN = 30
"""Characters of a forwarded letter that may still be a cry."""


def sift(parse: Parse) -> Parse:
    """The parse without what would have to be asked about first; weak signs of danger have a question of their own."""
    kept = tuple(match for match in parse.intents if not weak(match))
    return replace(parse, intents=kept) if len(kept) < len(parse.intents) else parse


def passed_on(parse: Parse) -> Parse:
    """A forwarded letter: nothing in it alarms, unless it begins with a sign that is right alone; a trick is asked about."""
    first = {sign.name for sign in begins_with(parse.clean)}
    kept = [sign if sign.name in first else replace(sign, tier=2) for sign in parse.signs]
    found = tuple(sign for sign in kept if sign.tier == 1 or sign.family == "scam")
    still = {f"emergency.{sign.family}" for sign in found}
    wanted = tuple(one for one in parse.intents if not one.intent.startswith("emergency.") or one.intent in still)
    return replace(parse, signs=found, intents=wanted)


def begins_with(words: str) -> tuple[Sign, ...]:
    """The signs at the beginning of a forwarded letter that are right alone; advice that is to be passed on holds none."""
    if heard.says("letter", words):
        return ()
    return tuple(sign for sign in signs.find(words[:BEGIN]) if sign.tier == 1 and witnesses.alone(sign))


def weak(match: Match) -> bool:
    """Whether a need is too weak to be acted on without a question; figures change nothing and are shown."""
    return match.ask and not match.intent.startswith(("emergency.", "scam.", "mgr."))
