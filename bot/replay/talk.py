"""Replays conversations through the real core: router, parser, database, outbox and agenda."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.app import App, Folders
from bot.channels import Accept, Message
from bot.flow.clock import MovedClock
from bot.flow.notes import Ears
from bot.replay import script, seed
from bot.replay.script import ScriptError, Step
from handlers.settings import House
from models.events import Origin, Picture, Press, Received, Utterance, VoiceNote
from models.transcripts import Transcript, Word
from storage import people, queue
from storage.database import Database, Transaction
from storage.migrate import migrate
from storage.sqlite import open_database

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Monday, nine in the morning in China."""
FORGED = "伪造 "
"""A press that no button offers: ``伪造 verb:target:turn``."""
Voice = Callable[[str, Path], None]
"""Makes a recording of words into a file."""


@dataclass
class Shown:
    """A message as a chat shows it."""

    chat: str
    text: str
    message: Message


class TalkChannel:
    """A messenger that keeps everything it was given."""

    name = "talk"

    def __init__(self) -> None:
        """Begin empty."""
        self.shown: dict[str, Shown] = {}
        self.fresh: list[tuple[Shown, bool]] = []

    async def receive(self, accept: Accept) -> None:
        """Nothing comes in by itself."""
        await asyncio.Event().wait()

    async def send(self, chat: str, message: Message, edit: str | None = None) -> str:
        """Keep the message."""
        reference = edit or str(len(self.shown) + 1)
        changed = edit is not None
        self.shown[reference] = Shown(chat, message.text, message)
        self.fresh.append((self.shown[reference], changed))
        return reference

    async def receipt(self, chat: str, kind: str, key: str = "") -> None:
        """Receipts leave no trace."""

    async def close(self) -> None:
        """Nothing to close."""


@cache
def _community() -> tuple[seed.Seed, House]:
    """The seeded people and what handlers need of their settings, read once."""
    planted = seed.load()
    return planted, planted.settings.house()


