"""One event being handled: the transaction, who speaks where, and everything that may be said or done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from handlers import clock, texts
from handlers.settings import House
from handlers.situation import Situation
from models.events import Due, Event
from models.meaning import Match, Parse
from models.outgoing import Asserted, Button, Card, Make, Rows, Say
from models.people import GONE, Chat, Person
from models.tickets import Ticket, TicketEvent
from storage import people, queue, states, tickets, unasked
from storage.database import Transaction

NOTHING = Parse("")
CLOCK = Chat(0, "clock", "clock", "private")
"""Where the clock speaks."""
UNASKED = frozenset({"reminder", "survey", "broadcast"})
"""Classes of messages that nobody waits for: they are not written to a chat that is gone."""


def rows(*buttons: Button, wide: int = 1) -> Rows:
    """Buttons in rows of ``wide``."""
    return tuple(tuple(buttons[at : at + wide]) for at in range(0, len(buttons), wide))


def _says(text: str, part: str) -> bool:
    """Whether a message holds these words as a sentence of their own, not as the end of another."""
    at = text.find(part)
    return at == 0 or (at > 0 and not text[at - 1].isalnum())


@dataclass
class Turn:
    """The one transaction of one event."""

    tx: Transaction
    house: House
    now: datetime
    event: Event
    cause: str
    """The event's key: the cause written into ticket events."""
    chat: Chat
    person: Person
    parse: Parse = NOTHING
    sent: list[int] = field(default_factory=list)
    """Outbox ids, for the sender."""
    leads: list[str] = field(default_factory=list)
    """What the next message in this chat begins with."""
    pictures: list[str] = field(default_factory=list)
    """Files that came with this line and lie nowhere yet."""
    kind: str = "answer"
    """Class of what is answered here: a reminder where nobody just wrote."""
    unsure: tuple[Match, ...] = ()
    """What the line may mean, too weakly to be acted on."""
    asserted: list[tuple[str, Asserted]] = field(default_factory=list)
    """Finished words that say how things stand, with the key of their text and the ticket they name."""
    where: int | None = None
    """The chat in which it happened, whoever's place is taken."""

    def __post_init__(self) -> None:
        """Where it happened is where the first turn of an event speaks."""
        if self.where is None:
            self.where = self.chat.id

    @property
    def passed_on(self) -> bool:
        """Whether these are somebody else's words, be they typed, spoken, or under a picture."""
        origin = getattr(self.event, "origin", None)
        return origin is not None and bool(origin.forwarded)

    # ------------------------------------------------------------ saying

    def text(self, key: str, **values: Any) -> str:
        """A text of the bot; raises ``KeyError`` when it is missing. A value that nobody hands over is a gap, never a fault."""
        text = self.house.texts[key].format_map(texts.Values(values))
        self.asserting(key, text, values.get("number"))
        return text

    def asserting(self, key: str, text: str, ticket: int | None = None) -> None:
        """Keep that these words, said under this key, say how things stand; for words that were put together elsewhere."""
        if text and key in self.house.asserts:
            self.asserted.append((text, (key, ticket if isinstance(ticket, int) else None)))

    def asserts_of(self, text: str, about: int | None) -> tuple[Asserted, ...]:
        """What a finished message says of how things stand, each of its own ticket or of the message's."""
        found = (
            (key, about if ticket is None else ticket) for part, (key, ticket) in self.asserted if _says(text, part)
        )
        return tuple(dict.fromkeys(found))

    def worded(self, key: str, flow: str) -> str:
        """The key of a text as this flow words it, when its own file has it."""
        return f"{key}_{flow}" if f"{key}_{flow}" in self.house.texts else key

    def button(self, key: str, verb: str, target: object, turn: object = 0) -> Button:
        """A button whose label is a text."""
        return Button(self.house.texts[f"button.{key}"], f"{verb}:{target}:{turn}")

    def answer(self, key: str, *buttons: Button, about: int | None = None, wide: int = 2, **values: Any) -> None:
        """Say something in this chat."""
        self.say(self.chat.id, key, *buttons, kind=self.kind, about=about, wide=wide, **values)

    def say(
        self,
        chat: int | None,
        key: str,
        *buttons: Button,
        kind: str = "answer",
        about: int | None = None,
        wide: int = 2,
        file: str | None = None,
        **values: Any,
    ) -> None:
        """Say a text in a chat; without a chat nobody can be told."""
        self.tell(chat, self.text(key, **values), *buttons, kind=kind, about=about, wide=wide, file=file)

    def tell(
        self,
        chat: int | None,
        text: str,
        *buttons: Button,
        kind: str = "answer",
        about: int | None = None,
        wide: int = 2,
        file: str | None = None,
        menu: bool = False,
    ) -> None:
        """Say finished words in a chat."""
        if chat is not None and self._reaches(chat, kind):
            text = self._led(chat, text) if kind != "emergency" else text
            asserts = self.asserts_of(text, about)
            say = Say(chat, text, rows(*buttons, wide=wide), kind, about, file, menu, asserts)
            self.sent.append(queue.put(self.tx, say, self.now))

    def _reaches(self, chat: int, kind: str) -> bool:
        """Whether it is said there: what nobody waits for not where nothing arrives, nor to somebody who is away; to who
        moved or died nothing but what answers a line of theirs. Danger is always said."""
        if kind == "emergency" or (chat == self.where and not isinstance(self.event, Due)):
            return True
        gone, state = states.reach(self.tx, chat)
        return state not in GONE and not (kind in UNASKED and (gone or state))

    def lead(self, key: str, **values: Any) -> None:
        """Say this at the head of the next message in this chat, instead of as one more message."""
        self.leads.append(self.text(key, **values))

    def _led(self, chat: int, text: str) -> str:
        if chat != self.chat.id or not self.leads:
            return text
        leads, self.leads = self.leads, []
        return "\n".join([*leads, text])

    def card(
        self, chat: int | None, key: str, text: str, *buttons: Button, about: int | None, kind: str = "answer"
    ) -> None:
        """Put up a card, or change the one with this key."""
        if chat is not None and self._reaches(chat, kind):
            asserts = self.asserts_of(text, about)
            card = Card(chat, key, text, rows(*buttons, wide=2), kind, about, asserts=asserts)
            self.sent.append(queue.put(self.tx, card, self.now))

    def make(self, task: str, **arguments: Any) -> None:
        """Have something made and sent here."""
        self.sent.append(queue.put(self.tx, Make(self.chat.id, task, arguments), self.now))

    # ------------------------------------------------------------ doing

    def event_of(self, action: str, actor: int | None = None, **changes: Any) -> TicketEvent:
        """What is about to happen to a ticket; the speaker did it unless somebody else is named."""
        return TicketEvent(action, self.now, self.person.id or None if actor is None else actor, self.cause, changes)

    @cached_property
    def situation(self) -> Situation:
        """How things stand, read once."""
        return Situation(self.tx, self.chat, self.person, self.now)

    def anew(self) -> None:
        """Something changed: how things stand is read again when it is asked for."""
        self.__dict__.pop("situation", None)

    def record(self, ticket: Ticket, action: str, **changes: Any) -> Ticket:
        """Let something happen to a ticket; raises ``NotPossible``."""
        return tickets.record(self.tx, ticket, self.event_of(action, **changes))

    def later(
        self,
        key: str,
        minutes: float | datetime,
        kind: str,
        *,
        danger: bool = False,
        asks: Sequence[int] = (),
        **where: Any,
    ) -> None:
        """Write something on the agenda, in minutes from now or at a moment; not while people sleep, unless it is danger.

        ``asks``: whom it asks something unasked; when the day's questions of one are spent it waits until tomorrow.
        """
        at = minutes if isinstance(minutes, datetime) else self.now + timedelta(minutes=minutes)
        where |= {"asks": list(asks)} if asks else {}
        if danger:
            return queue.schedule(self.tx, key, at, kind, danger=True, **where)
        return queue.schedule(self.tx, key, clock.awake(at, self.house.hours, self.house.zone), kind, **where)

    def may_ask(self, *persons: int) -> bool:
        """Spend an unasked question of the day of each, or nobody's where one has none left, or is in hospital or away."""
        day, most = self.now.astimezone(self.house.zone).date(), self.house.timing.questions
        if any(people.get(self.tx, one).state or unasked.spent(self.tx, one, day) >= most for one in persons):
            return False
        for one in persons:
            unasked.spend(self.tx, one, day, most)
        return True

    def drop(self, *keys: str) -> None:
        """Take rows off the agenda."""
        for key in keys:
            queue.drop(self.tx, key)

    def elsewhere(self, chat: Chat) -> Turn:
        """The same turn, answering in another chat."""
        turn = Turn(self.tx, self.house, self.now, self.event, self.cause, chat, self.person, self.parse, self.sent)
        turn.asserted, turn.where = self.asserted, self.where
        return turn

    def as_person(self, person: Person, chat: Chat) -> Turn:
        """The same turn in the place of somebody else: what they would hear had they done it."""
        return replace(self, person=person, chat=chat, leads=[])

    # ------------------------------------------------------------ asking

    def replied_ticket(self) -> int | None:
        """The ticket that the message replied to speaks of."""
        origin = getattr(self.event, "origin", None)
        return queue.ticket_of_message(self.tx, self.chat.id, origin.reply_to) if origin and origin.reply_to else None

    def heard(self, *intents: str) -> bool:
        """Whether the best intent is one of these, or a word of such a list was said: ``word.keep``."""
        return self.parse.best in intents or any(f"word.{name}" in intents for name in self.parse.words)

    def one_of(self, prefixes: Iterable[str]) -> bool:
        """Whether the best intent begins with one of these domains."""
        return bool(self.parse.best) and str(self.parse.best).split(".")[0] in set(prefixes)
