"""Plays a conversation file with everybody's telephone, against the running service."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from bot.replay import script, seed
from bot.replay.talk import BEGIN
from tests.support.telegram_app import Town
from tests.support.telegram_standin import Group, Person


class Player:
    """Plays a conversation file through the real client."""

    def __init__(self, place: Town, voice: Callable[[str], bytes] | None = None) -> None:
        """Nothing was played; ``voice`` makes a recording of words."""
        self.town, self._voice = place, voice
        self._seen = 0

    def play(self, text: str) -> str:
        """The file as Telegram showed it."""
        played = []
        for step in script.read(text):
            self._do(step)
            calls = self.town.server.calls()
            played += [step.source, *self.town.lines(calls[self._seen :])]
            self._seen = len(calls)
        return "\n".join(played).rstrip("\n") + "\n"

    def _do(self, step: script.Step) -> None:
        if step.kind in ("clock", "down"):
            self._pass(step)
        elif step.kind == "restart":
            self.town.kill()
            self.town.start()
        elif step.kind != "remark":
            self._act(step, self.town.people[step.who], self.town.groups[step.group] if step.group else None)
        self.town.settle()

    def _pass(self, step: script.Step) -> None:
        local = self.town.clock.now().astimezone(seed.load().settings.house().zone)
        text = step.text if "-" in step.text else f"{(local - self.town.drift).date()} {step.text}"
        to = datetime.fromisoformat(text).replace(tzinfo=local.tzinfo).astimezone(BEGIN.tzinfo)
        if step.kind == "clock":
            return self.town.walk(to)
        assert self.town.end() == 0
        self.town.clock.move(to + self.town.drift)
        return self.town.start()

    def _act(self, step: script.Step, person: Person, group: Group | None) -> None:
        if step.kind == "press":
            self._press(step, person, group)
        elif step.kind == "picture":
            self._show(step, person, group)
        elif step.kind == "voice" and self._voice is not None:
            person.sends_voice(self._voice(step.text), group)
        else:
            chat = (group or person).state
            replied = chat.post(self._about(chat.id, step.ticket)) if step.ticket else None
            person.says(step.text, group, replied)

    def _show(self, step: script.Step, person: Person, group: Group | None) -> None:
        if step.count > 1:
            person.sends_album(step.count, step.text, group)
        elif step.count:
            person.sends_photo(caption=step.text, chat=group)
        else:
            person.sends_file("video", step.text, group)

    def _press(self, step: script.Step, person: Person, group: Group | None) -> None:
        chat = (group or person).state
        for post in reversed(chat.posts):
            for label, data in (button for row in post.buttons for button in row):
                if label == step.text and (step.ticket is None or f":{step.ticket}:" in data):
                    person.forges(data, post)
                    return
        person.forges(
            re.sub("^伪造 ", "", step.text), next(post for post in reversed(chat.posts) if post.sender != person.id)
        )

    def _about(self, chat: int, ticket: int) -> int:
        sql = (
            "SELECT o.message FROM outbox o JOIN chat c ON c.id = o.chat WHERE c.address = ? AND o.about = ?"
            " AND o.message IS NOT NULL ORDER BY CAST(o.message AS INTEGER) DESC LIMIT 1"
        )
        return int(self.town.rows(sql, str(chat), ticket)[0]["message"])
