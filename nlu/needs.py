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
    repaired = _put_right(said)
    cut = [_in_part(said, repaired, span) for span in clauses.parts(said)]
    several = [some for some in cut if any(_is_need(match) for match in some)]
    matches = [match for some in cut for match in some] if len(several) > 1 else _in_part(said, repaired, None)
    return tuple(_without_company(_distinct(matches)))


def _put_right(said: Said) -> Said:
    """The utterance with its misheard words repaired; the same object where there are none."""
    question = said.context.question
    expected = [f"service.{key}" for key in question.answers] if question else []
    text, repairs = sound.repair(said.text, sound.vocabulary(said.lexicon), expected, said.context.heard)
    return rewritten(said, text) if repairs else said


def _in_part(said: Said, repaired: Said, span: tuple[int, int] | None) -> list[Match]:
    begin, end = span or (0, len(said.text))
    written = part(said, (begin, end))
    found, source, worth = intents.find(written.scanned, said.context), written, 1.0
    if repaired is not said and repaired.text[begin:end] != written.text:
        heard = part(repaired, (begin, end))
        other = intents.find(heard.scanned, said.context)
        if other and (not found or other[0].score * _BY_SOUND >= found[0].score or found[0].ask):
            found, source, worth = other, heard, _BY_SOUND
    return list(_matches(source, found, worth))


def _matches(said: Said, found: Sequence[Found], worth: float) -> Iterable[Match]:
    """A match for each meaning; meanings that stand apart get the words from their begin to the next one's."""
    begins = sorted(one.span[0] for one in found)
    for one in found:
        earlier = begins.index(one.span[0])
        later = begins[earlier + 1] if earlier + 1 < len(begins) else len(said.text)
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
    return Found(found.case, found.score, (0, len(stretch.text)), found.ask, found.urgency)


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
