"""What is asked after the alert: where, what a missing person looks like, and whether somebody can speak."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from handlers.danger import alerts, cry, updates
from handlers.danger import incident as danger_incident
from handlers.rows import Meant
from handlers.saying import titles
from handlers.settings import House
from handlers.turn import Turn
from models.incidents import LIVE, Incident
from models.meaning import PlaceExpression, Question, Sign
from storage import dialogues, tickets
from storage import incidents as stored
from storage.dialogues import OpenQuestion

LAST = 3
"""Questions about a missing person."""
ELSEWHERE = ("mgr", "vol", "ticket")
"""Domains of work and tickets, which like a plain need are no answer to where."""


def place_said(turn: Turn) -> PlaceExpression | None:
    """The place the words name: a building, a public spot, or something beside the speaker's home."""
    home = turn.person.home
    for place in turn.parse.places:
        if place.building or place.spot in turn.house.community.spots:
            return replace(place, span=(0, 0))
        if home is not None and place.spot:
            return replace(home, text=f"{titles.spelled(home)} {place.spot}", spot=place.spot)
    return None


def beside(turn: Turn) -> PlaceExpression | None:
    """The speaker's staircase: a neighbour's door is another one than their own."""
    home = turn.person.home
    return replace(home, text="", floor=None, room=None) if home is not None else None


def follow(turn: Turn, incident: Incident, sign: Sign, first: bool) -> str:
    """The one question that comes with the answer, opened; empty when none is needed."""
    path = alerts.path_of(sign.name)
    if turn.chat.kind != "private":
        return ""
    if path == "missing":
        return _ask(turn, incident, "missing", "danger.missing.1", number=1) if first else ""
    if path == "quiet" and not cry.of_others(turn.parse.clean):
        dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "discreet", incident.id, turn.now)
        return ""
    ticket = tickets.get(turn.tx, incident.id)
    if path == "quiet" and ticket is not None and ticket.place.spot:
        return ""
    if ticket is None or path == "scam" or _found(turn, ticket.place):
        return ""
    return _ask(turn, incident, "where", "danger.tail.where")


def _ask(turn: Turn, incident: Incident, kind: str, key: str, **data: int) -> str:
    dialogues.ask(turn.tx, turn.chat.id, turn.person.id, kind, incident.id, turn.now, **data)
    return turn.text(key)


def _found(turn: Turn, place: PlaceExpression) -> bool:
    return bool(place.building) or place.spot in turn.house.community.spots


# ---------------------------------------------------------------- answers


def answer(turn: Turn) -> Meant | None:
    """A line meets one of these questions; one whose incident is over is closed."""
    for question in turn.situation.questions:
        reads, answered = ANSWERS.get(question.kind, (None, None))
        incident = stored.get(turn.tx, question.ticket or 0) if reads else None
        if reads is None or answered is None or incident is None:
            continue
        if incident.status not in LIVE:
            return Meant(partial(dialogues.answered, turn.tx, question.id), goes_on=True)
        if reads(turn):
            return Meant(partial(_answer, turn, incident, question, answered))
    return None


def _answer(turn: Turn, incident: Incident, question: OpenQuestion, answered: Answered) -> None:
    dialogues.answered(turn.tx, question.id)
    answered(turn, incident, question)


BESIDE = 3
"""Characters beside a place in a line that says where it is."""


def only_where(turn: Turn) -> bool:
    """在4号楼2单元: a line that only says where."""
    place = place_said(turn)
    return (
        place is not None
        and bool(turn.parse.places[0].building)
        and len(turn.parse.clean) - len(turn.parse.places[0].text) <= BESIDE
    )


def placed(turn: Turn, incident: Incident) -> None:
    """Where it is, said unasked: the incident is about that place."""
    place = place_said(turn)
    assert place is not None
    updates.append(turn, incident, turn.parse.text)
    said = updates.place(turn, incident, place)
    quiet = alerts.path_of(incident.sign) == "quiet"
    key = "danger.more.quiet" if quiet else "danger.more.place"
    danger_incident.answer(turn, incident, turn.text(key, place=said))


def _says_where(turn: Turn) -> bool:
    """A place; other words are passed on like any, and the question stays."""
    return place_said(turn) is not None and not turn.one_of({*ELSEWHERE, *turn.house.plain_needs})


def _where(turn: Turn, incident: Incident, question: OpenQuestion) -> None:
    place = place_said(turn)
    assert place is not None
    updates.append(turn, incident, turn.parse.text)
    danger_incident.answer(turn, incident, turn.text("danger.more.place", place=updates.place(turn, incident, place)))


def _missing(turn: Turn, incident: Incident, question: OpenQuestion) -> None:
    number = int(question.data.get("number", 1))
    label = turn.text(f"danger.label.{number}")
    updates.append(turn, incident, f"{label}{turn.parse.text}")
    updates.spread(turn, incident, f"{label}{turn.parse.text}")
    if number < LAST:
        text = _ask(turn, incident, "missing", f"danger.missing.{number + 1}", number=number + 1)
    else:
        text = turn.text("danger.missing.end")
    danger_incident.answer(turn, incident, text)


def _discreet_word(turn: Turn) -> str | None:
    said = cry.said(turn.parse.clean)
    return next((key for key in ("one", "two") if said in cry.words(key)), None)


def _discreet(turn: Turn, incident: Incident, question: OpenQuestion) -> None:
    """「1」 or 「2」: whether somebody can speak; the answer looks like nothing."""
    text = turn.text(f"danger.discreet.{_discreet_word(turn)}")
    updates.append(turn, incident, text)
    updates.spread(turn, incident, text)
    danger_incident.answer(turn, incident, turn.text("danger.more.quiet"))


def asks_where(house: House, question: OpenQuestion) -> Question:
    """A place is asked for."""
    return Question(question.kind, "place")


Answered = Callable[[Turn, Incident, OpenQuestion], None]
ANSWERS: Mapping[str, tuple[Callable[[Turn], bool], Answered]] = {
    "where": (_says_where, _where),
    "missing": (lambda turn: True, _missing),
    "discreet": (lambda turn: _discreet_word(turn) is not None, _discreet),
}
"""Kind of question → whether a line answers it, and what an answer does."""
