"""Places in a form: what does not exist is asked about at once, a home without its door too."""

from __future__ import annotations

from dataclasses import replace

from handlers.forms import checks, loop
from handlers.saying import titles
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.meaning import PlaceExpression
from models.places import decode_place, encode_place
from nlu.places import existing, reading


def place(turn: Turn, flow: Flow, step: loop.Step) -> loop.Step:
    """A place that does not exist is asked about at once; a home without its door too, once."""
    form = step.dialogue
    if not isinstance(step, loop.Ask | loop.Confirm) or "place" not in form.slots:
        return _outage(flow, step)
    said = decode_place(form.slots["place"])
    problem = reading.check(said, turn.house.lexicon(turn.person.home))
    if problem is not None:
        turn.lead(
            "place.unknown", place=_missing(said, problem), part=turn.text(f"place.{problem.part}"), offer=problem.offer
        )
        return _ask_place(flow, form, _existing(said, problem))
    if not said.building and said.spot not in turn.house.community.spots:
        return _somewhere(turn, flow, form, said)
    if _wants_door(flow, form, said):
        return step if form.notes.room_asked else _ask_room(flow, form)
    return step


def _outage(flow: Flow, step: loop.Step) -> loop.Step:
    """Where the water is off a building is asked for, not a door."""
    asked = isinstance(step, loop.Ask) and step.slot.kind == "place" and step.slot.name == step.dialogue.asking
    if not isinstance(step, loop.Ask) or not asked:
        return step
    whole = step.dialogue.slots.get("category") in flow.home.get("building", ())
    return replace(step, slot=replace(step.slot, name="building")) if whole else step


def _missing(place: PlaceExpression, problem: reading.Problem) -> str:
    """The part of the place that does not exist, without what lies behind it."""
    parts = ("building", "unit", "floor", "room")
    last = parts.index(problem.part if getattr(place, problem.part) else "room")
    kept = {name: getattr(place, name) for name in parts[: last + 1]}
    return titles.spelled(PlaceExpression(place.text, **kept))


def _somewhere(turn: Turn, flow: Flow, form: Dialogue, said: PlaceExpression) -> loop.Step:
    """「楼道里」 names no building: the speaker's own where the flow's data says so, else it is asked."""
    around = existing.area(said.spot) if form.slots.get("category") in flow.home.get("area", ()) else None
    if around is not None:
        return _area(turn, flow, form, replace(said, spot=around[0]), around[1])
    own = checks.known(turn, flow)(form).get("place")
    if own is None or existing.area(said.spot):
        return _ask_place(flow, form, None if existing.area(said.spot) else said)
    slots = {**form.slots, "place": encode_place(checks.within(said, decode_place(own)))}
    return loop.proceed(flow, replace(form, slots=slots), checks.known(turn, flow))


def _area(turn: Turn, flow: Flow, form: Dialogue, said: PlaceExpression, near: bool) -> loop.Step:
    """The whole neighbourhood, or what lies around the speaker's building, which is asked for where it is not known."""
    home = checks.home(turn, form) if near else None
    if near and (home is None or home.building is None):
        return _outage(flow, _ask_place(flow, form, said))
    place = replace(said, building=home.building if home else None)
    slots = {**form.slots, "place": encode_place(place)}
    return loop.proceed(flow, replace(form, slots=slots), checks.known(turn, flow))


def _wants_door(flow: Flow, form: Dialogue, said: PlaceExpression) -> bool:
    """A leak has a door, an outage only a building; what is on the stairs or in several buildings has none."""
    shared = (said.spot is not None and not reading.is_neighbour(said.spot)) or "、" in (said.building or "")
    return bool(form.slots.get("category") in flow.home.get("door", ()) and said.building) and not (said.room or shared)


def _existing(said: PlaceExpression, problem: reading.Problem) -> PlaceExpression | None:
    """The place without the part that does not exist; None where no building that was named is left."""
    if problem.part == "building" or not said.building:
        return None
    if problem.part == "unit":
        return replace(said, unit=None)
    return replace(said, room=None) if problem.part == "room" else replace(said, floor=None, room=None)


def _ask_place(flow: Flow, form: Dialogue, kept: PlaceExpression | None) -> loop.Ask:
    """Ask for the place, with what is already known of it."""
    form = form.without("place").filled(**({"place": encode_place(kept)} if kept else {}))
    return loop.Ask(replace(form, asking="place"), flow.slot("place"))


def _ask_room(flow: Flow, form: Dialogue) -> loop.Ask:
    form = replace(form.noted(room_asked="yes"), asking="place")
    return loop.Ask(form, replace(flow.slot("place"), name="room"))
