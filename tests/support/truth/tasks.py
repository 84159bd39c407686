"""Conditions of tickets and of money, from the tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from handlers import clock
from handlers.saying import titles
from models.tickets import OPEN, Ticket
from storage import queue, sums, tickets
from tests.support.truth.said import Said, Truth

NAMED = {"assign.done": "name", "due.holder": "name"}
"""Texts in which another place than ``helper`` names who has it."""


def status(*wanted: str) -> Truth:
    """The ticket stands in one of these statuses."""
    return lambda said: "" if said.ticket and said.ticket.status in wanted else f"is {_status(said)}"


def _status(said: Said) -> str:
    return said.ticket.status if said.ticket else f"no ticket {said.about}"


def holders(said: Said, ticket: Ticket) -> Collection[int]:
    """Everybody who has a ticket."""
    return {*tickets.holders(said.tx, ticket.id), *((ticket.owner,) if ticket.owner and ticket.is_open else ())}


def taken(said: Said) -> str:
    """Somebody has it, and whoever is named."""
    ticket, name = said.ticket, said.values.get(NAMED.get(said.key, "helper"))
    if ticket is None or not holders(said, ticket):
        return f"nobody has it, it is {_status(said)}"
    names = {said.called(one) for one in holders(said, ticket)}
    return f"{name} is named, {names} have it" if name and name not in names else ""


def yours(said: Said) -> str:
    """Who reads it has it."""
    ticket = said.ticket
    return "" if ticket and said.person in holders(said, ticket) else f"not theirs, it is {_status(said)}"


def not_yours(said: Said) -> str:
    """Who reads it does not have it."""
    return "is theirs" if said.ticket and said.person in holders(said, said.ticket) else ""


def arrived(said: Said) -> str:
    """The last thing its holder did was to arrive."""
    moves = [e.action for e in tickets.events_of(said.tx, said.about or 0) if e.action in ("accept", "start", "arrive")]
    return status("enroute")(said) or ("" if moves and moves[-1] == "arrive" else "nobody arrived")


def onhold(said: Said) -> str:
    """It waits until the time that is named."""
    ticket, named = said.ticket, said.values.get("when") or said.values.get("until")
    if ticket is None or ticket.status != "onhold":
        return f"is {_status(said)}"
    at = datetime.fromisoformat(ticket.slots["until"])
    words = tuple(clock.clock(now, at, said.house.zone) for now in (said.now, None))
    return f"{named} is named, it waits until {words[0]}" if named and not named.endswith(words) else ""


def waits(said: Said) -> str:
    """It waits, for the reason that is named."""
    ticket = said.ticket
    word = said.house.texts[f"wait.reason.{ticket.slots.get('wait', 'visit')}"] if ticket else ""
    return status("onhold")(said) or ("" if word == said.values.get("why") else f"it waits for {word}")


def answer(said: Said) -> str:
    """At the hour that is named somebody looks at it again."""
    hours = [queue.scheduled_at(said.tx, f"{key}:{said.about}") for key in ("answer", "due")]
    named = said.values.get("until", "").removesuffix("前")
    words = [clock.clock(said.now, at, said.house.zone) for at in hours if at is not None and at > said.now]
    return "" if named in words else f"{named} is named, it is looked at {words or 'never'}"


def late(said: Said) -> str:
    """A promise is broken: nobody took it, or it is not done."""
    return "" if said.ticket and is_late(said.ticket, said.now) else "is not late"


def is_late(ticket: Ticket, now: datetime) -> bool:
    """The definition of late, written once more."""
    unanswered = ticket.status == "open" and ticket.promised_at is not None and ticket.promised_at <= now
    return ticket.status in OPEN and (unanswered or (ticket.due_at is not None and ticket.due_at <= now))


def overdue(said: Said) -> str:
    """It was to be done by now."""
    ticket = said.ticket
    return "" if ticket and ticket.is_open and ticket.due_at and ticket.due_at <= said.now else "is not overdue"


def promised(said: Said) -> str:
    """The time that is named is the one that was promised, and lies ahead."""
    ticket, named = said.ticket, said.values.get("until")
    hour = ticket.promised_at if ticket else None
    if hour is not None and hour <= said.now:
        hour = queue.scheduled_at(said.tx, f"answer:{said.about}")
    if hour is None or hour <= said.now:
        return "the promised time is past"
    until = clock.words(said.now, hour, said.house.zone)
    return f"{named} is named, {until} was promised" if named and named != until else ""


def code(said: Said) -> str:
    """The word for the door is the ticket's."""
    return "" if said.ticket and said.values.get("code") == said.ticket.code else "another word for the door"


