"""The needs in an utterance: part by part, as written and with misheard words put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from models.meaning import Match
from nlu.meaning import deciding, intents, slots, splitting
from nlu.meaning.deciding import Need
from nlu.meaning.intents import Found
from nlu.meaning.scorer import Scorer, scorer
from nlu.sound import repair as sound_repair
from nlu.words.utterance import Said, part, rewritten

_BY_SOUND = 0.97
"""What a meaning that needed a repair is worth beside one that was written."""
_SURE = 0.9
_COMPANY = ("chat", "dialog")
_SHORT = 10
"""Characters of a line that may be an exact wording as a whole."""
_EDGES = " ,,。;!?、"


def find(said: Said) -> tuple[Need, ...]:
    """The needs of an utterance, best first: by the scorer where there is one, else by the phrases alone."""
    known, phrases = scorer(), _phrased(said)
    if known is None:
        return tuple(_without_company(_distinct(phrases)))
    return tuple(_distinct(_decided(said, known, phrases)))


def _decided(said: Said, known: Scorer, phrases: Sequence[Need]) -> tuple[Need, ...]:
    """What is wanted in each part of the line, else in all of it."""
    found = deciding.shares(known, said, said.text)
    if _is_one_breath(said):
        return deciding.decide(said, found, phrases)
    cut = [need for span in splitting.parts(said, known, found) for need in _of_part(said, known, span, phrases)]
    firm = tuple(_apart(need for need in cut if _is_firm(need.match)))
    return firm if len(firm) > 1 else deciding.decide(said, found, phrases)


def _is_one_breath(said: Said) -> bool:
    """Whether neither a pause nor a word stands there behind which another need could begin."""
    text = said.plain.text
    return not splitting.PAUSE.search(text) and not any(word in text for word in splitting.marks())


def _apart(needs: Iterable[Need]) -> Iterable[Need]:
    """The needs without a second one of the same intent that names no other thing or service."""
    seen: dict[str, set[str | None]] = {}
    for need in needs:
        named = need.match.slots.get("service" if need.match.intent.startswith("booking") else "object")
        before = seen.setdefault(need.match.intent, set())
        if not before or (named and named not in before):
            yield need
        before.add(named)


def _of_part(said: Said, known: Scorer, span: tuple[int, int], phrases: Sequence[Need]) -> Iterable[Need]:
    """The need of a part; the place also from the words around."""
    own = part(said, span)
    begin, end = said.plain.said(*span)
    inside = [_filling(need, own.text.strip(_EDGES)) for need in phrases if begin <= need.span[0] < end]
    housed = next((one.text for one in said.places if one.building), None)
    for need in deciding.decide(own, deciding.shares(known, own, own.text), inside):
        around = {"place": housed} if housed and not need.match.intent.startswith("booking.") else {}
        values = {**around, **need.match.slots}
        yield replace(need, match=replace(need.match, slots=values), span=(begin, end))


def _filling(need: Need, text: str) -> Need:
    """The need as an exact wording where its phrase is all that stands in its part: 弄完了,楼道灯也不亮."""
    begin, end = need.span
    fills = len(text) <= _SHORT and end - begin >= len(text) - 1
    return replace(need, kind="whole") if fills else need


def _phrased(said: Said) -> list[Need]:
    """The needs that phrases spell out."""
    whole = _in_part(said, said, None)
    repaired = said if said.context.heard is None and any(_is_firm(need.match) for need in whole) else _put_right(said)
    if repaired is not said:
        whole = _in_part(said, repaired, None)
    spans = () if _is_one_breath(said) else splitting.clauses(said)
    if len(spans) > 1 and whole:
        cut = [_in_part(said, repaired, span) for span in spans]
        if sum(any(_is_firm(need.match) for need in some) for some in cut) > 1:
            whole = [need for some in cut for need in some]
    return whole


def _put_right(said: Said) -> Said:
    """The utterance with its misheard words repaired; the same object where there are none."""
    question = said.context.question
    expected = [f"service.{key}" for key in question.answers] if question else []
    text, repairs = sound_repair.repair(said.text, sound_repair.vocabulary(said.lexicon), expected, said.context.heard)
    for begin, end in (repair.span for repair in repairs if _is_time(said, repair.span)):
        text = text[:begin] + said.text[begin:end] + text[end:]
    return rewritten(said, text) if text != said.text else said


def _is_time(said: Said, span: tuple[int, int]) -> bool:
    """Whether the words say a time already: 四点 stays 四点, however badly it was heard."""
    return any(time.span[0] < span[1] and span[0] < time.span[1] for time in said.times)


def _in_part(said: Said, repaired: Said, span: tuple[int, int] | None) -> list[Need]:
    """What a part means: with its misheard words put right, or as written where that means more."""
    begin, end = span or (0, len(said.plain.text))
    written = part(said, (begin, end))
    heard = _same_part(repaired, said, (begin, end)) if repaired is not said else written
    found, worth = intents.find(heard.scanned, said.context), 1.0
    if heard.text != written.text:
        worth = _BY_SOUND
        if not found:
            found, heard, worth = intents.find(written.scanned, said.context) or found, written, 1.0
    return list(_needs(heard, found, worth, said.plain.said(begin, end)[0]))


def _same_part(repaired: Said, said: Said, span: tuple[int, int]) -> Said:
    """The part of the repaired utterance that stands where the span stands in the original."""
    begin, end = said.plain.said(*span)
    return part(repaired, (repaired.plain.heard(begin), repaired.plain.heard(end)))


def _needs(said: Said, found: Sequence[Found], worth: float, offset: int) -> Iterable[Need]:
    """A need for each meaning; meanings that stand apart get the words from their begin to the next one's."""
    begins = sorted(one.span[0] for one in found)
    for one in found:
        earlier = begins.index(one.span[0])
        later = begins[earlier + 1] if earlier + 1 < len(begins) else len(said.plain.text)
        apart = len(found) > 1 and one.span[1] <= later
        stretch = part(said, (one.span[0] if earlier else 0, later)) if apart else said
        begin, end = said.plain.said(*one.extent)
        kind = "whole" if _is_all(said, one) else one.kind
        yield Need(_match(one, said, stretch, worth), one.case.name, (begin + offset, end + offset), kind)


