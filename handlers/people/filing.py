"""Saying that it is for somebody else: 「替我老伴」, 「替三号楼的张大爷报一下」, /for, and 「还是我自己」."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from handlers.forms import loop, speaking
from handlers.rows import Meant
from handlers.tickets import behalf
from handlers.turn import NOTHING, Turn
from models.dialogues import Dialogue
from models.meaning import Parse, PlaceExpression
from nlu.meaning import about
from storage import dialogues, others

CALLED = re.compile(r"[一-鿿]{2,6}")
"""What a name after /for looks like."""


def heard(turn: Turn) -> Meant | None:
    """Whom this telephone speaks for; what else was said is still to be understood."""
    form = turn.situation.form
    if about.is_own(turn.parse.clean) and (form is None or "for" in form.slots):
        spoken = form is not None or others.spoken_for(turn.tx, turn.person.id) is not None
        return Meant(partial(_own, turn, form), goes_on=not spoken)
    found = about.behalf(turn.parse.clean)
    return Meant(partial(_speak_for, turn, form, found), goes_on=bool(found.rest)) if found is not None else None


def _speak_for(turn: Turn, form: Dialogue | None, found: about.Behalf) -> None:
    place = turn.parse.places[0] if found.neighbour and turn.parse.places else None
    others.remember(turn.tx, turn.person.id, found.called, place if place and place.building else None, turn.now)
    others.speak_for(turn.tx, turn.person.id, found.called, turn.now)
    turn.anew()
    if found.rest:
        turn.parse = _again(turn.parse.rest, place)
    elif form is not None:
        _repeat(turn, behalf.marked(turn, form))
    else:
        turn.answer("behalf.filed" if found.neighbour else "behalf.opened", who=found.called)


def _own(turn: Turn, form: Dialogue | None) -> None:
    """Back to the owner of the telephone; a home that was not theirs is asked again."""
    spoken = others.spoken_for(turn.tx, turn.person.id)
    behalf.over(turn)
    if form is None:
        if spoken is not None:
            turn.answer("behalf.own")
        return
    turn.lead("behalf.again")
    theirs = behalf.home(turn, form) != turn.person.home
    _repeat(turn, form.without("for", "filer", *(("place",) if theirs else ())))


def _repeat(turn: Turn, form: Dialogue) -> None:
    """The form goes on with its next question, for somebody else now."""
    flow = turn.house.flows[form.flow]
    step = loop.repeat(flow, form) if flow.module or "place" in form.slots else loop.proceed(flow, form)
    speaking.perform(turn, flow, step)


def _again(meant: Parse | None, place: PlaceExpression | None) -> Parse:
    """What the need means without the words that say whom it is for; the neighbour's place belongs to it."""
    if meant is None:
        return NOTHING
    if place is None or meant.places:
        return meant
    named = tuple(replace(match, slots={"place": place.text, **match.slots}) for match in meant.intents)
    return replace(meant, intents=named, places=(place,))


def file(turn: Turn, words: str) -> None:
    """/for 张大爷 3号楼201 灯坏了: filed by the speaker, for a neighbour without a telephone."""
    who, _, rest = words.partition(" ")
    if not CALLED.fullmatch(who):
        return turn.answer("behalf.unnamed" if words else "behalf.how")
    if dialogues.get(turn.tx, turn.chat.id, turn.person.id) is not None:
        form = dialogues.get(turn.tx, turn.chat.id, turn.person.id)
        what = turn.house.flows[form.flow].label if form else ""
        return turn.answer("form.one_at_a_time", what=what)
    place = next((place for place in turn.parse.places if place.building), None)
    others.remember(turn.tx, turn.person.id, who, place, turn.now)
    others.speak_for(turn.tx, turn.person.id, who, turn.now)
    turn.anew()
    return _begin(turn, who, _again(turn.parse.rest if rest else None, place))


def _begin(turn: Turn, who: str, meant: Parse) -> None:
    """The form of the first need that was named; without one it is asked for."""
    turn.parse = meant
    opens = turn.house.domains_of("task", "appointment")
    wanted = [match for match in meant.intents if match.intent.split(".")[0] in opens]
    flow = speaking.flow_for(turn, wanted[0].intent) if wanted else None
    if flow is None:
        return turn.answer("behalf.filed", who=who)
    return speaking.begin(turn, flow, wanted[0], tuple(wanted[1:]))