def joined(said: Said) -> str:
    """Who reads it waits for it."""
    ticket = said.ticket
    return "" if ticket and said.person in (ticket.reporter, *ticket.joined) else "does not wait for it"


def place(said: Said) -> str:
    """The place that is named is the ticket's."""
    named = said.values.get("place")
    return "" if said.ticket and named == titles.spelled(said.ticket.place) else f"{named} is not its place"


def line(said: Said) -> str:
    """Status and holder in a line for managers are the ticket's."""
    ticket, who = said.ticket, said.values.get("who")
    if ticket is None:
        return "no such ticket"
    word = said.house.texts[f"managers.status.{ticket.status}"]
    if (
        ticket.status == "onhold" and "until" in ticket.slots and said.key != "managers.ticket"
    ):  # a line of its own there
        word = said.house.texts[f"wait.reason.{ticket.slots.get('wait', 'visit')}"]
        until = datetime.fromisoformat(ticket.slots["until"]).astimezone(said.house.zone)
        word = said.house.texts["managers.waits"].format(why=word, until=f"{until:%m-%d %H:%M}")
    if said.values.get("status") != word:
        return f"{said.values.get('status')} is said, it is {word}"
    return (
        f"{who} is named, {said.called(ticket.owner)} has it"
        if ticket.owner and who != said.called(ticket.owner)
        else ""
    )


def unknown(said: Said) -> str:
    """There is no ticket of that number."""
    number = said.values.get("number", "")
    return "exists" if number.isdigit() and tickets.get(said.tx, int(number)) else ""


def reported(said: Said) -> str:
    """It is the one's who is named."""
    reporter = said.called(said.ticket.reporter) if said.ticket else ""
    return "" if reporter == said.values.get("name") else f"it is {reporter or 'nobody'}'s"


def missing(said: Said) -> str:
    """So many pairs of hands are missing."""
    ticket = said.ticket
    needed = int(ticket.slots.get("hands", "1")) if ticket else 0
    left = needed - len(tickets.holders(said.tx, ticket.id)) if ticket else 0
    return "" if str(left) == said.values.get("missing") else f"{left} are missing"


def money(*states: str) -> Truth:
    """Some sum of the ticket is in one of these states."""

    def truth(said: Said) -> str:
        found = {one.state for one in sums.of_ticket(said.tx, said.about or 0)}
        return "" if found & set(states) else f"sums are {found}"

    return truth


TRUTHS: Mapping[str, Truth] = {
    "ticket.open": status("open"),
    "ticket.live": status(*OPEN),
    "ticket.over": lambda said: "is open" if said.ticket is None or said.ticket.is_open else "",
    "ticket.taken": taken,
    "ticket.accepted": status("accepted"),
    "ticket.enroute": status("enroute"),
    "ticket.arrived": arrived,
    "ticket.onhold": onhold,
    "ticket.done": status("done"),
    "ticket.agreed": lambda said: "" if said.ticket and said.ticket.confirmed_at else "nobody said that it is good",
    "ticket.rated": status("rated"),
    "ticket.cancelled": status("cancelled"),
    "ticket.merged": status("merged"),
    "ticket.waits": waits,
    "answer.named": answer,
    "ticket.late": late,
    "ticket.overdue": overdue,
    "ticket.promised": promised,
    "ticket.code": code,
    "ticket.yours": yours,
    "ticket.not_yours": not_yours,
    "ticket.joined": joined,
    "ticket.place": place,
    "ticket.line": line,
    "ticket.reported": reported,
    "ticket.pictured": lambda said: "" if said.ticket and said.ticket.pictures else "no picture lies with it",
    "ticket.unknown": unknown,
    "ticket.missing": missing,
    "money.agreed": money("agreed"),
    "money.small": money("small"),
    "money.disputed": money("disputed"),
    "money.asked": money("asked"),
}
