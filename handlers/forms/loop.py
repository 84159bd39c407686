"""The form loop: which step follows from what was just understood. Pure.

                      ┌────────────── a slot is missing ─────────────┐
    opened ─► fill ───┤                                              ▼
      ▲               └─ nothing missing ─► Confirm ─ 对 ─► Complete  Ask ─ not understood ─► Ask (shorter)
      │                                       │  ▲                   │                          │ twice
      │                                    不对│  │ the new value     └─ 算了 ─► Cancel           ▼
      └──────────── any slot, at any time ◄─ Which                                          Handover

Every utterance fills what it names, whatever was asked; a slot that holds a value is never asked again,
and a correction replaces one value and leaves the rest. A digression is answered outside and the same
question comes back in shorter words; it counts no miss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from handlers.forms.kinds import READERS
from models.dialogues import Dialogue, Flow, Slot
from models.meaning import Parse, PlaceExpression
from models.places import decode_place, encode_place
from models.times import encode_time
from nlu.meaning import corrections

MISSES = 2
"""The second miss of one question hands over to a person."""
GIVEN_UP = ("booking.cancel", "ticket.cancel")
"""取消 and 不修了 mean the form that is open, when they say of nothing else."""
BRIEF = 3
"""Characters of such a line: 师傅说不修了 tells a story."""


@dataclass(frozen=True)
class Ask:
    """Ask for a slot; ``again`` in shorter words."""

    dialogue: Dialogue
    slot: Slot
    again: bool = False


@dataclass(frozen=True)
class Confirm:
    """Read everything back."""

    dialogue: Dialogue
    again: bool = False


@dataclass(frozen=True)
class Which:
    """Ask which part is wrong."""

    dialogue: Dialogue


@dataclass(frozen=True)
class Complete:
    """Everything is known and agreed."""

    dialogue: Dialogue


@dataclass(frozen=True)
class Cancel:
    """The person does not want it any more."""

    dialogue: Dialogue


@dataclass(frozen=True)
class Handover:
    """A person has to help; nothing said so far is lost."""

    dialogue: Dialogue


Step: TypeAlias = Ask | Confirm | Which | Complete | Cancel | Handover
Known: TypeAlias = Callable[[Dialogue], Mapping[str, str]]
"""What need not be asked, e.g. the home of the speaker."""
Merge: TypeAlias = Callable[[PlaceExpression, PlaceExpression], PlaceExpression]


def _nothing_known(dialogue: Dialogue) -> Mapping[str, str]:
    return {}


def advance(
    flow: Flow, dialogue: Dialogue, parse: Parse, known: Known = _nothing_known, merge: Merge | None = None
) -> Step:
    """The next step of a form after an utterance."""
    if parse.best == "dialog.stop" or given_up(flow, parse):
        return Cancel(dialogue)
    if parse.best == "dialog.human":
        return Handover(dialogue)
    if dialogue.asking == "confirm" and parse.best == "dialog.confirm":
        return Complete(dialogue)
    if dialogue.asking == "which" and parse.best == "dialog.confirm":
        return proceed(flow, dialogue, known)
    wrong = _wrong_part(flow, dialogue, parse)
    if wrong is not None:
        return Ask(_asked(choose(dialogue, wrong), wrong), flow.slot(wrong))
    filled = fill(flow, dialogue, parse, merge)
    if dialogue.asking == "confirm" and filled.slots == dialogue.slots:
        return _unconfirmed(dialogue, parse)
    if dialogue.asking is not None and filled.slots == dialogue.slots:
        return _missed(flow, dialogue)
    return proceed(flow, replace(filled, misses=0), known)


def _wrong_part(flow: Flow, dialogue: Dialogue, parse: Parse) -> str | None:
    """The slot that was said to be wrong, without a new value: 地方不对."""
    match = parse.match("dialog.correct", "dialog.choice")
    part = match.slots.get(corrections.WRONG if match.intent == "dialog.correct" else "choice") if match else None
    if match is None or (match.intent == "dialog.choice" and dialogue.asking != "which"):
        return None
    return next((slot.name for slot in flow.slots if slot.name == part and slot.name in dialogue.slots), None)


def given_up(flow: Flow, parse: Parse) -> bool:
    """Whether a form that is not itself about cancelling is called off."""
    match = parse.match(*GIVEN_UP)
    if match is None or match.intent != parse.best or match.intent in flow.intents:
        return False
    return not match.ask and not match.slots and len(parse.clean.rstrip("。.!,")) <= BRIEF


def _unconfirmed(dialogue: Dialogue, parse: Parse) -> Step:
    """A read-back was answered by neither yes nor a new value."""
    if parse.match("dialog.correct") and (parse.times or parse.places):
        return Confirm(_asked(dialogue, "confirm"))
    if parse.match("dialog.deny", "dialog.correct"):
        return Which(_asked(dialogue, "which"))
    if dialogue.misses + 1 >= MISSES:
        return Handover(dialogue)
    return Confirm(_asked(replace(dialogue, misses=dialogue.misses + 1), "confirm"), again=True)


def _missed(flow: Flow, dialogue: Dialogue) -> Step:
    """The open question was not answered."""
    if dialogue.misses + 1 >= MISSES:
        return Handover(dialogue)
    missed = replace(dialogue, misses=dialogue.misses + 1)
    if dialogue.asking == "which":
        return Which(_asked(missed, "which"))
    return Ask(_asked(missed, dialogue.asking), flow.slot(str(dialogue.asking)), again=True)


def proceed(flow: Flow, dialogue: Dialogue, known: Known = _nothing_known) -> Step:
    """Ask for the first slot that is missing, else read back."""
    assumed = {name: value for name, value in known(dialogue).items() if name not in dialogue.slots}
    dialogue = replace(dialogue, slots={**dialogue.slots, **assumed})
    for slot in flow.slots:
        if needed(slot, dialogue):
            return Ask(_asked(dialogue, slot.name), slot)
    return Confirm(_asked(dialogue, "confirm"))


def repeat(flow: Flow, dialogue: Dialogue) -> Step:
    """The open question once more, in shorter words."""
    if dialogue.asking in (None, "confirm"):
        return Confirm(_asked(dialogue, "confirm"), again=True)
    if dialogue.asking == "which":
        return Which(_asked(dialogue, "which"))
    return Ask(_asked(dialogue, dialogue.asking), flow.slot(str(dialogue.asking)), again=True)


def needed(slot: Slot, dialogue: Dialogue) -> bool:
    """Whether the form cannot go on without this slot."""
    if slot.name in dialogue.slots:
        return False
    if not slot.required and dialogue.notes.unclear != slot.name:
        return False
    return not any(dialogue.known.get(other) in values for other, values in slot.unless.items())


def choose(dialogue: Dialogue, slot: str) -> Dialogue:
    """The person said which part is wrong: forget it, so that it is asked."""
    return replace(dialogue.without(slot, *_HANGING.get(slot, ())), asking=None, misses=0)


_HANGING: Mapping[str, tuple[str, ...]] = {"category": ("object",), "time": ("at", "offered", "full")}
"""Slot → what hangs on it and is forgotten with it."""


def _asked(dialogue: Dialogue, asking: str | None) -> Dialogue:
    return replace(dialogue, asking=asking, turn=dialogue.turn + 1)


def fill(flow: Flow, dialogue: Dialogue, parse: Parse, merge: Merge | None = None) -> Dialogue:
    """The form with every slot that the utterance names."""
    match = parse.match(*flow.intents, "dialog.correct", "dialog.choice", "dialog.confirm", "dialog.deny")
    slots, when = dict(dialogue.slots), dialogue.notes.when
    for slot in flow.slots:
        value = READERS[slot.kind](slot, dialogue, parse, match)
        if value is not None:
            slots[slot.name] = _merged(slots.get(slot.name), value, slot, merge)
            when = encode_time(parse.times[0]) if slot.kind in ("time", "since") and parse.times else when
    named = match.slots.get("object") if match else None
    if match and named and ("object" not in slots or match.intent == "dialog.correct"):
        slots["object"] = named
    return replace(dialogue, slots=slots).noted(when=when)


def _merged(before: str | None, value: str, slot: Slot, merge: Merge | None) -> str:
    if before is None or slot.kind != "place" or merge is None:
        return value
    return encode_place(merge(decode_place(before), decode_place(value)))
