"""What is asked about before a form goes on: places that do not exist, days said twice, numbers that sound alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.forms import alternatives, loop
from handlers.forms.alternatives import Alternative
from handlers.tickets import behalf
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.meaning import Parse, PlaceExpression, TimeExpression
from models.places import decode_place, encode_place, stair
from nlu import times
from nlu.grammar import table
from nlu.places import addresses, nicknames, reading
from nlu.times import readings
from nlu.words import heard
from nlu.words.heard import says
from storage import nicknames as stored


def known(turn: Turn, flow: Flow) -> Callable[[Dialogue], Mapping[str, str]]:
    """The speaker's home stands in for a place that was not said, where the flow's data says so."""

    def of(form: Dialogue) -> Mapping[str, str]:
        own, category = home(turn, form), form.slots.get("category", "")
        if own is None or form.notes.called:
            return {}
        if category in flow.home.get("whole", ()):
            return {"place": encode_place(own)}
        return {"place": encode_place(stair(own))} if category in flow.home.get("stair", ()) else {}

    return of


def home(turn: Turn, form: Dialogue) -> PlaceExpression | None:
    """Where the one it is for lives: the speaker, as long as nobody else is named."""
    return behalf.home(turn, form) if "for" in form.slots else turn.person.home


def within(said: PlaceExpression, home: PlaceExpression) -> PlaceExpression:
    """What was said beats what is known: the building is completed, the unit only of a spot on one's own stairs."""
    if said.unit or said.floor or said.room:
        return replace(said, building=home.building)
    if said.spot and not reading.is_inside(said.spot):
        return replace(home, text=said.text)
    return replace(said, building=home.building, unit=home.unit)


def called(turn: Turn, flow: Flow, form: Dialogue, parse: Parse) -> Dialogue:
    """The form with an unknown name of a place that was said; as it was when a place was said or none is wanted."""
    if parse.places or not any(slot.kind == "place" for slot in flow.slots) or not says("beside", parse.clean):
        return form
    name = nicknames.unknown(parse.clean, turn.house.lexicon(turn.person.home, turn.situation.nicknames))
    return form.noted(called=name) if name else form


def called_so(turn: Turn, form: Dialogue, place: PlaceExpression) -> str | None:
    """The neighbours' name by which a place was called, so that it is read back beside the known one."""
    learned = turn.situation.nicknames
    return form.notes.called or next((name for name in learned if name in place.text), None)


def of_this_building(form: Dialogue, parse: Parse) -> Parse:
    """整栋楼都停了 where a building was named before: all of that one, not of the speaker's own."""
    known = decode_place(form.slots["place"]) if "place" in form.slots else None
    if known is None or not known.building:
        return parse
    whole = frozenset(table("places")["home"]["whole_building"])
    places = tuple(
        replace(known, text=one.text, span=one.span, unit=None, floor=None, room=None, spot=None)
        if one.text in whole
        else one
        for one in parse.places
    )
    return replace(parse, places=places)


def learn(turn: Turn, form: Dialogue) -> None:
    """An unknown name was explained and confirmed: from now on everybody's bot knows it."""
    if "place" not in form.slots:
        return
    place, name = decode_place(form.slots["place"]), form.notes.called
    stored.used(turn.tx, place.text, turn.now)
    words = nicknames.meant(place, turn.house.lexicon()) if name else None
    if name and words:
        stored.learn(turn.tx, name, words, turn.person.id, turn.now)
        turn.lead("form.learned", name=name, place=words)


# ---------------------------------------------------------------- doubts


def doubt(turn: Turn, flow: Flow, step: loop.Step, parse: Parse) -> loop.Step | None:
    """The question about a time that cannot be, or about two readings; None when all is clear."""
    if not isinstance(step, loop.Ask | loop.Confirm):
        return None
    form = step.dialogue
    if form.notes.either:
        if alternatives.pending(form):
            return step
        form = alternatives.without(form)
    both = _two_places(turn, form, parse) or _mistyped(turn, form, parse) or _numbered(turn, flow, form, parse)
    if both:
        return _either(flow, form, "place", both)
    both = _two_days(turn, flow, form, parse) or (_two_times(turn, parse) if _wants_time(flow) else None)
    return _either(flow, form, "time", both) if both else None


def _wants_time(flow: Flow) -> bool:
    return any(slot.kind == "time" for slot in flow.slots)


def _either(flow: Flow, form: Dialogue, slot: str, both: tuple[Alternative, Alternative]) -> loop.Ask:
    return loop.Ask(alternatives.keep(form, slot, both), flow.slot(slot))


