"""The life of a ticket, taken from its table in both directions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.tickets import LIVES, NotPossible, Ticket, TicketEvent, can, evolve

NOW = datetime(2026, 3, 2, tzinfo=UTC)
STATUSES = sorted(
    {status for life in LIVES.values() for status, _ in life} | {s for life in LIVES.values() for s in life.values()}
)
ACTIONS = sorted({action for life in LIVES.values() for _, action in life})


@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("action", ACTIONS)
def test_what_has_no_row_cannot_happen(life: str, status: str, action: str) -> None:
    ticket = Ticket(1, "issue", life, status)
    event = TicketEvent(action, NOW, 1, "test", {"words": "x"})
    row = LIVES[life].get((status, action))
    assert can(ticket, action) == (row is not None)
    if row is None:
        with pytest.raises(NotPossible):
            evolve(ticket, event)
    else:
        assert (evolve(ticket, event).status, evolve(ticket, event).words) == (row, "x")


@pytest.mark.parametrize("life", LIVES)
def test_every_status_is_reached_and_no_end_is_a_trap(life: str) -> None:
    table = LIVES[life]
    reached, frontier = {""}, [""]
    while frontier:
        status = frontier.pop()
        for (before, _), after in table.items():
            if before == status and after not in reached:
                reached.add(after)
                frontier.append(after)
    assert reached == {status for status, _ in table} | set(table.values())
