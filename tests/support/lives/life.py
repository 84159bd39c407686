"""One community on the real core, through time: what happens is drawn or done again, and no wall time passes."""

from __future__ import annotations

import logging
import random
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.channels import Message, Never
from bot.replay.talk import Shown, Stage, TalkChannel
from handlers.settings import Hours
from models.events import Origin, Press, Received, Utterance
from storage import people, queue, tickets
from storage.database import Transaction
from tests.support.lives import counting
from tests.support.lives.acts import Act
from tests.support.lives.logs import Ears
from tests.support.lives.quick import open_quickly
from tests.support.lives.watching import Watch
from tests.support.truth.witness import Witness

CANARY = "绿毛鹦鹉"
NAMES = ("金丝雀娜美", "13912345678", "6099")
"""A name, a telephone and a room that no group may read."""
CALLED = {"new1": "周奶奶", "new2": "吴大爷", "new3": "郑阿姨", "new4": "冯叔"}
NEWEST = 8
"""Messages of a chat that somebody still looks at."""
TALKS = (
    "SELECT 1 FROM relay JOIN chat ON chat.id = relay.chat WHERE ?1 IN (person, helper) UNION SELECT 1 FROM case_file f"
    " JOIN case_side s ON s.ticket = f.ticket AND s.side = f.talking WHERE ?1 IN (s.person, f.mediator)"
)
"""Whether somebody speaks with another person through the bot, at the desk or in a mediation."""
STEPS = 3000
"""Due moments between two things that people do; more means that one of them is due for ever."""


class Listening(TalkChannel):
    """A messenger that remembers what each chat shows, and delivers nothing to who is gone."""

    def __init__(self) -> None:
        """Nothing was said."""
        super().__init__()
        self._newest: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=NEWEST))
        self.gone: set[str] = set()
        self.known: set[str] = set()
        """Those of them of whom the core knows."""

    async def send(self, chat: str, message: Message, edit: str | None = None) -> str:
        """Show it."""
        if chat in self.gone:
            self.known.add(chat)
            raise Never("blocked")
        reference = await super().send(chat, message, edit)
        if reference not in self._newest[chat]:
            self._newest[chat].append(reference)
        return reference

    def newest(self, chat: str) -> list[Shown]:
        """What somebody still looks at in a chat, as it stands there now; the oldest first."""
        return [self.shown[reference] for reference in self._newest[chat]]


@dataclass
class Report:
    """What came of one life."""

    seed: int
    days: int
    lines: int = 0
    said: int = 0
    """Messages that the core queued."""
    asserted: int = 0
    """Texts that said how things stand."""
    looked: int = 0
    """Conditions that were recomputed."""
    tickets: int = 0
    failures: int = 0
    sang: set[str] = field(default_factory=set)
    """Canaries that were heard in private: without them their silence in groups proves nothing."""
    untrue: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """Everything that was wrong."""
        return [*self.untrue, *self.wrong, *(["failures"] if self.failures else [])]


