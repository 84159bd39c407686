"""Who may mediate: never a party, never somebody of the same stair, and nobody else hears that there is a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from handlers.settings import House
from handlers.tickets import cards
from handlers.turn import Turn
from models.cases import File
from models.meaning import PlaceExpression
from models.people import Person
from storage import cases, figures, people
from storage.database import Transaction

ROLE = cases.ROLE


def counted(tx: Transaction, house: House, start: datetime, end: datetime) -> str:
    """How many mediations managers read of, where nobody can be made out."""
    count = figures.cases(tx, start, end)
    return house.texts["stats.line.cases"].format(count=count) if count else ""


def everybody(turn: Turn) -> list[Person]:
    """All mediators who can be reached here."""
    return [person for person in people.with_role(turn.tx, ROLE) if person.chat is not None and person.reachable]


def same_stair(one: PlaceExpression | None, other: PlaceExpression | None) -> bool:
    """Whether two homes share a stair; where a unit is not known, the building is close enough."""
    if one is None or other is None or not one.building or one.building != other.building:
        return False
    return not one.unit or not other.unit or one.unit == other.unit


def too_near(person: Person, persons: Iterable[int], homes: Iterable[PlaceExpression | None]) -> bool:
    """Whether somebody is a party, or a neighbour of one, or was until lately: a move opens no case."""
    theirs = (person.home, *person.former)
    return person.id in persons or any(same_stair(own, home) for home in homes for own in theirs)


def barred(person: Person, file: File) -> bool:
    """Whether somebody may not mediate this case, as everybody lives now."""
    return too_near(person, file.persons, (side.home for side in file.sides.values()))


def eligible(turn: Turn, file: File) -> list[Person]:
    """Who may be offered a case and has not let it go by."""
    aside = cases.aside(turn.tx, cases.house(file.number))
    return [person for person in everybody(turn) if person.id not in aside and not barred(person, file)]


def offer(turn: Turn, file: File, key: str = "case.offer", wanted: bool = False) -> bool:
    """Ask mediators in private who takes it, without a word of what it is; False when there is nobody to ask."""
    asked = [one for one in eligible(turn, file) if not wanted or file.wanted in (None, one.id)] or eligible(turn, file)
    for person in asked:
        buttons = [turn.button(verb, verb, file.number) for verb in ("case_take", "case_pass")]
        turn.say(person.chat, key, *buttons, kind="reminder", number=file.number)
    return bool(asked)


def tell_desk(turn: Turn, key: str) -> None:
    """People of the desk, each in private: that there is one case, nothing more."""
    for person in cards.desk_people(turn):
        turn.say(person.chat, key, kind="reminder")
