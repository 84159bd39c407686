"""Needs that wait for their turn: what else was said in one breath, or while another form is open."""

from __future__ import annotations

import json
from dataclasses import replace

from handlers.tickets import pictures
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.meaning import Match, Parse
from models.places import decode_place, encode_place
from models.times import decode_time, encode_time


def noted(parse: Parse, need: Match, files: tuple[str, ...] = ()) -> str:
    """A need that waits, with the places and times that were said of it, and its pictures."""
    said = parse.only(need)
    places_named, moments_named = [encode_place(one) for one in said.places], [encode_time(one) for one in said.times]
    words = {"intent": need.intent, "slots": dict(need.slots), "text": need.text, **pictures.joined({}, files)}
    return json.dumps({**words, "places": places_named, "times": moments_named}, ensure_ascii=False)


def waited(turn: Turn, text: str) -> Parse:
    """What :func:`noted` kept, as if it were said now."""
    need = json.loads(text)
    match = Match(need["intent"], 1.0, need["slots"], text=need["text"])
    named = tuple(decode_place(one) for one in need.get("places", ()))
    said = tuple(decode_time(one, turn.house.zone) for one in need.get("times", ()))
    return Parse(match.text, match.text, (match,), times=said, places=named)


# ---------------------------------------------------------------- which ones


def others(wanted: tuple[Match, ...]) -> tuple[Match, ...]:
    """Further needs of another kind, or about another thing."""
    return tuple(match for match in wanted[1:] if not match.ask and _is_another(match, wanted[0]))


def _is_another(match: Match, first: Match) -> bool:
    """「水管漏水，地上都是水」 is one need; 「还有楼道灯也不亮」 is another."""
    if match.intent != first.intent:
        return True
    named = len(match.slots.get("object", "")) > 1 and match.slots.get("category") != first.slots.get("category")
    return named and match.text != first.text


def beside(turn: Turn, flow: Flow, form: Dialogue, parse: Parse) -> tuple[Dialogue, str]:
    """A different thing said while a form is open waits, with its pictures; it does not overwrite what was said before.
    Its words besides, empty when there is none."""
    own = parse.match(*flow.intents)
    others = _of_other_flows(turn, flow, form, parse) if own is None else (own,) if _is_different(form, own) else ()
    needs = [replace(match, text=match.text or parse.text) for match in others]
    later = tuple(noted(parse, need, pictures.came_along(turn)) for need in needs)
    return replace(form, waiting=(*form.waiting, *later)), needs[0].text if needs else ""


def _is_different(form: Dialogue, match: Match) -> bool:
    """Whether a need of the open form's own flow is about another kind of thing."""
    known, category = form.slots.get("category"), match.slots.get("category")
    return known is not None and not match.ask and category not in (None, "other", known)


def _of_other_flows(turn: Turn, flow: Flow, form: Dialogue, parse: Parse) -> tuple[Match, ...]:
    """The sure needs that open another form; none where any words are an answer."""
    asked = next((slot.kind for slot in flow.slots if slot.name == form.asking), None)
    if flow.life == "case" or asked in ("what", "text"):
        return ()
    opening = {other.intents[0] for other in turn.house.flows.values() if other.name != flow.name}
    return tuple(match for match in parse.intents if match.intent in opening and _is_foreign(form, match))


def _is_foreign(form: Dialogue, match: Match) -> bool:
    """Whether a need names something of its own, not what the open form is about in other words."""
    kind = next(
        (match.slots[name] for name in ("category", "service", "topic", "party") if name in match.slots), "other"
    )
    named, known = match.slots.get("object", ""), form.slots.get("object", "")
    same = bool(named and known) and (named in known or known in named)
    return not match.ask and not same and kind not in ("other", form.slots.get("category"))
