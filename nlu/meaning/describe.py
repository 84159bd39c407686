"""What an utterance means, as the plain data that ``linsheng understand --json`` prints."""

from __future__ import annotations

from typing import Any

from models.meaning import Match, Parse
from nlu import times
from nlu.places import reading


def as_json(parse: Parse) -> dict[str, Any]:
    """Text, urgency, intents, times and places; the format is a contract (docs/commands.md)."""
    return {
        "text": parse.text,
        "urgency": parse.urgency,
        "intents": [_match(match) for match in parse.intents],
        "times": [times.as_json(time) for time in parse.times],
        "places": [reading.as_json(place) for place in parse.places],
    }


def _match(match: Match) -> dict[str, Any]:
    return {"intent": match.intent, "score": round(match.score, 2), "slots": dict(match.slots), "ask": match.ask}