class Stage:
    """A core with the seeded community, and somebody who plays the lines."""

    def __init__(self, folder: Path, ears: Ears | None = None, voice: Voice | None = None) -> None:
        """Prepare; :meth:`open` starts."""
        self.seed, house = _community()
        self.house = replace(house, random=random.Random(7))
        self.clock = MovedClock(BEGIN)
        self.channel = TalkChannel()
        self.folders = Folders(folder)
        self.opens: Callable[[Path], Awaitable[Database]] = open_database
        self.beside: Callable[[Database], Database] = lambda database: database
        """Puts something between the core and its database: a witness in tests."""
        self._ears, self._voice = ears, voice
        self._titles = {p.account: p.name for p in self.seed.people} | {g.address: g.title for g in self.seed.groups}
        self._addresses = {title: address for address, title in self._titles.items()}
        self._count = 0

    async def open(self) -> None:
        """Start (or start again) on the same folder."""
        path = self.folders.data / "linsheng.db"
        migrate(path)
        self.database = self.beside(await self.opens(path))
        await self.database.transaction(lambda tx: seed.plant(tx, self.seed, "talk", self.clock.now()))
        self.app = App(self.house, self.database, self.clock, [self.channel], self.folders, self._ears)
        await self.app.start(ticking=False)
        await self.app.tick()
        await self.app.settle()

    async def close(self) -> None:
        """End the process."""
        await self.app.stop()

    async def play(self, step: Step) -> list[str]:
        """Do one step; returns the lines the bot sent."""
        self.channel.fresh.clear()
        if step.kind in ("clock", "down"):
            await self._walk(step)
        elif step.kind == "restart":
            await self.close()
            await self.open()
        elif step.kind != "remark":
            await self.app.accept(await self._events(step))
            await self.app.settle()
        return [self._line(shown, changed) for shown, changed in self.channel.fresh]

    def _line(self, shown: Shown, changed: bool) -> str:
        file = shown.message.file
        text = f"[{'声' if file.suffix == '.ogg' else '图'}] {shown.text}".rstrip() if file else shown.text
        return script.sent_line(self._titles[shown.chat], text, shown.message.buttons, changed)

    async def _walk(self, step: Step) -> None:
        to = _moment(step, self.clock.now(), self.house.zone)
        if step.kind == "down":
            await self.close()
            self.clock.move(to)
            await self.open()
        else:
            await self.app.walk(to, self.clock.move)

    async def _events(self, step: Step) -> list[Received]:
        if step.kind != "picture":
            return [await self._event(step)]
        origins = [await self._origin(step) for _ in range(step.count or 1)]
        album = origins[0].key if step.count > 1 else ""
        return [self._picture(step, origin, album) for origin in origins]

    def _picture(self, step: Step, origin: Origin, album: str) -> Picture:
        """One picture of a step; the words stand under the first of several."""
        file = f"{origin.key}.jpg" if step.count else ""
        if file:
            (self.folders.pictures / file).write_bytes(b"picture")
        return Picture(origin, file, step.text if album in ("", origin.key) else "", album)

    async def _event(self, step: Step) -> Received:
        origin = await self._origin(step)
        if step.kind == "press":
            return Press(origin, self._button(step, origin.chat))
        if step.kind == "unsure":
            return Utterance(origin, step.text, Transcript(step.text, 0.9, words=_words(step)))
        if step.kind == "voice" and self._voice is not None:
            file = f"{origin.key}.ogg"
            self._voice(step.text, self.folders.spool / file)
            return VoiceNote(origin, file)
        if step.kind == "amend":
            return Utterance(origin, step.text, first=origin.at.timestamp(), amends=True)
        return Utterance(origin, step.text)

    async def _origin(self, step: Step) -> Origin:
        self._count += 1
        try:
            account = self._addresses[step.who]
            chat = self._addresses[step.group] if step.group else account
        except KeyError as unknown:
            raise ScriptError(f"line {step.line}: nobody is called {unknown}") from None
        replied = await self._message_of(chat, step.ticket) if step.kind == "say" and step.ticket else None
        key = f"{step.line}-{self._count}"
        return Origin(
            "talk", key, chat, account, self.clock.now(), step.who, not step.group, replied, step.kind == "forward"
        )

    async def _message_of(self, chat: str, ticket: int) -> str | None:
        """The newest message in a chat that speaks of a ticket."""
        for reference, shown in reversed(self.channel.shown.items()):
            if shown.chat == chat:
                about = await self.database.read(lambda tx, r=reference: self._about(tx, chat, r))  # type: ignore[misc]
                if about == ticket:
                    return reference
        return None

    def _about(self, tx: Transaction, chat: str, reference: str) -> int | None:
        found = people.chat_at(tx, "talk", chat)
        return queue.ticket_of_message(tx, found.id, reference) if found else None

    def _button(self, step: Step, chat: str) -> str:
        """What the newest button with this label carries; raises ``ScriptError``."""
        for shown in reversed(self.channel.shown.values()):
            for row in shown.message.buttons if shown.chat == chat else ():
                for button in row:
                    if button.label == step.text and (step.ticket is None or f":{step.ticket}:" in button.data):
                        return button.data
        if step.text.startswith(FORGED):
            return step.text.removeprefix(FORGED)
        raise ScriptError(f"line {step.line}: no button {step.text}")


def _words(step: Step) -> tuple[Word, ...]:
    """Every character as a word of a transcript, those in doubt with little confidence."""
    return tuple(Word(one, 0.3 if one in step.unsure else 0.9, at, at + 1) for at, one in enumerate(step.text))


def _moment(step: Step, now: datetime, zone: object) -> datetime:
    """A full time, or an hour of the same day."""
    local = now.astimezone(zone)  # type: ignore[arg-type]
    text = step.text if "-" in step.text else f"{local.date()} {step.text}"
    try:
        to = datetime.fromisoformat(text).replace(tzinfo=local.tzinfo)
    except ValueError:
        raise ScriptError(f"line {step.line}: {step.text} is no time") from None
    if to < local:
        raise ScriptError(f"line {step.line}: time does not go back")
    return to


async def replay(text: str, ears: Ears | None = None, voice: Voice | None = None) -> str:
    """Play a conversation; returns the file as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder), ears, voice)
        await stage.open()
        try:
            lines = []
            for step in script.read(text):
                lines.append(step.source)
                lines += await stage.play(step)
            return "\n".join(lines).rstrip("\n") + "\n"
        finally:
            await stage.close()
