"""Forms: a flow and its slots as data, and a form being filled by one person in one chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

SlotKind = Literal["what", "place", "time", "since", "choice", "yesno", "number", "person", "text"]
"""What a slot holds; ``handlers/forms/kinds.py`` reads each, ``handlers/saying/slots.py`` says it."""


@dataclass(frozen=True)
class Slot:
    """One thing a flow must know."""

    name: str
    kind: SlotKind
    required: bool = True
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Key of each answer → words for it; the first is the button's label."""
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Not asked when another slot holds one of these values."""
    label: str = ""
    """Its name under "which part is wrong?"."""
    said: str = "{value}"
    """How its value stands in the read-back: ``用{value}天``."""
    named: Mapping[str, str] = field(default_factory=dict)
    """Value → what is read back instead; nothing where that is empty."""
    measure: tuple[str, ...] = ()
    """Words behind a number that say it is this one: 天."""
    takes: tuple[str, ...] = ()
    """Domains of which any words answer "what is it?"."""
    raises: Mapping[str, str] = field(default_factory=dict)
    """Value → urgency that the ticket has then at least."""
    answers_of: str = ""
    """What the configuration offers as answers: ``services``."""


@dataclass(frozen=True)
class Category:
    """A kind of thing: what lists and cards call it, and with a thing that was named."""

    label: str
    thing: str = ""
    """``{thing}漏水``; without it the label stands."""
    itself: tuple[str, ...] = ()
    """Things whose name says what is wrong (积水): they stand alone."""


@dataclass(frozen=True)
class Flow:
    """A form to fill: what opens it, what it must know, what it becomes."""

    name: str
    life: str
    """``task``, ``appointment`` or ``case``: a table of ``models/tickets.py``."""
    intents: tuple[str, ...]
    slots: tuple[Slot, ...]
    label: str
    """The door's name on the menu."""
    queue: str = "volunteers"
    home: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Categories whose place is the speaker's home unless said otherwise: ``whole`` or ``stair``."""
    module: str | None = None
    """A behaviour of its own, as a wing declares it."""
    hands: int = 1
    """How many people it may take at most."""
    vetted: tuple[str, ...] = ()
    """Roles of which one is needed to be sent into a home; anybody who helps when empty."""
    order: int = 99
    """Its place on the menu."""
    kept: tuple[str, ...] = ()
    """Slots that the ticket keeps; thing and place have columns of their own."""
    described: tuple[str, ...] = ()
    """Slots of the read-back, in order; all of them when empty."""
    title: str = ""
    """What its ticket is called, of ``{place}``, ``{what}`` and kept slots; place and thing when empty."""
    categories: Mapping[str, Category] = field(default_factory=dict)
    aside: bool = False
    """Its words are no plain need from somebody in danger: 帮帮我."""
    personal: bool = False
    """What it becomes is for the one who asks alone: nobody needs it once they moved or died."""
    confidential: bool = False
    """What is said while it is filled is kept as no recording and spoken by no voice."""

    def slot(self, name: str) -> Slot:
        """The slot of that name; raises ``KeyError``."""
        return next(slot for slot in self.slots if slot.name == name)

    @property
    def domains(self) -> frozenset[str]:
        """The domains of the intents that open it."""
        return frozenset(intent.split(".")[0] for intent in self.intents)


@dataclass(frozen=True)
class Notes:
    """What the loop remembers beside what the person said; each is empty until something is noted."""

    urgency: str = ""
    when: str = ""
    """The time behind the words of the time slot, as JSON."""
    unclear: str = ""
    """A slot that was said but cannot be: it is asked even where the flow would go on without it."""
    either: str = ""
    """Two readings of which one is meant, as JSON."""
    called: str = ""
    """An unknown name of a place (大槐树) until it is explained."""
    spoken: str = ""
    """``yes``: the place was heard, and is read back by counting."""
    room_asked: str = ""
    """``yes``: the door was asked for once."""
    filer: str = ""
    """The person who files it for somebody else."""
    at: str = ""
    """The opening that was agreed."""
    every: str = ""
    """The rule by which it returns."""
    offered: str = ""
    """What there is to choose from."""
    full: str = ""
    """The opening that was wished for and is taken."""
    queued: str = ""
    """``yes``: they would rather stand in line."""
    occurrence: str = ""
    """The one later time of a series that is moved."""
    moving: str = ""
    """The booking that is moved."""
    shifted: str = ""
    """The opening that 晚半小时 means."""
    skip: str = ""
    """Days of a series that are left out."""
    until: str = ""
    """The day from which a series is over."""
    aside: str = ""
    """What was said besides: for a person who goes on with it, never for a helper."""
    force: str = ""
    """``yes``: the words speak of violence."""


NOTED = tuple(one.name for one in fields(Notes))


@dataclass(frozen=True)
class Dialogue:
    """A form being filled by one person in one chat."""

    chat: int
    person: int
    flow: str
    slots: Mapping[str, str] = field(default_factory=dict)
    """Slot → value: a key where a table exists, a JSON place or time, else the words."""
    words: str = ""
    """What the person said, in their own words."""
    asking: str | None = None
    """The slot being asked about, ``confirm``, ``which`` or None."""
    misses: int = 0
    turn: int = 0
    """Counts questions: a button of an older turn is stale."""
    waiting: tuple[str, ...] = ()
    """Further needs heard in the same breath: JSON of (flow, words, slots)."""
    notes: Notes = field(default_factory=Notes)

    def noted(self, **notes: str) -> Dialogue:
        """The same form with something noted; what is noted empty is forgotten."""
        return replace(self, notes=replace(self.notes, **notes))

    def filled(self, **slots: str) -> Dialogue:
        """The same form with further slots."""
        return replace(self, slots={**self.slots, **slots})

    def without(self, *names: str) -> Dialogue:
        """The same form without these slots and notes."""
        kept = {name: value for name, value in self.slots.items() if name not in names}
        return replace(self, slots=kept).noted(**{name: "" for name in names if name in NOTED})

    @property
    def known(self) -> dict[str, str]:
        """Everything it knows under one name each, as a ticket keeps it."""
        noted: dict[str, Any] = vars(self.notes)
        return {**self.slots, **{name: value for name, value in noted.items() if value}}
