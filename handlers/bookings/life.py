"""The life of a booking: made, moved, waited for, given up; its place is a row that only one ticket can have."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from handlers import clock as handlers_clock
from handlers.bookings import due, openings, written
from handlers.bookings.reading import begins, of, own, what, where
from handlers.tickets import cards
from handlers.turn import Turn
from models.bookings import Service, following
from models.dialogues import Dialogue, Notes
from models.outgoing import Button
from models.tickets import Ticket, can
from storage import bookings, dialogues, people, tickets
from storage.dialogues import OpenQuestion

# ---------------------------------------------------------------- made and moved


def make(turn: Turn, service: Service, form: Dialogue, at: datetime) -> bool:
    """Book a place; False when none is left."""
    known = next(
        (t for t in of(turn, service.key) if begins(t) == at and t.slots.get("for") == form.slots.get("for")), None
    )
    if known is not None:
        turn.answer("booking.known", about=known.id, number=known.id, what=what(turn, known))
        return True
    if not openings.is_free(turn, service, at):
        return False
    ticket = written.opened(turn, "open", service, form, at)
    reminded = turn.text("booking.reminded") if written.hold(turn, service, ticket, at) else ""
    said, place = what(turn, ticket), where(turn, service)
    turn.answer("booking.made", about=ticket.id, number=ticket.id, what=said, where=place, reminded=reminded)
    return True


def move(turn: Turn, service: Service, number: int, at: datetime) -> bool:
    """Move a booking to another opening; False when no place is left there. The old place is offered on."""
    ticket = tickets.get(turn.tx, number)
    if ticket is None or ticket.reporter != turn.person.id or not can(ticket, "move"):
        turn.answer("press.stale")
        return True
    before = begins(ticket)
    if not openings.is_free(turn, service, at) or not bookings.take(turn.tx, service, at, ticket.id):
        return False
    kept = {"own": own(ticket).isoformat()} if "every" in ticket.slots else {}
    ticket = turn.record(ticket, "move", slots={**ticket.slots, "at": at.isoformat(), **kept})
    due.watch(turn, ticket, at, service.minutes)
    turn.answer("booking.moved", about=ticket.id, number=ticket.id, what=what(turn, ticket))
    written.tell_provider(turn, ticket, "serve.moved")
    offer_on(turn, service.key, before)
    return True


def move_once(turn: Turn, service: Service, form: Dialogue, at: datetime) -> bool:
    """One later time of a series is moved: it is left out there, and booked by itself; False when no place is left."""
    series, once = tickets.get(turn.tx, int(form.notes.moving)), datetime.fromisoformat(form.notes.occurrence)
    if series is None or series.reporter != turn.person.id or not can(series, "append"):
        turn.answer("press.stale")
        return True
    if not openings.is_free(turn, service, at):
        return False
    left_out = f"{series.slots.get('skip', '')} {once.astimezone(turn.house.zone).date().isoformat()}".strip()
    series = turn.record(series, "append", slots={**series.slots, "skip": left_out})
    kept = {name: value for name, value in series.slots.items() if name == "for"}
    ticket = written.opened(turn, "open", service, replace(form, slots={**form.slots, **kept}, notes=Notes()), at)
    written.hold(turn, service, ticket, at)
    time = handlers_clock.clock(turn.now, once, turn.house.zone)
    said, rest = what(turn, ticket), what(turn, series)
    turn.answer("booking.moved_once", about=ticket.id, number=ticket.id, time=time, what=said, rest=rest)
    return True


# ---------------------------------------------------------------- the line


def stand_in_line(turn: Turn, service: Service, form: Dialogue, at: datetime) -> None:
    """Wait for an opening that is full."""
    ticket = written.opened(turn, "wait", service, form, at)
    bookings.wait(turn.tx, service.key, at, ticket.id)
    turn.later(f"booking:{ticket.id}", at, "booking.look", chat=ticket.chat, ticket=ticket.id, step="lapse")
    time = handlers_clock.clock(turn.now, at, turn.house.zone)
    turn.answer("booking.inline", about=ticket.id, number=ticket.id, time=time)


def offer_on(turn: Turn, key: str, at: datetime) -> None:
    """Offer what became free to the first in line, also in the lines of the provider's other services then."""
    service = turn.house.bookable.get(key)
    if service is None:
        return
    until = at + timedelta(minutes=service.minutes)
    for name, begun in bookings.lines(turn.tx, openings.theirs(turn, service), at - timedelta(days=1), until):
        while _offer(turn, turn.house.bookable[name], begun):
            pass  # one freed hour can be several places of another service


def _offer(turn: Turn, service: Service, at: datetime) -> bool:
    """Hold a free place for the first in line until they answer or the time is over; False without one of either."""
    number = bookings.first_waiting(turn.tx, service.key, at)
    ticket = tickets.get(turn.tx, number) if number else None
    if ticket is None or not openings.is_free(turn, service, at):
        return False
    bookings.stop_waiting(turn.tx, ticket.id)
    if not bookings.take(turn.tx, service, at, ticket.id):
        raise RuntimeError(f"no place left for ticket {ticket.id}")
    ticket = turn.record(ticket, "offer")
    awake = handlers_clock.awake(turn.now, turn.house.hours, turn.house.zone)
    if awake > turn.now:
        turn.later(f"booking:{ticket.id}", awake, "booking.look", chat=ticket.chat, ticket=ticket.id, step="tell")
    else:
        tell_offer(turn, ticket)
    return True


