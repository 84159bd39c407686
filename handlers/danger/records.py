"""What was done about a danger, step by step, for those who review it; and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from handlers.danger import presses
from handlers.settings import House
from handlers.turn import Turn
from models.incidents import Incident, Step
from storage import dangers, incidents, people
from storage.dangers import Delay
from storage.database import Transaction

RECENT = 5
"""Incidents on the list."""


def command(turn: Turn, words: str) -> None:
    """/incident: what is open; /incident 7: every step; /incident 7 表: the same as a table."""
    number, _, form = words.lstrip("#").partition(" ")
    if not number:
        return turn.tell(turn.chat.id, _list(turn))
    found = incidents.get(turn.tx, int(number)) if _is_number(number) else None
    if found is None:
        return turn.answer("danger.record.unknown", number=number[:12])
    if form.strip():
        return turn.make("incident", number=found.id)
    return turn.tell(turn.chat.id, "\n".join(lines(turn.tx, turn.house, found)), about=found.id)


def verify(turn: Turn, words: str) -> None:
    """/verify 7: whoever is behind incident 7 is called first from now on; /verify 7 off takes that back."""
    number, _, off = words.lstrip("#").partition(" ")
    found = incidents.get(turn.tx, int(number)) if _is_number(number) else None
    if found is None or found.person is None:
        return turn.answer("danger.responder.who")
    return presses.cautioned(turn, found, on=off.strip() not in ("off", "取消"))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _list(turn: Turn) -> str:
    live = [_listed(turn, one) for one in incidents.unclosed(turn.tx)]
    recent = [_listed(turn, one) for one in incidents.newest(turn.tx, RECENT) if one.status == "closed"]
    parts = [
        turn.text("danger.record.open", lines="\n" + "\n".join(live)) if live else "",
        turn.text("danger.record.recent", lines="\n" + "\n".join(recent)) if recent else "",
    ]
    if not any(parts):
        return turn.text("danger.record.none")
    return "\n".join([*filter(None, parts), turn.text("danger.record.hint")])


def _listed(turn: Turn, incident: Incident) -> str:
    line = _head(turn.house, incident)
    turn.asserting("danger.record.head", line, incident.id)
    return line


def _head(house: House, incident: Incident) -> str:
    return house.texts["danger.record.head"].format(
        number=incident.id, family=family(house, incident), status=house.texts[f"danger.status.{incident.status}"]
    )


def family(house: House, incident: Incident) -> str:
    """What kind of danger it is, in a word."""
    key = incident.family if incident.kind == "danger" else incident.kind
    return house.texts.get(f"danger.family.{key}", key)


# ---------------------------------------------------------------- every step


def lines(tx: Transaction, house: House, incident: Incident) -> list[str]:
    """The record of an incident as lines of text."""
    steps = incidents.steps(tx, incident.id)
    return [_head(house, incident), *(f"{_clock(house, s.at)} {_actor(tx, house, s)} {_what(house, s)}" for s in steps)]


def rows(tx: Transaction, house: House, number: int) -> list[tuple[str, str, str, str]]:
    """The record of an incident for a table: time, who, key of the step, in words."""
    return [
        (
            step.at.astimezone(house.zone).isoformat(timespec="seconds"),
            _actor(tx, house, step),
            step.action,
            _what(house, step),
        )
        for step in incidents.steps(tx, number)
    ]


def _clock(house: House, at: datetime) -> str:
    return f"{at.astimezone(house.zone):%m-%d %H:%M:%S}"


def _actor(tx: Transaction, house: House, step: Step) -> str:
    return people.get(tx, step.actor).called if step.actor else house.texts["danger.step.clock"]


def _what(house: House, step: Step) -> str:
    texts = house.texts
    rung = str(step.data.get("rung", ""))
    key = "list" if rung == "list" else step.action
    cause = texts.get(f"danger.cause.{step.data.get('cause', '')}", "")
    return texts.get(f"danger.step.{key}", step.action).format(
        count=step.data.get("count", ""), rung=texts.get(f"danger.rung.{rung}", rung), cause=cause
    )


# ---------------------------------------------------------------- figures


def counted(tx: Transaction, house: House, start: datetime, end: datetime) -> str:
    """How many dangers, of which kinds."""
    found = dangers.figures(tx, start, end)
    families = _families(house, found.families)
    return house.texts["danger.figures.head"].format(count=found.count, families=families) if found.count else ""


def times(tx: Transaction, house: House, start: datetime, end: datetime) -> str:
    """How soon somebody was told, had it in hand, was there."""
    found = dangers.figures(tx, start, end)
    if not found.count:
        return ""
    return house.texts["danger.figures.times"].format(
        alerted=_seconds(house, found.alerted),
        held=_seconds(house, found.held),
        held_count=found.held.count,
        there=_seconds(house, found.there),
        there_count=found.there.count,
        count=found.count,
    )


def false(tx: Transaction, house: House, start: datetime, end: datetime) -> str:
    """How many are closed, and how many of them were none."""
    found = dangers.figures(tx, start, end)
    families = _families(house, found.false_families)
    values = {"closed": found.closed, "count": found.count, "false": found.false, "families": families}
    return house.texts["danger.figures.false"].format(**values) if found.count else ""


def _families(house: House, counts: Mapping[str, int]) -> str:
    return "、".join(f"{house.texts.get(f'danger.family.{key}', key)} {count}" for key, count in counts.items()) or "—"


def _seconds(house: House, delay: Delay) -> str:
    if delay.median is None:
        return "—"
    if delay.median < 120:
        return house.texts["danger.figures.seconds"].format(seconds=delay.median)
    return house.texts["danger.figures.minutes"].format(minutes=round(delay.median / 60))
