"""What was said in each chat of the try page: a reload of the browser loses nothing."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.outgoing import Button, Rows

KEPT = 500
"""Entries kept in one chat; the oldest go first."""


@dataclass(frozen=True)
class Entry:
    """One bubble: a line, a press, a picture, a voice note or a file."""

    id: str
    chat: str
    at: str
    """Local time of the try-out, ISO 8601 to the minute."""
    text: str
    by: str = ""
    """Account of the person; empty for the bot."""
    name: str = ""
    form: str = "text"
    """``text``, ``press``, ``voice``, ``picture`` or ``file``."""
    kind: str = "answer"
    buttons: Rows = ()
    about: str | None = None
    """The message that is answered or whose button was pressed."""
    data: str = ""
    """What a press carried."""
    file: Path | None = None
    saved: bool = True
    """False until the core has stored it."""
    edited: bool = False
    heard: str = ""
    """What was heard in a recording."""

    def shown(self) -> dict[str, Any]:
        """The entry as the browser gets it: no path of this machine."""
        return {
            "id": self.id,
            "chat": self.chat,
            "at": self.at,
            "text": self.text,
            "by": self.by,
            "name": self.name,
            "form": self.form,
            "kind": self.kind,
            "about": self.about,
            "data": self.data,
            "saved": self.saved,
            "edited": self.edited,
            "heard": self.heard,
            "buttons": [[{"label": button.label, "data": button.data} for button in row] for row in self.buttons],
            "file": {"name": self.file.name, "type": kind_of(self.file)} if self.file else None,
        }

    def stored(self) -> dict[str, Any]:
        """The entry as a line of the folder's own file."""
        return {**self.shown(), "file": str(self.file) if self.file else None}


def restored(line: dict[str, Any]) -> Entry:
    """The entry that was written down as ``stored``."""
    rows = tuple(tuple(Button(one["label"], one["data"]) for one in row) for row in line["buttons"])
    return Entry(**{**line, "buttons": rows, "file": Path(line["file"]) if line["file"] else None})


def kind_of(file: Path) -> str:
    """The media type that the name of the file promises."""
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


class History:
    """The entries of all chats, in order."""

    def __init__(self) -> None:
        """Start with nothing said."""
        self._chats: dict[str, dict[str, Entry]] = {}

    def put(self, entry: Entry) -> None:
        """Add an entry, or replace the one of the same id in its place."""
        chat = self._chats.setdefault(entry.chat, {})
        chat[entry.id] = entry
        while len(chat) > KEPT:
            del chat[next(iter(chat))]

    def drop(self, entry: Entry) -> None:
        """Take an entry out again."""
        self._chats.get(entry.chat, {}).pop(entry.id, None)

    def find(self, chat: str, id: str | None) -> Entry | None:
        """The entry of that id in that chat, if it is still kept."""
        return self._chats.get(chat, {}).get(id or "")

    def anywhere(self, id: str) -> Entry | None:
        """The entry of that id in any chat."""
        return next((chat[id] for chat in self._chats.values() if id in chat), None)

    def entries(self) -> list[Entry]:
        """Everything kept, chat by chat."""
        return [entry for chat in self._chats.values() for entry in chat.values()]

    def all(self) -> list[dict[str, Any]]:
        """Everything kept, as the browser gets it."""
        return [entry.shown() for entry in self.entries()]
