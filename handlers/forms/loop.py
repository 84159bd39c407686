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

from models.dialogues import Dialogue, Flow, Slot
from models.meaning import Match, Parse, PlaceExpression
from models.places import decode_place, encode_place
from models.times import encode_time
from nlu.meaning import corrections
from nlu.places import matter

UNCLEAR = "unclear"
"""Names a slot that was said but cannot be: it is asked even where the flow would go on without it."""
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
    if not slot.required and dialogue.slots.get(UNCLEAR) != slot.name:
        return False
    return not any(dialogue.slots.get(other) in values for other, values in slot.unless.items())


def choose(dialogue: Dialogue, slot: str) -> Dialogue:
    """The person said which part is wrong: forget it, so that it is asked."""
    forgotten = (slot, "object") if slot == "category" else (slot,)
    kept = {name: value for name, value in dialogue.slots.items() if name not in forgotten}
    return replace(dialogue, slots=kept, asking=None, misses=0)


def _asked(dialogue: Dialogue, asking: str | None) -> Dialogue:
    return replace(dialogue, asking=asking, turn=dialogue.turn + 1)


def fill(flow: Flow, dialogue: Dialogue, parse: Parse, merge: Merge | None = None) -> Dialogue:
    """The form with every slot that the utterance names."""
    match = parse.match(*flow.intents, "dialog.correct", "dialog.choice", "dialog.confirm", "dialog.deny")
    slots = dict(dialogue.slots)
    for slot in flow.slots:
        value = _READERS[slot.kind](slot, dialogue, parse, match)
        if value is not None:
            slots[slot.name] = _merged(slots.get(slot.name), value, slot, merge)
            slots |= _when(slot, parse)
    named = match.slots.get("object") if match else None
    if match and named and ("object" not in slots or match.intent == "dialog.correct"):
        slots["object"] = named
    return replace(dialogue, slots=slots)


def _when(slot: Slot, parse: Parse) -> Mapping[str, str]:
    """Beside the words of a time, the time itself."""
    return {"when": encode_time(parse.times[0])} if slot.kind in ("time", "since") and parse.times else {}


def _merged(before: str | None, value: str, slot: Slot, merge: Merge | None) -> str:
    if before is None or slot.kind != "place" or merge is None:
        return value
    return encode_place(merge(decode_place(before), decode_place(value)))


def _what(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    """The category; any words at all when that is what was asked."""
    if match and "category" in match.slots and (slot.name not in dialogue.slots or match.intent == "dialog.correct"):
        return match.slots["category"]
    return "other" if dialogue.asking == slot.name and _says_what(parse) else None


def _says_what(parse: Parse) -> bool:
    """Words of another need count as the thing asked for; a bare place, yes or no do not."""
    if len(parse.clean) < 2 or any(place.text == parse.clean for place in parse.places):
        return False
    return not parse.intents or str(parse.best).split(".")[0] in ("issue", "help")


def _place(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    """The place that was said, or that a correction names; several buildings are one place with all their numbers."""
    words = (parse.match("dialog.correct") or Match("", 0)).slots.get("place", parse.clean)
    several = matter.buildings(parse.places) if all(one.text in words for one in parse.places) else ()
    if len(several) > 1:
        return encode_place(replace(parse.places[0], building="、".join(several)))
    said = corrections.place(parse)
    return encode_place(said) if said else None


def _since(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    words = match.slots.get("time") if match else None
    if not parse.times or (match and match.intent == "dialog.correct" and "place" in match.slots):
        return None
    return words or parse.times[0].text


def _answer(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    """One of the slot's answers: chosen, or yes and no when just this was asked."""
    if match and match.slots.get(slot.name) in slot.answers:
        return match.slots[slot.name]
    if dialogue.asking != slot.name or match is None:
        return None
    if match.slots.get("choice") in slot.answers:
        return match.slots["choice"]
    word = {"dialog.confirm": "yes", "dialog.deny": "no"}.get(match.intent)
    return word if word in slot.answers else None


def _number(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    """A number in figures, said in any way (俩, 一百零二)."""
    if match and (match.slots.get(slot.name) or "").isdigit():
        return match.slots[slot.name]
    if dialogue.asking != slot.name:
        return None
    choice = match.slots.get("choice", "") if match else ""
    return choice if choice.isdigit() else None


def _text(slot: Slot, dialogue: Dialogue, parse: Parse, match: Match | None) -> str | None:
    named = match.slots.get(slot.name) if match else None
    return named or (parse.clean if dialogue.asking == slot.name and parse.clean else None)


_READERS: Mapping[str, Callable[[Slot, Dialogue, Parse, Match | None], str | None]] = {
    "what": _what,
    "place": _place,
    "since": _since,
    "time": _since,
    "choice": _answer,
    "yesno": _answer,
    "number": _number,
    "text": _text,
}
