"""Openings are computed exactly, and two people never stand in one place, whatever is booked, moved and given up."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from sqlite3 import IntegrityError
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.replay.talk import BEGIN, Stage
from handlers.bookings import life, provider, provider_days, written
from handlers.bookings import openings as bookings_openings
from handlers.settings import House
from handlers.turn import Turn
from models.bookings import Service, following, openings
from models.dialogues import Dialogue
from models.events import Due, Origin, Utterance
from storage import bookings, dialogues, people, tickets
from storage.database import Transaction, millis, moment
from storage.dialogues import OpenQuestion
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
    [
        ("FREQ=DAILY", [3, 4, 5]),
        ("FREQ=DAILY;INTERVAL=2", [4, 6, 8]),
        ("FREQ=WEEKLY", [9, 16, 23]),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", [4, 6, 9]),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", [3, 4, 5]),
    ],
)
def test_a_repetition_falls_on_its_days(every: str, days: list[int]) -> None:
    found = following(every, MONDAY)
    assert [next(found).day for _ in days] == days


# ---------------------------------------------------------------- all at once


def _turn(tx: Transaction, house: House, who: int, now: datetime) -> Turn:
    chat, person = people.arrive(tx, "talk", f"n{who}", f"n{who}", True, f"居民{who}", now)
    return Turn(tx, house, now, Due(f"test:{who}", now, "test"), "test", chat, person)


def _seats(tx: Transaction) -> list[tuple[str, int, int]]:
    return [(row["service"], row["at"], row["seat"]) for row in tx.all("SELECT service, at, seat FROM booked")]


QUARTERS = {0: "", 15: "15分", 30: "半", 45: "45分"}
ALL_DAY = {day: ((time(8), time(18)),) for day in range(7)}


async def _all_say(stage: Stage, line: str) -> None:
    """Two hundred people say the same at the same moment."""
    at, stamp = stage.clock.now(), len(stage.channel.shown)
    origins = [Origin("talk", f"{stamp}-{n}", f"many{n}", f"many{n}", at, f"居民{n}") for n in range(200)]
    stage._titles.update({origin.chat: origin.name for origin in origins})
    await stage.app.accept([Utterance(origin, line) for origin in origins])
    await stage.app.settle()


@pytest.mark.timeout(1800)
async def test_two_hundred_at_once_for_each_opening(tmp_path: Path) -> None:
    """Through the real app and database; each opening fills, and everybody else hears that it did."""
    stage = Stage(tmp_path)
    service = replace(stage.house.bookable["health"], hours=ALL_DAY)
    stage.house = replace(stage.house, bookable={**stage.house.bookable, "health": service})
    await stage.open()
    try:
        days = (openings(service, MONDAY + timedelta(days=n), ZONE) for n in range(1, 7))
        wanted = [at for day in days for at in day][: count(2, 100)]
        for at in wanted:
            before = len(stage.channel.shown)
            await _all_say(stage, f"约{at.month}月{at.day}号{at.hour}点{QUARTERS[at.minute]}量血压")
            await _all_say(stage, "对")
            texts = [shown.text for shown in list(stage.channel.shown.values())[before:]]
            told = (at, stage.app.counts, Counter(texts).most_common(3))
            assert sum(text.startswith("约好了") for text in texts) == service.capacity, told
            assert sum("刚才那个时候被人约走了" in text for text in texts) == 200 - service.capacity
            await _all_say(stage, "算了")
        seats = await stage.database.read(_seats)
        assert len(seats) == len(set(seats)) == len(wanted) * service.capacity
        assert {at for _, at, _ in seats} == {millis(at) for at in wanted} and stage.app.counts["failures"] == 0
    finally:
        await stage.close()


async def test_a_place_is_taken_as_often_as_there_is_one(stage: Stage) -> None:
    service, at = stage.house.bookable["health"], datetime(2026, 3, 5, 0, 30, tzinfo=UTC)

    def work(tx: Transaction, who: int) -> bool:
        turn = _turn(tx, stage.house, who, BEGIN)
        ticket = written.opened(turn, "open", service, _form(turn), at)
        return bookings.take(tx, service, at, ticket.id)

    won = await asyncio.gather(*(stage.database.transaction(partial(work, who=who)) for who in range(200)))
    assert sum(won) == service.capacity == len(await stage.database.read(_seats))


ROWS = {
    "one place, two tickets": [("haircut", 60, 0, 1, None, 0), ("haircut", 60, 0, 2, None, 0)],
    "one ticket, two places": [("haircut", 60, 0, 1, None, 0), ("haircut", 90, 0, 1, None, 0)],
    "one provider, two services": [("haircut", 60, 0, 1, "周师傅", 90), ("health", 80, 0, 2, "周师傅", 95)],
    "one provider, longer than known": [("haircut", 60, 0, 1, "周师傅", 90), ("haircut", 70, 0, 2, "周师傅", 100)],
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
async def test_the_table_itself_refuses_two_in_one_place(stage: Stage, rows: list[tuple[object, ...]]) -> None:
    def work(tx: Transaction) -> None:
        for who in (1, 2):
            written.opened(
                turn := _turn(tx, stage.house, who, BEGIN), "open", stage.house.bookable["haircut"], _form(turn), BEGIN
            )
        for row in rows:
            tx.run("INSERT INTO booked (service, at, seat, ticket, provider, until) VALUES (?, ?, ?, ?, ?, ?)", *row)

    with pytest.raises(IntegrityError):
        await stage.database.transaction(work)


async def test_the_table_refuses_a_move_to_where_the_provider_is_not(stage: Stage) -> None:
    def work(tx: Transaction) -> None:
        for who, at in ((1, 60), (2, 90)):
            turn = _turn(tx, stage.house, who, BEGIN)
            ticket = written.opened(turn, "open", stage.house.bookable["haircut"], _form(turn), BEGIN)
            tx.run("INSERT INTO booked VALUES ('haircut', ?, 0, ?, '周师傅', ?)", at, ticket.id, at + 30)
        tx.run("UPDATE booked SET at = 80, until = 110 WHERE at = 90")

    with pytest.raises(IntegrityError, match="another place"):
        await stage.database.transaction(work)


# ---------------------------------------------------------------- whatever happens


def _form(turn: Turn) -> Dialogue:
    return Dialogue(turn.chat.id, turn.person.id, "booking", {}, "")


def _pick(tx: Transaction, who: Turn, *statuses: str) -> list[int]:
    found = [tickets.get(tx, number) for number in bookings.of_person(tx, who.person.id)]
    return [ticket.id for ticket in found if ticket and ticket.status in statuses]


def _book(turn: Turn, service: Service, at: datetime) -> None:
    life.make(turn, service, _form(turn), at)


def _wait(turn: Turn, service: Service, at: datetime) -> None:
    if bookings_openings.is_opening(turn, service, at) and not bookings_openings.is_free(turn, service, at):
        life.stand_in_line(turn, service, _form(turn), at)


def _move(turn: Turn, service: Service, at: datetime) -> None:
    for number in _pick(turn.tx, turn, "open")[:1]:
        life.move(turn, service, number, at)


def _cancel(turn: Turn, service: Service, at: datetime) -> None:
    for number in _pick(turn.tx, turn, "open", "waiting", "offered")[:1]:
        ticket = tickets.get(turn.tx, number)
        assert ticket is not None
        life.give_up(turn, ticket)


def _asked(turn: Turn, number: int) -> OpenQuestion:
    question = next(one for one in dialogues.questions(turn.tx, turn.chat.id, turn.person.id) if one.ticket == number)
    assert question.kind == "place"
    return question


def _agree(turn: Turn, service: Service, at: datetime) -> None:
    for number in _pick(turn.tx, turn, "offered")[:1]:
        life.answer_offer(turn, _asked(turn, number), True)


def _refuse(turn: Turn, service: Service, at: datetime) -> None:
    for number in _pick(turn.tx, turn, "offered")[:1]:
        life.answer_offer(turn, _asked(turn, number), False)


def _decline(turn: Turn, service: Service, at: datetime) -> None:
    for number in _pick(turn.tx, turn, "open", "accepted")[:1]:
        provider.act(_provider(turn), "book_decline", number)


def _accept(turn: Turn, service: Service, at: datetime) -> None:
    for number in _pick(turn.tx, turn, "open")[:1]:
        provider.act(_provider(turn), "book_accept", number)


def _lapse(turn: Turn, service: Service, at: datetime) -> None:
    for number in _pick(turn.tx, turn, "offered")[:1]:
        ticket = tickets.get(turn.tx, number)
        assert ticket is not None
        life.lapse(turn, ticket)


def _pause(turn: Turn, service: Service, at: datetime) -> None:
    provider_days.pause(_provider(turn), f"{service.name} {at.astimezone(ZONE):%Y-%m-%d}")


def _resume(turn: Turn, service: Service, at: datetime) -> None:
    provider_days.resume(_provider(turn), service.name)


def _provider(turn: Turn) -> Turn:
    person = people.known(turn.tx, "talk", "zhou")
    assert person is not None
    return turn.as_person(person, turn.chat)


STEPS: list[Callable[[Turn, Service, datetime], None]] = [
    _book,
    _book,
    _book,
    _wait,
    _wait,
    _move,
    _cancel,
    _agree,
    _refuse,
    _decline,
    _accept,
    _lapse,
    _pause,
    _resume,
]


def _holds(turn: Turn) -> None:
    """Nobody twice, nobody outside, whoever was promised a place has one, the provider is in one place at a time, on a
    day of rest there is nobody, and nobody waits before a place that is free."""
    tx, services = turn.tx, turn.house.bookable
    seats = _seats(tx)
    assert len(seats) == len(set(seats)) and all(seat < services[key].capacity for key, _, seat in seats)
    spans = sorted({(at, at + services[key].minutes * 60_000, key) for key, at, _ in seats})
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    held = {row["ticket"] for row in tx.all("SELECT ticket FROM booked")}
    waiting = {
        row["ticket"]: (row["service"], moment(row["at"])) for row in tx.all("SELECT ticket, service, at FROM waiting")
    }
    for number in tickets.numbers(tx):
        ticket = tickets.get(tx, number)
        assert ticket is not None and tickets.rebuild(tx, number) == ticket
        assert (number in held) == (ticket.status in ("open", "accepted", "offered"))
        assert (number in waiting) == (ticket.status == "waiting")
    resting = {(key, day) for key in services for day in bookings.paused(tx, key)}
    for key, at in {*waiting.values(), *((key, moment(at)) for key, at, _ in seats)}:
        assert (key, at.astimezone(ZONE).date()) not in resting
    for key, at in set(waiting.values()):
        assert not bookings_openings.is_free(turn, services[key], at)


WINDOW = {3: ((time(8, 30), time(10)),)}
"""Both services of one provider, on the same morning."""


async def _run(steps: list[tuple[int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        bookable = {key: replace(stage.house.bookable[key], hours=WINDOW) for key in ("health", "haircut")}
        stage.house = replace(stage.house, bookable=bookable)
        await stage.open()
        both = [(one, at) for one in bookable.values() for at in openings(one, date(2026, 3, 5), ZONE)[:2]]
        try:
            for which, who, opening in steps:

                def work(tx: Transaction, which: int = which, who: int = who, opening: int = opening) -> None:
                    turn = _turn(tx, stage.house, who, BEGIN)
                    STEPS[which](turn, *both[opening])
                    _holds(turn)

                await stage.database.transaction(work)
        finally:
            await stage.close()


@settings(max_examples=count(40, 600), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, len(STEPS) - 1), st.integers(1, 5), st.integers(0, 3)), min_size=12, max_size=40)
)
@example(steps=[(0, 1, 2), (3, 1, 0), (3, 1, 0), (6, 1, 0)])
@example(steps=[(0, 1, 3), (0, 3, 2), (3, 1, 0), (9, 3, 0), (13, 1, 2)])
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
