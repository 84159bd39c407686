"""Which of two was meant: one question with two buttons in the person's words, where nothing was understood surely enough.

What cannot be meant (撤掉 with nothing reported, 改时间 with nothing booked) is no choice; with one left its form is opened.
"""

from __future__ import annotations

import json
from dataclasses import replace

from handlers import router, rows
from handlers.forms import speaking, waiting
from handlers.settings import House
from handlers.tickets import desk
from handlers.turn import Turn
from models.meaning import Match, Question
from models.outgoing import Button
from models.queues import DESK
from nlu.words import heard
from storage import dialogues
from storage.dialogues import OpenQuestion

KIND = "either"
BOTH = ("one", "two")
LONGEST = 8
"""Characters of a thing that is named in the question."""


def ask(turn: Turn) -> bool:
    """Put the question, if there are two meanings that can be said in a few words; whether it was put, or one was begun."""
    said = {label: match for match in turn.unsure if (label := _label(turn, match))}
    labels = {label: match for label, match in said.items() if _is_possible(turn, match)}
    if len(labels) == 1 < len(said):
        return _begin(turn, *labels.values())
    if len(labels) != len(BOTH):
        return False
    kept = [waiting.noted(turn.parse, match) for match in labels.values()]
    _put(turn, list(labels), kept, "either.question")
    return True


def _put(turn: Turn, labels: list[str], needs: list[str], key: str) -> None:
    question = dialogues.ask(turn.tx, turn.chat.id, turn.person.id, KIND, None, turn.now, labels=labels, needs=needs)
    buttons = [Button(label, f"{KIND}:{way}:{question.id}") for way, label in zip(BOTH, labels, strict=True)]
    one, two = labels
    return turn.answer(key, *buttons, one=one, two=two)


def _is_possible(turn: Turn, match: Match) -> bool:
    """Whether there is anything such words can be about."""
    domain, _, verb = match.intent.partition(".")
    if domain in ("ticket", "feedback"):
        return any(one.life == "task" and one.flow != DESK for one in turn.situation.reported)
    if domain == "booking" and verb != "create":
        return bool(rows.installed().every("matters")["bookings"](turn))
    return True


def _begin(turn: Turn, match: Match) -> bool:
    """The only thing that can be meant, where a form reads it back before anything is done."""
    if speaking.flow_for(turn, match.intent) is None:
        return False
    speaking.request(turn, (replace(match, ask=False),))
    return True


def _label(turn: Turn, match: Match) -> str:
    """What is wanted, as the person would say it; empty where it cannot be said shortly."""
    domain = match.intent.partition(".")[0]
    key = next((one for one in (f"either.{match.intent}", f"either.{domain}") if one in turn.house.texts), None)
    if key is None:
        return ""
    service = turn.house.bookable.get(match.slots.get("service", ""))
    thing = service.names[0] if service else match.slots.get("object", "")
    return turn.text(key, thing=thing if len(thing) <= LONGEST else "")


def asks(house: House, question: OpenQuestion) -> Question:
    """Two answers: the label, or which of the two."""
    labels = dict(zip(BOTH, question.data["labels"], strict=True))
    return Question(KIND, "choice", {key: (label, *heard.words(f"either.{key}")) for key, label in labels.items()})


def reads(turn: Turn, question: OpenQuestion) -> str | None:
    """One of the two, also by the first word of its label; a no is neither, a bare yes is asked which."""
    if turn.parse.best in _PLAIN:
        return _PLAIN[turn.parse.best]
    chosen = turn.parse.match("dialog.choice")
    if chosen and chosen.slots.get("choice") in BOTH:
        return str(chosen.slots["choice"])
    said = turn.parse.clean
    named = [key for key, label in zip(BOTH, question.data["labels"], strict=True) if said and label.startswith(said)]
    return named[0] if len(named) == 1 else None


_PLAIN = {"dialog.deny": "neither", "dialog.confirm": "again"}


def decide(turn: Turn, question: OpenQuestion, answer: str) -> None:
    """Begin what was chosen with the words that were said; neither of the two goes to a person."""
    turn.anew()
    if answer == "again":
        return _put(turn, list(question.data["labels"]), list(question.data["needs"]), "either.again")
    if answer not in BOTH:
        desk.open_ticket(turn, "misses", words=json.loads(question.data["needs"][0])["text"])
        return None
    turn.parse = waiting.waited(turn, question.data["needs"][BOTH.index(answer)])
    turn.parse = replace(turn.parse, intents=tuple(replace(match, ask=False) for match in turn.parse.intents))
    if not router.said(turn):
        desk.unhandled(turn)
    return None
