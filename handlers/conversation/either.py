"""Which of two was meant: one question with two buttons in the person's words, where nothing was understood surely enough."""

from __future__ import annotations

import json
from dataclasses import replace

from handlers import router
from handlers.forms import waiting
from handlers.settings import House
from handlers.tickets import desk
from handlers.turn import Turn
from models.meaning import Match, Question
from models.outgoing import Button
from nlu.words import heard
from storage import dialogues
from storage.dialogues import OpenQuestion

KIND = "either"
BOTH = ("one", "two")
LONGEST = 8
"""Characters of a thing that is named in the question."""


def ask(turn: Turn) -> bool:
    """Put the question, if there are two meanings that can be said in a few words; whether it was put."""
    labels = {label: match for match in turn.unsure if (label := _label(turn, match))}
    if len(labels) != len(BOTH):
        return False
    kept = [waiting.noted(turn.parse, match) for match in labels.values()]
    question = dialogues.ask(
        turn.tx, turn.chat.id, turn.person.id, KIND, None, turn.now, labels=list(labels), needs=kept
    )
    buttons = [Button(label, f"{KIND}:{key}:{question.id}") for key, label in zip(BOTH, labels, strict=True)]
    one, two = labels
    turn.answer("either.question", *buttons, one=one, two=two)
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
    """One of the two, also by the first word of its label; a no is neither."""
    if turn.parse.best == "dialog.deny":
        return "neither"
    chosen = turn.parse.match("dialog.choice")
    if chosen and chosen.slots.get("choice") in BOTH:
        return str(chosen.slots["choice"])
    said = turn.parse.clean
    named = [key for key, label in zip(BOTH, question.data["labels"], strict=True) if said and label.startswith(said)]
    return named[0] if len(named) == 1 else None


def decide(turn: Turn, question: OpenQuestion, answer: str) -> None:
    """Begin what was chosen with the words that were said; neither of the two goes to a person."""
    turn.anew()
    if answer not in BOTH:
        desk.open_ticket(turn, "misses", words=json.loads(question.data["needs"][0])["text"])
        return
    turn.parse = waiting.waited(turn, question.data["needs"][BOTH.index(answer)])
    turn.parse = replace(turn.parse, intents=tuple(replace(match, ask=False) for match in turn.parse.intents))
    if not router.said(turn):
        desk.unhandled(turn)
