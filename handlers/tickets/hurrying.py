"""Somebody is tired of waiting: the helper is asked, or the desk; who says 12345 is heard by the desk at once."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from handlers import clock
from handlers.rows import Meant
from handlers.saying import titles
from handlers.tickets import cards, desk, promises
from handlers.turn import Turn
from models.tickets import Ticket
from storage import people, tickets

ANGRY = frozenset(
    {None, "emergency.unknown", "ticket.urge", "ticket.query", "complaint.person", "feedback.rate", "feedback.unfixed"}
)
"""Meanings under which 12345 and 告你们 are a complaint about what is not done."""


def complains(turn: Turn) -> Meant | None:
    """再不管我打12345了, 你们再拖我找记者: no danger, a complaint about what somebody waits for."""
    if turn.person.roles - {"resident", "family"} or turn.parse.best not in ANGRY:
        return None
    waiting = [one for one in turn.situation.reported if one.is_open and one.flow != "desk" and one.life == "task"]
    return Meant(partial(_complained, turn, waiting))


def _complained(turn: Turn, waiting: list[Ticket]) -> None:
    """The one that waited longest is meant; without any the desk hears the words."""
    if not waiting:
        desk.open_ticket(turn, "unhandled", words=turn.parse.text)
        return
    _desk_hears(turn, min(waiting, key=lambda ticket: ticket.id), "complained")


def urge(turn: Turn, ticket: Ticket) -> None:
    """还没人来: the one who took it is asked, or the desk is told."""
    if ticket.owner is not None:
        buttons = [turn.button(verb, verb, ticket.id) for verb in ("start", "defer", "release")]
        turn.say(
            people.get(turn.tx, ticket.owner).chat, "work.urged", *buttons, about=ticket.id, wide=3, number=ticket.id
        )
        helper, title = people.get(turn.tx, ticket.owner).called, titles.title(turn.house, ticket)
        return turn.answer("ticket.urged_helper", about=ticket.id, helper=helper, title=title)
    return _desk_hears(turn, ticket, "urged")


def _desk_hears(turn: Turn, ticket: Ticket, reason: str) -> None:
    """The desk is told which ticket it is about, and whoever waits hears a name and an hour."""
    cards.show_desk(turn, ticket, reason)
    until = _named_hour(turn, ticket)
    helper = next((one.called for one in cards.desk_people(turn)), turn.text("queue.desk"))
    promises.named(turn, tickets.get(turn.tx, ticket.id) or ticket, helper, until)
    return turn.answer(
        "ticket.urged",
        about=ticket.id,
        title=titles.title(turn.house, ticket),
        helper=helper,
        until=clock.clock(turn.now, until, turn.house.zone),
    )


def _named_hour(turn: Turn, ticket: Ticket) -> datetime:
    """Until when whoever hurries hears something: named once, and looked at; hurrying again moves it no further."""
    named = ticket.slots.get("urged", "")
    if named and datetime.fromisoformat(named) > turn.now:
        return datetime.fromisoformat(named)
    minutes = turn.house.timing.promise["P1"]
    until = clock.due(turn.now, minutes, turn.house.hours, turn.house.zone)
    ticket = turn.record(ticket, "watch", slots={**ticket.slots, "urged": until.isoformat()})
    promises.look_for_answer(turn, ticket, until, 1)
    return until
