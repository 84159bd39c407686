"""The alarm lane: danger is seen in memory and told to people before anything is stored.

    event ─► check: a sign? ──► one line in alarms.jsonl (fsync) ──► first rung, straight through the channel
                │                                                         │
                ▼                                                         ▼
           inbox commit ──► handler: finds the alarm by its mark, opens the incident, alerts nobody twice
                │
             refused ──► the safe line goes to the one in danger; every second: is the next alert due, here or in the
                         database? then it is sent from here, rung after rung, until the database works again

Everything it needs to know is in memory, read again every second while the database answers; the ladder is in a file
besides. An event alarms once, by its mark, even when the file cannot be written.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.alarm.book import AlarmBook
from bot.alarm.calls import Call, Calls
from bot.alarm.ringing import Ring, Ringer
from bot.channels import Channel, Message
from bot.flow import underway
from bot.flow.clock import Clock
from handlers import letters
from handlers.danger import alerts, cry, memory
from handlers.danger.memory import Directory, Look, Snapshot, Standing
from handlers.danger.settings import Danger
from handlers.settings import House
from models.events import CAP, Picture, Press, Received, Utterance, mark_of, spoken
from models.incidents import Alarm, Reach
from models.meaning import Sign
from nlu.danger import signs
from nlu.words import heard
from nlu.words.normalize import clean
from storage.database import Database, Transaction

SEEN = 10_000
"""Marks that are remembered."""
ORPHAN = timedelta(seconds=5)
"""An alarm whose event was never stored gets its incident after this."""
REFRESH = 60.0
"""Seconds: how old what memory knows of people may be."""


class AlarmLane:
    """Sees danger first."""

    def __init__(self, house: House, channels: Mapping[str, Channel], clock: Clock, folder: Path) -> None:
        """Begin with what the files hold."""
        self._house, self._clock, self._sounded = house, clock, house.sounded
        self._sounded.clear()
        self._book, self._ringer = AlarmBook(folder), Ringer(channels, clock)
        self._calls = Calls(house, self._book, self._ringer, clock)
        self._calls.going_on = self._going_on
        self._snapshot: Snapshot = self._book.shown()
        self._directory, self._read_at = Directory(), -REFRESH
        self._standing: dict[str, Standing] = {}
        self._late: dict[str, int] = {}
        self._seen: OrderedDict[str, None] = OrderedDict()
        alarms, tried = self._book.left()
        for alarm in alarms:
            self._sounded.alarms[alarm.mark] = alarm
            self._remember(alarm.mark)
        for one in tried:
            self._calls.note(*one)

    # ------------------------------------------------------------ seeing

    @property
    def ringing(self) -> tuple[int, int]:
        """Alerts that are under way or due, and alerts that have to wait."""
        return self._ringer.waiting(self._clock.monotonic())

    def check(self, events: Sequence[Received]) -> None:
        """Alert people at once where an event holds an explicit sign, each event once."""
        for event in events:
            self._acknowledged(event)
            alarm = self._alarm_of(event)
            if alarm is not None and alarm.mark not in self._seen:
                self._remember(alarm.mark)
                if not self._known(alarm):
                    self._sounded.alarms[alarm.mark] = alarm
                    self._book.alarm(alarm)
                    underway.passed("alarmed")
                    self._calls.alert(self._call(alarm), 1)

    def overtakes(self, event: Received) -> bool:
        """Whether an event held a sign: it need not wait in its lane."""
        text = spoken(event)
        return bool(text) and mark_of(event.origin.channel, event.origin.key, text) in self._seen

    def _alarm_of(self, event: Received) -> Alarm | None:
        text, origin = spoken(event), event.origin
        if not text:
            return None
        words = clean(text)
        staff = (origin.channel, origin.account) in self._snapshot.staff
        found = letters.begins_with(words) if origin.forwarded else signs.find(words)
        if not found and not heard.says("danger.panic", words.removeprefix("/")):
            return None
        sign = cry.explicit(self._house, found, words, staff)
        if sign is None:
            return None
        return Alarm(
            mark_of(origin.channel, origin.key, text),
            origin.channel,
            origin.key,
            origin.chat,
            origin.account,
            origin.private,
            origin.name,
            text[:CAP],
            sign.family,
            sign.name,
            self._clock.now(),
            origin.at,
        )

    def _remember(self, mark: str) -> None:
        self._seen[mark] = None
        if len(self._seen) > SEEN:
            self._seen.popitem(last=False)

    def _known(self, alarm: Alarm) -> bool:
        """Whether people know already: one person, one kind of danger, one incident."""
        same = (alarm.channel, alarm.account, alarm.family)
        waiting = ((one.channel, one.account, one.family) for one in self._sounded.alarms.values())
        return same in waiting or any(memory.goes_on(standing, alarm) for standing in self._standing.values())

    def _call(self, alarm: Alarm) -> Call:
        subject = memory.subject(self._directory, alarm)
        subject = replace(subject, words=alerts.dated(self._house, subject.words, alarm.said, alarm.at))
        lines = alerts.body(self._house, alarm.family, alarm.sign, subject)
        return Call(alarm.mark, None, memory.rungs_for(self._snapshot, self._directory, alarm), lines)

    def _acknowledged(self, event: Received) -> None:
        """我来管, pressed or said by somebody on the ladder: no more alerts from here, whatever the database does."""
        if isinstance(event, Press) and event.data.startswith("hold:"):
            for reach in self._reach_of(event):
                self._calls.hush(event.data.split(":")[1].removeprefix("k"), reach.person)
        elif isinstance(event, Utterance | Picture) and heard.says("danger.hold", spoken(event)):
            for reach in self._reach_of(event):
                for key in self._calls.told(reach.person):
                    self._calls.hush(key, reach.person)

    def _reach_of(self, event: Received) -> list[Reach]:
        """The one on the ladder who speaks, in private."""
        origin = event.origin
        return [
            one
            for _, some in self._snapshot.rungs
            for one in some
            if origin.private and (one.channel, one.address) == (origin.channel, origin.chat)
        ][:1]

    def comfort(self, events: Sequence[Received]) -> None:
        """The database refused: the one in danger hears at least what to do, once."""
        for event in events:
            text = spoken(event)
            alarm = self._sounded.alarms.get(mark_of(event.origin.channel, event.origin.key, text)) if text else None
            if alarm is not None and alarm.mark not in self._sounded.comforted:
                self._sounded.comforted.add(alarm.mark)
                sign = Sign(alarm.family, 1, alarm.sign)
                lines = (cry.safe(self._house, sign, alarm.text), cry.tail(self._house, sign))
                message = Message("\n".join(filter(None, lines)), kind="emergency")
                self._ringer.ring(Ring(alarm.channel, alarm.chat, message, lambda: True))

    # ------------------------------------------------------------ every second

    async def look(self, database: Database) -> None:
        """Read again what memory must know; raises ``Unavailable``."""
        now, marks = self._clock.monotonic(), tuple(self._sounded.alarms)
        stale = now - self._read_at >= REFRESH

        def read(tx: Transaction) -> tuple[Look, Directory | None]:
            return memory.look(tx, self._house, marks), memory.directory(tx) if stale else None

        found, directory = await database.read(read)
        if directory is not None:
            self._directory, self._read_at = directory, now
            self._calls.refresh()
        self._take(found)

    def _take(self, found: Look) -> None:
        self._snapshot = found.snapshot
        self._book.show(found.snapshot)
        self._standing = {str(one.number): one for one in found.standing}
        for key in [key for key in self._sounded.tried if key not in self._sounded.alarms]:
            if key not in self._standing or self._standing[key].count >= self._sounded.tried[key][0]:
                self._calls.forget(key)
        for mark in found.known:
            self._sounded.alarms.pop(mark, None)
            self._sounded.comforted.discard(mark)
            self._calls.forget(mark)
            self._book.stored(mark)
        if not self._sounded.alarms and not self._sounded.tried:
            self._book.clear()

    def tick(self) -> None:
        """Try again what could not be sent, and send the next alert of what is not stored yet."""
        now = self._clock.now()
        self._ringer.tick(self._clock.monotonic())
        interval = timedelta(minutes=self._house.of(Danger).interval)
        for alarm in list(self._sounded.alarms.values()):
            number, at = self._sounded.tried.get(alarm.mark, (0, alarm.at - interval))
            if due := self._calls.due(alarm.mark, number, at + interval, now):
                self._calls.alert(self._call(alarm), due)

    def stand_in(self) -> None:
        """Send what was due at the last tick already and the database did not send."""
        now, before = self._clock.now(), self._late
        self._late = {}
        for key, one in self._standing.items():
            if one.status == "open" and one.next_at and (due := self._calls.due(key, one.count, one.next_at, now)):
                if before.get(key) == due:
                    self._calls.alert(Call(key, one.number, one.rungs, one.lines), due)
                self._late[key] = due

    def _going_on(self, key: str, number: int) -> bool:
        found = (one for one in self._standing.values() if key in (str(one.number), one.mark))
        standing = next(found, None)
        return standing.status == "open" and standing.count <= number if standing else key in self._sounded.alarms

    def orphans(self) -> list[Alarm]:
        """Alarms whose event nobody stored: their incident is opened without it."""
        return [alarm for alarm in self._sounded.alarms.values() if self._clock.now() - alarm.at >= ORPHAN]

    def shift(self, by: timedelta) -> None:
        """The wall clock was set: what is to ring soon still rings as soon as before."""
        for mark, alarm in self._sounded.alarms.items():
            self._sounded.alarms[mark] = replace(alarm, at=alarm.at + by)
        self._calls.shift(by)

    async def drained(self) -> None:
        """Wait until no alert is under way."""
        if self._ringer.under_way:
            await self._ringer.drained()

    async def stop(self, seconds: float) -> None:
        """End; what was not stored stays in the file."""
        await self._ringer.stop(seconds)