def send_home(turn: Turn, service: Service, start: datetime, end: datetime) -> None:
    """Nobody waits any longer for openings in a span: there will be none."""
    for number in bookings.waiting_between(turn.tx, service.key, start, end):
        ticket = tickets.get(turn.tx, number)
        if ticket is not None:
            lapse(turn, ticket)


def lapse(turn: Turn, ticket: Ticket) -> None:
    """The time is over for one who waited, or was asked and did not answer: said kindly, and the next is asked."""
    said = what(turn, ticket)
    key = "booking.lapsed" if ticket.status == "offered" else "booking.unlucky"
    turn.say(ticket.chat, key, about=ticket.id, number=ticket.id, what=said, service=ticket.object)
    give_up(turn, ticket)


def tell_offer(turn: Turn, ticket: Ticket) -> None:
    """「空出来一个,要吗?」 for a limited time."""
    if ticket.chat is None or ticket.reporter is None:
        return
    until = min(turn.now + timedelta(minutes=turn.house.timing.hold), begins(ticket))
    question = dialogues.ask(turn.tx, ticket.chat, ticket.reporter, "place", ticket.id, turn.now)
    yes, no = (turn.button(verb, verb, ticket.id, question.id) for verb in ("book_yes", "book_no"))
    clock = handlers_clock.clock(turn.now, until, turn.house.zone)
    turn.say(ticket.chat, "booking.offered", yes, no, about=ticket.id, what=what(turn, ticket), until=clock)
    turn.later(f"booking:{ticket.id}", until, "booking.look", chat=ticket.chat, ticket=ticket.id, step="lapse")


def reads_offer(turn: Turn, question: OpenQuestion) -> str | None:
    """A plain yes or no."""
    return {"dialog.confirm": "yes", "dialog.deny": "no"}.get(turn.parse.best or "")


def answer_offer(turn: Turn, question: OpenQuestion, yes: bool) -> None:
    """The first in line wants the place, or lets it go on."""
    number = question.ticket or 0
    ticket = tickets.get(turn.tx, number)
    dialogues.forget_questions(turn.tx, number, "place")
    if ticket is None or ticket.reporter != turn.person.id or ticket.status != "offered":
        return turn.answer("press.stale")
    if not yes:
        turn.answer("booking.refused")
        give_up(turn, ticket)
        return None
    ticket = turn.record(ticket, "agree")
    due.watch(turn, ticket, begins(ticket), turn.house.bookable[ticket.category].minutes)
    turn.answer("booking.taken", about=ticket.id, number=ticket.id, what=what(turn, ticket))
    return written.tell_provider(turn, ticket, "serve.new")


# ---------------------------------------------------------------- given up, and what is next


def give_up(turn: Turn, ticket: Ticket, action: str = "cancel") -> Ticket:
    """End a booking: its place goes to the next in line."""
    ticket = turn.record(ticket, action)
    dialogues.forget_questions(turn.tx, ticket.id)
    turn.drop(f"booking:{ticket.id}")
    bookings.stop_waiting(turn.tx, ticket.id)
    if bookings.leave(turn.tx, ticket.id):
        offer_on(turn, ticket.category, begins(ticket))
    cards.refresh_desk(turn, ticket)
    return ticket


def book_next(turn: Turn, ticket: Ticket) -> None:
    """The next of a series (每天, 每周三), on the first of its days that has a place."""
    service, at = turn.house.bookable.get(ticket.category), own(ticket).astimezone(turn.house.zone)
    every = ticket.slots.get("every")
    if service is None or not every or ticket.chat is None or ticket.reporter is None:
        return
    skipped, until = ticket.slots.get("skip", "").split(), ticket.slots.get("until", "9999")
    last = max(at.date(), begins(ticket).astimezone(turn.house.zone).date())
    days = (day for day in following(every, last) if day.isoformat() not in skipped and day.isoformat() < until)
    moments = (at.replace(year=day.year, month=day.month, day=day.day) for day in days)
    to = next((to for to in moments if openings.is_free(turn, service, to)), None)
    if to is None and "until" in ticket.slots:
        return None
    if to is None:
        return turn.say(ticket.chat, "booking.no_next", kind="reminder", service=service.name)
    slots = {name: value for name, value in ticket.slots.items() if name == "for"}
    noted = {name: value for name, value in ticket.slots.items() if name in written.KEPT and name != "for"}
    form = Dialogue(ticket.chat, ticket.reporter, ticket.flow, slots, ticket.words, notes=Notes(**noted))
    owner = turn.as_person(people.get(turn.tx, ticket.reporter), people.chat(turn.tx, ticket.chat))
    following_one = written.opened(owner, "open", service, form, to)
    written.hold(turn, service, following_one, to)
    said = what(turn, following_one)
    return turn.say(
        ticket.chat, "booking.next", kind="reminder", about=following_one.id, number=following_one.id, what=said
    )


def query(turn: Turn, service: str | None) -> None:
    """几点来着."""
    mine = of(turn, service) or of(turn)
    if not mine:
        return turn.answer("booking.none")
    for ticket in mine[:5]:
        state = turn.text(f"booking.state.{ticket.status}", number=ticket.id)
        turn.answer("booking.mine", about=ticket.id, number=ticket.id, what=what(turn, ticket), state=state)
    return None


def which(turn: Turn, mine: list[Ticket], verb: str) -> None:
    """More than one can be meant, or none."""
    if not mine:
        return turn.answer("booking.none")
    buttons = [Button(f"{ticket.id} 号 {what(turn, ticket)}", f"{verb}:{ticket.id}:0") for ticket in mine[:5]]
    return turn.answer("booking.which", *buttons, wide=1)
