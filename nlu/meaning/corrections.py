"""What was read back is put right: 不是十号,是四号 · 改成后天 · 早上不行,下午."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from models.meaning import Lexicon, Match, Parse, PlaceExpression
from nlu.grammar import table
from nlu.meaning import belonging, intents, shifting, wordings, wrong
from nlu.meaning.slots import service, thing
from nlu.places import changes, existing, matter, reading
from nlu.words.numbers import find as find_numbers
from nlu.words.phrasebook import Case
from nlu.words.things import category
from nlu.words.utterance import Said, hear

_RULES = table("answers")["correction"]
_EDGES = " ,,。;!?吧啊呀呢哦的了"
WRONG = "part"
"""The slot that says which part is wrong."""
SHIFT = "by"
"""The slot that says a time is moved by so much."""
_SHORT = 24
"""Characters in which the wrong part is named."""
_BARE = 3
"""Characters that may stand beside a new value that is said alone."""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _RULES["patterns"]))


def find(said: Said) -> Match | None:
    """The correction that an utterance makes, with the slot it names, or None."""
    if "place" in said.context.read_back and changes.measured(said.text) and (renamed := _renamed(said)):
        return renamed
    for pattern in _patterns():
        found = pattern.search(said.text)
        if found:
            groups = found.groupdict()
            slots = _slots(said, groups["new"].strip(_EDGES), (groups.get("old") or "").strip(_EDGES))
            if slots:
                return Match("dialog.correct", 0.95, slots, text=said.text, urgency="P3")
    return _renamed(said) or _shifted(said) or _part(said) or _alone(said)


def _shifted(said: Said) -> Match | None:
    """晚一个钟头: the time that was read back, by so much; the form reckons it."""
    if "time" not in said.context.read_back or len(said.text) > _SHORT or not shifting.shifts(said.text):
        return None
    return Match("dialog.correct", 0.95, {SHIFT: "yes"}, text=said.text, urgency="P3")


def _renamed(said: Said) -> Match | None:
    """单元不对,是一 · A改C: a part of the place that was read back, in words that say it is put right."""
    if len(said.text) > 2 * _SHORT or not _cued().search(said.text) or _is_need(said):
        return None
    changed = _bare_place(said)
    return Match("dialog.correct", 0.9, {"place": changed}, text=said.text, urgency="P3") if changed else None


@cache
def _cued() -> re.Pattern[str]:
    return re.compile(_RULES["cued"])


def _part(said: Said) -> Match | None:
    """地方不对, 楼号错了: the part that is wrong, without what is right."""
    known = [name for name in wrong.PARTS if name in said.context.read_back]
    if said.text.strip(_EDGES).endswith(tuple(_RULES["asked"])) or len(said.text) > _SHORT:
        return None
    found = next((slot for slot, pattern in _parts() if pattern.search(said.text)), None)
    if known and not re.fullmatch(_RULES["bare"], said.text.strip(_EDGES)) and not _is_need(said):
        found = wrong.part(said.text, known) or wrong.unsuited(said.text, known) or found
    return Match("dialog.correct", 0.9, {WRONG: found}, text=said.text, urgency="P3") if found else None


@cache
def _parts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    parts: Mapping[str, str] = _RULES["part"]
    bad = f"(?:{_RULES['wrong']})"
    return tuple(
        (slot, re.compile(f"(?:{words})[^,。;]{{0,4}}{bad}|{bad}[^,。;]{{0,2}}(?:{words})$"))
        for slot, words in parts.items()
    )


def place(parse: Parse) -> PlaceExpression | None:
    """The place that a correction names, else the first that was said."""
    match = parse.match("dialog.correct")
    words = match.slots.get("place") if match else None
    named = [one for one in parse.places if words and one.text == words]
    if words and not named:
        return next(iter(reading.find(words, Lexicon())), None)
    return next(iter(named or parse.places), None)


def put_right(parse: Parse, before: PlaceExpression) -> PlaceExpression | None:
    """What a line that came after the filing says of the place."""
    match = parse.match("dialog.correct")
    words = match.slots.get("place") if match else None
    named = [one for one in parse.places if words and one.text == words]
    return next(iter(named), None) or changes.named(parse.clean, before, Lexicon())


def settled(parse: Parse) -> Parse:
    """A line with what is said of its matter, and of several breaths or a correction of its own the place that counts."""
    parse = belonging.kept(parse)
    if len(parse.places) < 2:
        return parse
    return _settled(replace(parse, places=matter.joint(parse.clean, parse.places)))


def _settled(parse: Parse) -> Parse:
    """9号楼灯坏了,不是9号楼,是8号楼."""
    if len(parse.places) < 2:
        return parse
    first = parse.places[0]
    for found in filter(None, (pattern.search(parse.clean) for pattern in _patterns())):
        begin = found.start("new")
        meant = next((one for one in parse.places[1:] if 0 <= one.span[0] - begin < _BARE and one.building), None)
        if meant is not None and "," in parse.clean[begin : meant.span[0]]:
            continue  # 9号楼的灯要换,8号楼的也是: two places
        if meant is not None and first.span[1] <= found.start() and _denies(found.groupdict().get("old"), first):
            rest = tuple(one for one in parse.places[1:] if one is not meant)
            put_right = replace(existing.merge(first, meant), text=first.text, span=first.span)
            return replace(parse, places=(put_right, *rest))
    return parse


def _denies(old: str | None, place: PlaceExpression) -> bool:
    """Whether the words that are taken back name the building of the place; where none are named they mean it."""
    return old is None or place.building in [str(number.value) for number in find_numbers(old)]


def _slots(said: Said, new: str, old: str) -> dict[str, str]:
    """Which slot the new value is for: what it is by itself, else where the old value or the measure word stands."""
    heard = hear(new, said.context)
    replaced = find_numbers(old) and _numbered(said.context.read_back, new, old) == "place"
    if not heard.places and (replaced or not (heard.times or find_numbers(old))):
        changed = _bare_place(said)
        if changed:
            return {"place": changed}
    if heard.times or heard.places:
        kinds = {"place": _meant(said, heard.places), "time": [one.text for one in heard.times]}
        return {name: words[0] for name, words in kinds.items() if words}
    named = service(heard)
    if named:
        return {"service": named}
    if find_numbers(new):
        return {slot: new} if (slot := _numbered(said.context.read_back, new, old)) else {}
    return _thing(heard)


def _meant(said: Said, places: Sequence[PlaceExpression]) -> list[str]:
    """The words of the places, the one that is new before the others: 不是我们家,楼上601的."""
    words = [one.text for one in places]
    before = next(iter(reading.find(said.context.read_back.get("place") or "", Lexicon())), None)
    named = changes.named(said.text, before, said.lexicon) if before and len(words) > 1 else None
    return sorted(words, key=lambda one: named is None or one != named.text)


def _bare_place(said: Said) -> str | None:
    """A number that replaces another of the place that was read back, in words that say which part it is."""
    known = said.context.read_back.get("place")
    if not known:
        return None
    before = next(iter(reading.find(known, Lexicon())), None)
    named = changes.named(said.text, before, said.lexicon) if before else None
    if before is None or named is None or changes.is_old(named, before):
        return None
    kept = named.building and not named.unit and not named.room
    return reading.spell(changes.merged(said.text, before, named) if kept else named)


def _thing(heard: Said) -> dict[str, str]:
    words = thing(heard)
    kind = category(words) if words else None
    named = {"object": words, "category": kind}
    return {name: value for name, value in named.items() if value}


def _numbered(read_back: Mapping[str, str], new: str, old: str) -> str | None:
    """The slot of a bare number: where the old number was read back, else what its measure word speaks of."""
    digits = [str(number.value) for number in find_numbers(old)]
    held = [slot for slot in ("place", "time") if any(one in read_back.get(slot, "") for one in (*digits, old) if one)]
    measured = [slot for slot, words in _RULES["measure"].items() if any(word in new for word in words)]
    offered = [slot for slot in ("place", "time") if slot in read_back]
    return next(iter((*held[:1], *measured, *offered)), None)


def _alone(said: Said) -> Match | None:
    """A new place or time said by itself while everything is read back."""
    if not said.context.read_back:
        return None
    spans = [*(one.span for one in said.times), *(one.span for one in said.places)]
    covered = sum(end - begin for begin, end in spans)
    if not spans or len(said.text) - covered > _BARE or _is_need(said) or re.search(_RULES["towards"], said.text):
        return None
    slots = {"place": matter.words(said.text, said.places), "time": next((one.text for one in said.times), None)}
    named = {name: words for name, words in slots.items() if words}
    return Match("dialog.correct", 0.9, named, text=said.text, urgency="P3")


def _is_need(said: Said) -> bool:
    """Whether so few words beside the place or time are plainly a need: 楼道灯坏了, 约明天下午理发."""
    if wordings.find(said):
        return True
    if thing(said) is None and service(said) is None:
        return False
    found = intents.find(said.scanned, said.context)
    return any(_is_of_something(one.case) for one in found)


def _is_of_something(case: Case) -> bool:
    """Whether a resident's meaning is about a thing of some kind, or a service."""
    return not case.roles and not {"category", "service"}.isdisjoint((*case.sets, *case.slots))
