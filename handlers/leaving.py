"""Somebody moved, died, is in hospital or away, or is erased: every wing ends its own part, as its rows declare."""

from __future__ import annotations

from handlers import questions, rows
from handlers.turn import CLOCK, Turn
from models.people import STATES, Person
from storage import people, queue, states


def stop(turn: Turn, person: Person, state: str) -> None:
    """From now on this is so: what is for them ends (moved, deceased) or rests (hospital, away), and nothing more is said
    to them but what answers a line of their own. Danger goes on: it is the people's who have it in hand."""
    if state not in STATES:
        raise ValueError(f"{state!r} is none of {', '.join(STATES)}")
    states.set_state(turn.tx, person.id, state, turn.now)
    theirs = _in_place_of(turn, person.id)
    for work in rows.installed().every("stops").values():
        work(theirs, state)
    questions.forget_of(turn.tx, person.id)
    queue.withdraw(turn.tx, person.id)
    turn.anew()


def back(turn: Turn, person: Person) -> None:
    """They are here again: what is new is said and asked as before; what ended stays ended."""
    states.set_state(turn.tx, person.id, "", turn.now)


def erase(turn: Turn) -> None:
    """Before the speaker is erased: nobody waits for them, nothing waits for their word."""
    for work in rows.installed().every("erases").values():
        work(turn)


def _in_place_of(turn: Turn, number: int) -> Turn:
    person = people.get(turn.tx, number)
    return turn.as_person(person, people.chat(turn.tx, person.chat) if person.chat else CLOCK)
