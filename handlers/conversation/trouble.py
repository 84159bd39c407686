"""What could not be handled, or not be said, becomes the desk's: an event that failed three times, a chat that is gone."""

from __future__ import annotations

from dataclasses import replace

from handlers.mediation import relay
from handlers.tickets import desk, working
from handlers.turn import Turn
from models.events import spoken
from models.meaning import Parse


def aside(turn: Turn) -> None:
    """The desk looks at it, without a word of what may be said in a mediation."""
    secret = relay.about(turn)
    words = "—" if secret else spoken(turn.event) or getattr(turn.event, "caption", "") or "—"
    desk.set_aside(replace(turn, parse=Parse(words, words)), secret)


def gone(turn: Turn) -> None:
    """Nothing can be sent there any more: what they had taken goes back, else it is shown to the desk once."""
    if working.unreachable(turn):
        return
    desk.open_ticket(turn, "groupgone" if turn.chat.kind == "group" else "undelivered", words="—", answer=None)


def flood(turn: Turn) -> None:
    """Somebody asks too much: the desk hears of it once."""
    desk.open_ticket(turn, "flood", words="—", answer=None)
