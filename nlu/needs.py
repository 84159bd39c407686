"""The needs in an utterance: part by part, as written and with misheard words put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.meaning import Match
from nlu import clauses, intents, slots, sound
from nlu.intents import Found
from nlu.utterance import Said, part, rewritten

_BY_SOUND = 0.97
"""What a meaning that needed a repair is worth beside one that was written."""
_COMPANY = ("chat", "dialog")
_EDGES = " ,,。;!?、"


def find(said: Said) -> tuple[Match, ...]:
    """The needs of an utterance, best first."""
    repaired, spans = _put_right(said), clauses.parts(said)
    matches = _in_part(said, repaired, None)
    if len(spans) > 1 and any(not match.ask for match in matches):
        cut = [_in_part(said, repaired, span) for span in spans]
        if sum(any(_is_need(match) and not match.ask for match in some) for some in cut) > 1:
            matches = [match for some in cut for match in some]
    return tuple(_without_company(_distinct(matches)))


def _put_right(said: Said) -> Said:
    """The utterance with its misheard words repaired; the same object where there are none."""
    question = said.context.question
    expected = [f"service.{key}" for key in question.answers] if question else []
    text, repairs = sound.repair(said.text, sound.vocabulary(said.lexicon), expected, said.context.heard)
    return rewritten(said, text) if repairs else said


def _in_part(said: Said, repaired: Said, span: tuple[int, int] | None) -> list[Match]:
    """What a part means: with its misheard words put right, or as written where that means more."""
    begin, end = span or (0, len(said.plain.text))
    written = part(said, (begin, end))
    heard = _same_part(repaired, said, (begin, end)) if repaired is not said else written
    found, worth = intents.find(heard.scanned, said.context), 1.0
    if heard.text != written.text:
        worth = _BY_SOUND
        if not found or found[0].ask:
            found, heard, worth = intents.find(written.scanned, said.context) or found, written, 1.0
    return list(_matches(heard, found, worth))


def _same_part(repaired: Said, said: Said, span: tuple[int, int]) -> Said:
    """The part of the repaired utterance that stands where the span stands in the original."""
    begin, end = said.plain.said(*span)
    return part(repaired, (repaired.plain.heard(begin), repaired.plain.heard(end)))


def _matches(said: Said, found: Sequence[Found], worth: float) -> Iterable[Match]:
    """A match for each meaning; meanings that stand apart get the words from their begin to the next one's."""
    begins = sorted(one.span[0] for one in found)
    for one in found:
        earlier = begins.index(one.span[0])
        later = begins[earlier + 1] if earlier + 1 < len(begins) else len(said.plain.text)
        apart = len(found) > 1 and one.span[1] <= later
        stretch = part(said, (one.span[0] if earlier else 0, later)) if apart else said
        yield match_of(one, said, stretch, worth)


def match_of(found: Found, said: Said, stretch: Said | None = None, worth: float = 1.0) -> Match:
    """The match of a meaning; its slots are read where it stands, the place also from the words around."""
    own = stretch or said
    values = slots.read(own, found if own is said else _whole(found, own))
    if own is not said and "place" not in values and "place" in found.case.slots and said.places:
        values["place"] = said.places[0].text
    score = round(found.score * worth, 3)
    return Match(found.case.intent, score, values, found.ask, own.text.strip(_EDGES), found.urgency)


def _whole(found: Found, stretch: Said) -> Found:
    """The meaning with its span widened to the whole stretch."""
    return Found(found.case, found.score, (0, len(stretch.plain.text)), found.ask, found.urgency)


def _is_need(match: Match) -> bool:
    return match.intent.split(".")[0] not in _COMPANY


def _distinct(matches: Iterable[Match]) -> list[Match]:
    """Each need once: a second one of the same kind must name another place or thing."""
    kept: list[Match] = []
    for match in matches:
        twin = (match.intent, match.slots.get("category"), match.slots.get("place"), match.slots.get("object"), match.slots.get("service"))
        if all(
            twin != (one.intent, one.slots.get("category"), one.slots.get("place"), one.slots.get("object"), one.slots.get("service"))
            for one in kept
        ):
            kept.append(match)
    return kept


def _without_company(matches: Sequence[Match]) -> list[Match]:
    """Small talk and asked-about hints give way to what is plainly wanted."""
    plain = [match for match in matches if _is_need(match) and not match.ask]
    ordered = sorted(plain or matches, key=lambda match: (match.urgency or "P3") == "P3" and match.score < 0.9)
    return ordered
