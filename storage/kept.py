"""Everything that is kept about one person, row by row, without what belongs to others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from storage.database import Row, Transaction

_KEPT: Mapping[str, str] = {
    "person": (
        "SELECT id, name, phone, home, state AS standing, state_at AS standing_at, consent_at, consent_version, created_at"
        " FROM person WHERE id = :p"
    ),
    "accounts": "SELECT channel, account FROM account WHERE person = :p",
    "homes": "SELECT home, at FROM former_home WHERE person = :p ORDER BY at",
    "roles": "SELECT role, given_at FROM role WHERE person = :p",
    "tickets": (
        "SELECT id, flow, category, status, urgency, place, object, slots, opened_at, promised_at, responded_at, accepted_at,"
        " CASE WHEN joined = '[]' THEN words END AS words, CASE WHEN joined = '[]' THEN pictures END AS pictures,"
        " done_at, confirmed_at, rating, rated_at FROM ticket WHERE reporter = :p ORDER BY id"
    ),
    "events": (
        "SELECT e.ticket, e.action, e.at, e.actor = :p AS you,"
        " CASE WHEN t.reporter = :p AND (t.joined = '[]' OR e.action = 'open') THEN e.changes END AS changes"
        " FROM ticket_event e JOIN ticket t ON t.id = e.ticket WHERE t.reporter = :p OR e.actor = :p ORDER BY e.id"
    ),
    "helped": "SELECT c.ticket, t.category, c.at, c.ended_at FROM claim c JOIN ticket t ON t.id = c.ticket WHERE c.person = :p",
    "joined": "SELECT id, category FROM ticket WHERE EXISTS (SELECT 1 FROM json_each(joined) WHERE value = :p)",
    "open": (
        "SELECT at, state AS words FROM dialogue WHERE person = :p"
        " UNION ALL SELECT at, kind || ' ' || data FROM question WHERE person = :p"
    ),
    "kin": "SELECT p.name, k.at FROM kin k JOIN person p ON p.id = k.relative WHERE k.person = :p",
    "kin_of": "SELECT p.name, k.at FROM kin k JOIN person p ON p.id = k.person WHERE k.relative = :p",
    "family_codes": "SELECT made_at, expires_at, used_at FROM family_code WHERE person = :p ORDER BY made_at",
    "others": "SELECT called, place, at FROM other WHERE person = :p ORDER BY at",
    "money": (
        "SELECT m.ticket, m.fen, m.state, m.at FROM money m JOIN ticket t ON t.id = m.ticket"
        " WHERE :p IN (t.reporter, t.owner, m.said_by) ORDER BY m.id"
    ),
    "incidents": "SELECT id, family, sign, status, cause, opened_at, closed_at FROM incident WHERE person = :p ORDER BY id",
    "nicknames": "SELECT name, place, at FROM nickname WHERE person = :p ORDER BY name",
    "listed": (
        "SELECT r.name, r.phone, h.building || '-' || h.unit || '-' || h.room AS door, r.tenure, r.alone, r.phoneless,"
        " r.consent AS listing, r.listed_at FROM resident r JOIN household h ON h.id = r.household WHERE r.person = :p"
    ),
    "listed_changes": (
        "SELECT e.at, e.source, e.changes FROM resident_event e JOIN resident r ON r.id = e.resident WHERE r.person = :p"
        " ORDER BY e.id"
    ),
    "voice": "SELECT aloud, slow, loud FROM voice WHERE person = :p",
    "unheard": "SELECT at FROM unheard WHERE person = :p ORDER BY at",
    "readings": "SELECT p.name, r.ticket, r.cause, r.at FROM reading r LEFT JOIN person p ON p.id = r.reader WHERE r.person = :p",
}
"""Part of the file → what stands in it; the wing that keeps it declares it. A test compares them with the schema."""


def part(name: str, tx: Transaction, person: int) -> list[Row]:
    """One part of what is kept about a person; times are UTC milliseconds."""
    sql = _KEPT[name]
    return [dict(row) for row in tx.all(sql.replace(":p", "?"), *[person] * sql.count(":p"))]


def parts(*names: str) -> dict[str, Callable[[Transaction, int], list[Row]]]:
    """Parts of the file as a wing declares those it keeps (``exports``)."""
    return {name: partial(part, name) for name in names}
