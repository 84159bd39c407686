"""Forms being filled, questions being open, conversations a person has taken over; and what else is open, in one read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from models import cases, tickets
from models.dialogues import NOTED, Dialogue, Notes
from storage.database import Row, Transaction, millis, moment


def get(tx: Transaction, chat: int, person: int) -> Dialogue | None:
    """The form this person fills in this chat."""
    row = tx.one("SELECT state FROM dialogue WHERE chat = ? AND person = ?", chat, person)
    if row is None:
        return None
    return _dialogue(json.loads(row["state"]))


def _dialogue(state: dict[str, Any]) -> Dialogue:
    """A form as it was kept; before notes were kept apart they lay among the slots."""
    slots, notes = state["slots"], state.get("notes")
    if notes is None:
        notes = {name: value for name, value in slots.items() if name in NOTED}
        slots = {name: value for name, value in slots.items() if name not in NOTED}
    known = {name: value for name, value in notes.items() if name in NOTED}
    return Dialogue(**{**state, "slots": slots, "notes": Notes(**known), "waiting": tuple(state["waiting"])})


def save(tx: Transaction, dialogue: Dialogue, now: datetime) -> None:
    """Keep the form."""
    tx.run(
        "INSERT INTO dialogue (chat, person, at, state) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (chat, person) DO UPDATE SET at = excluded.at, state = excluded.state",
        dialogue.chat,
        dialogue.person,
        millis(now),
        json.dumps(asdict(dialogue), ensure_ascii=False),
    )


def pictures(state: str) -> list[str]:
    """The names of the pictures in a stored form: its own, and those of the needs that wait."""
    form = json.loads(state)
    kept = [form["slots"].get("pictures", ""), *(json.loads(need).get("pictures", "") for need in form["waiting"])]
    return [name for names in kept for name in str(names).split("|") if name]


def close(tx: Transaction, chat: int, person: int) -> None:
    """The form is over."""
    tx.run("DELETE FROM dialogue WHERE chat = ? AND person = ?", chat, person)


@dataclass(frozen=True)
class OpenQuestion:
    """A question outside a form that waits for an answer."""

    id: int
    chat: int
    person: int
    kind: str
    """``fixed``, ``rate``, ``why``, ``which`` …"""
    ticket: int | None
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)


def ask(
    tx: Transaction, chat: int, person: int, kind: str, ticket: int | None, now: datetime, **data: Any
) -> OpenQuestion:
    """Open a question; the same question about the same ticket is asked anew under a new number."""
    tx.run(
        "DELETE FROM question WHERE chat = ? AND person = ? AND kind = ? AND ticket IS ?", chat, person, kind, ticket
    )
    row = tx.one(
        "INSERT INTO question (chat, person, kind, ticket, data, at) VALUES (?, ?, ?, ?, ?, ?) RETURNING *",
        chat,
        person,
        kind,
        ticket,
        json.dumps(data, ensure_ascii=False),
        millis(now),
    )
    assert row is not None
    return _question(row)


def _question(row: Row) -> OpenQuestion:
    return OpenQuestion(
        row["id"], row["chat"], row["person"], row["kind"], row["ticket"], moment(row["at"]), json.loads(row["data"])
    )


def questions(tx: Transaction, chat: int, person: int) -> list[OpenQuestion]:
    """The open questions of a person in a chat, newest first."""
    rows = tx.all("SELECT * FROM question WHERE chat = ? AND person = ? ORDER BY id DESC", chat, person)
    return [_question(row) for row in rows]


def question(tx: Transaction, number: int) -> OpenQuestion | None:
    """An open question by its number."""
    row = tx.one("SELECT * FROM question WHERE id = ?", number)
    return _question(row) if row else None


def asked_again(tx: Transaction, question: OpenQuestion, now: datetime) -> None:
    """A question was repeated under its number: it is the newest now, and knows how often it was asked (``times``)."""
    data = {**question.data, "times": question.data.get("times", 1) + 1}
    tx.run(
        "UPDATE question SET at = ?, data = ? WHERE id = ?",
        millis(now),
        json.dumps(data, ensure_ascii=False),
        question.id,
    )


def saved_at(tx: Transaction, chat: int, person: int) -> datetime | None:
    """When the form this person fills last went on; None when there is none."""
    row = tx.one("SELECT at FROM dialogue WHERE chat = ? AND person = ?", chat, person)
    return moment(row["at"]) if row else None


def answered(tx: Transaction, number: int) -> bool:
    """Close a question; False when it was closed before."""
    return tx.run("DELETE FROM question WHERE id = ?", number) > 0


def forget_kind(tx: Transaction, chat: int | None, person: int, kind: str) -> None:
    """Close a person's questions of one kind, in one chat or in every."""
    tx.run("DELETE FROM question WHERE chat = coalesce(?, chat) AND person = ? AND kind = ?", chat, person, kind)


