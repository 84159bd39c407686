"""Times in forms: what a new one keeps of the one before, the one agreed last time, and how they are said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers import clock
from handlers.settings import House
from handlers.turn import Turn
from models.meaning import Match, Parse, TimeExpression
from models.tickets import Ticket
from models.times import decode_time
from nlu import times
from nlu.meaning import outcomes

_NEVER_AGREED = frozenset({"cancelled", "declined", "waiting", "offered"})


def settled(turn: Turn, slots: Mapping[str, str], parse: Parse) -> Parse:
    """The utterance with every time put together with the one the form holds: 改成后天 keeps the hour, 下午吧 the day."""
    now, zone = turn.now.astimezone(turn.house.zone), turn.house.zone
    if times.recalls(parse.clean):
        service = slots.get("service") or next(
            (m.slots["service"] for m in parse.intents if "service" in m.slots), None
        )
        last = agreed(turn.situation.reported, turn.person.id, service, now, zone)
        return _with(parse, times.recalled(parse.clean, last, now) if last else ())
    before = known(slots, zone)
    if before and (by := outcomes.shifted(parse.clean, before, now)):
        return replace(parse, times=(replace(by, text=spelled(by, now, zone)),))
    if not parse.times:
        return parse
    wished = outcomes.wished(parse.clean, parse.times, before, now) if len(parse.times) > 1 else None
    if wished is not None and wished is not parse.times[0]:
        parse = replace(parse, times=(wished, *(time for time in parse.times if time is not wished)))
    if before is None:
        return parse
    return _with(parse, tuple(_merged(before, said, now, zone) for said in parse.times))


def _with(parse: Parse, found: tuple[TimeExpression, ...]) -> Parse:
    """The utterance with other times; an intent that names its time by the old words names the new ones."""
    if not found:
        return parse
    words = {before.text: after.text for before, after in zip(parse.times, found, strict=False)}
    intents = tuple(replace(match, slots=_reworded(match, words)) for match in parse.intents)
    return replace(parse, times=found, intents=intents)


def _reworded(match: Match, words: Mapping[str, str]) -> Mapping[str, str]:
    time = match.slots.get("time", "")
    return {**match.slots, "time": words[time]} if time in words else match.slots


def _merged(before: TimeExpression, said: TimeExpression, now: datetime, zone: ZoneInfo) -> TimeExpression:
    """Both together, in words of their own when something of the earlier one was kept."""
    both = times.merge(before, said, now)
    return both if (both.start, both.end) == (said.start, said.end) else replace(both, text=spelled(both, now, zone))


def known(slots: Mapping[str, str], zone: ZoneInfo) -> TimeExpression | None:
    """The time a form holds: the opening it was given, else the one that was wished for."""
    if "at" in slots:
        return moment(datetime.fromisoformat(slots["at"]).astimezone(zone), slots.get("time", ""))
    return decode_time(slots["when"], zone) if "when" in slots else None


def moment(at: datetime, text: str) -> TimeExpression:
    """A clock time as an expression."""
    return TimeExpression(text, at, None, "minute" if at.minute else "hour")


def wished(house: House, ticket: Ticket) -> TimeExpression | None:
    """For when somebody wants a helper; since when something is broken is none."""
    found = decode_time(ticket.slots["when"], house.zone) if asks(house, ticket) and "when" in ticket.slots else None
    return found if found and found.start and not found.every else None


def asks(house: House, ticket: Ticket) -> bool:
    """Whether somebody comes at a wished time."""
    flow = house.flows.get(ticket.flow)
    return flow is not None and any(slot.kind == "time" for slot in flow.slots)


# ---------------------------------------------------------------- 上回


def agreed(
    reported: Iterable[Ticket], person: int, service: str | None, now: datetime, zone: ZoneInfo
) -> TimeExpression | None:
    """What 上回那个时间 means: the same weekday and hour as last time, next; of this service if there was one."""
    mine = [one for one in reported if one.reporter == person and _timed(one)]
    last = next((one for one in mine if service and one.category == service), next(iter(mine), None))
    before = known(last.slots, zone) if last else None
    if before is None or before.start is None:
        return None
    ahead = _weeks(before.start, now)
    moved = replace(before, start=before.start + ahead, end=before.end + ahead if before.end else None)
    return replace(moved, text=spelled(moved, now, zone), every=None)


def _timed(ticket: Ticket) -> bool:
    return bool({"at", "when"} & set(ticket.slots)) and ticket.status not in _NEVER_AGREED


def _weeks(start: date, now: datetime) -> timedelta:
    """Whole weeks from a time to its next return."""
    if isinstance(start, datetime):
        return timedelta(weeks=max(0, (now - start) // timedelta(weeks=1) + 1))
    return timedelta(weeks=max(0, (now.date() - start).days + 6) // 7)


# ---------------------------------------------------------------- words


def spelled(time: TimeExpression, now: datetime | None, zone: ZoneInfo) -> str:
    """A time as people say it: 后天下午, 3月6日上午10点, 后天下午3点到下午5点; without ``now`` always by its date."""
    start, end = time.start, time.end
    if start is None:
        return time.text
    first = _spelled(start, time.grain, now, zone)
    if not isinstance(end, datetime) or not isinstance(start, datetime):
        return first
    last = clock.clock(now, end, zone)
    return f"{first}到{last.removeprefix(clock.day(now, end, zone))}"


def _spelled(start: date, grain: str, now: datetime | None, zone: ZoneInfo) -> str:
    if not isinstance(start, datetime):
        return clock.day(now, start, zone)
    if grain != "part":
        return clock.clock(now, start, zone)
    # An hour on: noon begins at eleven.
    return clock.day(now, start, zone) + clock.part(start + timedelta(hours=1), zone)
