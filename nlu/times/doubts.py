"""Hours and days that sound like others (四点, 十点) and were heard badly."""

from __future__ import annotations

from collections.abc import Mapping

from models.meaning import TimeExpression
from models.transcripts import Transcript
from nlu.grammar import table

_R = table("places")["readback"]
_ALIKE: Mapping[str, str] = _R["spoken_alike"]


def other_words(time: TimeExpression, heard: Transcript | None) -> str | None:
    """The words of the second reading of a time in which the recognizer was not sure of a number, else None."""
    if heard is None:
        return None
    below = _R["doubt"]["below"]
    unsure = [word.text for word in heard.words if word.confidence < below]
    if not heard.words and 0 < heard.confidence < below:
        unsure = [heard.text]
    number = next((one for one in _ALIKE if one in time.text and any(one in words for words in unsure)), None)
    return time.text.replace(number, _ALIKE[number], 1) if number else None
