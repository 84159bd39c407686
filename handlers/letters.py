"""A forwarded letter: what in it may still be a cry, and how little of it is acted on."""

from __future__ import annotations

from dataclasses import replace

from models.meaning import Parse, Sign
from nlu.danger import signs, witnesses
from nlu.words import heard

BEGIN = 30
"""Characters of a forwarded letter that may still be a cry."""


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
