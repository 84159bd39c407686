"""The forms, one TOML file each, wherever a wing keeps some: ``handlers/<wing>/flows/<name>.toml``.

A flow is read into the frozen dataclasses of ``models/dialogues.py``, and everything in it is looked at then: what is wrong
is one line with file and key (:class:`models.faults.Fault`), at start and by ``linsheng check``, never a gap before a resident.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Any

from pydantic import TypeAdapter, ValidationError, with_config

from handlers import rows
from models import files as tables
from models.dialogues import Category, Flow, Slot
from models.faults import Fault
from models.people import ROLES
from models.tickets import LIVES
from nlu.meaning import wordings

Answers = Mapping[str, Mapping[str, tuple[str, ...]]]
OFFERS = frozenset({"services"})
"""What the configuration may offer as answers."""
HOME = ("whole", "stair", "door", "building", "area")
_PARTS = {"door": "room", "building": "building"}
"""What of a flow's home makes it ask for a part of a place."""
HANDS = 20
"""How many people one task takes at most."""
ALWAYS = frozenset({"for", "hands", "urgency"})
"""Named beside the slots of a flow: whom it is for, how many it takes, how urgent it is."""
for _strict in (Slot, Category, Flow):
    with_config({"extra": "forbid"})(_strict)


@cache
def _flow_type() -> TypeAdapter[Flow]:
    return TypeAdapter(Flow)


def load(answers: Answers = {}) -> dict[str, Flow]:  # noqa: B006
    """Every installed flow by its name, in the order of the menu; raises :class:`Fault`."""
    found = [_offered(flow, answers) for flow in _installed()]
    return {flow.name: flow for flow in sorted(found, key=lambda flow: (flow.order, flow.name))}


def _installed() -> Iterator[Flow]:
    for wing in sorted(files("handlers").iterdir(), key=lambda one: one.name):
        folder = wing.joinpath("flows")
        for entry in sorted(folder.iterdir(), key=lambda one: one.name) if folder.is_dir() else ():
            if entry.name.endswith(".toml"):
                yield _read(entry, f"handlers/{wing.name}/flows/{entry.name}")


def _file_of(flow: Flow) -> str:
    """Where a flow stands."""
    wings = (wing.name for wing in files("handlers").iterdir() if (wing / "flows" / f"{flow.name}.toml").is_file())
    return f"handlers/{next(wings, 'forms')}/flows/{flow.name}.toml"


def _read(entry: Traversable, name: str) -> Flow:
    table = tables.table(entry, name)
    flow = _typed(table, entry.name.removesuffix(".toml"), name)
    for key, expected in _faults(flow):
        raise Fault(name, key, expected)
    return flow


def _typed(table: dict[str, Any], name: str, file: str) -> Flow:
    """The table as a flow; a category written as its label alone is one."""
    named = table.get("categories")
    if isinstance(named, dict):
        named = {key: {"label": one} if isinstance(one, str) else one for key, one in named.items()}
        table = {**table, "categories": named}
    try:
        return _flow_type().validate_python({**table, "name": name})
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise Fault(file, _key(table, fault["loc"]), fault["msg"]) from None


def _key(table: Mapping[str, Any], loc: tuple[int | str, ...]) -> str:
    """Where it stands, slots by their name: ``slots.days.kind``."""
    if len(loc) > 1 and loc[0] == "slots" and isinstance(loc[1], int):
        slot = table["slots"][loc[1]]
        loc = ("slots", slot.get("name", loc[1]) if isinstance(slot, dict) else loc[1], *loc[2:])
    return ".".join(map(str, loc))


def _offered(flow: Flow, offered: Answers) -> Flow:
    slots = (replace(one, answers={**one.answers, **offered.get(one.answers_of, {})}) for one in flow.slots)
    return replace(flow, slots=tuple(slots))


# ---------------------------------------------------------------- what a flow by itself must fulfil


