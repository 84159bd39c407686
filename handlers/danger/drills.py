"""Drills: the ladder is run with every message marked 演练, and it is told how long each rung took."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from handlers.danger import incident as danger_incident
from handlers.danger import ladder
from handlers.danger.settings import Danger
from handlers.settings import House
from handlers.tickets import clocks
from handlers.tickets.steps import step as take_step
from handlers.turn import Turn
from models.incidents import Incident, Rung, Step, rung_of
from models.people import Person
from storage import incidents as stored
from storage import people, queue, tickets
from storage.database import Transaction

WEEKLY = "drill"
"""Key of the weekly drill on the agenda."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def command(turn: Turn, words: str) -> None:
    """/drill: begin one, unless one is running."""
    if any(one.drill for one in stored.unclosed(turn.tx)):
        turn.answer("danger.drill.running")
    elif begin(turn):
        turn.answer("danger.drill.begun")
    else:
        turn.answer("danger.drill.nobody")


def begin(turn: Turn) -> bool:
    """Run the ladder; False when nobody stands on it."""
    if not ladder.rungs_of(turn.tx, turn.house, ladder.BARE):
        return False
    event = turn.event_of(
        "open",
        category="drill",
        urgency="P3",
        queue="desk",
        reporter=turn.person.id or None,
        chat=turn.person.chat,
        opened_at=turn.now,
        promised_at=turn.now + timedelta(days=1),
    )
    ticket = tickets.add(turn.tx, "desk", "task", event)
    clocks.watch(turn, ticket)
    incident = Incident(ticket.id, danger_incident.mark(turn), "drill", "drill", "drill")
    _alert(turn, stored.add(turn.tx, incident, turn.now, turn.person.id or None))
    return True


def _alert(turn: Turn, incident: Incident) -> None:
    """The next message of the drill, or its report when every rung had its turn."""
    rungs = ladder.rungs_of(turn.tx, turn.house, incident)
    number = incident.count + 1
    at = rung_of(number, [rung for rung, _ in rungs], turn.house.of(Danger).interval)
    if at is None:
        return _report(turn, incident, [rung for rung, _ in rungs])
    next_at = turn.now + timedelta(minutes=turn.house.of(Danger).interval)
    data = {"count": number, "rung": rungs[at][0].who}
    incident = stored.record(
        turn.tx, incident, "alert", turn.now, None, data, count=number, alerted_at=incident.alerted_at or turn.now
    )
    danger_incident.look(turn, incident, next_at)
    text = turn.text("danger.alert.drill", count=number)
    for person in rungs[at][1]:
        stored.alert(turn.tx, incident.id, person.id, rungs[at][0].who, turn.now)
        danger_incident.ring(turn, incident, person.chat, text, turn.button("received", "hold", incident.id))
    return None


def due(turn: Turn, incident: Incident) -> None:
    """Nobody of this rung answered yet: again, or the next rung."""
    _alert(turn, incident)


def answered(turn: Turn, incident: Incident) -> None:
    """Somebody saw it: counted once for each rung, and the next rung is tried."""
    rung = stored.alerted(turn.tx, incident.id).get(turn.person.id)
    if incident.status != "open" or rung is None:
        return turn.say(turn.person.chat or turn.chat.id, "danger.drill.late")
    steps = stored.steps(turn.tx, incident.id)
    seconds = round((turn.now - _begun(steps, rung)).total_seconds())
    turn.say(turn.person.chat, "danger.drill.answered", seconds=seconds)
    first = not any(step.action == "answer" and step.data.get("rung") == rung for step in steps)
    stored.log(turn.tx, incident.id, danger_incident.step_of(turn, "answer", rung=rung, seconds=seconds))
    if first and rung == _present(steps):
        _alert(turn, _skip(turn, incident, rung))
    return None


def _begun(steps: list[Step], rung: str) -> datetime:
    return next(step.at for step in steps if step.action == "alert" and step.data["rung"] == rung)


def _present(steps: list[Step]) -> str:
    return next(str(step.data["rung"]) for step in reversed(steps) if step.action == "alert")


def _skip(turn: Turn, incident: Incident, rung: str) -> Incident:
    """As if this rung had had all its messages."""
    rungs = [one for one, _ in ladder.rungs_of(turn.tx, turn.house, incident)]
    count = incident.count
    while (at := rung_of(count + 1, rungs, turn.house.of(Danger).interval)) is not None and rungs[at].who == rung:
        count += 1
    stored.touch(turn.tx, incident, count=count)
    return stored.get(turn.tx, incident.id) or incident


# ---------------------------------------------------------------- the report


def _report(turn: Turn, incident: Incident, rungs: list[Rung]) -> None:
    """To the one who began it, or to all managers; then the drill is closed."""
    steps = stored.steps(turn.tx, incident.id)
    alerted = stored.alerted(turn.tx, incident.id)
    date = f"{turn.now.astimezone(turn.house.zone):%m-%d %H:%M}"
    lines = [turn.text("danger.drill.report", date=date), *(_line(turn, rung, steps, alerted) for rung in rungs)]
    ticket = tickets.get(turn.tx, incident.id)
    chats = [ticket.chat] if ticket and ticket.chat else [one.chat for one in people.with_role(turn.tx, "manager")]
    for chat in chats:
        turn.tell(chat, "\n".join(lines), about=incident.id)
    stored.record(turn.tx, incident, "close", turn.now, None, {"cause": "drill"}, cause="drill", closed_at=turn.now)
    turn.drop(f"incident:{incident.id}")
    if ticket is not None:
        take_step(turn, ticket, "finish", done_at=turn.now)


def _line(turn: Turn, rung: Rung, steps: list[Step], alerted: dict[int, str]) -> str:
    """One rung: who answered first and after how many seconds, or that nobody did."""
    name = turn.house.texts.get(f"danger.rung.{rung.who}", rung.who)
    found = next((step for step in steps if step.action == "answer" and step.data["rung"] == rung.who), None)
    if found is not None and found.actor is not None:
        person: Person = people.get(turn.tx, found.actor)
        return turn.text("danger.drill.rung", rung=name, name=person.called, seconds=found.data["seconds"])
    names = "、".join(people.get(turn.tx, number).called for number, who in alerted.items() if who == rung.who)
    return turn.text("danger.drill.silent", rung=name, minutes=f"{rung.minutes:g}", names=names or "—")


# ---------------------------------------------------------------- every week


def weekly(turn: Turn) -> None:
    """The weekly drill; the next one is written in the same transaction."""
    if not any(one.drill for one in stored.unclosed(turn.tx)):
        begin(turn)
    at = next_weekly(turn.house.of(Danger).drill, turn.now.astimezone(turn.house.zone))
    if at is not None:
        turn.later(WEEKLY, at, "drill.weekly")


def schedule(tx: Transaction, house: House, now: datetime) -> None:
    """Write the weekly drill on the agenda, or take it off, as the configuration has it."""
    at = next_weekly(house.of(Danger).drill, now.astimezone(house.zone))
    if at is None:
        queue.drop(tx, WEEKLY)
    else:
        queue.schedule(tx, WEEKLY, at, "drill.weekly")


def next_weekly(rule: str, now: datetime) -> datetime | None:
    """The next moment of a rule like ``sat 10:00`` after ``now``, in its zone; None when there is no rule."""
    if not rule:
        return None
    day, _, clock = rule.partition(" ")
    ahead = (DAYS.index(day) - now.weekday()) % 7
    at = datetime.combine(now.date() + timedelta(days=ahead), time.fromisoformat(clock), now.tzinfo)
    return at if at > now else at + timedelta(days=7)
