"""Queues: who gets a ticket, how soon they answer, and who stands in for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DESK = "desk"
"""The last deputy of every queue: somebody always sits here, or the managers do."""


@dataclass(frozen=True)
class Queue:
    """A group, or a person on duty, that answers for a kind of ticket."""

    promise: Mapping[str, int] = field(default_factory=dict)
    """Urgency → working minutes until somebody answers; what is missing is the community's own promise."""
    deputy: str = DESK
    """Who gets it when this queue has neither a group nor a person on duty."""
    roles: frozenset[str] = frozenset()
    """Who may take its tickets; anybody who helps when empty."""


QUEUES: Mapping[str, Queue] = {
    "volunteers": Queue(),
    "property": Queue(roles=frozenset({"property", "desk", "manager"})),
    "mediators": Queue(roles=frozenset({"mediator"})),
    DESK: Queue(roles=frozenset({"desk", "manager"})),
}
"""The queues every community has."""


def route(dispatch: Mapping[str, str], flow: str, category: str, building: str | None, otherwise: str) -> str:
    """The queue of a ticket: the most exact row of the table counts."""
    at = f"@{building}" if building else ""
    rows = (f"{flow}.{category}{at}", f"{flow}.{category}", f"{flow}{at}", flow)
    return next((dispatch[row] for row in rows if row in dispatch), otherwise)