def _faults(flow: Flow) -> Iterator[tuple[str, str]]:
    """Key and expectation of everything that is wrong in a flow by itself."""
    names = [slot.name for slot in flow.slots]
    if flow.life not in LIVES:
        yield "life", f"{flow.life!r} is none of {', '.join(LIVES)}"
    if not names:
        yield "slots", "at least one"
    if not flow.intents:
        yield "intents", "at least one"
    if not 1 <= flow.hands <= HANDS:
        yield "hands", f"{flow.hands} is not between 1 and {HANDS}"
    yield from _strays("vetted", flow.vetted, ROLES)
    yield from _doubles("slots", names)
    yield from _doubles("slots", [slot.label for slot in flow.slots])
    for slot in flow.slots:
        yield from ((f"slots.{slot.name}.{key}", expected) for key, expected in _slot_faults(flow, slot, names))
    yield from _strays("kept", flow.kept, names)
    yield from _strays("described", flow.described, [*names, *ALWAYS])
    yield from _strays("home", flow.home, HOME)
    for part, keys in flow.home.items():
        yield from _strays(f"home.{part}", keys, [*flow.categories, "other"])
    yield from _strays("title", _fields(flow.title), ["place", "what", *names])
    for key, category in flow.categories.items():
        yield from _strays(f"categories.{key}.thing", _fields(category.thing), ["thing"])


def _slot_faults(flow: Flow, slot: Slot, names: list[str]) -> Iterator[tuple[str, str]]:
    if not slot.label:
        yield "label", "missing: what the button says when just this is wrong"
    if slot.name in ("what", "place") and slot.kind != slot.name:
        yield "name", f"{slot.name!r} has a meaning of its own in titles, and this slot is of kind {slot.kind!r}"
    if slot.kind == "what" and not flow.categories:
        yield "kind", "'what' is one of the flow's categories, and there are none; any words at all are 'text'"
    if slot.answers_of and slot.answers_of not in OFFERS:
        yield "answers_of", f"{slot.answers_of!r} is none of {', '.join(sorted(OFFERS))}"
    if slot.kind == "yesno" and not {"yes", "no"} >= set(slot.answers):
        yield "answers", "only yes and no"
    if slot.kind == "choice" and len(slot.answers) < 2 and not (slot.answers_of or flow.module):
        yield "answers", "at least two to choose from"
    for key, words in slot.answers.items():
        if not words:
            yield f"answers.{key}", "at least one word"
    yield from _strays("unless", slot.unless, [*names, *ALWAYS])
    yield from _strays("said", _fields(slot.said), ["value"])


def _fields(pattern: str) -> list[str]:
    try:
        return [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
    except ValueError as error:
        return [str(error)]


def _strays(key: str, given: Iterable[str], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    allowed = list(known)
    for name in given:
        if name not in allowed:
            yield key, f"{name!r} is none of {', '.join(allowed)}"


def _doubles(key: str, names: list[str]) -> Iterator[tuple[str, str]]:
    for name, count in Counter(names).items():
        if name and count > 1:
            yield key, f"{name!r} stands there twice"


# ---------------------------------------------------------------- what they must fulfil together


def check(flows: Mapping[str, Flow], texts: Mapping[str, str], queues: Iterable[str]) -> None:
    """Look at all flows beside texts, sentences, queues and each other; raises :class:`Fault`."""
    wordings.wordings()  # every sentence is looked at, also of a flow that phrases say
    queued = [*queues, "provider"]
    for flow in flows.values():
        for key, expected in (*_elsewhere(flow, flows.values()), *_strays("queue", [flow.queue], queued)):
            raise Fault(_file_of(flow), key, expected)
        for key in _texts_of(flow):
            if key not in texts:
                raise Fault(f"handlers/texts/zh/{flow.name}.toml", key, "missing: the flow asks this")


def _elsewhere(flow: Flow, flows: Iterable[Flow]) -> Iterator[tuple[str, str]]:
    behaviours = rows.installed().every("behaviours")
    if flow.module is not None and flow.module not in behaviours:
        yield "module", f"{flow.module!r} is none of {', '.join(behaviours)}"
    for other in flows:
        if other.name == flow.name:
            continue
        if flow.label == other.label:
            yield "label", f"{flow.label!r} is the door of {other.name} too"
        for intent in set(flow.intents) & set(other.intents):
            yield "intents", f"{intent!r} opens {other.name} too"
        for key in flow.categories.keys() & other.categories.keys():
            yield f"categories.{key}", f"stands in {other.name} too"
    for intent in flow.intents:
        if not wordings.is_spoken(intent):
            domain = intent.split(".")[0]
            yield "intents", f"no sentence says {intent!r}: nlu/sentences/zh/{domain}.tsv"


def _texts_of(flow: Flow) -> Iterator[str]:
    """The texts that asking for a flow's slots takes."""
    for slot in flow.slots:
        asked = [slot.name] + [name for part, name in _PARTS.items() if slot.kind == "place" and flow.home.get(part)]
        yield from (f"{flow.name}.{how}.{name}" for how in ("ask", "again") for name in asked)
