"""Which alert goes to whom now, when the alarm lane sends it by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.alarm.book import AlarmBook
from bot.alarm.ringing import Ring, Ringer
from bot.channels import Message
from bot.flow.clock import Clock
from handlers.danger import alerts
from handlers.danger.settings import Danger
from handlers.settings import House
from models.incidents import Reach, Rung, rung_of
from models.outgoing import Button

LOG = logging.getLogger(__name__)
Rungs = tuple[tuple[Rung, tuple[Reach, ...]], ...]


@dataclass(frozen=True)
class Call:
    """One danger that people are to be told of."""

    key: str
    """The mark of an alarm, or the number of a stored incident."""
    number: int | None
    """The incident's number, once it has one."""
    rungs: Rungs
    lines: str

    @property
    def target(self) -> str:
        """What the button names."""
        return self.key if self.number else f"k{self.key}"


class Calls:
    """The alerts of the alarm lane: numbered, rung after rung, quiet once somebody has it in hand."""

    def __init__(self, house: House, book: AlarmBook, ringer: Ringer, clock: Clock) -> None:
        """Nobody was told yet."""
        self._house, self._book, self._ringer, self._clock = house, book, ringer, clock
        self._gone: set[tuple[str, str]] = set()
        self._quiet: dict[str, datetime] = {}
        self.going_on: Callable[[str, int], bool] = lambda key, number: True
        """Whether the alert with this number is still the newest of something nobody has in hand."""

    def alert(self, call: Call, number: int) -> None:
        """Tell the rung whose turn it is; the list of telephone numbers needs a database, its turn is passed over."""
        rungs = self._reachable(call.rungs)
        if not rungs:
            return LOG.error("danger, and nobody on the ladder can be told")
        at = rung_of(number, [rung for rung, _ in rungs], self._house.of(Danger).interval)
        if at is None:
            return self.alert(call, number + 1)
        some = rungs[at][1]
        self.note(call.key, number, self._clock.now(), [one.person for one in some])
        self._book.tried(call.key, number, self._clock.now(), [one.person for one in some])
        message = self._message(call, number)
        for one in some:
            never = partial(self._never, call, number, one, some)
            self._ringer.ring(Ring(one.channel, one.address, message, partial(self.newest, call.key, number), never))
        return None

    def _message(self, call: Call, number: int) -> Message:
        button = Button(self._house.texts["button.hold"], f"hold:{call.target}:0")
        return Message(alerts.text(self._house, call.number, number, call.lines), ((button,),), kind="emergency")

    def _reachable(self, rungs: Rungs) -> Rungs:
        kept = (
            (rung, tuple(one for one in some if (one.channel, one.address) not in self._gone)) for rung, some in rungs
        )
        return tuple((rung, some) for rung, some in kept if some)

    def _never(self, call: Call, number: int, one: Reach, some: Sequence[Reach]) -> None:
        """Somebody can never be told; when that was the last of a rung, the next one is alerted at once."""
        self._gone.add((one.channel, one.address))
        if all((other.channel, other.address) in self._gone for other in some) and self.newest(call.key, number):
            self.alert(replace(call, rungs=self._reachable(call.rungs)), number + 1)

    def note(self, key: str, number: int, at: datetime, persons: Sequence[int]) -> None:
        """An alert was sent from here: the handlers count it."""
        sounded = self._house.sounded
        sounded.tried[key] = (number, at)
        sounded.reached[key] = tuple(dict.fromkeys((*sounded.reached.get(key, ()), *persons)))

    def due(self, key: str, number: int, at: datetime, now: datetime) -> int | None:
        """The number of the next alert when its time has come, counting what was sent from here."""
        tried = self._house.sounded.tried.get(key)
        if tried is not None and tried[0] > number:
            number, at = tried[0], tried[1] + timedelta(minutes=self._house.of(Danger).interval)
        return number + 1 if at <= now and not self._is_quiet(key) else None

    def hush(self, key: str, person: int) -> None:
        """Somebody has it in hand, whatever the database does; that lapses like every acknowledgement."""
        self._house.sounded.taken[key] = person
        self._quiet[key] = self._clock.now() + timedelta(minutes=self._house.of(Danger).expires)

    def told(self, person: int) -> list[str]:
        """What somebody was told of from here."""
        return [key for key, persons in self._house.sounded.reached.items() if person in persons]

    def newest(self, key: str, number: int) -> bool:
        """Whether an alert is still worth trying."""
        tried = self._house.sounded.tried.get(key)
        return not self._is_quiet(key) and (tried is None or tried[0] == number) and self.going_on(key, number)

    def _is_quiet(self, key: str) -> bool:
        return key in self._quiet and self._clock.now() < self._quiet[key]

    def forget(self, key: str) -> None:
        """The database knows everything about it."""
        for kept in (self._house.sounded.tried, self._house.sounded.reached, self._house.sounded.taken, self._quiet):
            kept.pop(key, None)

    def shift(self, by: timedelta) -> None:
        """The wall clock was set by so much: moments of the past and of the next minutes go with it."""
        for key, (number, at) in self._house.sounded.tried.items():
            self._house.sounded.tried[key] = (number, at + by)
        for key, at in self._quiet.items():
            self._quiet[key] = at + by

    def refresh(self) -> None:
        """Try everybody again."""
        self._gone.clear()
