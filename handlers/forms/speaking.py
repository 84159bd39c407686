"""Filling a form in a conversation: loads it, lets the loop decide, says the step, keeps it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from handlers import rows
from handlers.forms import alternatives, checks, loop, plain, waiting
from handlers.forms.behaviour import Behaviour
from handlers.saying import times as saying_times
from handlers.tickets import behalf, desk, hands, pictures
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.meaning import Match, Parse
from models.outgoing import Button
from nlu.meaning import belonging, corrections
from nlu.places import reading
from nlu.words import things
from storage import dialogues

URGENCIES = ("P0", "P1", "P2", "P3")
MATTER = 20
"""Characters by which another matter is named."""


def behaviour(flow: Flow) -> Behaviour:
    """The behaviour of a flow: its own, or the plain one where its data say everything."""
    own: Behaviour = rows.installed().every("behaviours").get(flow.module, plain)
    return own


def flow_for(turn: Turn, intent: str) -> Flow | None:
    """The installed flow that an intent opens."""
    return next((flow for flow in turn.house.flows.values() if intent in flow.intents), None)


def begin(turn: Turn, flow: Flow, match: Match, needs: tuple[Match, ...] = (), kept: tuple[str, ...] = ()) -> None:
    """Open a form with what was just said; further needs of the same breath, or kept from before, wait their turn."""
    said, kind = settled(turn.parse), match.slots.get("category")
    if things.category(match.slots.get("object", "")) not in (None, kind):
        match = belonging.agreeing(match.text or turn.parse.clean, match)
    files, before = _shown(turn, flow)
    words = f"{before} {match.text or turn.parse.text}".strip()
    later = tuple(waiting.noted(said, need) for need in needs)
    form = Dialogue(turn.chat.id, turn.person.id, flow.name, words=words, waiting=(*later, *kept))
    form = form.filled(**files).noted(urgency=match.urgency or turn.parse.urgency or "P2")
    opened = behaviour(flow).opened(turn, flow, match, spoken(turn, flow, form))
    if opened is not None:
        parse = said.only(match)
        form = checks.called(turn, flow, opened, parse)
        advance(turn, flow, form, timed(turn, form, parse))


def settled(parse: Parse) -> Parse:
    """The line with the times and places that are said of its matter."""
    return corrections.settled(parse) if parse.times or parse.places or parse.intents[1:] else parse


def _shown(turn: Turn, flow: Flow) -> tuple[dict[str, str], str]:
    """The pictures that came before or with the words, and what was said under them; none of a quarrel."""
    if not turn.pictures and turn.situation.question("picture") is None:
        return {}, ""
    if flow.life == "case":
        pictures.refuse(turn)
        return {}, ""
    found = pictures.waiting(turn)
    return pictures.joined({}, found.files), found.words


def timed(turn: Turn, form: Dialogue, parse: Parse) -> Parse:
    """The utterance with its times put together with the one the form holds."""
    match = parse.match("dialog.correct")
    said = parse.times or turn.parse.times or (match and corrections.SHIFT in match.slots)
    return saying_times.settled(turn, form.known, parse) if said else parse


def advance(turn: Turn, flow: Flow, form: Dialogue, parse: Parse) -> None:
    """Let the loop decide, put right what cannot be, and say it."""
    step = behaviour(flow).answered(turn, flow, form, parse) or loop.advance(
        flow, form, parse, checks.known(turn, flow), reading.merge
    )
    perform(turn, flow, _checked(turn, flow, step, parse))


def _checked(turn: Turn, flow: Flow, step: loop.Step, parse: Parse) -> loop.Step:
    """What is doubtful or cannot be is asked about at once."""
    step = checks.possible(turn, flow, step, parse)
    doubt = checks.doubt(turn, flow, step, parse)
    if doubt is not None:
        return doubt
    return behaviour(flow).checked(turn, flow, step, parse)


# ---------------------------------------------------------------- saying the step


def perform(turn: Turn, flow: Flow, step: loop.Step) -> None:
    """Say a step of the loop and keep the form, or end it."""
    _STEPS[type(step)](turn, flow, step)


def _keep(turn: Turn, form: Dialogue) -> None:
    if turn.situation.question("erase"):
        dialogues.forget_kind(turn.tx, form.chat, form.person, "erase")  # no 对 meant for the form erases everything
    dialogues.save(turn.tx, form, turn.now)
    look_again(turn, form, turn.house.timing.nudge, "nudge")


def look_again(turn: Turn, form: Dialogue, minutes: int, step: str) -> None:
    """After so many minutes in which nobody touched it."""
    asks = (form.person,) if step == "nudge" else ()
    turn.later(f"form:{form.chat}", minutes, "form.quiet", chat=form.chat, person=form.person, step=step, asks=asks)


def close(turn: Turn, form: Dialogue) -> None:
    """The form is over."""
    dialogues.close(turn.tx, form.chat, form.person)
    turn.drop(f"form:{form.chat}")
    if not form.waiting:
        behalf.over(turn)


def _ask(turn: Turn, flow: Flow, step: loop.Ask) -> None:
    _keep(turn, step.dialogue)
    if both := alternatives.pending(step.dialogue):
        return _either(turn, step.dialogue, both)
    if _is_place(step) and step.dialogue.notes.called:
        return turn.answer("form.called", name=step.dialogue.notes.called)
    asked = "room" if step.again and _is_place(step) and step.dialogue.notes.room_asked else step.slot.name
    key = f"{flow.name}.{'again' if step.again else 'ask'}.{asked}"
    buttons = [Button(words[0], f"answer:{key_}:{step.dialogue.turn}") for key_, words in step.slot.answers.items()]
    if _is_place(step) and behalf.home(turn, step.dialogue) is not None:
        buttons.append(turn.button("home", "answer", "home", step.dialogue.turn))
    return turn.answer(key, *buttons)


def _is_place(step: loop.Ask) -> bool:
    """Whether a whole place is asked for, not only its door."""
    return step.slot.kind == "place" and step.slot.name == step.dialogue.asking


def _either(turn: Turn, form: Dialogue, both: tuple[alternatives.Alternative, ...]) -> None:
    """One short sentence with the two readings, and a button for each."""
    buttons = [Button(one.label, f"answer:{number}:{form.turn}") for number, one in enumerate(both, 1)]
    turn.answer("moment.either", *buttons, one=both[0].said, other=both[1].said)


def _confirm(turn: Turn, flow: Flow, step: loop.Confirm) -> None:
    form = step.dialogue
    _keep(turn, form)
    yes, no = turn.button("yes", "answer", "yes", form.turn), turn.button("no", "answer", "no", form.turn)
    key = "confirm_again" if step.again else "confirm"
    key = f"{flow.name}.{key}" if f"{flow.name}.{key}" in turn.house.texts else f"form.{key}"
    turn.answer(key, yes, no, what=behaviour(flow).described(turn, form), heard=_heard(turn))


def _heard(turn: Turn) -> str:
    """Voice is read back as part of the one question."""
    return turn.text("form.heard" if getattr(turn.event, "heard", None) else "form.read")


def spoken(turn: Turn, flow: Flow, form: Dialogue) -> Dialogue:
    """A place that was heard is read back by counting; one that was typed plainly. For whom it is, and how many it takes."""
    heard = "yes" if getattr(turn.event, "heard", None) and turn.parse.places else form.notes.spoken
    form = form.noted(spoken=heard)
    if turn.situation.standing.speaks_for or any("for" in match.slots for match in turn.parse.intents):
        form = behalf.marked(turn, form)
    return form.filled(**hands.counted(turn, flow)) if flow.hands > 1 else form


def _which(turn: Turn, flow: Flow, step: loop.Which) -> None:
    form = step.dialogue
    _keep(turn, form)
    named = [slot for slot in flow.slots if slot.name in form.slots]
    buttons = [Button(slot.label, f"wrong:{slot.name}:{form.turn}") for slot in named]
    turn.answer("form.which", *buttons, turn.button("stop", "answer", "stop", form.turn), wide=3)


def _complete(turn: Turn, flow: Flow, step: loop.Complete) -> None:
    close(turn, step.dialogue)
    checks.learn(turn, step.dialogue)
    if again := behaviour(flow).complete(turn, flow, step.dialogue):
        return perform(turn, flow, again)
    _next_need(turn, step.dialogue)


def _next_need(turn: Turn, form: Dialogue) -> None:
    """What was said in the same breath comes now."""
    if not form.waiting:
        return
    turn.parse = waiting.waited(turn, form.waiting[0])
    match = turn.parse.intents[0]
    flow = flow_for(turn, match.intent)
    if flow is None:
        desk.unhandled(turn)
    else:
        turn.lead("form.next", words=match.text[:MATTER])
        turn.pictures += filter(None, json.loads(form.waiting[0]).get("pictures", "").split("|"))
        begin(turn, flow, match, kept=form.waiting[1:])


def _cancel(turn: Turn, flow: Flow, step: loop.Cancel) -> None:
    close(turn, step.dialogue)
    turn.answer("form.cancelled")
    _next_need(turn, step.dialogue)


def _handover(turn: Turn, flow: Flow, step: loop.Handover) -> None:
    close(turn, step.dialogue)
    reason = "human" if turn.heard("dialog.human") else "misses"
    to_desk(turn, flow, step.dialogue, reason)


def to_desk(turn: Turn, flow: Flow, form: Dialogue, reason: str) -> None:
    """A person goes on where the form ended, with all that was said; of a quarrel nobody at the desk hears a word."""
    said = ("—",) if flow.life == "case" else (f"{form.words} {form.notes.aside}".strip(),)
    words = " / ".join((*said, *(json.loads(need)["text"] for need in form.waiting)))
    desk.open_ticket(turn, reason, words=words, slots={} if flow.life == "case" else form.known)


_STEPS: Mapping[type, Callable[..., None]] = {
    loop.Ask: _ask,
    loop.Confirm: _confirm,
    loop.Which: _which,
    loop.Complete: _complete,
    loop.Cancel: _cancel,
    loop.Handover: _handover,
}


def request(turn: Turn, wanted: tuple[Match, ...]) -> None:
    """A need: opens a form, or lies on the desk when no form is installed for it."""
    flow = flow_for(turn, wanted[0].intent)
    if flow is None:
        desk.unhandled(turn)
    else:
        begin(turn, flow, wanted[0], waiting.others(wanted) if len(wanted) > 1 else ())
