"""What an utterance means, as the plain data that ``linsheng understand --json`` prints, and the context it may name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.meaning import Context, Lexicon, Match, Parse, Question
from nlu import times
from nlu.meaning.vocabulary import answering, question_of
from nlu.places import reading


def as_json(parse: Parse, question: str = "-") -> dict[str, Any]:
    """Text, urgency, intents, times and places; the format is a contract (docs/commands.md)."""
    return {
        "text": parse.text,
        "urgency": parse.urgency,
        "intents": [_match(match, question) for match in parse.intents],
        "times": [times.as_json(time) for time in parse.times],
        "places": [reading.as_json(place) for place in parse.places],
    }


def _match(match: Match, question: str) -> dict[str, Any]:
    return {
        "intent": for_question(match.intent, question),
        "score": round(match.score, 2),
        "slots": dict(match.slots),
        "ask": match.ask,
    }


def for_question(intent: str, question: str) -> str:
    """What an answer to a question of this kind is called: a yes to "is it fixed?" is ``feedback.fixed``."""
    return answering(question).get(intent, intent)


def context_of(
    now: datetime, role: str = "any", where: str = "private", question: str = "-", lexicon: Lexicon | None = None
) -> Context:
    """The context of somebody who speaks there, with a question of this kind open."""
    asked: Question | None = question_of(question)
    read_back = {"place": "", "time": "", "object": ""} if question in ("confirm", "which") else {}
    return Context(
        now,
        lexicon or Lexicon(),
        asked,
        "issue" if read_back else None,
        read_back,
        role,
        where == "group",
        holds_task=role in ("volunteer", "provider"),
    )
