"""What managers and the desk look up by command: what is open, what is late, one ticket, people, who read what.

Details of a person are shown in private only, and every showing is written down. A mediation is nobody's but its mediator's.
"""

from __future__ import annotations

from datetime import datetime

from handlers.managers import details
from handlers.mediation import mediator
from handlers.saying import titles
from handlers.tickets import cards, conversing, money, promises, waiting
from handlers.turn import Turn
from models.people import ROLES
from models.tickets import Ticket, TicketEvent
from storage import case_lists, figures, people, readings, tickets
from storage.readings import Reading

MOST = 20
"""Lines of a list."""


def open_list(turn: Turn, words: str) -> None:
    """/open: what somebody still waits for, oldest first."""
    waiting = (ticket for ticket in tickets.open_in(turn.tx) if ticket.life != "case")
    found = sorted(waiting, key=lambda ticket: ticket.opened_at or turn.now)
    _listed(turn, "open", found, len(case_lists.live(turn.tx)))


def overdue(turn: Turn, words: str) -> None:
    """/overdue: promised for earlier and not answered, or not done in time."""
    waiting = (
        ticket for ticket in tickets.open_in(turn.tx) if ticket.life != "case" and promises.is_late(ticket, turn.now)
    )
    found = sorted(waiting, key=lambda ticket: _next_promise(ticket) or turn.now)
    _listed(turn, "overdue", found, case_lists.late(turn.tx, turn.now))


def _listed(turn: Turn, what: str, found: list[Ticket], confidential: int) -> None:
    """The list; of mediations only how many there are."""
    if confidential >= figures.PRIVATE:
        turn.lead("managers.cases", count=figures.told(confidential))
    elif confidential:
        turn.lead("managers.cases_few", count=figures.PRIVATE)
    if not found:
        return turn.answer(f"managers.{what}.none")
    lines = [turn.text(f"managers.{what}.head", count=len(found)), *(_line(turn, ticket) for ticket in found[:MOST])]
    if len(found) > MOST:
        lines.append(turn.text("managers.more", count=len(found) - MOST))
    return turn.tell(turn.chat.id, "\n".join(lines))


def _line(turn: Turn, ticket: Ticket) -> str:
    """Number, place, thing, status, who has it, and until when: no words of the resident."""
    place = titles.public_known(turn.house, ticket.place)
    what = " ".join(part for part in (place, titles.category(turn.house, ticket.category)) if part)
    return turn.text(
        "managers.line",
        number=ticket.id,
        what=what,
        status=_status(turn, ticket),
        who=_holder(turn, ticket),
        promised=_at(turn, _next_promise(ticket)),
        days=_age(turn, ticket),
    )


def _status(turn: Turn, ticket: Ticket) -> str:
    """Its status; what waits says for what and until when, so that nothing hides in it."""
    if ticket.status != "onhold":
        return turn.text(f"managers.status.{ticket.status}")
    until = _at(turn, waiting.until_of(ticket))
    return turn.text("managers.waits", why=waiting.why(turn, ticket), until=until)


def _next_promise(ticket: Ticket) -> datetime | None:
    """What was promised and is still to be kept: an answer while it is open, then that it is done."""
    return ticket.promised_at if ticket.status == "open" or ticket.due_at is None else ticket.due_at


def _age(turn: Turn, ticket: Ticket) -> str:
    days = (turn.now - (ticket.opened_at or turn.now)).days
    return turn.text("managers.age", days=days) if days else ""


def _holder(turn: Turn, ticket: Ticket) -> str:
    if ticket.owner is not None:
        return people.get(turn.tx, ticket.owner).called
    return turn.house.texts.get(f"managers.queue.{ticket.queue}", ticket.queue)


def _at(turn: Turn, at: datetime | None) -> str:
    return f"{at.astimezone(turn.house.zone):%m-%d %H:%M}" if at else "—"


# ---------------------------------------------------------------- one ticket


def _named(turn: Turn, words: str) -> Ticket | None:
    """The ticket whose number the words begin with, said otherwise when there is none or it is confidential."""
    number = words.strip().split(" ")[0].lstrip("#")
    known = number.isascii() and number.isdigit() and len(number) < 10
    ticket = tickets.get(turn.tx, int(number)) if known else None
    if ticket is None:
        turn.answer("managers.which" if not known else "managers.unknown", number=number)
    elif ticket.life == "case":
        if not mediator.shown(turn, ticket.id):
            turn.answer("managers.confidential")
        return None
    return ticket


