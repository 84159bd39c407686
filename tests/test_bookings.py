"""Openings are computed exactly, and two people never stand in one place, whatever is booked, moved and given up."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.talk import BEGIN, Stage
from handlers import appointments, availability
from handlers.house import House
from handlers.turn import Turn
from models.bookings import Service, following, openings
from models.dialogues import Dialogue
from models.events import Due, Origin, Utterance
from storage import bookings, people, tickets
from storage.database import Transaction, moment
from tests.conftest import count, press, say

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 3, 2)
clocks = st.integers(0, 47).map(lambda half: time(half // 2, 30 * (half % 2)))
stretches = st.lists(st.tuples(clocks, clocks).map(lambda pair: (min(pair), max(pair))), max_size=3).map(tuple)


@given(stretches, stretches, st.sampled_from([5, 15, 20, 30, 45, 60, 90]))
def test_openings_keep_to_the_hours_and_out_of_the_breaks(hours: tuple, breaks: tuple, minutes: int) -> None:  # type: ignore[type-arg]
    service = Service("x", ("x",), {0: hours}, breaks, minutes=minutes)
    length = timedelta(minutes=minutes)
    for at in openings(service, MONDAY, ZONE):
        start, end = at.replace(tzinfo=None), at.replace(tzinfo=None) + length
        spans = [(datetime.combine(MONDAY, a), datetime.combine(MONDAY, b)) for a, b in hours]
        rests = [(datetime.combine(MONDAY, a), datetime.combine(MONDAY, b)) for a, b in breaks]
        assert any(a <= start and end <= b for a, b in spans)
        assert not any(a < end and start < b for a, b in rests if a < b)


@pytest.mark.parametrize(
    ("service", "day", "begun"),
    [
        (Service("x", ("x",), {0: ((time(9), time(10)),)}), MONDAY, ["09:00", "09:30"]),
        (Service("x", ("x",), {0: ((time(9), time(10, 15)),)}), MONDAY, ["09:00", "09:30"]),
        (Service("x", ("x",), {0: ((time(9), time(11)),)}, ((time(9, 15), time(10)),)), MONDAY, ["10:00", "10:30"]),
        (Service("x", ("x",), {0: ((time(9), time(10)),)}, closed=frozenset({MONDAY})), MONDAY, []),
        (Service("x", ("x",), {}, extra={MONDAY: ((time(8), time(8, 30)),)}), MONDAY, ["08:00"]),
        (Service("x", ("x",), {0: ((time(9), time(10)),)}), date(2026, 3, 3), []),
    ],
)
def test_openings_of_a_day(service: Service, day: date, begun: list[str]) -> None:
    assert [f"{at:%H:%M}" for at in openings(service, day, ZONE)] == begun


@pytest.mark.parametrize(
    ("every", "days"),
    [("FREQ=DAILY", [3, 4, 5]), ("FREQ=DAILY;INTERVAL=2", [4, 6, 8]), ("FREQ=WEEKLY", [9, 16, 23]),
     ("FREQ=WEEKLY;BYDAY=MO,WE,FR", [4, 6, 9]), ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", [3, 4, 5])],
)  # fmt: skip
def test_a_repetition_falls_on_its_days(every: str, days: list[int]) -> None:
    found = following(every, MONDAY)
    assert [next(found).day for _ in days] == days


# ---------------------------------------------------------------- all at once


def _turn(tx: Transaction, house: House, who: int, now: datetime) -> Turn:
    chat, person = people.arrive(tx, "talk", f"n{who}", f"n{who}", True, f"居民{who}", now)
    return Turn(tx, house, now, Due(f"test:{who}", now, "test"), "test", chat, person)


def _seats(tx: Transaction) -> list[tuple[str, int, int]]:
    return [(row["service"], row["at"], row["seat"]) for row in tx.all("SELECT service, at, seat FROM booked")]


async def test_two_hundred_at_once_for_one_opening(stage: Stage) -> None:
    at = stage.clock.now()
    words = ("我要约周四上午八点半量血压", "对")
    for line in words:
        origins = [Origin("talk", f"{line}{n}", f"many{n}", f"many{n}", at, f"居民{n}") for n in range(200)]
        for origin in origins:
            stage._titles[origin.chat] = origin.name
        await stage.app.accept([Utterance(origin, line) for origin in origins])
        await stage.app.settle()
    seats = await stage.database.read(_seats)
    assert len(seats) == len(set(seats)) == stage.house.bookable["health"].capacity
    booked = [shown for shown in stage.channel.shown.values() if shown.text.startswith("约好了")]
    taken = [shown for shown in stage.channel.shown.values() if "刚才那个时候被人约走了" in shown.text]
    assert len(booked) == stage.house.bookable["health"].capacity and len(taken) == 200 - len(booked)


async def test_a_place_is_taken_as_often_as_there_is_one(stage: Stage) -> None:
    service, at = stage.house.bookable["health"], datetime(2026, 3, 5, 0, 30, tzinfo=UTC)

    def work(tx: Transaction, who: int) -> bool:
        turn = _turn(tx, stage.house, who, BEGIN)
        ticket = appointments._open(turn, "open", service, _form(turn), at)
        return bookings.take(tx, service, at, ticket.id)

    won = await asyncio.gather(*(stage.database.transaction(partial(work, who=who)) for who in range(200)))
    assert sum(won) == service.capacity == len(await stage.database.read(_seats))


async def test_the_table_itself_refuses_two_in_one_place(stage: Stage) -> None:
    at = datetime(2026, 3, 5, 0, 30, tzinfo=UTC)

    def work(tx: Transaction) -> None:
        service = stage.house.bookable["haircut"]
        for who in (1, 2):
            turn = _turn(tx, stage.house, who, BEGIN)
            appointments._open(turn, "open", service, _form(turn), at)
        tx.run("INSERT INTO booked (service, at, seat, ticket) VALUES ('haircut', 1, 0, 1)")
        tx.run("INSERT INTO booked (service, at, seat, ticket) VALUES ('haircut', 1, 0, 2)")

    with pytest.raises(Exception, match="UNIQUE"):
        await stage.database.transaction(work)


# ---------------------------------------------------------------- whatever happens


def _form(turn: Turn) -> Dialogue:
    return Dialogue(turn.chat.id, turn.person.id, "booking", {}, "")


def _pick(tx: Transaction, who: Turn, *statuses: str) -> list[int]:
    found = [tickets.get(tx, number) for number in bookings.of_person(tx, who.person.id)]
    return [ticket.id for ticket in found if ticket and ticket.status in statuses]


def _book(turn: Turn, service: Service, at: datetime) -> None:
    appointments.make(turn, service, _form(turn), at)


def _wait(turn: Turn, service: Service, at: datetime) -> None:
    if not availability.is_free(turn, service, at):
        appointments.stand_in_line(turn, service, _form(turn), at)


def _move(turn: Turn, service: Service, at: datetime) -> None:
    for number in _pick(turn.tx, turn, "open")[:1]:
        appointments.move(turn, service, number, at)


def _cancel(turn: Turn, service: Service, at: datetime) -> None:
    for number in _pick(turn.tx, turn, "open", "waiting", "offered")[:1]:
        ticket = tickets.get(turn.tx, number)
        assert ticket is not None
        appointments.give_up(turn, ticket)


def _agree(turn: Turn, service: Service, at: datetime) -> None:
    for number in _pick(turn.tx, turn, "offered")[:1]:
        appointments.answer_offer(turn, number, True)


def _refuse(turn: Turn, service: Service, at: datetime) -> None:
    for number in _pick(turn.tx, turn, "offered")[:1]:
        appointments.answer_offer(turn, number, False)


STEPS: list[Callable[[Turn, Service, datetime], None]] = [_book, _book, _wait, _move, _cancel, _agree, _refuse]


def _holds(tx: Transaction, service: Service) -> None:
    """Nobody twice, nobody outside, everybody who was promised a place has one, and nobody waits before a free one."""
    seats = _seats(tx)
    assert len(seats) == len(set(seats)) and all(seat < service.capacity for _, _, seat in seats)
    held = {row["ticket"] for row in tx.all("SELECT ticket FROM booked")}
    waiting = {row["ticket"]: row["at"] for row in tx.all("SELECT ticket, at FROM waiting")}
    for number in tickets.numbers(tx):
        ticket = tickets.get(tx, number)
        assert ticket is not None and tickets.rebuild(tx, number) == ticket
        assert (number in held) == (ticket.status in ("open", "accepted", "offered"))
        assert (number in waiting) == (ticket.status == "waiting")
    for at in set(waiting.values()):
        assert sum(1 for _, begun, _ in seats if begun == at) == service.capacity
        assert moment(at) > BEGIN


async def _run(steps: list[tuple[int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        await stage.open()
        service = stage.house.bookable["health"]
        coming = openings(service, date(2026, 3, 5), ZONE)[:3]
        try:
            for which, who, opening in steps:

                def work(tx: Transaction, which: int = which, who: int = who, opening: int = opening) -> None:
                    STEPS[which](_turn(tx, stage.house, who, BEGIN), service, coming[opening])
                    _holds(tx, service)

                await stage.database.transaction(work)
        finally:
            await stage.close()


@settings(max_examples=count(25, 400), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(STEPS) - 1), st.integers(1, 6), st.integers(0, 2)), min_size=8, max_size=40))
def test_never_two_in_one_place(steps: list[tuple[int, int, int]]) -> None:
    asyncio.run(_run(steps))


async def test_a_place_nobody_answers_for_goes_on_in_order(stage: Stage) -> None:
    await say(stage, "王奶奶", "约明天下午两点理发", "对")
    for who in ("陈阿婆", "赵叔"):
        await say(stage, who, "约明天下午两点理发", "都不行，排队等", "对")
    await say(stage, "王奶奶", "取消理发", "对")
    sent = await _until(stage, 61)
    assert [line for line in sent if "空出来一个" in line and "赵叔" in line]
    assert [line for line in sent if "给后面的人了" in line and "陈阿婆" in line]
    assert any("是您的了" in line for line in await press(stage, "赵叔", "要"))


async def _until(stage: Stage, minutes: int) -> list[str]:
    stage.channel.fresh.clear()
    await stage.app.walk(stage.clock.now() + timedelta(minutes=minutes), stage.clock.move)
    return [stage._line(shown, changed) for shown, changed in stage.channel.fresh]
