"""What can happen: said, recorded, photographed, located, pressed, changed, or time came."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from models.transcripts import Transcript, Word


@dataclass(frozen=True)
class Origin:
    """Where an event came from, in the channel's own ids."""

    channel: str
    key: str
    """Unique within the channel: removes repeats, pairs an alarm with its event."""
    chat: str
    account: str
    at: datetime
    """Aware; when the channel received it."""
    name: str = ""
    """The platform's display name: never logged, never shown in a group."""
    private: bool = True
    reply_to: str | None = None
    """The channel's id of the message this one answers."""
    forwarded: bool = False
    """Somebody else's words, passed on."""


@dataclass(frozen=True)
class Utterance:
    """A line of text, typed or heard."""

    origin: Origin
    text: str
    heard: Transcript | None = None
    edited: bool = False
    sound: str = ""
    """Name in the spool folder of the recording it was heard in."""
    first: float = 0.0
    """When an edited line, or the recording that is put right, was first sent, in seconds of Unix time."""
    amends: bool = False
    """It puts right what was heard in a recording."""
    untold: bool = False
    """What was heard could not be written under the recording itself: the answer tells it."""


@dataclass(frozen=True)
class VoiceNote:
    """A recording whose sound lies in a spool file."""

    origin: Origin
    file: str
    """Name in the spool folder."""
    seconds: float | None = None
    """As announced by the channel; never trusted."""
    fault: str = ""
    """Why there is no file: ``large``, ``much`` (too many from one person) or ``late``."""


@dataclass(frozen=True)
class Picture:
    """A photograph whose file lies in the data folder, or an album of them; the words under it are a line that was said."""

    origin: Origin
    file: str
    """Empty for what cannot be kept (a film, a document): its words count all the same."""
    caption: str = ""
    album: str = ""
    """The channel's name of the album it is part of."""
    others: tuple[str, ...] = ()
    """The files of the album's other parts, once they are put together."""
    late: bool = False
    """Its album was answered before it came."""
    fault: str = ""
    """Why there is no file, as of a recording."""

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that could be kept."""
        return tuple(filter(None, (self.file, *self.others)))


@dataclass(frozen=True)
class Spot:
    """A location sent from a phone, in degrees."""

    origin: Origin
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Press:
    """A button pressed: ``verb:target:turn``, at most 64 bytes."""

    origin: Origin
    data: str


@dataclass(frozen=True)
class ChatChange:
    """Something happened to a chat itself."""

    origin: Origin
    kind: str
    """``left`` (this account left the group), ``added``, ``removed``, ``migrated``, ``blocked``, ``unblocked``, ``conflict``,
    ``no_room`` (a file of
    theirs does not fit on the disk; it is fetched later) or ``unknown`` (a sticker and the like)."""
    to: str = ""
    """The new chat id after a migration."""


@dataclass(frozen=True)
class Due:
    """A row of the agenda whose time has come."""

    key: str
    at: datetime
    kind: str
    chat: int | None = None
    person: int | None = None
    ticket: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


Received: TypeAlias = Utterance | VoiceNote | Picture | Spot | Press | ChatChange
Event: TypeAlias = Received | Due

CAP = 2000
"""Characters of what was said that are kept of a danger."""
URGENT = "urgent"
"""Verb of the button that cries for help."""
_KINDS: dict[str, type] = {kind.__name__: kind for kind in (Utterance, VoiceNote, Picture, Spot, Press, ChatChange)}


def encode(event: Received) -> str:
    """The event as JSON text, for the inbox."""
    fields = asdict(event)
    fields["origin"]["at"] = event.origin.at.isoformat()
    return json.dumps({"kind": type(event).__name__, **fields}, ensure_ascii=False, sort_keys=True)


def decode(text: str) -> Received:
    """The event that :func:`encode` wrote; raises ``KeyError`` or ``ValueError`` on anything else."""
    fields = json.loads(text)
    kind = _KINDS[fields.pop("kind")]
    origin = fields.pop("origin")
    origin["at"], origin["name"] = datetime.fromisoformat(origin["at"]), origin["name"] or ""
    if fields.get("others"):
        fields["others"] = tuple(fields["others"])
    if fields.get("heard"):
        heard = fields["heard"]
        fields["heard"] = Transcript(**{**heard, "words": tuple(Word(**word) for word in heard["words"])})
    event: Received = kind(origin=Origin(**origin), **fields)
    return event


def mark_of(channel: str, key: str, text: str) -> str:
    """Tells one danger from another: twelve hexadecimal digits of the event's key and words."""
    return hashlib.sha256(f"{channel}:{key}:{text[:CAP]}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


def spoken(event: Event) -> str:
    """The words of an event: a line, a picture's caption, or the cry of a button."""
    if isinstance(event, Utterance):
        return event.text
    if isinstance(event, Picture):
        return event.caption
    return "急" if isinstance(event, Press) and event.data.startswith(f"{URGENT}:") else ""


def sound_of(event: Received) -> str:
    """The file of the recording that an event is or came from."""
    if isinstance(event, VoiceNote):
        return event.file.rpartition("/")[2]
    return event.sound.rpartition("/")[2] if isinstance(event, Utterance) else ""
