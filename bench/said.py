"""Times, places, corrections and rescheduling by independent authors: how many are read rightly; sealed sets in totals only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bench import times as bench_times
from models.meaning import Context, Lexicon, PlaceExpression, TimeExpression
from nlu import times
from nlu.meaning import belonging, moving, outcomes
from nlu.places import matter, reading

FOLDER = Path(__file__).parent.parent / "tests" / "sentences" / "zh" / "said"
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 9, tzinfo=ZONE)
KINDS = ("time", "place", "correct", "move")


@dataclass(frozen=True)
class Sentence:
    """One line of a set."""

    kind: str
    home: PlaceExpression | None
    context: dict[str, list[str]]
    text: str
    expected: str
    author: str

    @property
    def sealed(self) -> bool:
        """Whether nobody may look at it while tuning."""
        return self.author.startswith("sealed_")

    @property
    def now(self) -> datetime:
        """When it is said."""
        at = self.context.get("now")
        return datetime.fromisoformat(at[0]).replace(tzinfo=ZONE) if at else NOW

    @property
    def lexicon(self) -> Lexicon:
        """Nothing is known but the home."""
        return Lexicon(home=self.home)


def sentences() -> Iterator[Sentence]:
    """Every line of every set."""
    for path in sorted(FOLDER.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if line.strip() and not line.startswith("#") and len(cells) == 5:
                kind, home, context, text, expected = (cell.strip() for cell in cells)
                yield Sentence(kind, _home(home), _context(context), text, expected, path.stem)


def _home(written: str) -> PlaceExpression | None:
    parts = [None if part in ("", "-") else part for part in written.split("-")] if written != "-" else []
    return PlaceExpression("", *parts[:2], None, parts[2] if len(parts) > 2 else None) if parts else None


def _context(written: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in written.split(";") if written != "-" else []:
        name, _, value = pair.strip().partition("=")
        found.setdefault(name, []).append(value)
    return found


def answer(one: Sentence) -> str:
    """What the project reads, as the sets write it."""
    return {"time": _times, "place": _places, "correct": _corrected, "move": _planned}[one.kind](one)


def is_right(one: Sentence) -> bool:
    """Whether the answer is the expected one; spots and impossible words aside from spelling."""
    return _tidy(answer(one)) == _tidy(one.expected)


def _tidy(written: str) -> str:
    return written.replace(" ", "")


def _times(one: Sentence) -> str:
    return " ; ".join(_time(found) for found in times.find(one.text, one.now)) or "-"


def _time(found: TimeExpression) -> str:
    cells = times.as_json(found)
    return "|".join(cells[name] or "-" for name in ("start", "end", "grain", "every"))


def _places(one: Sentence) -> str:
    """Where the matter is, without what is said of something else, as the form would have it."""
    found = belonging.places(one.text, matter.of(one.text, one.lexicon))
    return " ; ".join(map(_place, found)) or "-"


def _place(found: PlaceExpression) -> str:
    return "/".join(part or "-" for part in (found.building, found.unit, found.floor, found.room, found.spot))


def _corrected(one: Sentence) -> str:
    """What holds after a correction, as the form loop would have it."""
    place, time = _before(one)
    known = {"place": reading.spell(place)} if place else {}
    known |= {"time": _worded(time)} if time else {}
    known |= {"object": one.context["thing"][0]} if "thing" in one.context else {}
    context = Context(one.now, one.lexicon, flow="issue", read_back=known)
    made = outcomes.outcome(one.text, context, place, time)
    if made.ask:
        return f"ask={made.ask}"
    parts = [f"place={_place(made.place)}"] if made.place and _place(made.place) != (place and _place(place)) else []
    parts += [f"time={_time(made.time)}"] if made.time and (time is None or _time(made.time) != _time(time)) else []
    return ";".join(parts) or "same"


def _before(one: Sentence) -> tuple[PlaceExpression | None, TimeExpression | None]:
    place = _home(one.context["place"][0]) if "place" in one.context else None
    if place is None and "place" in one.context:
        place = PlaceExpression("", spot=one.context["place"][0])
    if "time" not in one.context:
        return place, None
    said = one.context["time"][0]
    start: date = datetime.fromisoformat(said).replace(tzinfo=ZONE) if "T" in said else date.fromisoformat(said)
    grain = "day" if "T" not in said else "hour" if said.endswith(":00") else "minute"
    return place, TimeExpression("", start, None, grain)


def _worded(time: TimeExpression) -> str:
    start = time.start
    if isinstance(start, datetime):
        return f"{start.month}月{start.day}日{start.hour}点{start.minute or ''}"
    return f"{start.month}月{start.day}日" if start else ""


def _planned(one: Sentence) -> str:
    return moving.shown(moving.read(one.text, list(_booked(one)), one.now))


def _booked(one: Sentence) -> Iterator[moving.Booked]:
    for written in one.context.get("booked", ()):
        name, _, at = written.partition("@")
        yield moving.Booked(datetime.fromisoformat(at).replace(tzinfo=ZONE), name)
    for written in one.context.get("series", ()):
        name, days, at = written.split("@")
        weekdays = moving.from_rule("DAILY" if days in ("DAILY", "ALL") else f"BYDAY={days}")
        begins = moving.Booked(NOW, name, weekdays)
        clock = datetime.fromisoformat(f"2026-01-01T{at}")
        first = next(
            day.replace(hour=clock.hour, minute=clock.minute)
            for day in replace(begins, start=one.now).occurrences()
            if day.weekday() in weekdays and day.replace(hour=clock.hour, minute=clock.minute) >= one.now
        )
        yield replace(begins, start=first)


def days(written: str) -> set[str]:
    """The days that an answer names."""
    cells = (cell.split("|") for cell in written.split(" ; ") if "|" in cell)
    named = (start if start != "-" else end for start, end, *_ in cells)
    return {day[:10] for day in named if day[:1].isdigit()}


def run(*arguments: str) -> list[str]:
    """The report; ``--wrong`` lists what is wrong outside the sealed sets."""
    lines, every = [], list(sentences())
    for kind in KINDS:
        for sealed in (False, True):
            some = [one for one in every if one.kind == kind and one.sealed == sealed]
            if some:
                lines.append(_line(kind, sealed, some))
    lines += _others(
        [one for one in every if one.kind == "time" and one.sealed] or [one for one in every if one.kind == "time"]
    )
    if "--wrong" in arguments:
        lines += [_shown(one) for one in every if not one.sealed and not is_right(one)]
    return lines


def _others(some: list[Sentence]) -> Iterator[str]:
    """The days alone, beside what can be installed (the bench extra)."""
    cases = [(bench_times.Sentence(one.text, one.now, (), (), False, True, ""), days(one.expected)) for one in some]
    for name, made in bench_times.READERS.items():
        try:
            theirs = made()
        except ImportError as missing:
            yield f"said: {name} cannot be loaded ({missing}; pip install '.[bench]'), not compared"
            continue
        got = [(theirs(case), wanted) for case, wanted in cases]
        yield _days_line(name, got)
    yield _days_line("this project", [(days(_times(one)), days(one.expected)) for one in some])


def _days_line(name: str, got: list[tuple[set[str], set[str]]]) -> str:
    right, other = sum(a == b for a, b in got), sum(bool(a - b) for a, b in got)
    return f"said: days alone: {name}: {right} of {len(got)} right ({right / len(got):.1%}), another day in {other}"


def _line(kind: str, sealed: bool, some: list[Sentence]) -> str:
    right = sum(map(is_right, some))
    other = sum(bool(days(answer(one)) - days(one.expected)) for one in some) if kind == "time" else 0
    half = "sealed" if sealed else "open"
    more = f"; another day in {other}" if kind == "time" else ""
    return f"said: {kind}, {half}: {right} of {len(some)} right ({right / len(some):.1%}){more}"


def _shown(one: Sentence) -> str:
    return f"{one.kind}\t{one.author}\t{one.text}\t{one.expected}\t{answer(one)}"
