"""The sentences of a flow, read as they stand: ``sentences/zh/<flow>.tsv``, for flows whose words no phrase file has.

A sentence means what its row says when it is said exactly, or nearly (rapidfuzz), with any number, time and place where the row
has one: 借三天 is also 借五天. What the numbers, times and places are is read by their own engines. A file is a flow's when it
carries the name of its intents' domain, or says ``# flow: NAME``; every other file there is for learning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from models import files as tables
from models.faults import Fault
from models.meaning import Context, Lexicon, Match
from nlu import times
from nlu.grammar import table
from nlu.meaning.vocabulary import asked, vocabulary
from nlu.places import reading as places
from nlu.words import numbers
from nlu.words.matching import Span
from nlu.words.normalize import clean
from nlu.words.utterance import Said

COLUMNS = ("role", "where", "open", "intents", "urgency", "category", "sentence", "meant")
ROLES = frozenset({"resident", "relative", "volunteer", "provider", "mediator", "property", "desk", "manager"})
STAFF = frozenset({"property", "desk", "manager"})
"""Roles whose sentences are theirs alone."""
URGENCIES = ("P0", "P1", "P2", "P3")
EXACT, NEAR = 0.97, 0.92
"""How far a sentence is trusted that is said exactly, or nearly."""
_ALIKE = 91
"""Of a hundred: how much of two sentences must be the same."""
_SHORTEST = 4
"""Characters from which near is near."""
_NOT = frozenset("不没别甭莫勿冇")
_ANY_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
_MARKS = {"time": "\ue000", "place": "\ue001", "number": "\ue002"}


@dataclass(frozen=True)
class Wording:
    """One sentence and what it means."""

    key: str
    intent: str
    urgency: str
    role: str
    group: bool
    category: str = ""
    open: str = "-"
    """The question that it answers; ``-`` is said where nothing was asked, or in spite of it."""


def find(said: Said) -> Match | None:
    """The need that the whole utterance words as one of the sentences does, or None."""
    by_key = wordings()
    if not by_key:
        return None
    key = _key(said.text, _spans(said.times, said.places, said.numbers))
    exact = by_key.get(key)
    near = (
        None
        if exact or len(key) < _SHORTEST
        else process.extractOne(key, list(by_key), scorer=ratio, score_cutoff=_ALIKE)
    )
    found = exact or (by_key[near[0]] if near and _denied(near[0]) == _denied(key) else ())
    one = next((one for one in found if _may_say(one, said.context)), None)
    return _match(one, said, EXACT if exact else NEAR) if one else None


def is_spoken(intent: str) -> bool:
    """Whether some sentence or phrase says this intent."""
    domain, _, action = intent.partition(".")
    source = files("nlu") / "phrases" / "zh" / f"{domain}.toml"
    phrased = source.is_file() and action in tables.table(source, f"nlu/phrases/zh/{domain}.toml").get(domain, {})
    return phrased or any(one.intent == intent for some in wordings().values() for one in some)


def _match(wording: Wording, said: Said, score: float) -> Match:
    slots = {"time": said.times[0].text} if said.times else {}
    slots |= {"place": said.places[0].text} if said.places else {}
    named = {"category": wording.category} if wording.category else {}
    return Match(wording.intent, score, {**slots, **named}, text=said.text, urgency=wording.urgency)


def _may_say(wording: Wording, context: Context) -> bool:
    if wording.open != "-" and wording.open != asked(context.question):
        return False
    return wording.group == context.group and (wording.role not in STAFF or context.role in (wording.role, "any"))


def _denied(key: str) -> int:
    """想借 and 不想借 are never near each other."""
    return sum(character in _NOT for character in key)


# ---------------------------------------------------------------- the same sentence


def _spans(*found: tuple[object, ...]) -> list[tuple[Span, str]]:
    """Where times, places and numbers stand, those that lie in another left out."""
    named = ((one.span, kind) for kind, some in zip(_MARKS, found, strict=True) for one in some)  # type: ignore[attr-defined]
    kept: list[tuple[Span, str]] = []
    for span, kind in named:
        if not any(span[0] < other[1] and other[0] < span[1] for other, _ in kept):
            kept.append((span, kind))
    return sorted(kept)


def _key(text: str, spans: list[tuple[Span, str]]) -> str:
    """The text with a mark for each number, time and place, without punctuation and the fillers around it."""
    parts, position = [], 0
    for (begin, end), kind in spans:
        parts += [text[position:begin], _MARKS[kind]]
        position = end
    kept = "".join((*parts, text[position:])).lower()
    return _bare("".join(one for one in kept if one.isalnum() or one in _MARKS.values()))


def _bare(key: str) -> str:
    fillers = table("answers")["yesno"]["filler"]
    while stripped := next((word for word in fillers if word and key.startswith(word) and key != word), ""):
        key = key[len(stripped) :]
    return key


# ---------------------------------------------------------------- the files


@cache
def wordings() -> Mapping[str, tuple[Wording, ...]]:
    """Every sentence of every flow under its key; raises :class:`models.faults.Fault`."""
    found: dict[str, tuple[Wording, ...]] = {}
    folder = files("nlu") / "sentences" / "zh"
    entries = sorted(folder.iterdir(), key=lambda one: one.name) if folder.is_dir() else ()
    for entry in entries:
        for one in _read(entry) if entry.name.endswith(".tsv") else ():
            found[one.key] = (*found.get(one.key, ()), one)
    return found


def _read(entry: Traversable) -> Iterator[Wording]:
    file, flow = f"nlu/sentences/zh/{entry.name}", entry.name.removesuffix(".tsv")
    lines = tables.text(entry, file).splitlines()
    rows = [(f"line {n}", line.split("\t")) for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    own = any(line.startswith("# flow:") for line in lines[:5])
    if own or any(f"{flow}." in cell[: len(flow) + 1] for _, cells in rows for cell in cells):
        for key, cells in rows:
            yield from _row(cells, file, key, "" if own else f"{flow}.")


def _row(cells: list[str], file: str, key: str, domain: str) -> Iterator[Wording]:
    """The wordings of a row of one intent: the flow's own, or an answer to an open question."""
    if len(cells) not in (len(COLUMNS) - 1, len(COLUMNS)):
        raise Fault(file, key, f"{len(cells)} columns; expected {', '.join(COLUMNS)} (the last may be left out)")
    row = dict(zip(COLUMNS, cells, strict=False))
    _allowed(file, f"{key}: role", row["role"], sorted(ROLES))
    _allowed(file, f"{key}: where", row["where"], ("private", "group"))
    _allowed(file, f"{key}: open", row["open"], ("-", *vocabulary().questions))
    answer = row["open"] != "-" and row["intents"].startswith("dialog.")
    if row["intents"].count(".") != 1 or not (answer or row["intents"].startswith(domain)):
        return
    _allowed(file, f"{key}: urgency", row["urgency"], URGENCIES)
    category = row["category"] if row["category"] != "-" else ""
    for words in filter(None, (_worded(clean(row[name])) for name in ("sentence", "meant") if row.get(name))):
        yield Wording(
            words, row["intents"], row["urgency"], row["role"], row["where"] == "group", category, row["open"]
        )


def _worded(text: str) -> str:
    return _key(text, _spans(times.find(text, _ANY_DAY), places.find(text, Lexicon()), numbers.find(text)))


def _allowed(file: str, key: str, value: str, known: object) -> None:
    if value not in known:  # type: ignore[operator]
        raise Fault(file, key, f"{value!r} is none of {', '.join(known)}")  # type: ignore[arg-type]
