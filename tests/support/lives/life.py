"""People who live: what each of them does next is drawn, what the core answers is real; no wall time passes."""

from __future__ import annotations

import random
import tomllib
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.channels import Message, Never
from bot.replay.talk import Shown, Stage, TalkChannel
from handlers.settings import Hours
from models.events import Origin, Press, Received, Utterance
from models.outgoing import Button
from storage import people, queue, tickets
from storage.database import Transaction
from tests.support.lives.watching import Watch
from tests.support.truth.witness import Witness

LINES: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
    (Path(__file__).parent / "lines.toml").read_text(encoding="utf-8")
)
ZONE = ZoneInfo("Asia/Shanghai")
PLACES = ("3号楼", "7号楼", "7号楼1单元", "12号楼", "南门", "小花园", "5号楼2单元301")
RESIDENTS = ("wang", "li", "chen", "zhao", "new1", "new2", "new3", "new4")
LADDER = ("liujie", "xiaoli", "zhuren")
HELPERS = ("xiaoli", "xiaozhang", "laozhao")
GROUP_OF = {
    "xiaoli": "volunteers",
    "xiaozhang": "volunteers",
    "laozhao": "property",
    "liujie": "desk",
    "zhuren": "desk",
}
CANARY = "绿毛鹦鹉"
NAMES = ("金丝雀娜美", "13912345678", "6099")
"""A name, a telephone and a room that no group may read."""
NEWEST = 8
"""Messages of a chat that somebody still looks at."""
TURNS = 7
"""How many lines in a row somebody says at most."""
STEPS = 3000
"""Due moments between two things that people do; more means that one of them is due for ever."""
NEEDS = (
    ("report", 30),
    ("help", 18),
    ("book", 14),
    ("quarrel", 2),
    ("ask", 16),
    ("change", 12),
    ("talk", 8),
    ("danger", 2),
)
ROLES = (
    ("resident", 40),
    ("helper", 34),
    ("desk", 12),
    ("manager", 5),
    ("provider", 4),
    ("mediator", 5),
    ("ladder", 8),
)
KNOWN = {"desk": "liujie", "manager": "zhuren", "provider": "zhou", "mediator": "he"}


class Listening(TalkChannel):
    """A messenger that remembers what each chat shows, and delivers nothing to who is gone."""

    def __init__(self) -> None:
        """Nothing was said."""
        super().__init__()
        self.newest: dict[str, deque[Shown]] = defaultdict(lambda: deque(maxlen=NEWEST))
        self.gone: set[str] = set()
        self.known: set[str] = set()
        """Those of them of whom the core knows."""

    async def send(self, chat: str, message: Message, edit: str | None = None) -> str:
        """Show it."""
        if chat in self.gone:
            self.known.add(chat)
            raise Never("blocked")
        reference = await super().send(chat, message, edit)
        self.newest[chat].append(self.shown[reference])
        return reference


