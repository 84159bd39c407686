"""Help between neighbours: who may go into a home, how many hands it takes, and what those who go are told.

    open ── a hand ──► open (还差 1 人) ── the last hand ──► accepted ──► as any task
      ▲                                                        │
      └───────────── one of them cannot come: only that seat is free again ◄──┘

Until all hands are there nobody is sent the address; the promise runs on, so a second pair that nobody lends is the
desk's business like any task that nobody takes.
"""

from __future__ import annotations

from handlers.saying import times, titles
from handlers.tickets import steps
from handlers.turn import Turn
from models.dialogues import Flow
from models.people import Person
from models.queues import route
from models.tickets import Ticket
from nlu.meaning import about
from storage import people, readings, tickets

VOLUNTEERS = "volunteers"


# ---------------------------------------------------------------- who may


def may_enter(turn: Turn, person: Person, ticket: Ticket) -> bool:
    """Whether somebody may be sent to where a ticket is: into a home goes only who was vetted, as the flow's data says."""
    flow = turn.house.flows.get(ticket.flow)
    if flow is None or not flow.vetted or not (ticket.place.unit or ticket.place.room or ticket.place.floor):
        return True
    queue = route(turn.house.dispatch, ticket.flow, ticket.category, ticket.place.building, flow.queue)
    served = turn.house.queues[queue].roles if queue in turn.house.queues and queue != VOLUNTEERS else frozenset()
    return bool(person.roles & (frozenset(flow.vetted) | served))


# ---------------------------------------------------------------- how many


def counted(turn: Turn, flow: Flow) -> dict[str, str]:
    """The slot of a need that says how many people it takes."""
    said = about.hands(turn.parse.clean) if flow.hands > 1 else None
    return {"hands": str(min(said, flow.hands))} if said and said > 1 else {}


def needed(ticket: Ticket) -> int:
    """How many people a ticket needs."""
    said = ticket.slots.get("hands", "")
    return int(said) if said.isdigit() else 1


def missing(turn: Turn, ticket: Ticket) -> int:
    """How many of them are not found yet, while it is open and needs more than one."""
    if needed(ticket) == 1 or ticket.status != "open":
        return 0
    return max(0, needed(ticket) - len(tickets.holders(turn.tx, ticket.id)))


def sit(turn: Turn, ticket: Ticket) -> None:
    """One more pair of hands; with the last one the task is accepted, and everybody gets the address."""
    if not tickets.sit(turn.tx, ticket.id, turn.person.id, needed(ticket), turn.now):
        return turn.say(turn.person.chat, "claim.lost", number=ticket.id)
    ticket = steps.step(turn, ticket, "lend", responded_at=ticket.responded_at or turn.now)
    left = missing(turn, ticket)
    if left:
        turn.say(
            turn.person.chat,
            "hands.sat",
            turn.button("release", "release", ticket.id),
            about=ticket.id,
            number=ticket.id,
            missing=left,
        )
        return turn.say(
            ticket.chat,
            "hands.some",
            about=ticket.id,
            helper=turn.person.called,
            missing=left,
            title=titles.title(turn.house, ticket),
        )
    return complete(turn, ticket)


def complete(turn: Turn, ticket: Ticket) -> None:
    """Everybody is there: the first leads, all get the details, the resident hears who comes."""
    team = [people.get(turn.tx, number) for number in tickets.holders(turn.tx, ticket.id)]
    ticket = steps.step(turn, ticket, "accept", owner=team[0].id, accepted_at=turn.now)
    for one in team:
        details(turn, ticket, "claim.won", one)
    names = "、".join(one.called for one in team)
    turn.say(
        ticket.chat,
        "hands.all",
        about=ticket.id,
        helpers=names,
        title=titles.title(turn.house, ticket),
        code=ticket.code,
    )


def is_on(turn: Turn, ticket: Ticket, person: Person) -> bool:
    """Whether somebody holds this ticket, alone or with others."""
    return ticket.owner == person.id or (needed(ticket) > 1 and person.id in tickets.holders(turn.tx, ticket.id))


def others_on(turn: Turn, ticket: Ticket) -> list[Person]:
    """Whoever holds it besides its owner and the speaker."""
    if needed(ticket) == 1:
        return []
    numbers = tickets.holders(turn.tx, ticket.id)
    return [people.get(turn.tx, one) for one in numbers if one not in (ticket.owner, turn.person.id)]


def tell_others(turn: Turn, ticket: Ticket, key: str, when: str = "") -> None:
    """What everybody has to know who holds it besides its owner and the speaker."""
    for one in others_on(turn, ticket):
        turn.say(one.chat, key, about=ticket.id, number=ticket.id, when=when)


def freed(turn: Turn, ticket: Ticket) -> None:
    """Whoever sat down while hands were still missing is told that they need not come."""
    tell_others(turn, ticket, "hands.off")
    tickets.let_go(turn.tx, ticket.id, turn.now)


def stand_up(turn: Turn, ticket: Ticket) -> None:
    """One of those who sat down before all were found cannot come."""
    tickets.let_go(turn.tx, ticket.id, turn.now, turn.person.id)
    steps.step(turn, ticket, "lend")
    turn.say(turn.person.chat or turn.chat.id, "work.released", number=ticket.id)


# ---------------------------------------------------------------- what they are told


def _thing(turn: Turn, ticket: Ticket) -> str:
    """What, and for when: 搬东西（3月3日上午）."""
    what, when = titles.category(turn.house, ticket.category), times.wished(turn.house, ticket)
    return f"{what}（{times.spelled(when, None, turn.house.zone)}）" if when else what


def details(turn: Turn, ticket: Ticket, key: str = "claim.won", helper: Person | None = None) -> None:
    """Who, where, what and the word for the door: to the one who goes, in private."""
    helper = helper or turn.person
    readings.note(turn.tx, helper.id, ticket, "claim", turn.now)
    reporter = people.get(turn.tx, ticket.reporter) if ticket.reporter else None
    buttons = [turn.button(verb, verb, ticket.id) for verb in ("start", "finish", "release")]
    turn.say(
        helper.chat,
        key,
        *buttons,
        about=ticket.id,
        wide=3,
        number=ticket.id,
        words=ticket.words or "—",
        name=titles.whom(turn.house, ticket, reporter.called if reporter else ""),
        place=titles.spelled(ticket.place),
        phone=(reporter.phone if reporter else "") or turn.text("claim.nophone"),
        code=ticket.code,
        thing=_thing(turn, ticket),
    )
    for picture in ticket.pictures:
        turn.say(helper.chat, "claim.picture", file=picture, number=ticket.id)
