"""The kinds of slots and how each is read from what was understood. Pure; ``handlers/saying/slots.py`` says them.

A reader answers None where the words do not fill the slot. Whatever was asked, an utterance fills what it names; words that
name nothing fill only the slot that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from models.dialogues import Dialogue, Slot, SlotKind
from models.meaning import Match, Parse, PlaceExpression
from models.places import encode_place
from nlu.meaning import about, corrections
from nlu.places import addresses, matter
from nlu.words import numbers

_BARE = 5
"""Characters of an answer that is a building and little else."""
Reader = Callable[[Slot, Dialogue, Parse, Match | None], str | None]


def _is_open(slot: Slot, dialogue: Dialogue, match: Match | None) -> bool:
    """Whether a value that was named counts: none is known yet, it or what is wrong was asked for, or it is put right."""
    corrected = match is not None and match.intent == "dialog.correct"
    return slot.name not in dialogue.slots or dialogue.asking in (slot.name, "which") or corrected


def _what(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    """The category; any words at all when that is what was asked."""
    if match and "category" in match.slots and (slot.name not in dialogue.slots or match.intent == "dialog.correct"):
        return match.slots["category"]
    return "other" if dialogue.asking == slot.name and _says_what(slot, parse) else None


def _says_what(slot: Slot, parse: Parse) -> bool:
    """Words of a like need count as the thing asked for; a bare place, yes or no do not."""
    if len(parse.clean) < 2 or any(place.text == parse.clean for place in parse.places):
        return False
    return not parse.intents or str(parse.best).split(".")[0] in slot.takes


def _place(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    """The place that was said, or that a correction names; several buildings are one place with all their numbers."""
    if not parse.places and parse.match("dialog.correct") is None:
        return _typed(parse) if dialogue.asking == slot.name else None
    words = (parse.match("dialog.correct") or Match("", 0)).slots.get("place", parse.clean)
    several = matter.buildings(parse.places, parse.clean) if all(one.text in words for one in parse.places) else ()
    if len(several) > 1:
        return encode_place(replace(parse.places[0], building="、".join(several)))
    if floors := matter.floors(parse.places, parse.clean):
        return encode_place(replace(parse.places[0], floor=floors))
    said = corrections.place(parse)
    return encode_place(said) if said else None


def _typed(parse: Parse) -> str | None:
    """12动 as an answer: 栋 was meant, and the read-back asks."""
    number = addresses.mistyped(parse.clean) if len(parse.clean) <= _BARE else None
    return encode_place(PlaceExpression(f"{number}号楼", number)) if number else None


def _time(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    words = match.slots.get("time") if match else None
    if not parse.times or (match and match.intent == "dialog.correct" and "place" in match.slots):
        return None
    return words or parse.times[0].text


def _answer(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    """One of the slot's answers: chosen, or yes and no when just this was asked."""
    if match and match.slots.get(slot.name) in slot.answers:
        return match.slots[slot.name]
    if dialogue.asking != slot.name or match is None:
        return None
    if match.slots.get("choice") in slot.answers:
        return match.slots["choice"]
    word = {"dialog.confirm": "yes", "dialog.deny": "no"}.get(match.intent)
    return word if word in slot.answers else None


def _choice(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    """The same, or the answer of which the longest word stands in what was said."""
    chosen = _answer(slot, dialogue, parse, match)
    if chosen is not None or match is None or not _is_open(slot, dialogue, match):
        return chosen
    named = [(len(word), key) for key, words in slot.answers.items() for word in words if word in parse.clean]
    return max(named)[1] if named else None


def _number(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    """A number in figures, said in any way (俩, 一百零二); with its measure word wherever it stands."""
    if match and (match.slots.get(slot.name) or "").isdigit():
        return match.slots[slot.name]
    measured = _measured(slot, parse)
    if measured and _is_open(slot, dialogue, match):
        return measured
    if dialogue.asking != slot.name:
        return None
    choice = match.slots.get("choice", "") if match else ""
    return choice if choice.isdigit() else None


def _measured(slot: Slot, parse: Parse) -> str | None:
    """The last number with one of the slot's measure words behind it; 三天后 is a time and counts nothing."""
    counted = [
        str(one.value)
        for one in numbers.find(parse.clean)
        if parse.clean.startswith(slot.measure, one.span[1]) and not _in_time(one.span, parse)
    ]
    return counted[-1] if slot.measure and counted else None


def _in_time(span: tuple[int, int], parse: Parse) -> bool:
    return any(time.span[0] <= span[0] < time.span[1] for time in parse.times)


def _person(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    """Whoever is named, as an answer calls them."""
    words = _text(slot, dialogue, parse, match)
    return about.named(words) if words else None


def _text(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    named = match.slots.get(slot.name) if match else None
    return named or (parse.clean if dialogue.asking == slot.name and parse.clean else None)


READERS: Mapping[SlotKind, Reader] = {
    "what": _what,
    "place": _place,
    "since": _time,
    "time": _time,
    "choice": _choice,
    "yesno": _answer,
    "number": _number,
    "person": _person,
    "text": _text,
}
"""Kind → its reader."""
