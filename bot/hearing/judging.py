"""What to say of a sound and the words found in it: heard, or why not; and what two recognizers make of one answer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from bot.hearing.decode import Sound
from bot.hearing.engine import Heard
from bot.hearing.units import UNITS, units_of
from models.meaning import Question
from models.transcripts import Transcript, Word

_DIGITS = "零一二三四五六七八九"


@cache
def thresholds() -> dict[str, Any]:
    """The numbers of ``thresholds.toml``."""
    return tomllib.loads(files("bot.hearing").joinpath("thresholds.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Bar:
    """What words must reach to be passed on; a model may say so of itself in its ``about.toml``."""

    least_confidence: float
    least_pace: float = 0.0
    """Characters a second, over the stretch in which words were found; asked only of words that are not ``sure``."""
    sure: float = 1.1
    agreeing: float = 0.0
    """Confidence that is enough for an answer which a second recognizer heard as well."""
    synthetic: bool = False
    """The model knows synthetic voices only."""


def bar_of(engine: str, model: Path) -> Bar:
    """The bar of a model's folder, or that of its engine."""
    usual = thresholds()["least_confidence"]
    about = model / "about.toml"
    try:
        told = tomllib.loads(about.read_text("utf-8")) if about.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        told = {}
    return Bar(
        float(told.get("least_confidence", usual.get(engine, usual["vosk"]))),
        float(told.get("least_pace", 0.0)),
        float(told.get("sure", 1.1)),
        float(told.get("agreeing", 0.0)),
        bool(told.get("synthetic", False)),
    )


def fault_of_sound(sound: Sound) -> str | None:
    """Why a sound need not be listened to: it could not be read, is too short or holds nothing."""
    if sound.error:
        return sound.error
    if sound.seconds < thresholds()["shortest_seconds"]:
        return "short"
    if sound.peak < thresholds()["silent_peak"]:
        return "silence"
    return _wordless(sound) if sound.floor > thresholds()["steady"] * sound.peak else None


def transcript(sound: Sound, heard: Heard, model: str, bar: Bar) -> Transcript:
    """The words as a transcript, or the reason for their absence."""
    text, confidence = "".join(word.text for word in heard.words), _confidence(heard.words)
    if not text:
        return Transcript("", seconds=sound.seconds, model=model, error=_wordless(sound))
    if _foreign(text):
        return Transcript("", confidence, sound.seconds, model, error="language")
    plain = Transcript(text, confidence, sound.seconds, model, heard.words, weighed=heard.weighed, cut=sound.cut)
    compared = _compared(plain, heard.alternative or ())
    if _passes(bar, confidence, heard.words, compared):
        return compared
    return Transcript("", confidence, sound.seconds, model, error=_unsure(sound, confidence))


def _passes(bar: Bar, confidence: float, words: Sequence[Word], compared: Transcript) -> bool:
    """Whether words may be passed on: sure and quick enough, or heard twice."""
    if compared.confidence > confidence and confidence >= bar.agreeing:
        return True
    if compared.weighed == "second" and confidence < thresholds()["second"]["least"]:
        return False
    quick = confidence >= bar.sure or _pace(words) >= bar.least_pace
    return confidence >= bar.least_confidence and quick


def _unsure(sound: Sound, confidence: float) -> str:
    """Why words are not passed on: what is hardly a word is noise, else somebody spoke and was not understood."""
    return "unsure" if confidence >= thresholds()["speech"] and not sound.cut else _wordless(sound)


def _pace(words: Sequence[Word]) -> float:
    """Characters a second from the first word to the last."""
    return sum(len(word.text) for word in words) / max(words[-1].end - words[0].start, 0.1)


def _confidence(words: Sequence[Word]) -> float:
    """Mean over characters."""
    size = sum(len(word.text) for word in words)
    return round(sum(word.confidence * len(word.text) for word in words) / size, 3) if size else 0.0


def _foreign(text: str) -> bool:
    """Whether most of it is written in letters: another language was spoken."""
    letters = sum(sign.isalpha() and sign.isascii() for sign in text)
    return bool(letters > thresholds()["letters"] * len(text))


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
    kept = tuple(words) if same else plain.words
    return replace(plain, text=text, confidence=round(surer, 3), words=kept, alternative=other)


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
