"""For the tests of the alarm lane: a stage whose messages are timed and whose channel can be made to fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.channels import Message
from bot.replay.talk import Stage
from models.events import Origin, Press, Utterance
from storage.database import Unavailable


@dataclass
class Attempt:
    """One time that the channel was asked to deliver something."""

    second: float
    """Seconds of the moved clock since the watch began."""
    chat: str
    text: str
    sent: bool
    presses: tuple[str, ...] = ()
    """What its buttons carry."""


@dataclass
class Watch:
    """Stands before the channel's ``send``."""

    stage: Stage
    refuse: Callable[[str], Exception | None] = lambda chat: None
    attempts: list[Attempt] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Contents of the files that were sent."""

    def __post_init__(self) -> None:
        self._begun = self.stage.clock.now()
        self._send = self.stage.channel.send
        self.stage.channel.send = self.send  # type: ignore[method-assign]

    @property
    def now(self) -> float:
        return (self.stage.clock.now() - self._begun).total_seconds()

    async def send(self, chat: str, message: Message, edit: str | None = None) -> str:
        fault = self.refuse(chat)
        presses = tuple(button.data for row in message.buttons for button in row)
        self.attempts.append(Attempt(self.now, chat, message.text, fault is None, presses))
        if message.file is not None:
            self.files.append(message.file.read_text(encoding="utf-8"))
        if fault is not None:
            raise fault
        return await self._send(chat, message, edit)

    def alerts(self, chat: str = "", sent: bool | None = None) -> list[Attempt]:
        """Attempts to alert somebody."""
        return [
            one
            for one in self.attempts
            if one.text.startswith("急 ")
            and "第" in one.text.split("\n")[0]
            and chat in ("", one.chat)
            and sent in (None, one.sent)
        ]

    def longest_gap(self, until: float) -> float:
        """Seconds between two attempts to alert anybody, and from the last one until now."""
        times = sorted({one.second for one in self.alerts()})
        return max(later - earlier for earlier, later in zip(times, [*times[1:], until], strict=True))


def line(stage: Stage, text: str, account: str = "wang", key: str = "danger", chat: str = "") -> Utterance:
    """Somebody's words as the platform brings them."""
    return Utterance(Origin("talk", key, chat or account, account, stage.clock.now(), account, private=not chat), text)


def button(stage: Stage, data: str, account: str, key: str) -> Press:
    """Somebody's press as the platform brings it."""
    return Press(Origin("talk", key, account, account, stage.clock.now(), account), data)


async def offered(stage: Stage, event: Utterance | Press) -> bool:
    """Whether the event could be stored; the platform offers it again when not."""
    try:
        await stage.app.accept([event])
    except Unavailable:
        return False
    return True


async def pass_seconds(stage: Stage, seconds: int, *again: Utterance | Press, locked: bool = False) -> None:
    """Move the clock second by second, as the tick sees it; what could not be stored is offered every five seconds."""
    waiting = list(again)
    for second in range(seconds):
        stage.clock.move(stage.clock.now() + timedelta(seconds=1))
        await stage.app.tick()
        if second % 5 == 0:
            waiting = [event for event in waiting if not await offered(stage, event)]
        await stage.app.alarm.drained()
        if not locked:
            await stage.app.settle()
