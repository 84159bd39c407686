"""Conditions of the desk, and of who else is told, from the tables."""

from __future__ import annotations

import json
from collections.abc import Mapping

from handlers.tickets import desk
from storage import dialogues, people, tickets
from tests.support.truth.said import Said, Truth


def pending(said: Said) -> str:
    """It lies on the desk."""
    ticket = said.ticket
    return "" if ticket and ticket.is_open and "desk" in (ticket.flow, ticket.queue) else "it does not lie on the desk"


def waiting(said: Said) -> str:
    """Something of the reader lies on the desk."""
    lying = (one for one in tickets.open_in(said.tx, "desk") if one.flow == "desk")
    return "" if any(said.person == one.reporter for one in lying) else "nothing of theirs lies on the desk"


def knows(said: Said) -> str:
    """The desk was shown the ticket."""
    row = said.tx.one("SELECT 1 FROM outbox WHERE key = ?", f"desk:{said.about}")
    return "" if row else "the desk was never shown it"


def owns(said: Said) -> str:
    """Somebody of the desk has it."""
    owner = said.ticket.owner if said.ticket else None
    return "" if owner and people.get(said.tx, owner).roles & desk.SEATED else "nobody of the desk has it"


def speaking(said: Said) -> str:
    """The one who is named speaks with the reader."""
    rows = said.tx.all("SELECT helper FROM relay WHERE chat = ?", said.chat.id)
    names = {said.called(row["helper"]) for row in rows if row["helper"]}
    name = said.values.get("helper") or said.values.get("mediator")
    return "" if name in names else f"{name} is named, {names} speak with them"


def silent(said: Said) -> str:
    """The conversation about it is over."""
    relay = dialogues.relay_of(said.tx, said.about) if said.about else None
    return "somebody speaks with them" if relay else ""


def told(said: Said) -> str:
    """Another message waits for somebody else."""
    return "" if _others(said) else "nobody else is told"


def holder_told(said: Said) -> str:
    """Another message waits for whoever has the ticket, or did it."""
    ticket = said.ticket
    if ticket is None:
        return told(said)
    incident = said.tx.one("SELECT holder FROM incident WHERE id = ?", ticket.id)
    owner = incident["holder"] if incident else ticket.owner
    chat = people.get(said.tx, owner).chat if owner else None
    return "" if chat in _others(said) else "whoever has it is not told"


def _others(said: Said) -> set[int]:
    rows = said.tx.all("SELECT chat, content FROM outbox WHERE state = 'pending' AND chat <> ?", said.chat.id)
    return {row["chat"] for row in rows if "text" in json.loads(row["content"])}


TRUTHS: Mapping[str, Truth] = {
    "desk.pending": pending,
    "desk.waiting": waiting,
    "desk.knows": knows,
    "desk.owns": owns,
    "desk.speaking": speaking,
    "desk.silent": silent,
    "told.somebody": told,
    "told.holder": holder_told,
}
