"""What a turn needs to know besides the words, read once: the open form and questions, work in hand, who speaks with whom.

One read tells what there is at all (:class:`storage.dialogues.Standing`); only what there is is read in full. What a wing's row
may ask of a turn before its code is entered has a name here (:func:`holds`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from models.dialogues import Dialogue
from models.events import Utterance
from models.incidents import LIVE, Incident
from models.people import Chat, Person
from models.tickets import Ticket
from storage import case_lists, dialogues, incidents, nicknames, others, tickets
from storage.case_lists import Part
from storage.database import Transaction
from storage.dialogues import OpenQuestion, Relay, Standing
from storage.others import Other

if TYPE_CHECKING:
    from handlers.turn import Turn

WAITING = frozenset({"picture"})
"""Kinds that ask nothing: a picture that waits for words stands before no open question."""


@dataclass(frozen=True)
class Situation:
    """How things stood when somebody spoke; each part is read when it is first asked for, and once."""

    tx: Transaction
    chat: Chat
    person: Person
    now: datetime

    @cached_property
    def standing(self) -> Standing:
        """What there is at all."""
        return dialogues.standing(self.tx, self.chat.id, self.person.id)

    @cached_property
    def form(self) -> Dialogue | None:
        """The form this person fills in this chat."""
        return dialogues.get(self.tx, self.chat.id, self.person.id) if self.standing.form else None

    @cached_property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """The open questions of this person in this chat, newest first."""
        return tuple(dialogues.questions(self.tx, self.chat.id, self.person.id)) if self.standing.question else ()

    @property
    def newest(self) -> OpenQuestion | None:
        """The question that was asked last."""
        return next((one for one in self.questions if one.kind not in WAITING), None)

    def question(self, *kinds: str) -> OpenQuestion | None:
        """The newest open question of one of these kinds."""
        return next((one for one in self.questions if one.kind in kinds), None)

    @cached_property
    def held(self) -> tuple[Ticket, ...]:
        """The tickets this person has taken."""
        return tuple(tickets.held_by(self.tx, self.person.id)) if self.standing.held else ()

    @cached_property
    def reported(self) -> tuple[Ticket, ...]:
        """The newest tickets that are this person's own."""
        return tuple(tickets.of_reporter(self.tx, self.person.id, 30)) if self.standing.reported else ()

    @cached_property
    def relay(self) -> Relay | None:
        """Somebody of the desk who speaks with whoever is in this chat."""
        return dialogues.relay_in(self.tx, self.chat.id) if self.standing.relay else None

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Every danger that is not closed and that this person is in or has in hand, newest first."""
        return tuple(incidents.about(self.tx, self.person.id)) if self.standing.incident else ()

    @property
    def incident(self) -> Incident | None:
        """The danger this person is in; drills are none."""
        own = (one for one in self.incidents if one.person == self.person.id and one.kind != "drill")
        return next((one for one in own if one.status in LIVE), None)

    @property
    def in_hand(self) -> list[Incident]:
        """What this person has in hand, newest first; also what is over and wants its cause."""
        return [one for one in self.incidents if one.holder == self.person.id]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """This person's parts in live mediations, newest first."""
        return tuple(case_lists.parts_of(self.tx, self.person.id)) if self.standing.case else ()

    @property
    def cases(self) -> tuple[int, ...]:
        """The live mediations this person is a party of."""
        return tuple(one.number for one in self.parts if not one.mediates)

    @cached_property
    def nicknames(self) -> Mapping[str, str]:
        """What neighbours call places here."""
        return nicknames.learned(self.tx) if self.standing.named else {}

    @cached_property
    def speaks_for(self) -> Other | None:
        """Whom this telephone speaks for just now, instead of its owner."""
        return others.spoken_for(self.tx, self.person.id) if self.standing.speaks_for else None


def _heard(turn: Turn) -> str | None:
    """The words of a recording; None of what was typed."""
    said = turn.event.heard if isinstance(turn.event, Utterance) else None
    return None if said is None else said.text.strip()


_OF_THE_LINE: Mapping[str, Callable[[Turn], bool]] = {
    "sign": lambda turn: bool(turn.parse.signs),
    "command": lambda turn: turn.parse.text.lstrip().startswith("/"),
    "edited": lambda turn: isinstance(turn.event, Utterance) and turn.event.edited,
    "amended": lambda turn: isinstance(turn.event, Utterance) and bool(turn.event.amends),
    "recording": lambda turn: _heard(turn) is not None,
    "unheard": lambda turn: _heard(turn) == "",
    "door": lambda turn: any(flow.label == turn.parse.clean for flow in turn.house.flows.values()),
    "wordless": lambda turn: not turn.parse.clean,
    "reply": lambda turn: bool(getattr(getattr(turn.event, "origin", None), "reply_to", None)),
    "place alone": lambda turn: bool(turn.parse.places) and turn.parse.best in (None, "dialog.correct"),
    "stranger": lambda turn: not turn.person.consented,
}
"""What may be asked of a line and who says it, by name."""
HOLDS = frozenset({*_OF_THE_LINE, *(one.name for one in fields(Standing))})
"""Everything that may be asked, besides ``word.NAME``: whether a word of such a list was said."""


def holds(turn: Turn, name: str) -> bool:
    """Whether this is so: of the line, of its words, or of what stands open."""
    if name.startswith("word."):
        return name.removeprefix("word.") in turn.parse.words
    asked = _OF_THE_LINE.get(name)
    return asked(turn) if asked is not None else bool(getattr(turn.situation.standing, name))
