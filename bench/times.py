"""How many times are read rightly, how often silently another day, how fast; beside two libraries where they are installed."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from zoneinfo import ZoneInfo

from nlu import times

FOLDER = Path(__file__).parent.parent / "tests" / "sentences" / "zh" / "times"
ZONE = ZoneInfo("Asia/Shanghai")
FIELDS = ("start", "end", "grain", "every")


@dataclass(frozen=True)
class Sentence:
    """A sentence, when it was said, and what it must mean."""

    text: str
    now: datetime
    times: tuple[dict[str, str | None], ...]
    impossible: tuple[str, ...]
    conflict: bool
    kept_aside: bool
    topic: str


@dataclass(frozen=True)
class Score:
    """How one half of the sentences fared."""

    count: int
    right: int
    other_day: int
    """Sentences in which some day was given that was not said."""


def sentences(kept_aside: bool) -> list[Sentence]:
    """The sentences kept aside from tuning, or the others."""
    return [one for path in sorted(FOLDER.glob("*.txt")) for one in read(path) if one.kept_aside == kept_aside]


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of one file."""
    now, number = datetime(2026, 3, 2, 9, tzinfo=ZONE), 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            now = datetime.fromisoformat(line.strip("= ")).replace(tzinfo=ZONE)
        elif line.strip() and not line.startswith("#"):
            number += 1
            yield _sentence(line, now, number % 2 == 0, path.stem)


def _sentence(line: str, now: datetime, kept_aside: bool, topic: str) -> Sentence:
    text, _, expected = line.partition(" → ")
    spoken, _, impossible = expected.partition(" ! ")
    listed = spoken.replace(" <> ", " ; ").split(" ; ")
    known = tuple(_time(one) for one in listed if one.strip() != "-")
    named = tuple(word.strip() for word in impossible.split(" ; ") if word.strip())
    return Sentence(text, now, known, named, "<>" in expected, kept_aside, topic)


def _time(source: str) -> dict[str, str | None]:
    cells = [cell.strip() for cell in source.split("|")]
    return {name: None if cell == "-" else cell for name, cell in zip(FIELDS, cells, strict=True)}


def found(sentence: Sentence) -> tuple[dict[str, str | None], ...]:
    """What the project finds in a sentence, without the words."""
    read = (times.as_json(expression) for expression in times.find(sentence.text, sentence.now))
    return tuple({name: one[name] for name in FIELDS} for one in read)


def is_right(sentence: Sentence) -> bool:
    """Whether everything about a sentence is as it should be."""
    contradicts = bool(times.conflicts(sentence.text, sentence.now)) == sentence.conflict
    named = times.impossible(sentence.text, sentence.now) == sentence.impossible
    return found(sentence) == sentence.times and named and contradicts


def days(listed: tuple[dict[str, str | None], ...]) -> set[str]:
    """The days of some times."""
    return {str(one["start"] or one["end"])[:10] for one in listed if one["start"] or one["end"]}


def score(kept_aside: bool, find: Callable[[Sentence], set[str]] | None = None) -> Score:
    """The score of one half; with ``find``, of another program's days."""
    cases = sentences(kept_aside)
    if find is None:
        right = sum(is_right(case) for case in cases)
        return Score(len(cases), right, sum(bool(days(found(case)) - days(case.times)) for case in cases))
    got = [(find(case), days(case.times)) for case in cases]
    return Score(len(cases), sum(a == b for a, b in got), sum(bool(a - b) for a, b in got))


def speed(texts: list[str]) -> str:
    """Median, p95 and longest time of one text, in microseconds of processor time."""
    now, taken = datetime(2026, 3, 2, 9, tzinfo=ZONE), []
    times.find("明天", now)
    for number, text in enumerate(texts):
        begin = time.process_time_ns()
        times.find(f"{text}{chr(0xE000 + number % 6000)}", now)
        taken.append((time.process_time_ns() - begin) / 1000)
    cuts = quantiles(taken, n=20)
    return f"median {cuts[9]:.0f} µs, p95 {cuts[18]:.0f} µs, longest {max(taken):.0f} µs ({len(texts)} texts)"


def run(*paths: str) -> list[str]:
    """The report; each path is a file of ordinary talk, one remark a line, for speed without a match."""
    lines = [_line(kept_aside) for kept_aside in (False, True)] + list(_others())
    said = [case.text for aside in (False, True) for case in sentences(aside)]
    talk = [line for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    lines.append(f"times: speed, sentences with times: {speed(said)}")
    for name, source in (("sentences with times", said), ("ordinary talk", talk)):
        for length in (200, 4096):
            cut = _cut("".join(source), length)
            if len(cut) > 1:
                lines.append(f"times: speed, {length:,} characters of {name}: {speed(cut)}")
    return lines


def _line(kept_aside: bool) -> str:
    found = score(kept_aside)
    half = "kept aside" if kept_aside else "for tuning"
    share = f"{found.right} of {found.count} sentences right ({found.right / found.count:.1%})"
    return f"times: {half}: {share}; another day in {found.other_day}"


def _cut(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(0, len(text) - length + 1, length)]


Reader = Callable[[Sentence], set[str]]


def _others() -> Iterator[str]:
    """The days alone, kept aside, beside what can be installed (the bench extra); one line says so where it is not."""
    for name, made in READERS.items():
        try:
            theirs = made()
        except ImportError as missing:
            yield f"times: {name} cannot be loaded ({missing}; pip install '.[bench]'), not compared"
        else:
            yield _beside(name, score(True, theirs))
    yield _beside("this project", score(True, lambda case: days(found(case))))


def _beside(name: str, one: Score) -> str:
    share = f"{one.right} of {one.count} right ({one.right / one.count:.1%})"
    return f"times: days alone, kept aside: {name}: {share}, another day in {one.other_day}"


def _jionlp() -> Reader:
    jionlp = importlib.import_module("jionlp")

    def theirs(sentence: Sentence) -> set[str]:
        base = sentence.now.replace(tzinfo=None)
        try:
            read = jionlp.ner.extract_time(sentence.text, time_base=base.timestamp(), with_parsing=True)
        except Exception:
            return set()
        moments = [one.get("detail", {}).get("time") for one in read or []]
        return {str(moment[0])[:10] for moment in moments if isinstance(moment, list) and moment[0] != "-inf"}

    return theirs


def _recognizers() -> Reader:
    library = importlib.import_module("recognizers_date_time")
    culture = importlib.import_module("recognizers_text").Culture.Chinese

    def theirs(sentence: Sentence) -> set[str]:
        base = sentence.now.replace(tzinfo=None)
        try:
            read = library.recognize_datetime(sentence.text, culture, reference=base)
        except Exception:
            return set()
        values = [values[0] for one in read if (values := (one.resolution or {}).get("values"))]
        days_said = [str(value.get("value") or value.get("start") or "")[:10] for value in values]
        return {day for day in days_said if len(day) == 10 and day[4] == "-"}

    return theirs


READERS: dict[str, Callable[[], Reader]] = {"jionlp": _jionlp, "recognizers-text": _recognizers}
"""Other programs that read days, by name."""
