"""First contact, invitation codes, and chats that come and go."""

from __future__ import annotations

import re
from functools import partial

from handlers.mediation import mediators
from handlers.people import dismissing, family, passing
from handlers.rows import Meant
from handlers.tickets import desk
from handlers.turn import Turn
from models.events import ChatChange, Utterance
from storage import incidents, invitations, people, tickets

CONSENT = "2026-11"
"""Version of the line that people are told."""
STARTER = "starter"
"""The bundled speech model's name."""
CODE = re.compile(r"[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}", re.ASCII)
"""The shape of an invitation code, without letters that look alike."""


def consent(turn: Turn) -> None:
    """One line with the first answer; nothing waits for it."""
    if not turn.person.id or turn.person.consented or not turn.sent or turn.chat.kind != "private":
        return
    people.consent(turn.tx, turn.person.id, CONSENT, turn.now)
    _with_menu(turn, "first.consent")


def starter(turn: Turn) -> None:
    """Whoever speaks while the bundled model listens is told once how little it understands; nobody in danger is."""
    heard = turn.event.heard if isinstance(turn.event, Utterance) else None
    if heard is None or heard.model != STARTER or turn.parse.signs or turn.chat.kind != "private":
        return
    if incidents.live_of(turn.tx, turn.person.id) is None and people.told_starter(turn.tx, turn.person.id, turn.now):
        turn.tell(turn.chat.id, turn.text("first.starter"))


def _with_menu(turn: Turn, key: str) -> None:
    """A resident gets the menu with it; who works here does not need one."""
    resident = not turn.person.roles - {"resident", "family"}
    turn.tell(turn.chat.id, turn.text(key, community=turn.house.community.name), menu=resident)


def code(turn: Turn) -> Meant | None:
    """A code that gives a role or links a relative, in private only."""
    found = CODE.fullmatch(turn.parse.text.strip().upper())
    sent = found.group() if found else family.said(turn)
    return Meant(partial(_redeem, turn, sent)) if sent is not None else None


def _redeem(turn: Turn, sent: str) -> None:
    if invitations.is_guessing(turn.tx, turn.person.id, turn.now):
        return turn.answer("code.wait")
    if family.redeem(turn, sent) or passing.redeem(turn, sent):
        return None
    role = invitations.redeem(turn.tx, sent, turn.person.id, turn.now)
    if role is None:
        turn.answer("code.wrong")
    else:
        turn.answer(f"code.{role}", name=turn.person.called)
    if role == mediators.ROLE and turn.person.home is None:
        turn.answer("code.stair")
    return None


def start(turn: Turn, words: str) -> None:
    """/start: a greeting with one example; a code may follow it in a link."""
    _with_menu(turn, "first.hello")


def chat_changed(turn: Turn) -> None:
    """The bot was added, removed, blocked, or a group moved."""
    assert isinstance(turn.event, ChatChange)
    change = turn.event
    if change.kind in ("removed", "blocked"):
        people.mark_gone(turn.tx, turn.chat.id)
        _tell_desk(turn, change.kind)
    elif change.kind in ("added", "unblocked"):
        people.mark_gone(turn.tx, turn.chat.id, gone=False)
        if turn.chat.kind == "group":
            turn.answer("group.hello")
    elif change.kind == "left":
        dismissing.left(turn)
    elif change.kind == "migrated":
        people.move_chat(turn.tx, turn.chat, change.to)
    elif change.kind == "conflict":
        _tell_conflict(turn)
    elif turn.chat.kind == "private":
        turn.answer("first.no_room" if change.kind == "no_room" else "first.unknown")


def _tell_conflict(turn: Turn) -> None:
    """Another program uses the same bot: the desk hears of it once."""
    if not any(ticket.category == "conflict" for ticket in tickets.open_in(turn.tx, "desk")):
        desk.open_ticket(turn, "conflict", words="—", answer=None)


def _tell_desk(turn: Turn, kind: str) -> None:
    reason = "groupgone" if turn.chat.kind == "group" else "blocked"
    desk.open_ticket(turn, reason, words="—", answer=None)


QUEUES = {
    "volunteers": "volunteers",
    "志愿者": "volunteers",
    "志愿者群": "volunteers",
    "desk": "desk",
    "服务台": "desk",
    "property": "property",
    "物业": "property",
}
"""What a group may be bound to, by the words for it."""


def here(turn: Turn, words: str) -> None:
    """/here volunteers: a manager says what a group is for."""
    queue = QUEUES.get(words.strip() or "volunteers")
    if turn.chat.kind != "group" or not turn.person.may("manager") or queue is None:
        return turn.answer("group.here_refused")
    people.bind_group(turn.tx, turn.chat.id, queue)
    return turn.answer(f"group.here.{queue}")
