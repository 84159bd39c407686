"""The second clock: until when a ticket is to be done, and who answers for it when it is not.

    half ─► the holder is asked     fifths ─► the desk sees it     end ─► the resident is told, a named person answers for it
    above ─► the next one of the list, with a new hour that the resident hears, every working day until it is done

First answer and resolution are two promises, both in working time; waiting does not stop the second, it is only told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from handlers import clock
from handlers.saying import titles
from handlers.tickets import cards
from handlers.turn import Turn
from models.events import Due
from models.people import Person
from models.tickets import Ticket
from storage import people, queue, tickets

KEPT = timedelta(milliseconds=1)
"""Times are kept to the millisecond: a look that lies less ahead is the one that was just taken."""
FIFTHS = 4 / 5
"""The share of the time after which the desk sees it."""


def due_at(turn: Turn, flow: str, category: str, urgency: str) -> datetime:
    """Until when it is to be done: by category where the table has a row, else by urgency; in working time."""
    minutes = turn.house.resolve.get(f"{flow}.{category}", turn.house.timing.resolve[urgency])
    return clock.due(turn.now, minutes, turn.house.hours, turn.house.zone)


def watch(turn: Turn, ticket: Ticket) -> None:
    """Write the next look at the second clock; at the end of the first life of a ticket there is none."""
    if ticket.due_at is None or ticket.opened_at is None:
        return
    span = ticket.due_at - ticket.opened_at
    looks = (
        ("half", ticket.opened_at + span / 2),
        ("fifths", ticket.opened_at + span * FIFTHS),
        ("end", ticket.due_at),
    )
    step, at = next((one for one in looks if one[1] - turn.now > KEPT), ("end", turn.now))
    _look(turn, ticket, step, at)


def _look(turn: Turn, ticket: Ticket, step: str, at: datetime, rung: int = 0) -> None:
    turn.later(f"due:{ticket.id}", at, "ticket.due", chat=ticket.chat, ticket=ticket.id, step=step, rung=rung)


def is_late(ticket: Ticket, now: datetime) -> bool:
    """Nobody answers in time (given back is not answered), or it is not done in time: the one definition of late."""
    if not ticket.is_open:
        return False
    unanswered = ticket.status == "open" and ticket.promised_at is not None and ticket.promised_at <= now
    return unanswered or (ticket.due_at is not None and ticket.due_at <= now)


def due(turn: Turn) -> None:
    """Look at the second clock of a ticket."""
    assert isinstance(turn.event, Due)
    ticket = tickets.get(turn.tx, turn.event.ticket or 0)
    if ticket is not None and ticket.is_open and ticket.flow != "desk":
        STEPS[str(turn.event.data.get("step", "end"))](turn, ticket, int(turn.event.data.get("rung", 0)))


def _half(turn: Turn, ticket: Ticket, rung: int) -> None:
    """Whoever has it hears until when it is to be done; an open one is asked about by the first clock."""
    if ticket.owner is not None and ticket.due_at is not None and ticket.status != "onhold":
        buttons = [turn.button(verb, verb, ticket.id) for verb in ("finish", "release")]
        turn.say(
            people.get(turn.tx, ticket.owner).chat,
            "due.half",
            *buttons,
            kind="reminder",
            about=ticket.id,
            number=ticket.id,
            until=clock.clock(turn.now, ticket.due_at, turn.house.zone),
        )
    watch(turn, ticket)


def _fifths(turn: Turn, ticket: Ticket, rung: int) -> None:
    cards.show_desk(turn, ticket, "nearly")
    watch(turn, ticket)


def _end(turn: Turn, ticket: Ticket, rung: int) -> None:
    """The promise is broken: somebody with a name answers for it, and the resident hears it before they ask."""
    someone = _on_rung(answering(turn), rung)
    until = clock.due(turn.now, turn.house.timing.promise["P3"], turn.house.hours, turn.house.zone)
    if (rests := cards.rests_until(ticket)) is not None:
        until = max(until, rests)
    _tell_slipped(turn, ticket, rung, someone.called if someone else turn.text("queue.desk"), until)
    if someone is not None:
        turn.say(
            someone.chat,
            "due.yours",
            kind="reminder",
            about=ticket.id,
            number=ticket.id,
            title=titles.title(turn.house, ticket),
            holder=_holder(turn, ticket),
            until=clock.clock(turn.now, until, turn.house.zone),
            days=_days(turn, ticket),
        )
    named(turn, ticket, someone.called if someone else turn.text("queue.desk"), until)
    cards.show_desk(turn, ticket, "late")
    _look(turn, ticket, "end", until, rung + 1)


def _tell_slipped(turn: Turn, ticket: Ticket, rung: int, name: str, until: datetime) -> None:
    """To the resident: that it is not done, what it waits for if it does, and until when they hear of it again."""
    resting = cards.rests_until(ticket)
    waits = resting is not None and resting > turn.now
    key = "due.slipped_waiting" if waits else "due.slipped" if rung == 0 else "due.slipped_again"
    turn.say(
        ticket.chat,
        key,
        kind="reminder",
        about=ticket.id,
        title=titles.title(turn.house, ticket),
        helper=name,
        until=clock.clock(turn.now, until, turn.house.zone),
        why=turn.text(f"wait.reason.{ticket.slots.get('wait', 'visit')}") if waits else "",
    )


def _holder(turn: Turn, ticket: Ticket) -> str:
    """Who has it, and what it waits for."""
    if ticket.owner is None:
        return turn.text("due.nobody")
    if ticket.status == "onhold":
        return cards.resting(turn, ticket)
    return turn.text("due.holder", name=people.get(turn.tx, ticket.owner).called)


def answering(turn: Turn) -> list[Person]:
    """Who answers for what is late, the first one first: those named in the configuration, else the managers."""
    managers = people.with_role(turn.tx, "manager")
    named = [one for name in turn.house.escalation for one in managers if one.name == name]
    return named or managers


def _on_rung(people_named: list[Person], rung: int) -> Person | None:
    """Who answers for it on this rung; the last one for all that follow."""
    return people_named[min(rung, len(people_named) - 1)] if people_named else None


# ---------------------------------------------------------------- the desk's own


def unanswered(turn: Turn, ticket: Ticket, rung: int = 0) -> None:
    """The desk's own promise is broken: the resident hears it before they ask, with a name and an hour.

    First somebody of the desk is named, then the managers one above the other; each hour that was named is looked at.
    """
    followed = ticket.due_at is not None and ticket.due_at <= turn.now
    if not ticket.is_open or ticket.owner is not None or followed:
        return
    desk = cards.desk_people(turn)[:1]
    everybody = list({one.id: one for one in (*desk, *answering(turn))}.values())
    someone, timing = _on_rung(everybody, rung), turn.house.timing
    minutes = timing.promise[ticket.urgency if rung < len(everybody) else "P3"]
    until = clock.due(turn.now, minutes, turn.house.hours, turn.house.zone)
    when = clock.clock(turn.now, until, turn.house.zone)
    name = someone.called if someone is not None else turn.text("queue.desk")
    if not cards.on_desk(turn, ticket):
        cards.show_desk(turn, ticket, "overdue")
    if ticket.flow != "desk" or "promised" in ticket.slots:
        turn.say(
            ticket.chat,
            "desk.slipped" if ticket.flow == "desk" else "ticket.overdue",
            kind="reminder",
            about=ticket.id,
            helper=name,
            until=f"{when}前",
            phone=cards.phone(turn),
            title=titles.title(turn.house, ticket),
        )
    if someone is not None:
        take = turn.button("take", "take", ticket.id)
        turn.say(someone.chat, "due.answer", take, kind="reminder", about=ticket.id, number=ticket.id, until=when)
    named(turn, ticket, name, until)
    look_for_answer(turn, ticket, until, rung + 1)


def hurried(turn: Turn, ticket: Ticket) -> bool:
    """Whether the hour that was named to somebody who hurries is looked at by itself just now."""
    named = ticket.slots.get("urged", "")
    return bool(named) and turn.now - timedelta(hours=1) <= datetime.fromisoformat(named) <= turn.now


def named(turn: Turn, ticket: Ticket, helper: str, until: datetime) -> Ticket:
    """Whom and which hour the resident was told: the same is said when they ask."""
    return turn.record(ticket, "watch", slots={**ticket.slots, "named": helper, "named_until": until.isoformat()})


def last_named(turn: Turn, ticket: Ticket) -> tuple[str, datetime] | None:
    """The name and the hour that were told last, while that hour is looked at; an hour that was told since has no name."""
    until = datetime.fromisoformat(ticket.slots["named_until"]) if "named_until" in ticket.slots else turn.now
    hours = [queue.scheduled_at(turn.tx, f"{key}:{ticket.id}") for key in ("answer", "due")]
    if until > turn.now and any(at is not None and abs(at - until) < timedelta(seconds=1) for at in hours):
        return ticket.slots["named"], until
    return ("", hours[0]) if hours[0] is not None and hours[0] > turn.now else None


def look_for_answer(turn: Turn, ticket: Ticket, until: datetime, rung: int) -> None:
    """An hour was named to the resident: at that hour it is looked at, and somebody named answers for it."""
    since = turn.now.isoformat()
    turn.later(f"answer:{ticket.id}", until, "desk.due", chat=ticket.chat, ticket=ticket.id, rung=rung, since=since)


def unanswered_due(turn: Turn) -> None:
    """The hour that was named for an answer of the desk has come."""
    assert isinstance(turn.event, Due)
    ticket = tickets.get(turn.tx, turn.event.ticket or 0)
    if ticket is not None and not _answered(turn, ticket, str(turn.event.data.get("since", ""))):
        unanswered(turn, ticket, int(turn.event.data.get("rung", 0)))


def _answered(turn: Turn, ticket: Ticket, since: str) -> bool:
    """Whether somebody answered or took it since an hour was named."""
    named = datetime.fromisoformat(since) if since else None
    events = tickets.events_of(turn.tx, ticket.id)
    return named is not None and any(one.action in ("answer", "accept") and one.at >= named for one in events)


def _days(turn: Turn, ticket: Ticket) -> int:
    return max(1, (turn.now - (ticket.opened_at or turn.now)) // timedelta(days=1))


STEPS: Mapping[str, Callable[[Turn, Ticket, int], None]] = {"half": _half, "fifths": _fifths, "end": _end}
