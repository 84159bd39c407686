"""What an alert says: who, where, what was said, and the one thing to do; pure, so that the alarm lane can say it too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers import clock
from handlers.saying import titles
from handlers.settings import House
from models.incidents import Alarm, Incident
from models.people import Person
from models.tickets import Ticket

WORDS = 120
"""Characters of what was said that an alert quotes, from the end."""
LATE = timedelta(minutes=10)
"""Words older than this are shown with their time."""
PATHS = {
    "violence": "quiet",
    "missing": "missing",
    "self_harm": "crisis",
    "despair": "crisis",
    "paying": "scam",
    "asked": "scam",
    "welfare": "welfare",
}
"""Sign → the special path it takes: nobody at home may notice, three short questions, never cheer, stop, own ladder."""


@dataclass(frozen=True)
class Subject:
    """Whom an alert speaks of."""

    name: str
    place: str = ""
    phone: str = ""
    words: str = ""
    caution: bool = False
    """Called first: there were false alarms before."""


def choose(house: House, prefix: str, *names: str) -> str:
    """The text of the first of these names that has one; raises ``KeyError`` when none has."""
    return house.texts[chosen(house, prefix, *names)]


def chosen(house: House, prefix: str, *names: str) -> str:
    """Its key."""
    return next((key for name in names if (key := f"{prefix}.{name}") in house.texts), f"{prefix}.{names[-1]}")


def path_of(sign: str) -> str:
    """The special path of a sign; empty when it has none."""
    return PATHS.get(sign, "")


def kind_of(house: House, family: str, sign: str) -> str:
    """What tells one danger from another: its sign, path or family, whichever has words of its own."""
    names = (sign, path_of(sign) or family, family)
    return next((name for name in names if f"danger.safe.{name}" in house.texts), "unknown")


def dated(house: House, words: str, said: datetime, now: datetime) -> str:
    """What was said, with its time when that lies back: after an outage people must know what is old."""
    if now - said < LATE:
        return words
    return house.texts["danger.alert.late"].format(at=clock.clock(now, said, house.zone), words=words)


def subject_of(house: House, person: Person, ticket: Ticket, caution: bool) -> Subject:
    """The subject of a stored incident."""
    return Subject(person.called, titles.spelled(ticket.place), person.phone, ticket.words, caution)


def subject_seen(alarm: Alarm, known: Subject | None) -> Subject:
    """The subject of an alarm that nothing is stored of: what memory knows, else the name the platform shows."""
    if known is None:
        return Subject(alarm.name or alarm.account, words=alarm.text)
    return Subject(known.name, known.place, known.phone, alarm.text, known.caution)


def body(house: House, family: str, sign: str, subject: Subject) -> str:
    """Who, where, what was said, and what to do."""
    texts = house.texts
    words = subject.words if len(subject.words) <= WORDS else f"…{subject.words[-WORDS:]}"
    lines = [
        texts["danger.alert.who"].format(name=subject.name, place=subject.place or texts["danger.alert.nowhere"]),
        texts["danger.alert.phone"].format(phone=subject.phone or texts["danger.alert.nophone"]),
        texts["danger.alert.words"].format(words=words or "—"),
        texts["danger.alert.caution"] if subject.caution else "",
        choose(house, "danger.do", sign, path_of(sign) or family, family, "default"),
    ]
    return "\n".join(line for line in lines if line)


def text(house: House, number: int | None, count: int, lines: str) -> str:
    """A whole alert: its number, how often it was said, and its lines."""
    key = "danger.alert.head" if number else "danger.alert.first"
    return "\n".join([house.texts[key].format(number=number, count=count), lines, house.texts["danger.alert.press"]])


def of(house: House, incident: Incident, subject: Subject) -> str:
    """The next alert of a stored incident."""
    return text(house, incident.id, incident.count, body(house, incident.family, incident.sign, subject))
