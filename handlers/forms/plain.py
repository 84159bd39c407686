"""The behaviour of a flow whose data say everything, and its read-back: part after part, as the data name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers.forms import checks, places
from handlers.forms.loop import Step
from handlers.saying import slots, titles
from handlers.settings import House
from handlers.tickets import behalf, opening
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow, Slot
from models.meaning import Match, Parse
from models.places import decode_place
from nlu.places import reading

QUOTED = 40
"""Characters of a person's words that are read back where no kind of thing was recognised."""


def opened(turn: Turn, flow: Flow, match: Match, form: Dialogue) -> Dialogue | None:
    """Every first line begins the form."""
    return form


def answered(turn: Turn, flow: Flow, form: Dialogue, parse: Parse) -> Step | None:
    """The loop reads every answer."""
    return None


def checked(turn: Turn, flow: Flow, step: Step, parse: Parse) -> Step:
    """A place has to exist."""
    return places.place(turn, flow, step)


def choices(house: House, form: Dialogue) -> Mapping[str, tuple[str, ...]]:
    """Only the answers of the slot."""
    return {}


def complete(turn: Turn, flow: Flow, form: Dialogue) -> Step | None:
    """A ticket, or one more person on the one that is known."""
    opening.open_from(turn, flow, form)
    return None


# ---------------------------------------------------------------- the read-back


def described(turn: Turn, form: Dialogue) -> str:
    """What will be done, in one line: the parts that are known, as the flow's data name them."""
    flow = turn.house.flows[form.flow]
    names = flow.described or ("for", *(slot.name for slot in flow.slots), "hands")
    return "，".join(filter(None, (_part(turn, flow, form, name) for name in names)))


def _part(turn: Turn, flow: Flow, form: Dialogue, name: str) -> str:
    slot = next((slot for slot in flow.slots if slot.name == name), None)
    if slot is None:
        return _beside(turn, form, name)
    if slot.kind == "what":
        return thing(turn, form)
    if name not in form.slots:
        return ""
    return _where(turn, form, slot) if slot.kind == "place" else slots.said(slot, form.slots[name])


def _beside(turn: Turn, form: Dialogue, name: str) -> str:
    """What is named beside the slots: for whom, and how many it takes."""
    if name == "for":
        return behalf.said(turn, form) if "for" in form.slots else ""
    return turn.text("hands.said", hands=form.slots["hands"]) if name == "hands" and "hands" in form.slots else ""


def _where(turn: Turn, form: Dialogue, slot: Slot) -> str:
    """The place: plainly when it was typed, counting the digits that sound alike when it was spoken."""
    place = decode_place(form.slots[slot.name])
    if place.building and place.spot and "category" in form.slots and place.spot in thing(turn, form):
        place = replace(place, spot=None)
    words = reading.read_back(place).replace(",", "，") if form.notes.spoken else titles.spelled(place)
    called = checks.called_so(turn, form, place)
    return turn.text("form.called_place", place=words, name=called) if called else words


def thing(turn: Turn, form: Dialogue) -> str:
    """What is wrong, in the words of the category and the thing that was named."""
    category, name = form.slots.get("category", "other"), form.slots.get("object", "")
    if category == "other":
        return turn.text("form.quoted", words=form.words[:QUOTED])
    return titles.broken(turn.house, category, name)
