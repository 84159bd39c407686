"""A line that meets an open form, and what the form asks; what a first line does not need."""

from __future__ import annotations

from dataclasses import replace

from handlers.forms import alternatives, checks, loop, speaking, waiting
from handlers.settings import House
from handlers.tickets import pictures
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.events import Picture
from models.meaning import Parse, Question

LABEL = 6
"""Characters up to which words under a picture only name it."""


def go_on(turn: Turn, form: Dialogue, parse: Parse | None = None) -> None:
    """An utterance (or a press put into a parse) meets the open form."""
    flow = turn.house.flows[form.flow]
    parse = checks.of_this_building(form, speaking.settled(parse or turn.parse))
    form, other = waiting.beside(turn, flow, form, parse)
    if other:
        turn.lead("form.noted", words=other[: speaking.MATTER])
        return speaking.perform(turn, flow, loop.repeat(flow, form))
    bare = isinstance(turn.event, Picture) and _says_nothing(flow, form, parse)
    form = replace(form, slots={**form.slots, **pictures.joined(form.slots, pictures.came_along(turn))})
    if bare:
        return speaking.perform(turn, flow, loop.repeat(flow, _worded(flow, form, parse)))
    chosen = alternatives.chosen(form, parse, turn.house.zone)
    form = speaking.spoken(turn, flow, _worded(flow, form, parse))
    if chosen is not None:
        return speaking.advance(turn, flow, alternatives.without(form), chosen)
    form = alternatives.without(form) if parse.times or parse.places else form
    form = checks.called(turn, flow, form, parse)
    return speaking.advance(turn, flow, form, speaking.timed(turn, form, parse))


def _says_nothing(flow: Flow, form: Dialogue, parse: Parse) -> bool:
    """「你看看」 under a picture: neither answer nor miss, but where any words are an answer."""
    if parse.intents or parse.places or parse.times:
        return False
    if flow.life == "case":
        return len(parse.clean) <= LABEL
    return form.asking not in {slot.name for slot in flow.slots if slot.kind in ("what", "text")}


def _worded(flow: Flow, form: Dialogue, parse: Parse) -> Dialogue:
    """The form with what was said: answers to a choice add nothing, what is not about it is kept for the desk alone."""
    chosen = parse.match("dialog.confirm", "dialog.deny", "dialog.choice")
    if chosen or not parse.clean:
        return form
    if flow.life == "case" or _is_about(flow, form, parse):
        return replace(form, words=f"{form.words} {parse.clean}".strip())
    return form.noted(aside=f"{form.notes.aside} {parse.clean}".strip())


def _is_about(flow: Flow, form: Dialogue, parse: Parse) -> bool:
    """Whether a line says something of the matter itself, and not only where it is, or something else altogether."""
    asked = next((slot.kind for slot in flow.slots if slot.name == form.asking), None)
    thing = form.slots.get("object", "")
    return (
        asked in ("what", "text", "person") or bool(parse.match(*flow.intents)) or bool(thing and thing in parse.clean)
    )


def asks(house: House, form: Dialogue) -> Question | None:
    """What the form asks, as understanding needs it."""
    flow = house.flows[form.flow]
    if form.asking == "confirm":
        return Question("confirm", "yesno", {"yes": ("对",), "no": ("不对",)})
    if form.asking == "which":
        named = {slot.name: (slot.label,) for slot in flow.slots if slot.name in form.slots}
        return Question("which", "choice", named)
    if form.asking is None:
        return None
    slot = flow.slot(form.asking)
    either = alternatives.answers(form) or speaking.behaviour(flow).choices(house, form)
    return Question(slot.name, "choice", either) if either else Question(slot.name, slot.kind, slot.answers)