def _two_places(turn: Turn, form: Dialogue, parse: Parse) -> tuple[Alternative, Alternative] | None:
    """A building or floor that sounds like another one that exists, and was heard badly."""
    heard = getattr(turn.event, "heard", None)
    if heard is None or not parse.places or "place" not in form.slots:
        return None
    place = decode_place(form.slots["place"])
    other = reading.doubtful(place, heard)
    if other is None or reading.check(other, turn.house.lexicon(turn.person.home)) is not None:
        return None
    return alternatives.of_place(place), alternatives.of_place(other)


def _mistyped(turn: Turn, form: Dialogue, parse: Parse) -> tuple[Alternative, Alternative] | None:
    """12动 may be 12栋: asked beside the place that would stand without it, never taken for one's own house."""
    typed = "place" in form.slots and says("mistyped", parse.clean)
    number = addresses.mistyped(parse.clean) if typed else None
    if number is None or any(place.building for place in parse.places):
        return None
    said, own = decode_place(form.slots["place"]), home(turn, form)
    stands = said if said.building or own is None else within(said, own)
    spot = next((place.spot for place in parse.places if place.spot), None)
    meant = PlaceExpression(parse.clean, number, spot=spot)
    if stands.building in (None, number) or reading.check(meant, turn.house.lexicon(turn.person.home)) is not None:
        return None
    return alternatives.of_place(meant), alternatives.of_place(stands)


def _numbered(turn: Turn, flow: Flow, form: Dialogue, parse: Parse) -> tuple[Alternative, Alternative] | None:
    """5号漏水了 may be a house or a day; never both, and never one of them without asking."""
    named = "place" in form.slots and decode_place(form.slots["place"]).building
    if not parse.times or any(place.building for place in parse.places) or not _has(flow, "place", "time"):
        return None
    said = readings.numbered(parse.clean, parse.times)
    number = addresses.number(said[0]) if said else None
    if said is None or number is None or (named and form.turn > 1):
        return None
    house = PlaceExpression(f"{said[0]}号楼", number)
    if reading.check(house, turn.house.lexicon(turn.person.home)) is not None:
        return None
    return alternatives.of_place(house), replace(alternatives.of_time(turn, said[1], whole=False), slot="time")


def _has(flow: Flow, *names: str) -> bool:
    return set(names) <= {slot.name for slot in flow.slots}


def _two_days(turn: Turn, flow: Flow, form: Dialogue, parse: Parse) -> tuple[Alternative, Alternative] | None:
    """我妈七月十五生日, 夜来: by the moon or by the sun, last night or tonight."""
    if not says("either", parse.clean) or not _has(flow, "time"):
        return None
    pair = times.either(parse.clean, turn.now.astimezone(turn.house.zone))
    if pair is None:
        return None
    one, other = (alternatives.of_time(turn, time, whole=time.grain == "part") for time in pair)
    return (one, other) if pair[0].grain == "part" else (_by(turn, "moon", one), _by(turn, "sun", other))


def _by(turn: Turn, name: str, one: Alternative) -> Alternative:
    """A day with what it is counted by."""
    label = turn.text(f"moment.{name}", date=one.label)
    return replace(one, label=label, said=label, words=(*one.words, *heard.words(f"reckoned.{name}")))


def _two_times(turn: Turn, parse: Parse) -> tuple[Alternative, Alternative] | None:
    """A weekday and a date that do not agree, or an hour that sounds like another and was heard badly."""
    if not parse.times or parse.times[0].start is None:
        return None
    one, *more = parse.times
    twin = next((two for two in more if two.span == one.span and two.start and two.start != one.start), None)
    if twin is not None:
        return alternatives.of_time(turn, one, whole=False), alternatives.of_time(turn, twin, whole=False)
    return _sounding(turn, one)


def _sounding(turn: Turn, one: TimeExpression) -> tuple[Alternative, Alternative] | None:
    other = times.doubtful(one, getattr(turn.event, "heard", None), turn.now.astimezone(turn.house.zone))
    if other is None or other.start is None:
        return None
    return alternatives.of_time(turn, one, whole=True), alternatives.of_time(turn, other, whole=True)


def possible(turn: Turn, flow: Flow, step: loop.Step, parse: Parse) -> loop.Step:
    """二月三十号 is said not to exist, and the time asked for; whatever else was said of it stays."""
    if not isinstance(step, loop.Ask | loop.Confirm | loop.Which) or not _wants_time(flow):
        return step
    wrong = times.impossible(parse.clean, turn.now.astimezone(turn.house.zone))
    if not wrong:
        return step
    turn.lead("moment.impossible", time=wrong[0])
    forgotten = ("time", "at", "offered", "full", *(() if parse.times else ("when",)))
    form = replace(step.dialogue.without(*forgotten).noted(unclear="time"), misses=0)
    return loop.proceed(flow, form, known(turn, flow))
