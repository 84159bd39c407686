"""What falls due in a case: a mediator is found, a meeting is reminded of, and what was agreed is asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from handlers.mediation import clock, mediators, parties, room, withdrawing
from handlers.mediation.room import file_of, panel, ticket_of
from handlers.mediation.settings import Mediation
from handlers.turn import Turn
from models.cases import LIVE, TALKING, File
from models.events import Due
from models.tickets import Ticket
from storage import cases


def look(turn: Turn) -> None:
    """Look at a case: who is in it may have gone, and then whatever is due in its present status."""
    assert isinstance(turn.event, Due)
    number, step = turn.event.ticket or 0, str(turn.event.data.get("step", ""))
    file = cases.file(turn.tx, cases.house(number))
    if file is None or ticket_of(turn, number).status not in LIVE:
        return
    if file.a.person is None:
        return _abandoned(turn, file)
    if ticket_of(turn, number).status in TALKING and room.mediator(turn, file) is None:
        return room.give_back(turn, number)
    ticket = ticket_of(turn, number)
    work = STEPS.get((ticket.status if ticket.status not in TALKING else "talking", _present(turn, ticket, step)))
    if work is not None:
        work(turn, ticket, file)
    return watch(turn, number)


def watch(turn: Turn, number: int) -> None:
    """Write the next look at a case, unless its last one was now."""
    clock.watch(turn, ticket_of(turn, number), file_of(turn, number))


def _present(turn: Turn, ticket: Ticket, step: str) -> str:
    """After a pause the newest step counts: a week that became a month is asked about once."""
    if step == "half" and ticket.promised_at is not None and ticket.promised_at <= turn.now:
        return "promise"
    month = (ticket.done_at or turn.now) + timedelta(days=turn.house.of(Mediation).days[1])
    return "month" if step == "week" and month <= turn.now else step


def _abandoned(turn: Turn, file: File) -> None:
    """Whoever asked for it was forgotten: it is over."""
    room.move(turn, cases.house(file.number), "withdraw")
    room.over(turn, file.number)
    withdrawing.ended(turn, file.number)


# ---------------------------------------------------------------- nobody took it yet


def _half(turn: Turn, ticket: Ticket, file: File) -> None:
    mediators.offer(turn, file, "case.offer_again")


def _promise(turn: Turn, ticket: Ticket, file: File) -> None:
    """The promise is broken: the truth for the one who waits, and a number of one for the desk."""
    turn.say(file.a.chat, "case.overdue", kind="reminder")
    mediators.tell_desk(turn, "case.desk.overdue")
    mediators.offer(turn, file, "case.offer_again")


def _daily(turn: Turn, ticket: Ticket, file: File) -> None:
    if not mediators.offer(turn, file, "case.offer_again"):
        mediators.tell_desk(turn, "case.desk.nobody")


# ---------------------------------------------------------------- while they talk


def _quiet(turn: Turn, ticket: Ticket, file: File) -> None:
    panel(turn, ticket.id, f"case.quiet.{ticket.status}")


def _remind(turn: Turn, ticket: Ticket, file: File) -> None:
    """Two hours before, each in their own chat."""
    parties.tell(turn, file, f"case.remind.{file.where}", when=room.when(turn, file))
    panel(turn, ticket.id, "case.told.remind", when=room.when(turn, file))


def _begin(turn: Turn, ticket: Ticket, file: File) -> None:
    """The time has come."""
    person = room.mediator(turn, file)
    parties.tell(turn, file, f"case.begin.{file.where}", mediator=person.called if person else "")
    panel(turn, ticket.id, "case.told.begin")


# ---------------------------------------------------------------- was it kept


def _kept(turn: Turn, ticket: Ticket, file: File) -> None:
    """说好的事,做到了吗: to each by itself; whoever has no account is called by the mediator."""
    parties.ask_both(turn, ticket.id, "case_kept")
    if any(side.chat is None for side in file.sides.values()):
        panel(turn, ticket.id, "case.told.kept_phone")


def _end(turn: Turn, ticket: Ticket, file: File) -> None:
    """Both were asked twice: it is over, unless somebody said that it was not kept."""
    if any(side.answer == "no" for side in file.sides.values()):
        return panel(turn, ticket.id, "case.told.still_broken")
    room.move(turn, cases.house(ticket.id), "conclude")
    room.over(turn, ticket.id)
    return panel(turn, ticket.id, "case.told.concluded")


STEPS: Mapping[tuple[str, str], Callable[[Turn, Ticket, File], None]] = {
    ("filed", "half"): _half,
    ("filed", "promise"): _promise,
    ("filed", "daily"): _daily,
    ("talking", "quiet"): _quiet,
    ("talking", "remind"): _remind,
    ("talking", "begin"): _begin,
    ("settled", "week"): _kept,
    ("settled", "month"): _kept,
    ("settled", "end"): _end,
}
"""Status and step → what is done. A step that has no row in the present status is over."""
