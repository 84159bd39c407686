"""Every way into a form but its first words: the doors of the menu, 找人, buttons, and the clock."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from handlers.forms import going_on, loop, speaking
from handlers.rows import Matter, Meant
from handlers.tickets import desk
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.meaning import Match, Parse
from storage import dialogues

_PRESSED = {"yes": "dialog.confirm", "no": "dialog.deny", "stop": "dialog.stop"}


def human(turn: Turn) -> Meant | None:
    """找人: with the form where one is open, which goes along."""
    if not turn.heard("dialog.human"):
        return None
    form = turn.situation.form
    return Meant(partial(going_on.go_on, turn, form) if form is not None else partial(desk.human, turn))


def door(turn: Turn) -> Meant | None:
    """The name of a door on the menu, pressed, typed or spoken."""
    flow = next((flow for flow in turn.house.flows.values() if flow.label == turn.parse.clean), None)
    return Meant(partial(open_door, turn, flow)) if flow is not None else None


def press_door(turn: Turn, target: str, number: str) -> None:
    """A door of the menu: the form begins with its first question."""
    flow = turn.house.flows.get(target)
    if flow is None or turn.chat.kind != "private":
        return turn.answer("press.stale")
    return open_door(turn, flow)


def open_door(turn: Turn, flow: Flow) -> None:
    """Begin a form with its first question, unless one is open."""
    if dialogues.get(turn.tx, turn.chat.id, turn.person.id) is not None:
        return _first_this(turn)
    match = Match(flow.intents[0], 1.0)
    turn.parse = Parse("", "", (match,))
    return speaking.begin(turn, flow, match)


def _first_this(turn: Turn) -> None:
    """Another door while a form is open: the form's matter is named, and its question comes back."""
    form = turn.situation.form
    assert form is not None
    flow = turn.house.flows[form.flow]
    turn.lead("form.one_at_a_time", what=form.slots.get("object") or flow.label)
    return speaking.perform(turn, flow, loop.repeat(flow, form))


# ---------------------------------------------------------------- presses


def _pressed(turn: Turn, number: str) -> Dialogue | None:
    """The open form, if it is just this question of it that was answered."""
    form = turn.situation.form
    if form is not None and str(form.turn) == number:
        return form
    turn.answer("press.stale")
    return None


def press_answer(turn: Turn, target: str, number: str) -> None:
    """A button under a question of a form: the same as the word."""
    form = _pressed(turn, number)
    if form is None:
        return None
    places_named = (turn.person.home,) if target == "home" and turn.person.home else ()
    intent = _PRESSED.get(target, "dialog.choice")
    parse = Parse("", "", (Match(intent, 1.0, {"choice": target}),), places=places_named)
    return going_on.go_on(turn, form, parse)


def press_wrong(turn: Turn, target: str, number: str) -> None:
    """The part that is wrong was pressed: ask for it."""
    form = _pressed(turn, number)
    if form is None:
        return None
    flow = turn.house.flows[form.flow]
    if target not in {slot.name for slot in flow.slots}:
        return turn.answer("press.stale")
    form = replace(loop.choose(form, target), asking=target, turn=form.turn + 1)
    return speaking.perform(turn, flow, loop.Ask(form, flow.slot(target)))


# ---------------------------------------------------------------- silence


def _nudged(turn: Turn, flow: Flow, form: Dialogue) -> str:
    """The matter that is half said; of a quarrel not a word."""
    if flow.life == "case" or not form.words:
        return turn.text("form.matter")
    return turn.text("form.quoted_short", words=form.words[: speaking.MATTER])


def matter(turn: Turn) -> list[Matter]:
    """What is half said: it is not reported yet, and says so."""
    form = turn.situation.form
    if form is None:
        return []
    words = "" if turn.house.flows[form.flow].life == "case" else form.words[: speaking.MATTER]
    return [Matter(turn.text("matter.form", words=words or turn.house.flows[form.flow].label))]


def stopped(turn: Turn, state: str) -> None:
    """What somebody had begun to say and nobody will finish."""
    form = dialogues.get(turn.tx, turn.chat.id, turn.person.id)
    if form is not None:
        dialogues.close(turn.tx, form.chat, form.person)
        turn.drop(f"form:{form.chat}")


def quiet(turn: Turn) -> None:
    """Nobody touched the form: say so once, hand it to the desk at last."""
    form = dialogues.get(turn.tx, turn.chat.id, turn.person.id)
    if form is None:
        return
    flow, timing = turn.house.flows[form.flow], turn.house.timing
    if getattr(turn.event, "data", {}).get("step") == "nudge":
        turn.kind = "reminder"
        turn.lead("form.nudge", words=_nudged(turn, flow, form))
        speaking.perform(turn, flow, loop.repeat(flow, form))
        speaking.look_again(turn, form, timing.expire - timing.nudge, "expire")
    else:
        speaking.close(turn, form)
        speaking.to_desk(turn, flow, form, "silent")
