"""What the booking form does beyond the loop: openings instead of times, moves, and standing in line.

Called by ``forms`` for a flow whose data names this module: ``opened`` sees the first line, ``answered`` the
number of an offered opening, ``checked`` every step before it is said, ``complete`` the agreed form.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handlers import clock
from handlers.bookings import life, openings, reading
from handlers.bookings.beginning import opened
from handlers.forms import loop, speaking
from handlers.saying import times as saying_times
from handlers.settings import House
from handlers.turn import NOTHING, Turn
from models.bookings import Service, Window
from models.dialogues import Dialogue, Flow, Slot
from models.meaning import Match, Parse, TimeExpression
from nlu import times
from nlu.meaning import about
from storage import dialogues

__all__ = ["answered", "checked", "choices", "complete", "described", "opened", "press_move"]

WAIT = "wait"
"""The answer of those who would rather stand in line."""


def answered(turn: Turn, flow: Flow, form: Dialogue, parse: Parse) -> loop.Step | None:
    """The step after the number of an opening that was offered; None when it is something else."""
    if parse.best == "booking.cancel":
        return loop.Cancel(form)
    match = parse.match("dialog.choice")
    choice = match.slots.get("choice", "") if match else ""
    offered = [at for at in form.notes.offered.split("|") if at]
    if form.asking != "time" or parse.times:
        return None
    if choice == WAIT and form.notes.full:
        return loop.proceed(flow, _at(turn, form, datetime.fromisoformat(form.notes.full), queued="yes"))
    if choice.isdigit() and 1 <= int(choice) <= len(offered):
        return loop.proceed(flow, _at(turn, form, datetime.fromisoformat(offered[int(choice) - 1])))
    return None


def _at(turn: Turn, form: Dialogue, at: datetime, queued: str = "") -> Dialogue:
    form = form.noted(at=at.isoformat(), offered="", full="", queued=queued)
    return replace(form.filled(time=clock.clock(turn.now, at, turn.house.zone)), misses=0)


def checked(turn: Turn, flow: Flow, step: loop.Step, parse: Parse) -> loop.Step:
    """A time becomes an opening; what is no opening, or a full one, gets three that are free."""
    form = step.dialogue
    service = turn.house.bookable.get(form.slots.get("service", ""))
    if service is None or not isinstance(step, loop.Ask | loop.Confirm):
        return step
    form = _with_opening(turn, service, form, parse)
    if form.notes.at:
        return loop.Confirm(replace(form, asking="confirm"), again=isinstance(step, loop.Confirm) and step.again)
    if not form.notes.offered:
        turn.lead("booking.nothing", service=service.name)
        return loop.Handover(form)
    again = isinstance(step, loop.Ask) and step.again and not parse.times
    return loop.Ask(replace(form, asking="time"), _choices(turn, flow, form), again)


def _with_opening(turn: Turn, service: Service, form: Dialogue, parse: Parse) -> Dialogue:
    """The form with the opening that was meant, or with some to choose from."""
    if times.recalls(parse.clean) and not any(time.start for time in parse.times):
        turn.lead("moment.forgotten")
    if form.notes.shifted:
        at, form = datetime.fromisoformat(form.notes.shifted), form.noted(shifted="")
        return _placed(turn, service, form, saying_times.moment(at, clock.clock(turn.now, at, turn.house.zone)))
    if parse.times:
        return _placed(turn, service, form, parse.times[0])
    if declined := _declined(turn, form, parse):
        return _offer(turn, service, form, turn.now, openings.apart(turn, service, declined))
    if form.notes.at and _holds(turn, service, form):
        return form
    offered = [datetime.fromisoformat(at) for at in form.notes.offered.split("|") if at]
    return _offer(turn, service, form, min(offered, default=turn.now))


def _declined(turn: Turn, form: Dialogue, parse: Parse) -> Window | None:
    """What does not suit (早上不行), on the day that is spoken of."""
    now, zone = turn.now.astimezone(turn.house.zone), turn.house.zone
    refused, before = times.refused(parse.clean, now), saying_times.known(form.known, zone)
    if not refused:
        return None
    return openings.window_of(turn, times.merge(before, refused[0], now) if before else refused[0])


def _holds(turn: Turn, service: Service, form: Dialogue) -> bool:
    """Whether what was agreed is still to be had."""
    at = datetime.fromisoformat(form.notes.at)
    return bool(form.notes.queued) or openings.is_free(turn, service, at) or _is_own(turn, service, form, at)


def _is_own(turn: Turn, service: Service, form: Dialogue, at: datetime) -> bool:
    """Whether the opening is full because the speaker has it already."""
    return not form.notes.moving and any(reading.begins(one) == at for one in reading.of(turn, service.key))


def _placed(turn: Turn, service: Service, form: Dialogue, said: TimeExpression) -> Dialogue:
    """The opening that was meant, or openings near it."""
    form = form.noted(every=said.every) if said.every else form
    window = openings.window_of(turn, said)
    if window is None:
        return _offer(turn, service, form, turn.now)
    fitting = openings.within(turn, service, window)
    left = [at for at in fitting if openings.is_free(turn, service, at)]
    if len(left) == 1:
        return _at(turn, form, left[0])
    if fitting and not left and _is_own(turn, service, form, fitting[0]):
        return _at(turn, form, fitting[0])
    if fitting and not left:
        turn.lead("booking.full", time=said.text)
        return _offer(turn, service, form, window.start, full=fitting[0])
    if not fitting:
        turn.lead("booking.shut", service=service.name)
        return _offer(turn, service, form, window.start, openings.near(turn, service, window))
    return _offer(turn, service, form, window.start)


def _offer(
    turn: Turn,
    service: Service,
    form: Dialogue,
    start: datetime,
    found: list[datetime] | None = None,
    full: datetime | None = None,
) -> Dialogue:
    """The form with openings to choose from instead of a time, read out by number."""
    found = found or openings.free(turn, service, start) or openings.free(turn, service, turn.now)
    for number, at in enumerate(found, 1):
        turn.lead("booking.offer", number=number, time=clock.clock(turn.now, at, turn.house.zone))
    waiting = full.isoformat() if full and not form.notes.moving else ""
    offered = "|".join(at.isoformat() for at in found)
    return form.without("at", "time", "queued").noted(offered=offered, full=waiting)


def _choices(turn: Turn, flow: Flow, form: Dialogue) -> Slot:
    answers = _openings(turn.house.texts["button.wait_line"], form)
    return replace(
        flow.slot("time"), answers={key: (_label(turn, form, key), *words) for key, words in answers.items()}
    )


def _label(turn: Turn, form: Dialogue, key: str) -> str:
    """What the button of an opening says: its day and hour; its number is still understood."""
    if not key.isdigit():
        return turn.house.texts["button.wait_line"]
    at = datetime.fromisoformat(form.notes.offered.split("|")[int(key) - 1])
    return clock.short(turn.now, at, turn.house.zone)


def choices(house: House, form: Dialogue) -> dict[str, tuple[str, ...]]:
    """The numbers of the openings on offer, and the line; nothing while something else is asked."""
    if form.asking != "time" or not form.notes.offered:
        return {}
    return _openings(house.texts["button.wait_line"], form)


def _openings(waiting: str, form: Dialogue) -> dict[str, tuple[str, ...]]:
    numbers = range(1, form.notes.offered.count("|") + 2) if form.notes.offered else ()
    answers: dict[str, tuple[str, ...]] = {str(number): (str(number),) for number in numbers}
    return {**answers, WAIT: (waiting,)} if form.notes.full else answers


def described(turn: Turn, form: Dialogue) -> str:
    """What will be booked, in one line."""
    service = turn.house.bookable[form.slots["service"]]
    who, every = form.slots.get("for"), form.notes.every
    once = datetime.fromisoformat(form.notes.occurrence) if form.notes.occurrence else None
    parts = [
        turn.text("booking.once", time=clock.clock(turn.now, once, turn.house.zone)) if once else "",
        f"{form.slots['time']}{service.name}",
        turn.text("booking.for", who=about.named(who)) if who else "",
        service.price,
        turn.text("booking.queued") if form.notes.queued else "",
        turn.text("booking.every") if every else "",
    ]
    return "，".join(part for part in parts if part)


def complete(turn: Turn, flow: Flow, form: Dialogue) -> loop.Step | None:
    """Book, move or stand in line; what was taken meanwhile is asked again."""
    service, at = turn.house.bookable[form.slots["service"]], datetime.fromisoformat(form.notes.at)
    if form.notes.queued:
        life.stand_in_line(turn, service, form, at)
    elif form.notes.moving:
        once = form.notes.occurrence
        if not (
            life.move_once(turn, service, form, at) if once else life.move(turn, service, int(form.notes.moving), at)
        ):
            return _again(turn, flow, form)
    elif not life.make(turn, service, form, at):
        return _again(turn, flow, form)
    return None


def _again(turn: Turn, flow: Flow, form: Dialogue) -> loop.Step:
    turn.lead("booking.gone")
    return checked(turn, flow, loop.Confirm(form.without("at", "time")), NOTHING)


def press_move(turn: Turn, number: int) -> None:
    """One of their bookings is to be moved."""
    flow = speaking.flow_for(turn, "booking.change")
    theirs = number in {ticket.id for ticket in reading.of(turn) if ticket.status in ("open", "accepted")}
    if flow is None or not theirs or dialogues.get(turn.tx, turn.chat.id, turn.person.id) is not None:
        return turn.answer("press.stale")
    turn.parse = Parse("", "", (Match("booking.change", 1.0, {"ref": str(number)}),))
    return speaking.begin(turn, flow, turn.parse.intents[0])
