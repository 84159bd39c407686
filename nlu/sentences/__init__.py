"""What people say: sets of labelled sentences, one file for each author (``docs/sentences.md``).

A file is named after its set. Lines that begin with ``#`` are its head (``# brief: …``; ``# sealed`` keeps a set apart;
``# intents: …`` are the intents of a flow with a domain of its own), every other line holds, between tabs: role, place, open
question, intents, urgency, category, sentence and, where it was misheard, what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from models import files as tables
from nlu.meaning.vocabulary import vocabulary

FOLDER: Traversable = files(__name__) / "zh"
_PLAIN = re.compile(r"[\W_]+")


class SentenceFault(ValueError):
    """A line that cannot be taken in; the text names file and line."""


@dataclass(frozen=True)
class Sentence:
    """One thing that somebody said, and what it means."""

    role: str
    where: str
    """``private`` or ``group``."""
    open: str
    """Kind of the question that stands open, or ``-``."""
    needs: tuple[tuple[str, ...], ...]
    """What is wanted, in order; of each need the intents that are right. Empty: nothing is wanted."""
    urgency: str
    category: str
    text: str
    meant: str
    """The sentence with its misheard words put right."""
    line: int = 0

    @property
    def label(self) -> str:
        """The intents as they are written."""
        return "+".join("|".join(either) for either in self.needs) or "-"


@dataclass(frozen=True)
class SentenceSet:
    """The sentences of one author."""

    name: str
    brief: str
    sealed: bool
    sentences: tuple[Sentence, ...]
    intents: tuple[str, ...] = ()
    """Intents of its own, which the vocabulary does not know."""


@cache
def sets(sealed: bool = False) -> tuple[SentenceSet, ...]:
    """The sets that are learned from, or those that are only measured on."""
    every = tuple(read(file) for file in sorted(_files(FOLDER), key=lambda file: file.name))
    return tuple(one for one in every if one.sealed is sealed)


def _files(folder: Traversable) -> Iterator[Traversable]:
    return (file for file in folder.iterdir() if file.name.endswith(".tsv"))


def read(file: Traversable | Path) -> SentenceSet:
    """The set in a file; raises ``SentenceFault`` with file and line."""
    head, rows = list[str](), list[Sentence]()
    lines = tables.text(file, file.name).splitlines()
    own, seen = _of_its_flow(file.name.removesuffix(".tsv"), lines), dict[tuple[str, ...], int]()
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            head.append(line.lstrip("# "))
            own += tuple(head[-1].removeprefix("intents:").split()) if head[-1].startswith("intents:") else ()
        elif line.strip():
            try:
                rows.append(_sentence(line, number, own))
                _once(rows[-1], seen)
            except ValueError as fault:
                raise SentenceFault(f"{file.name}:{number}: {fault}") from None
    brief = next((line.partition(":")[2].strip() for line in head if line.startswith("brief:")), "")
    return SentenceSet(file.name.removesuffix(".tsv"), brief, "sealed" in head, tuple(rows), own)


def _of_its_flow(name: str, lines: Iterable[str]) -> tuple[str, ...]:
    """The intents of a flow's own domain, in the file of its name: ``lending.request`` in ``lending.tsv``."""
    labels = {need for line in lines if line.count("\t") > 2 for need in re.split("[+|]", line.split("\t")[3])}
    return tuple(sorted(one for one in labels - set(vocabulary().intents) if one.startswith(f"{name}.")))


def _once(sentence: Sentence, seen: dict[tuple[str, ...], int]) -> None:
    same = (sentence.role, sentence.where, sentence.open, sentence.text)
    if same in seen:
        raise ValueError(f"the same sentence stands in line {seen[same]}")
    seen[same] = sentence.line


def _sentence(line: str, number: int, own: tuple[str, ...]) -> Sentence:
    fields = line.split("\t")
    if len(fields) not in (7, 8):
        raise ValueError(f"{len(fields)} fields, 7 or 8 are expected between tabs")
    role, where, question, label, urgency, category, text = fields[:7]
    known = vocabulary()
    _known("role", role, known.roles)
    _known("place", where, known.places)
    _known("open question", question, ("-", *known.questions))
    _known("urgency", urgency, ("-", *known.urgencies))
    _known("category", category, ("-", *known.categories))
    needs = () if label == "-" else tuple(tuple(need.split("|")) for need in label.split("+"))
    for intent in (intent for need in needs for intent in need):
        _known("intent", intent, (*known.intents, *own))
    _agree(needs, urgency, category)
    if not text.strip():
        raise ValueError("no sentence")
    return Sentence(
        role, where, question, needs, urgency, category, text, fields[7] if len(fields) > 7 else text, number
    )


def _known(kind: str, value: str, allowed: Iterable[str]) -> None:
    if value not in allowed:
        raise ValueError(f"unknown {kind} {value!r}" if value else f"no {kind}")


def _agree(needs: tuple[tuple[str, ...], ...], urgency: str, category: str) -> None:
    if bool(needs) == (urgency == "-"):
        raise ValueError("an urgency belongs to a sentence that wants something, and only there")
    if any("issue.report" in need for need in needs) == (category == "-"):
        raise ValueError("a category belongs to issue.report, and only there")


def plain(text: str) -> str:
    """A sentence without punctuation, for comparing."""
    return _PLAIN.sub("", text)


def contradictions(some: Iterable[SentenceSet]) -> Iterator[str]:
    """Pairs of sentences that are the same, said by the same people to the same question, and mean different things."""
    seen: dict[tuple[str, ...], tuple[str, Sentence]] = {}
    for one in some:
        for sentence in one.sentences:
            key = (sentence.role, sentence.where, sentence.open, plain(sentence.text) or sentence.text)
            name, before = seen.setdefault(key, (one.name, sentence))
            if _differ(before, sentence):
                first, second = (
                    f"{name}.tsv:{before.line} {before.label}",
                    f"{one.name}.tsv:{sentence.line} {sentence.label}",
                )
                yield f"{first} and {second}: {sentence.text}"


def _differ(one: Sentence, other: Sentence) -> bool:
    """Whether no intent of the one is right for the other."""
    first, second = ({intent for need in some.needs for intent in need} for some in (one, other))
    return first.isdisjoint(second) and bool(first or second)


def overlap(one: SentenceSet, other: SentenceSet) -> float:
    """The share of the smaller set's pairs of neighbouring characters that the other holds too."""
    first, second = (bigrams(some) for some in (one, other))
    return len(first & second) / max(1, min(len(first), len(second)))


def bigrams(some: SentenceSet) -> frozenset[str]:
    """The pairs of neighbouring characters in a set."""
    texts = (plain(sentence.text) for sentence in some.sentences)
    return frozenset(text[at : at + 2] for text in texts for at in range(len(text) - 1))
