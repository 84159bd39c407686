"""What a turn needs to know besides the words, read once: the open form and questions, work in hand, who speaks with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from models.dialogues import Dialogue
from models.incidents import LIVE, Incident
from models.people import Chat, Person
from models.tickets import Ticket
from storage import cases, dialogues, incidents, nicknames, tickets
from storage.cases import Part
from storage.database import Transaction
from storage.dialogues import OpenQuestion, Relay

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
    def form(self) -> Dialogue | None:
        """The form this person fills in this chat."""
        return dialogues.get(self.tx, self.chat.id, self.person.id)

    @cached_property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """The open questions of this person in this chat, newest first."""
        return tuple(dialogues.questions(self.tx, self.chat.id, self.person.id))

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
        return tuple(tickets.held_by(self.tx, self.person.id))

    @cached_property
    def reported(self) -> tuple[Ticket, ...]:
        """The newest tickets that are this person's own."""
        return tuple(tickets.of_reporter(self.tx, self.person.id, 30))

    @cached_property
    def relay(self) -> Relay | None:
        """Somebody of the desk who speaks with whoever is in this chat."""
        return dialogues.relay_in(self.tx, self.chat.id)

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Every danger that is not closed and that this person is in or has in hand, newest first."""
        return tuple(incidents.about(self.tx, self.person.id))

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
        return tuple(cases.parts_of(self.tx, self.person.id))

    @property
    def cases(self) -> tuple[int, ...]:
        """The live mediations this person is a party of."""
        return tuple(one.number for one in self.parts if not one.mediates)

    @cached_property
    def nicknames(self) -> Mapping[str, str]:
        """What neighbours call places here."""
        return nicknames.learned(self.tx)