def show(turn: Turn, words: str) -> None:
    """/ticket 37: everything about it; the showing is written down."""
    ticket = _named(turn, words)
    if ticket is None:
        return
    readings.note(turn.tx, turn.person.id, ticket, "ticket", turn.now)
    reporter = people.get(turn.tx, ticket.reporter) if ticket.reporter else None
    lines = [
        turn.text(
            "managers.ticket",
            number=ticket.id,
            what=titles.category(turn.house, ticket.category),
            name=titles.whom(turn.house, ticket, reporter.called if reporter else turn.text("desk.nobody")),
            phone=(reporter.phone if reporter else "") or turn.text("claim.nophone"),
            place=titles.spelled(ticket.place) or turn.text("card.somewhere"),
            words=ticket.words or "—",
            status=turn.text(f"managers.status.{ticket.status}"),
            who=_holder(turn, ticket),
            promised=_at(turn, _next_promise(ticket)),
        ),
        *_filed(turn, ticket),
        *money.lines(turn, ticket),
        *details.waiting(turn, ticket),
        *details.unhappy(turn, ticket),
        *_history(turn, ticket),
    ]
    turn.tell(turn.chat.id, "\n".join(lines), turn.button("take", "take", ticket.id), about=ticket.id)
    for picture in ticket.pictures:
        turn.say(turn.chat.id, "claim.picture", file=picture, number=ticket.id)


def _filed(turn: Turn, ticket: Ticket) -> list[str]:
    """Who filed it for somebody else."""
    filer = ticket.slots.get("filer", "")
    return [turn.text("managers.filed", name=_name(turn, int(filer)))] if filer.isdigit() else []


def _history(turn: Turn, ticket: Ticket) -> list[str]:
    """What happened, newest last: when, what, who."""
    return [
        turn.text("managers.event", at=_at(turn, event.at), what=_action(turn, event), who=_name(turn, event.actor))
        for event in tickets.events_of(turn.tx, ticket.id)[-MOST:]
        if event.action != "watch"
    ]


def _action(turn: Turn, event: TicketEvent) -> str:
    """What happened; a rating says which."""
    if event.action == "rate" and event.changes.get("rating"):
        mark = turn.text(f"button.rate.{event.changes['rating']}")
        return turn.text("managers.rated", mark=mark)
    return turn.house.texts.get(f"managers.action.{event.action}", event.action)


def _name(turn: Turn, person: int | None) -> str:
    return people.get(turn.tx, person).called if person else turn.text("managers.clock")


def reply(turn: Turn, words: str) -> None:
    """/reply 37 words: the words go to the resident; whoever replies first has it in hand."""
    ticket = _named(turn, words)
    if ticket is None:
        return None
    said = words.strip().partition(" ")[2].strip()
    if not said:
        return turn.answer("managers.reply_what", number=ticket.id)
    if ticket.chat is None:
        return turn.answer("managers.unreachable", number=ticket.id)
    if ticket.chat == turn.chat.id:
        return turn.answer("managers.reply_own", number=ticket.id)
    readings.note(turn.tx, turn.person.id, ticket, "ticket", turn.now)
    conversing.answer(turn, ticket, said)
    return turn.answer("managers.replied", number=ticket.id, about=ticket.id)


def export(turn: Turn, words: str) -> None:
    """/export 本月 csv: every ticket of a stretch of time as a table, made after the commit; written down as read."""
    form = "csv" if "csv" in words.lower() else "xlsx"
    readings.note_all(turn.tx, turn.person.id, None, None, "export", turn.now)
    turn.answer("managers.export.begun")
    turn.make("export", words=words, form=form, now=turn.now.isoformat())


def who(turn: Turn, words: str) -> None:
    """/who 37: who read the details of a ticket, and when."""
    ticket = _named(turn, words)
    if ticket is None:
        return None
    found = readings.of_ticket(turn.tx, ticket.id)
    if not found:
        return turn.answer("managers.who.none", number=ticket.id)
    lines = [_reading(turn, reading) for reading in found]
    return turn.tell(
        turn.chat.id, "\n".join([turn.text("managers.who.head", number=ticket.id), *lines]), about=ticket.id
    )


def _reading(turn: Turn, found: Reading) -> str:
    cause = turn.text(f"managers.cause.{found.cause}")
    return turn.text("managers.who.line", at=_at(turn, found.at), who=_name(turn, found.reader), cause=cause)


# ---------------------------------------------------------------- people


def everybody(turn: Turn, words: str) -> None:
    """/people: who has which role; residents only as a count."""
    lines = [turn.text("managers.people.head", count=people.count(turn.tx))]
    for role in ROLES:
        holders = people.with_role(turn.tx, role) if role not in ("resident", "family") else []
        if holders:
            names = "、".join(person.called + _silent(turn, person.reachable) for person in holders)
            lines.append(turn.text("managers.people.line", role=turn.text(f"managers.role.{role}"), names=names))
    missing = [
        turn.text(f"managers.role.{role}") for role in ("desk", "volunteer") if not people.with_role(turn.tx, role)
    ]
    if missing or not cards.desk_people(turn):
        lines.append(turn.text("managers.people.missing", roles="、".join(missing)))
    turn.tell(turn.chat.id, "\n".join(lines))


def _silent(turn: Turn, reachable: bool) -> str:
    return "" if reachable else turn.text("managers.people.silent")
