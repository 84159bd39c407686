"""Labelled sentences: one a line, what is meant behind ``=>``; every second line is kept aside from tuning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from models.meaning import Context, Parse
from nlu.parse import parse

FOLDER = Path(__file__).parents[1] / "sentences" / "zh" / "intents"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = "known_failures"
_LINE = re.compile(r"^(?:@(?P<role>\w+)\s+)?(?P<text>.*?)\s*=>\s*(?P<label>.*)$")


@dataclass(frozen=True)
class Sentence:
    """A sentence with what it means."""

    file: str
    text: str
    role: str
    wanted: tuple[frozenset[str], ...]
    """The needs; each may be any of a set of intents."""
    nothing: bool
    """To be understood as nothing is right too."""
    urgency: str | None
    slots: dict[str, frozenset[str]]
    kept_aside: bool

    def context(self) -> Context:
        """Who says it: a volunteer holds a task."""
        return Context(NOW, role=self.role, holds_task=self.role == "volunteer")


def read(name: str) -> Iterator[Sentence]:
    """The sentences of a file; even lines are kept aside."""
    lines = (line.strip() for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines())
    for number, line in enumerate((line for line in lines if line and not line.startswith("#")), start=1):
        yield _sentence(name, line, number % 2 == 0)


def _sentence(name: str, line: str, kept_aside: bool) -> Sentence:
    found = _LINE.match(line)
    assert found, f"{name}: no label in {line!r}"
    words = [word for word in found["label"].split() if word != "+"]
    slots = dict(word.split("=", 1) for word in words if "=" in word)
    needs = [frozenset(word.split("|")) for word in words if "=" not in word and not re.fullmatch(r"P\d", word)]
    return Sentence(
        name,
        found["text"],
        found["role"] or "resident",
        tuple(need - {"-"} for need in needs if need != {"-"}),
        any("-" in need for need in needs),
        next((word for word in words if re.fullmatch(r"P\d", word)), None),
        {slot: frozenset(value.split("|")) for slot, value in slots.items()},
        kept_aside,
    )


def names() -> list[str]:
    """The files of sentences, without the known failures."""
    return sorted(path.stem for path in FOLDER.glob("*.txt") if path.stem != KNOWN)


def everything() -> Iterator[Sentence]:
    """The sentences of all files."""
    return (sentence for name in names() for sentence in read(name))


def faults(sentence: Sentence, meaning: Parse | None = None) -> list[str]:
    """What is understood wrongly in a sentence; empty when everything is right."""
    meaning = meaning or parse(sentence.text, sentence.context())
    return [*intent_faults(sentence, meaning), *_other_faults(sentence, meaning)]


def intent_faults(sentence: Sentence, meaning: Parse) -> list[str]:
    """The intents that are missing or too many; a weak sign of danger asked about beside them is no fault."""
    got = [match.intent for match in meaning.intents if not (match.ask and match.intent.startswith("emergency."))]
    if sentence.nothing and not sentence.wanted:
        opened = [match.intent for match in meaning.intents if not match.ask and opens(match.intent)]
        return [f"opens {opened}"] if opened else []
    if sentence.nothing and not got:
        return []
    wanted = sentence.wanted
    heard = all(any(match.intent in need for match in meaning.intents) for need in wanted)
    known = all(any(intent in need for need in wanted) for intent in got)
    return [] if heard and known and len(got) <= len(wanted) else [f"intents {got}"]


def opens(intent: str) -> bool:
    """Whether a request would be opened."""
    return intent.split(".")[0] in ("issue", "help", "booking", "mediation")


def outranked(sentence: Sentence, meaning: Parse) -> bool:
    """Whether an explicit sign of danger, which is not looked for here, hides everything else."""
    hidden = any(sign.tier == 1 for sign in meaning.signs)
    return hidden and not any(intent.startswith(("emergency", "scam")) for need in sentence.wanted for intent in need)


def _other_faults(sentence: Sentence, meaning: Parse) -> Iterator[str]:
    urgency = min((match.urgency or "P3" for match in meaning.intents if not match.ask), default=None)
    if sentence.urgency and urgency != sentence.urgency:
        yield f"urgency {urgency}"
    for slot, values in sentence.slots.items():
        got = {match.slots.get(slot) for match in meaning.intents}
        if not got & values:
            yield f"{slot} {got}"


def asked_rightly(sentence: Sentence, meaning: Parse) -> bool:
    """Whether nothing is done unasked, and what is meant stands among what is asked (or nothing is meant)."""
    if not meaning.intents or not all(match.ask for match in meaning.intents):
        return False
    wanted = {intent for need in sentence.wanted for intent in need}
    return not wanted or sentence.nothing or bool(wanted & {match.intent for match in meaning.intents})
