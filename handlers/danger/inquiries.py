"""What is asked after the alert: where, what a missing person looks like, and whether somebody can speak."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.danger import alerts, cry, updates
from handlers.danger import incident as danger_incident
from handlers.saying import titles
from handlers.turn import Turn
from models.incidents import LIVE, Incident
from models.meaning import PlaceExpression, Sign
from storage import dialogues, tickets
from storage import incidents as stored
from storage.dialogues import OpenQuestion

LAST = 3
"""Questions about a missing person."""
ELSEWHERE = ("issue", "booking", "mediation", "mgr", "vol", "ticket")
"""Plain needs, which are no answer to where."""


def place_said(turn: Turn) -> PlaceExpression | None:
    """The place the words name: a building, a public spot, or something beside the speaker's home."""
    home = turn.person.home
    for place in turn.parse.places:
        if place.building or place.spot in turn.house.community.spots:
            return replace(place, span=(0, 0))
        if home is not None and place.spot:
            return replace(home, text=f"{titles.spelled(home)} {place.spot}", spot=place.spot)
    return None


def follow(turn: Turn, incident: Incident, sign: Sign, first: bool) -> str:
    """The one question that comes with the answer, opened; empty when none is needed."""
    path = alerts.path_of(sign.name)
    if turn.chat.kind != "private":
        return ""
    if path == "missing":
        return _ask(turn, incident, "missing", "danger.missing.1", number=1) if first else ""
    if path == "quiet":
        dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "discreet", incident.id, turn.now)
        return ""
    ticket = tickets.get(turn.tx, incident.id)
    if ticket is None or path == "scam" or _found(turn, ticket.place):
        return ""
    return _ask(turn, incident, "where", "danger.tail.where")


def _ask(turn: Turn, incident: Incident, kind: str, key: str, **data: int) -> str:
    dialogues.ask(turn.tx, turn.chat.id, turn.person.id, kind, incident.id, turn.now, **data)
    return turn.text(key)


def _found(turn: Turn, place: PlaceExpression) -> bool:
    return bool(place.building) or place.spot in turn.house.community.spots


# ---------------------------------------------------------------- answers


def answer(turn: Turn) -> bool:
    """A line meets one of these questions; False when none is open or it is about something else."""
    for question in dialogues.questions(turn.tx, turn.chat.id, turn.person.id):
        work = ANSWERS.get(question.kind)
        incident = stored.get(turn.tx, question.ticket or 0) if work else None
        if work is None or incident is None:
            continue
        if incident.status not in LIVE:
            dialogues.answered(turn.tx, question.id)
        elif work(turn, incident, question):
            return True
    return False


def _where(turn: Turn, incident: Incident, question: OpenQuestion) -> bool:
    """A place; other words are passed on like any, and the question stays."""
    place = place_said(turn)
    if place is None or turn.one_of(ELSEWHERE):
        return False
    dialogues.answered(turn.tx, question.id)
    updates.append(turn, incident, turn.parse.text)
    danger_incident.answer(turn, incident, turn.text("danger.more.place", place=updates.place(turn, incident, place)))
    return True


def _missing(turn: Turn, incident: Incident, question: OpenQuestion) -> bool:
    number = int(question.data.get("number", 1))
    dialogues.answered(turn.tx, question.id)
    label = turn.text(f"danger.label.{number}")
    updates.append(turn, incident, f"{label}{turn.parse.text}")
    updates.spread(turn, incident, f"{label}{turn.parse.text}")
    if number < LAST:
        text = _ask(turn, incident, "missing", f"danger.missing.{number + 1}", number=number + 1)
    else:
        text = turn.text("danger.missing.end")
    danger_incident.answer(turn, incident, text)
    return True


def _discreet(turn: Turn, incident: Incident, question: OpenQuestion) -> bool:
    """「1」 or 「2」: whether somebody can speak; the answer looks like nothing."""
    said = cry.said(turn.parse.clean)
    key = next((key for key in ("one", "two") if said in cry.words(turn.house, key)), None)
    if key is None:
        return False
    dialogues.answered(turn.tx, question.id)
    text = turn.text(f"danger.discreet.{key}")
    updates.append(turn, incident, text)
    updates.spread(turn, incident, text)
    danger_incident.answer(turn, incident, turn.text("danger.more.quiet"))
    return True


ANSWERS: Mapping[str, Callable[[Turn, Incident, OpenQuestion], bool]] = {
    "where": _where, "missing": _missing, "discreet": _discreet,
}  # fmt: skip
"""Kind of question → what an answer does."""