def forget_questions(tx: Transaction, ticket: int, *kinds: str) -> None:
    """Close the questions about a ticket: those of these kinds, or all."""
    for kind in kinds:
        tx.run("DELETE FROM question WHERE ticket = ? AND kind = ?", ticket, kind)
    if not kinds:
        tx.run("DELETE FROM question WHERE ticket = ?", ticket)


@dataclass(frozen=True)
class Relay:
    """A person of the desk speaks with a resident through the bot."""

    ticket: int
    resident: int
    chat: int
    helper: int | None
    helper_chat: int | None


def begin_relay(tx: Transaction, relay: Relay, now: datetime) -> None:
    """Join a resident's chat to the one who answers; an open one gets another helper."""
    tx.run(
        "INSERT INTO relay (ticket, resident, chat, helper, helper_chat, at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (ticket) DO UPDATE SET helper = excluded.helper, helper_chat = excluded.helper_chat, at = excluded.at",
        relay.ticket,
        relay.resident,
        relay.chat,
        relay.helper,
        relay.helper_chat,
        millis(now),
    )


_RELAY = "SELECT ticket, resident, chat, helper, helper_chat FROM relay"


def relay_in(tx: Transaction, chat: int) -> Relay | None:
    """The conversation a person has taken over in a resident's chat, the newest first."""
    row = tx.one(f"{_RELAY} WHERE chat = ? ORDER BY at DESC LIMIT 1", chat)
    return Relay(**dict(row)) if row else None


def relay_of(tx: Transaction, ticket: int) -> Relay | None:
    """The conversation about a ticket."""
    row = tx.one(f"{_RELAY} WHERE ticket = ?", ticket)
    return Relay(**dict(row)) if row else None


def relays_of_helper(tx: Transaction, helper: int) -> list[Relay]:
    """The conversations somebody of the desk is in, newest first."""
    return [Relay(**dict(row)) for row in tx.all(f"{_RELAY} WHERE helper = ? ORDER BY at DESC", helper)]


def end_relay(tx: Transaction, ticket: int) -> bool:
    """The bot speaks again."""
    return tx.run("DELETE FROM relay WHERE ticket = ?", ticket) > 0


# ---------------------------------------------------------------- what stands open


@dataclass(frozen=True)
class Standing:
    """What there is around a person in a chat, told in one read: only what there is need be read in full."""

    form: bool
    """They fill a form here."""
    question: bool
    """They were asked something outside a form."""
    relay: bool
    """A person speaks with whoever is here."""
    held: bool
    """They have taken a ticket."""
    reported: bool
    """A ticket is theirs."""
    incident: bool
    """A danger that is not closed is theirs, or in their hands."""
    case: bool
    """They have a part in a mediation."""
    speaks_for: bool
    """Their telephone speaks for somebody else."""
    named: bool
    """Neighbours have given a place a name of their own."""
    aloud: bool
    """Somebody wants answers spoken, or this one has only spoken so far."""


def _listed(statuses: tuple[str, ...]) -> str:
    return ", ".join(f"'{status}'" for status in statuses)


_STANDING: Mapping[str, str] = {
    "form": "dialogue WHERE chat = ?1 AND person = ?2",
    "question": "question WHERE chat = ?1 AND person = ?2",
    "relay": "relay WHERE chat = ?1",
    "held": "claim WHERE person = ?2 AND ended_at IS NULL",
    "reported": f"ticket t WHERE reporter = ?2 OR (status IN ({_listed(tickets.OPEN)})"
    " AND EXISTS (SELECT 1 FROM json_each(t.joined) WHERE value = ?2))",
    "incident": "incident WHERE status <> 'closed' AND (person = ?2 OR holder = ?2)",
    "case": "case_file f JOIN ticket t ON t.id = f.ticket LEFT JOIN case_side s ON s.ticket = f.ticket AND s.person = ?2"
    f" WHERE t.status IN ({_listed((*cases.LIVE, 'declined'))}) AND (f.mediator = ?2 OR s.person = ?2)",
    "speaks_for": "other WHERE person = ?2 AND since IS NOT NULL",
    "named": "nickname",
    "aloud": "voice WHERE aloud > 0 OR (person = ?2 AND spoken > 0)",
}
_STANDS = "SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM {rows}) AS has_{name}" for name, rows in _STANDING.items())


def standing(tx: Transaction, chat: int, person: int) -> Standing:
    """What there is around a person in a chat."""
    row = tx.one(_STANDS, chat, person)
    assert row is not None
    return Standing(*(bool(row[f"has_{name}"]) for name in _STANDING))