def _is_all(said: Said, found: Found) -> bool:
    """Whether a short line says the phrase and nothing else."""
    text = said.plain.text.strip(_EDGES)
    return len(text) <= _SHORT and found.extent[1] - found.extent[0] >= len(text) - 1


def _match(found: Found, said: Said, stretch: Said, worth: float) -> Match:
    """The match of a meaning; its slots are read where it stands, the place also from the words around."""
    values = slots.read(stretch, found if stretch is said else _whole(found, stretch))
    if stretch is not said and "place" not in values and "place" in found.case.slots and said.places:
        values["place"] = said.places[0].text
    score = round(found.score * worth, 3)
    return Match(found.case.intent, score, values, False, stretch.text.strip(_EDGES), found.urgency)


def _whole(found: Found, stretch: Said) -> Found:
    """The meaning with its span widened to the whole stretch."""
    return replace(found, span=(0, len(stretch.plain.text)))


def _is_firm(match: Match) -> bool:
    return not match.ask and match.intent.split(".")[0] not in _COMPANY


def _distinct(needs: Iterable[Need]) -> list[Need]:
    """Each need once: a second one of the same kind must name another place, thing or service."""
    kept: dict[tuple[str | None, ...], Need] = {}
    for need in needs:
        slots_named = (need.match.slots.get(name) for name in ("category", "place", "object", "service"))
        kept.setdefault((need.match.intent, *slots_named), need)
    return list(kept.values())


def _without_company(needs: Sequence[Need]) -> list[Need]:
    """Small talk and weak signs give way to what is plainly wanted; what can wait and is less sure comes last."""
    plain = [need for need in needs if _is_firm(need.match)]
    return sorted(plain or needs, key=lambda need: need.match.urgency == "P3" and need.match.score < _SURE)
