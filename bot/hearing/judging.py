"""What to say of a sound and the words found in it: heard, or why not; and what two recognizers make of one answer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

from bot.hearing.decode import Sound
from bot.hearing.engine import Heard
from bot.hearing.units import UNITS, units_of
from models.meaning import Question
from models.transcripts import Transcript, Word

_DIGITS = "零一二三四五六七八九"


@cache
def thresholds() -> dict[str, float]:
    """The numbers of ``thresholds.toml``."""
    return tomllib.loads(files("bot.hearing").joinpath("thresholds.toml").read_text("utf-8"))


def fault_of_sound(sound: Sound) -> str | None:
    """Why a sound need not be listened to: it could not be read, is too short or holds nothing."""
    if sound.error:
        return sound.error
    if sound.seconds < thresholds()["shortest_seconds"]:
        return "short"
    if sound.peak < thresholds()["silent_peak"]:
        return "silence"
    return _wordless(sound) if sound.floor > thresholds()["steady"] * sound.peak else None


def transcript(sound: Sound, heard: Heard, model: str) -> Transcript:
    """The words as a transcript, or the reason for their absence."""
    text, confidence = "".join(word.text for word in heard.words), _confidence(heard.words)
    if not text or confidence < thresholds()["least_confidence"]:
        return Transcript("", seconds=sound.seconds, model=model, error=_wordless(sound))
    plain = Transcript(text, confidence, sound.seconds, model, heard.words)
    return _compared(plain, heard.alternative or ())


def _confidence(words: Sequence[Word]) -> float:
    """Mean over characters."""
    size = sum(len(word.text) for word in words)
    return round(sum(word.confidence * len(word.text) for word in words) / size, 3) if size else 0.0


def _wordless(sound: Sound) -> str:
    """Why no word was found."""
    if sound.cut:
        return "long"
    return "quiet" if sound.level < thresholds()["quiet_level"] else "noise"


def _compared(plain: Transcript, words: Sequence[Word]) -> Transcript:
    """With what was heard among the possible answers: agreement makes surer, another answer is kept beside it."""
    other = "".join(word.text for word in words)
    near = fuzz.ratio(_sound(plain.text), _sound(other)) if other else 0.0
    if near < thresholds()["near"]:
        return plain
    same = near == 100.0
    text, surer = (other, (1 + plain.confidence) / 2) if same else (plain.text, plain.confidence)
    return Transcript(text, round(surer, 3), plain.seconds, plain.model, tuple(words) if same else plain.words, other)


def _sound(text: str) -> list[str]:
    """A text's sounds."""
    return [UNITS[unit] for sign in text for unit in units_of(sign) or ()]


def phrases(question: Question | None) -> tuple[str, ...]:
    """All words for the answers of a question with few answers; none for an open question."""
    if question is None or not 0 < len(question.answers) <= thresholds()["most_answers"]:
        return ()
    return tuple(dict.fromkeys(way for words in question.answers.values() for word in words for way in spoken(word)))


def spoken(text: str) -> tuple[str, ...]:
    """A text with its figures as they are said: 13号楼 is 十三号楼, 501 is 五零一 or 五百零一."""
    read_out = re.sub(r"\d+", lambda match: _number(match[0]), text)
    counted = re.sub(r"(?<!\d)[1-9]\d\d(?!\d)", lambda match: _hundreds(match[0]), text)
    return (read_out,) if counted == text else (read_out, re.sub(r"\d+", lambda match: _number(match[0]), counted))


def _number(figures: str) -> str:
    digits = [_DIGITS[int(figure)] for figure in figures]
    if len(digits) != 2 or figures[0] == "0":
        return "".join(digits)
    return (digits[0] if figures[0] != "1" else "") + "十" + (digits[1] if figures[1] != "0" else "")


def _hundreds(figures: str) -> str:
    """Three figures as a count: 137 is 一百三十七, 105 一百零五, 210 二百一十."""
    hundreds, tens, ones = (_DIGITS[int(figure)] for figure in figures)
    if figures[1:] == "00":
        return hundreds + "百"
    if figures[1] == "0":
        return f"{hundreds}百零{ones}"
    return f"{hundreds}百{tens}十{ones if figures[2] != '0' else ''}"