@dataclass
class Report:
    """What came of one life."""

    seed: int
    days: int
    lines: int = 0
    said: int = 0
    """Messages that the core queued."""
    looked: int = 0
    """Conditions that were recomputed."""
    tickets: int = 0
    failures: int = 0
    sang: set[str] = field(default_factory=set)
    """Canaries that were heard in private: without them their silence in groups proves nothing."""
    untrue: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Life:
    """One community over some days."""

    def __init__(self, folder: Path, seed: int, busy: float = 10.0) -> None:
        """``busy``: how often somebody does something a day, on average."""
        self.chance, self.busy = random.Random(seed), busy
        self.stage, self.channel = Stage(folder), Listening()
        self.stage.channel = self.channel
        week = frozenset(range(5)) if seed % 2 else frozenset(range(7))
        self.stage.house = replace(self.stage.house, hours=Hours(days=week), random=random.Random(seed))
        self.stage.clock.move(self.stage.clock.now() + timedelta(days=self.chance.randrange(270)))
        self.begun = self.stage.clock.now()
        self.witness = Witness(self.stage.house, self.stage.clock.now)
        self.watch = Watch(self.stage.house, self.stage.clock.now, (CANARY, *NAMES))
        self.watch.gone = self.channel.known
        self.stage.beside = lambda database: self.watch.beside(self.witness.beside(database))
        self.report = Report(seed, 0)
        self.log: deque[str] = deque(maxlen=4000)

    async def run(self, days: int) -> Report:
        """Live so many days; returns what was wrong."""
        await self.stage.open()
        await self.stage.database.transaction(self._plant)
        try:
            for day in range(days):
                await self._day(day)
        finally:
            await self.stage.close()
        self.report.days, self.report.untrue = days, [str(one) for one in self.witness.untrue]
        self.report.wrong, self.report.said, self.report.looked = (
            self.watch.wrong,
            self.watch.queued,
            self.witness.looked,
        )
        self.report.sang = self.watch.sang
        return self.report

    def _plant(self, tx: Transaction) -> None:
        """Canaries in the name, telephone and room of a resident."""
        person = people.known(tx, "talk", "chen")
        assert person is not None and person.home is not None
        people.change(tx, person.id, name=NAMES[0], phone=NAMES[1], home=replace(person.home, room=NAMES[2]))

    # ------------------------------------------------------------ a day

    async def _day(self, day: int) -> None:
        for at in self._moments():
            await self._until(at)
            await self._act()
        await self.stage.database.read(self.watch.tables)
        if day % 30 == 29:
            await self.stage.database.read(lambda tx: self.watch.figures(tx, self.begun))
        if self.chance.random() < 0.1:
            await self._restart()
        if self.chance.random() < 0.01:
            self._leaves(self.chance.choice(("new1", "new2", "new3", "new4")))
        self.report.failures += self.stage.app.counts["failures"]
        self.stage.app.counts["failures"] = 0
        self.report.tickets = len(await self.stage.database.read(tickets.numbers))

    def _moments(self) -> list[datetime]:
        """When something is done this day: mostly while people are awake."""
        start = self.stage.clock.now().astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
        start += timedelta(days=1)
        awake = [start + timedelta(seconds=self.chance.randint(7 * 3600, 77400)) for _ in range(self._often(self.busy))]
        night = [start + timedelta(seconds=self.chance.randrange(86_400)) for _ in range(self._often(self.busy / 12))]
        return sorted([*awake, *night, start + timedelta(hours=23, minutes=50)])

    def _often(self, mean: float) -> int:
        return sum(self.chance.random() < mean / 40 for _ in range(40))

    async def _until(self, at: datetime) -> None:
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

    async def _restart(self) -> None:
        """The process ends and begins again, at once or after some hours."""
        self.log.append("== restart")
        await self.stage.close()
        if self.chance.random() < 0.4:
            self.stage.clock.move(self.stage.clock.now() + timedelta(minutes=self.chance.randint(6, 540)))
        self.watch.by_clock = True
        await self.stage.open()
        self.watch.by_clock = False

    def _leaves(self, account: str) -> None:
        """Somebody moves away and stops the bot."""
        self.log.append(f"== {account} is gone")
        self.channel.gone.add(account)

    # ------------------------------------------------------------ what somebody does

    async def _act(self) -> None:
        role = self._drawn(ROLES)
        if role == "resident":
            account = self.chance.choice(RESIDENTS)
            if account not in self.channel.gone:
                await self._resident(account)
        elif role == "helper":
            await self._helper(self.chance.choice(HELPERS))
        elif role == "ladder":
            await self._ladder(self.chance.choice(LADDER))
        elif role in ("desk", "manager"):
            await self._staff(KNOWN[role], role)
        elif not await self._press(KNOWN[role], KNOWN[role]):
            await self.say(KNOWN[role], self.chance.choice(("/day 明天", "行", "/cases", "我手上有什么")))

    def _drawn(self, weights: Sequence[tuple[str, int]]) -> str:
        return self.chance.choices([name for name, _ in weights], [weight for _, weight in weights])[0]

    def _words(self, role: str, kind: str) -> str:
        number = self.chance.randint(max(1, self.report.tickets - 5), max(1, self.report.tickets))
        return self.chance.choice(LINES[role][kind]).format(
            thing=CANARY, place=self.chance.choice(PLACES), number=number, other=max(1, number - 1)
        )

    async def _resident(self, account: str) -> None:
        """A need, a question or a change of mind, and a few answers to what is asked."""
        if self.chance.random() < 0.35 and await self._press(account, account):
            return
        kind = self._drawn(NEEDS)
        await self.say(account, self._words("resident", kind))
        for _ in range(self.chance.randrange(TURNS)):
            last = self._last(account)
            if last is None or not (last.message.buttons or last.text.endswith("？")):
                return
            calm = kind == "danger" and self.chance.random() < 0.5
            if not calm and last.message.buttons and self.chance.random() < 0.7:
                await self._press(account, account, first=self.chance.random() < 0.7, newest=True)
            else:
                await self.say(account, self._words("resident", "calm" if calm else "answer"))

    async def _ladder(self, account: str) -> None:
        """Somebody who is rung looks at their telephone at last."""
        shown = (
            button for one in reversed(self.channel.newest[account]) for row in one.message.buttons for button in row
        )
        button = next((one for one in shown if one.data.split(":")[0] in ("hold", "there", "solved", "cause")), None)
        if button is not None:
            await self._presses(account, account, button)

    async def _helper(self, account: str) -> None:
        """Takes something in the group, goes on with what they have, or says how it goes."""
        drawn = self.chance.random()
        if drawn < 0.35:
            if not await self._press(account, GROUP_OF[account]):
                await self.say(account, self._words("helper", "claim"), GROUP_OF[account])
        elif drawn < 0.7:
            await self._press(account, account)
        else:
            await self.say(account, self._words("helper", "work"))
            if (last := self._last(account)) is not None and last.text.endswith("？") and self.chance.random() < 0.7:
                await self.say(account, self._words("helper", "answer"))

    async def _staff(self, account: str, role: str) -> None:
        drawn = self.chance.random()
        if drawn < 0.3:
            await self._press(account, "desk")
        elif drawn < 0.6:
            await self._press(account, account)
        elif role == "desk" and drawn < 0.8:
            await self.say(account, self._words("desk", self.chance.choice(("line", "over", "over"))))
        else:
            await self.say(account, self._words(role, "command"))

    # ------------------------------------------------------------ events

    def _last(self, chat: str) -> Shown | None:
        return self.channel.newest[chat][-1] if self.channel.newest[chat] else None

    async def _press(self, account: str, chat: str, *, first: bool = False, newest: bool = False) -> bool:
        """Press a button of one of the newest messages, or the first of the newest; False when there is none."""
        shown = [one for one in self.channel.newest[chat] if one.message.buttons]
        if not shown:
            return False
        message = shown[-1] if newest or self.chance.random() < 0.5 else self.chance.choice(shown)
        buttons = [button for row in message.message.buttons for button in row]
        await self._presses(account, chat, buttons[0] if first else self.chance.choice(buttons))
        return True

    async def _presses(self, account: str, chat: str, button: Button) -> None:
        self.log.append(f"{self.stage.clock.now():%m-%d %H:%M} {account}@{chat} ! {button.label} ({button.data})")
        await self._happens(Press(self._origin(account, chat), button.data))

    async def say(self, account: str, words: str, chat: str = "") -> None:
        """Somebody says something, in private or in a group."""
        self.log.append(f"{self.stage.clock.now():%m-%d %H:%M} {account}@{chat or account} > {words}")
        await self._happens(Utterance(self._origin(account, chat or account), words))

    def _origin(self, account: str, chat: str) -> Origin:
        self.report.lines += 1
        name = {"new1": "周奶奶", "new2": "吴大爷", "new3": "郑阿姨", "new4": "冯叔"}.get(account, account)
        private = chat == account
        key = f"life-{self.report.lines}"
        return Origin("talk", key, chat, account, self.stage.clock.now(), name, private)

    async def _happens(self, event: Received) -> None:
        before = len(self.witness.untrue), len(self.watch.wrong)
        self.stage.clock.move(self.stage.clock.now() + timedelta(seconds=self.chance.randint(4, 40)))
        await self.stage.app.accept([event])
        await self.stage.app.settle()
        self.channel.fresh.clear()
        for one in [str(one) for one in self.witness.untrue[before[0] :]] + self.watch.wrong[before[1] :]:
            self.log.append(f"   ** {one}")