class Life:
    """One community; who acts in it is told by somebody else (``drawing``), or done again from acts."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Where its files lie, and what decides everything that is left to chance."""
        chance = random.Random(seed)
        self.stage, self.channel = Stage(folder), Listening()
        self.stage.channel, self.stage.opens = self.channel, open_quickly
        week = frozenset(range(5)) if seed % 2 else frozenset(range(7))
        self.stage.house = replace(self.stage.house, hours=Hours(days=week), random=random.Random(seed))
        self.stage.clock.move(self.stage.clock.now() + timedelta(days=chance.randrange(270)))
        self.begun = self.stage.clock.now()
        self.witness = Witness(self.stage.house, self.stage.clock.now)
        self.watch = Watch(self.stage.house, self.stage.clock.now, (CANARY, *NAMES))
        self.watch.gone = self.channel.known
        self.stage.beside = lambda database: self.watch.beside(self.witness.beside(database))
        self.report = Report(seed, 0)
        self.acts: list[Act] = []
        self.log: deque[str] = deque(maxlen=6000)
        self._ears = Ears((CANARY, *NAMES), self.watch.note)

    async def begin(self) -> None:
        """Open the house."""
        logging.getLogger().addHandler(self._ears)
        await self.stage.open()
        await self.stage.database.transaction(self._plant)

    async def end(self) -> Report:
        """Close it; returns what was wrong."""
        logging.getLogger().removeHandler(self._ears)
        await self.stage.close()
        report, watch = self.report, self.watch
        report.days = (self.stage.clock.now() - self.begun).days
        report.untrue, report.looked = [str(one) for one in self.witness.untrue], self.witness.looked
        report.asserted, report.said = self.witness.asserted, watch.queued
        report.wrong, report.sang = watch.wrong, watch.sang
        return report

    def _plant(self, tx: Transaction) -> None:
        """Canaries in the name, telephone and room of a resident."""
        person = people.known(tx, "talk", "chen")
        assert person is not None and person.home is not None
        people.change(tx, person.id, name=NAMES[0], phone=NAMES[1], home=replace(person.home, room=NAMES[2]))

    async def again(self, acts: Sequence[Act]) -> Report:
        """Live what was lived before, or a part of it."""
        await self.begin()
        try:
            for act in acts:
                await self.do(act)
        finally:
            report = await self.end()
        return report

    # ------------------------------------------------------------ time

    async def do(self, act: Act) -> None:
        """What is due until then, then this."""
        await self.until(act.at)
        self.acts.append(act)
        self.log.append(str(act))
        before = len(self.witness.untrue), len(self.watch.wrong)
        await getattr(self, f"_{act.kind}")(act)
        self.channel.fresh.clear()
        for one in [str(one) for one in self.witness.untrue[before[0] :]] + self.watch.wrong[before[1] :]:
            self.log.append(f"   ** {one}")

    async def until(self, at: datetime) -> None:
        """Walk through everything that is due until a moment."""
        self.watch.by_clock = True
        app, clock = self.stage.app, self.stage.clock
        await app.settle()
        for _ in range(STEPS):
            due = await self.stage.database.read(queue.next_due)
            if due is None or due > at:
                break
            clock.move(due)
            await app.tick()
            await app.settle()
        else:
            row = await self.stage.database.read(lambda tx: tx.one("SELECT key FROM agenda ORDER BY at LIMIT 1"))
            self.watch.note(f"always due: {row['key'] if row else ''}")
        clock.move(at)
        await app.settle()
        self.watch.by_clock = False

    async def _restart(self, act: Act) -> None:
        """The process ends and begins again, after a while."""
        await self.stage.close()
        self.stage.clock.move(self.stage.clock.now() + act.span)
        self.watch.by_clock = True
        await self.stage.open()
        self.watch.by_clock = False

    async def _back(self, act: Act) -> None:
        """The clock of the machine is set back."""
        self.stage.clock.jump(self.stage.clock.now() - act.span)

    async def _gone(self, act: Act) -> None:
        """Somebody moves away and stops the bot."""
        self.channel.gone.add(act.account)

    async def _look(self, act: Act) -> None:
        """The end of a day: what must hold between any two events; now and then figures and commands."""
        await self.stage.database.read(self.watch.tables)
        if act.words == "figures":
            await counting.compare(self, self.begun)
        self.report.failures += self.stage.app.counts["failures"]
        self.stage.app.counts["failures"] = 0
        self.report.tickets = len(await self.stage.database.read(tickets.numbers))

    # ------------------------------------------------------------ events

    async def _say(self, act: Act) -> None:
        await self._happens(act, Utterance(self._origin(act), act.words))

    async def _kill(self, act: Act) -> None:
        """Something was said and stored, and the process ended before it was worked."""
        await self._happens(act, Utterance(self._origin(act), act.words), killed=True)

    async def _press(self, act: Act) -> None:
        """The newest button of this label that does the same."""
        for shown in reversed(self.channel.newest(act.chat)):
            for button in (one for row in shown.message.buttons for one in row):
                if button.data == act.data or (button.label == act.words and button.data.split(":")[0] == act.verb):
                    return await self._happens(act, Press(self._origin(act), button.data))
        return None

    def _origin(self, act: Act) -> Origin:
        self.report.lines += 1
        name, key = CALLED.get(act.account, act.account), f"life-{self.report.lines}"
        return Origin("talk", key, act.chat, act.account, self.stage.clock.now(), name, act.chat == act.account)

    async def _happens(self, act: Act, event: Received, killed: bool = False) -> None:
        self.watch.addressed.clear()
        await self.stage.app.accept([event])
        if killed:
            await self.stage.app.stop(0)
            await self.stage.open()
        await self.stage.app.settle()
        await self.stage.database.read(lambda tx: self._heard(tx, act))

    def _heard(self, tx: Transaction, act: Act) -> None:
        """Everybody is answered, by the core or by whom they speak with; nothing stays unworked."""
        silent = act.chat not in self.watch.addressed and not (act.kind == "press" and self.watch.addressed)
        if act.chat == act.account and act.account not in self.channel.gone and silent:
            person = people.known(tx, "talk", act.account)
            number = person.id if person else 0
            talks = tx.one(TALKS, number)
            if not (talks and self.watch.addressed):
                self.watch.note(f"no answer to {act.account}: {act.words}")
        if tx.one("SELECT 1 FROM inbox WHERE state <> 'done'"):
            self.watch.note(f"not worked: {act.words}")

    async def answered(self, account: str, words: str) -> Message | None:
        """What somebody is told for a line, the last of it."""
        at = self.stage.clock.now() + timedelta(seconds=5)
        seen = len(self.channel.shown)
        await self.do(Act(at, "say", account, account, words))
        told = [one for one in list(self.channel.shown.values())[seen:] if one.chat == account]
        return told[-1].message if told else None
