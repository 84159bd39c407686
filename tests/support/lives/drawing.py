"""Who does what next, drawn: people of different tempers say what ``lines.toml`` has, press what they see, or do nothing."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.replay.talk import Shown
from models.outgoing import Button
from tests.support.lives.acts import ZONE, Act
from tests.support.lives.life import CANARY, Life, Report

LINES: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "lines.toml").read_text(encoding="utf-8")
)
PEOPLE: Mapping[str, str] = LINES["residents"]
"""Account → temper."""
HELPERS: Mapping[str, str] = LINES["helpers"]
"""Account → group."""
LADDER: Sequence[str] = LINES["alarms"]["ladder"]
KNOWN: Mapping[str, str] = LINES["roles"]["accounts"]
TURNS = 7
"""How many lines in a row somebody says at most."""


class Drawing:
    """Draws a life, day by day."""

    def __init__(self, life: Life, seed: int, busy: float = 10.0) -> None:
        """``busy``: how often somebody does something a day, on average."""
        self.life, self.chance, self.busy = life, random.Random(f"drawing {seed}"), busy
        self._shown = life.channel.newest

    async def live(self, days: int) -> Report:
        """Live so many days; returns what was wrong."""
        await self.life.begin()
        try:
            for day in range(days):
                await self._day(day)
        finally:
            report = await self.life.end()
        return report

    # ------------------------------------------------------------ a day

    async def _day(self, day: int) -> None:
        start = self._now.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        for at in self._moments(start):
            await self._at(at)
        figures = "figures" if day % 30 == 29 else ""
        await self.life.do(Act(max(self._now, start + timedelta(hours=23, minutes=50)), "look", words=figures))
        for kind, share in LINES["chance"].items():
            if self.chance.random() < share:
                await getattr(self, f"_{kind}")()

    def _moments(self, start: datetime) -> list[datetime]:
        """When something is done this day: mostly while people are awake."""
        awake = [start + timedelta(seconds=self.chance.randint(7 * 3600, 77400)) for _ in range(self._often(self.busy))]
        night = [start + timedelta(seconds=self.chance.randrange(86_400)) for _ in range(self._often(self.busy / 12))]
        return sorted([*awake, *night])

    def _often(self, mean: float) -> int:
        return sum(self.chance.random() < mean / 40 for _ in range(40))

    @property
    def _now(self) -> datetime:
        return self.life.stage.clock.now()

    async def _restart(self) -> None:
        hours = timedelta(minutes=self.chance.randint(6, 540)) if self.chance.random() < 0.4 else timedelta()
        await self.life.do(Act(self._now, "restart", span=hours))

    async def _down(self) -> None:
        """Nobody notices for days that the machine is off."""
        await self.life.do(Act(self._now, "restart", span=timedelta(hours=self.chance.randint(20, 90))))

    async def _back(self) -> None:
        await self.life.do(Act(self._now, "back", span=timedelta(minutes=self.chance.randint(1, 60))))

    async def _kill(self) -> None:
        account = self.chance.choice(list(PEOPLE))
        if account not in self.life.channel.gone:
            words = self._words("resident", self._drawn(LINES["tempers"][PEOPLE[account]]))
            await self.life.do(Act(self._soon(), "kill", account, account, words))

    async def _alarmed(self) -> None:
        """Late in the evening somebody looks at what they were rung for."""
        for _ in range(4):
            await self._ladder(self.chance.choice(LADDER))

    async def _gone(self) -> None:
        """Somebody moves away and stops the bot."""
        await self.life.do(Act(self._now, "gone", self.chance.choice(("new1", "new2", "new3", "new4"))))

    # ------------------------------------------------------------ what somebody does

    async def _at(self, at: datetime) -> None:
        """Somebody does something at a moment."""
        await self.life.until(max(at, self._now))
        role = self._drawn(LINES["roles"]["often"])
        if role == "resident":
            account = self.chance.choice(list(PEOPLE))
            if account not in self.life.channel.gone:
                await self._resident(account)
        elif role == "helper":
            await self._helper(self.chance.choice(list(HELPERS)))
        elif role == "ladder":
            await self._ladder(self.chance.choice(LADDER))
        elif role in ("desk", "manager"):
            await self._staff(KNOWN[role], role)
        elif not await self._press(KNOWN[role], KNOWN[role]):
            await self._say(KNOWN[role], self._words(role, "command"))

    def _drawn(self, weights: Mapping[str, float]) -> str:
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def _words(self, role: str, kind: str) -> str:
        tickets = self.life.report.tickets
        number = self.chance.randint(max(1, tickets - 5), max(1, tickets))
        return str(self.chance.choice(LINES[role][kind])).format(
            thing=CANARY, place=self.chance.choice(LINES["places"]["all"]), number=number, other=max(1, number - 1)
        )

    async def _resident(self, account: str) -> None:
        """A need, a question or a change of mind, and a few answers to what is asked."""
        temper = LINES["tempers"][PEOPLE[account]]
        if self.chance.random() < 0.35 and await self._press(account, account):
            return
        kind = self._drawn(temper)
        await self._say(account, self._words("resident", kind))
        for _ in range(self.chance.randrange(TURNS)):
            last = self._last(account)
            if last is None or not (last.message.buttons or last.text.endswith("？")):
                break
            calm = kind == "danger" and self.chance.random() < 0.5
            if not calm and last.message.buttons and self.chance.random() < 0.7:
                await self._press(account, account, first=self.chance.random() < 0.7, newest=True)
            else:
                await self._say(account, self._words("resident", "calm" if calm else "answer"))
        if kind == "danger" and self.chance.random() < LINES["alarms"]["answered"]:
            await self._answers_alarm()

    async def _answers_alarm(self) -> None:
        """Somebody of the ladder looks after it, after a while, to its end."""
        account = self.chance.choice(LADDER)
        for _ in range(self.chance.randint(1, 5)):
            await self.life.until(self._now + timedelta(minutes=self.chance.randint(1, 25)))
            await self._ladder(account)

    async def _ladder(self, account: str) -> None:
        """Somebody who is rung looks at their telephone at last."""
        shown = (button for one in reversed(self._shown(account)) for row in one.message.buttons for button in row)
        button = next((one for one in shown if one.data.split(":")[0] in LINES["alarms"]["buttons"]), None)
        if button is not None:
            await self._presses(account, account, button)

    async def _helper(self, account: str) -> None:
        """Takes something in the group, goes on with what they have, or says how it goes."""
        drawn = self.chance.random()
        if drawn < 0.35:
            if not await self._press(account, HELPERS[account]):
                await self._say(account, self._words("helper", "claim"), HELPERS[account])
        elif drawn < 0.7:
            await self._press(account, account)
        else:
            await self._say(account, self._words("helper", "work"))
            if (last := self._last(account)) is not None and last.text.endswith("？") and self.chance.random() < 0.7:
                await self._say(account, self._words("helper", "answer"))

    async def _staff(self, account: str, role: str) -> None:
        drawn = self.chance.random()
        if drawn < 0.3:
            await self._press(account, "desk")
        elif drawn < 0.6:
            await self._press(account, account)
        elif role == "desk" and drawn < 0.8:
            await self._say(account, self._words("desk", self.chance.choice(("line", "over", "over"))))
        else:
            await self._say(account, self._words(role, "command"))

    # ------------------------------------------------------------ acts

    def _last(self, chat: str) -> Shown | None:
        shown = self._shown(chat)
        return shown[-1] if shown else None

    def _soon(self) -> datetime:
        return self._now + timedelta(seconds=self.chance.randint(4, 40))

    async def _press(self, account: str, chat: str, *, first: bool = False, newest: bool = False) -> bool:
        """Press a button of one of the newest messages, or the first of the newest; False when there is none."""
        shown = [one for one in self._shown(chat) if one.message.buttons]
        if not shown:
            return False
        message = shown[-1] if newest or self.chance.random() < 0.5 else self.chance.choice(shown)
        buttons = [button for row in message.message.buttons for button in row]
        await self._presses(account, chat, buttons[0] if first else self.chance.choice(buttons))
        return True

    async def _presses(self, account: str, chat: str, button: Button) -> None:
        await self.life.do(Act(self._soon(), "press", account, chat, button.label, button.data))

    async def _say(self, account: str, words: str, chat: str = "") -> None:
        """Somebody says something, in private or in a group."""
        await self.life.do(Act(self._soon(), "say", account, chat or account, words))
