"""How well intents are understood, on the project's own sentences and on files given as arguments, and how fast.

``*.jsonl`` holds labelled utterances (``heard``, ``intents`` with ``a|b`` for either, ``urgency``), ``*.txt`` talk, one line
each, from which nothing should be opened.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.sound import percentile
from models.meaning import Context, Parse
from nlu.parse import parse
from tests.support import labelled

LENGTH = 200


def run(*arguments: str) -> list[str]:
    """The figures, line by line."""
    paths = [Path(argument) for argument in arguments]
    lines = [*_sentences(), *_speed([sentence.text for sentence in labelled.everything()], "own sentences")]
    for path in paths:
        if path.suffix == ".jsonl":
            lines += _utterances([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line])
        elif path.suffix == ".txt":
            talk = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            lines += [*_talk(talk), *_speed(talk, "ordinary talk")]
    return lines


def _sentences() -> Iterator[str]:
    """Intents, urgency and slots of the project's own sentences, by half; which intents are missed."""
    for kept_aside in (False, True):
        some = [sentence for sentence in labelled.everything() if sentence.kept_aside is kept_aside]
        meanings = [parse(sentence.text, sentence.context()) for sentence in some]
        intents = sum(not labelled.intent_faults(*pair) for pair in zip(some, meanings, strict=True))
        whole = sum(not labelled.faults(*pair) for pair in zip(some, meanings, strict=True))
        name = "kept aside" if kept_aside else "tuning half"
        yield f"own sentences, {name}: intents {_share(intents, len(some))}, with urgency and slots {_share(whole, len(some))}"


def _utterances(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Labelled utterances in their speaker's role, and without any context."""
    for name, known in (("in role", True), ("without context", False)):
        meanings = [parse(row["heard"], _context(row["intents"], known)) for row in rows]
        pairs = list(zip(rows, meanings, strict=True))
        right = sum(_agrees(row["intents"], meaning) for row, meaning in pairs)
        urgent = sum(row["urgency"] == meaning.urgency for row, meaning in pairs)
        yield f"labelled utterances, {name}: intents {_share(right, len(rows))}, urgency {_share(urgent, len(rows))}"


def _context(wanted: Iterable[str], known: bool) -> Context:
    domains = {intent.split(".")[0] for intent in wanted}
    role = "volunteer" if "vol" in domains else "manager" if "mgr" in domains else "resident"
    return Context(labelled.NOW, role=role if known else "any", holds_task=known and role == "volunteer")


def _agrees(wanted: list[str], meaning: Parse) -> bool:
    got = {match.intent for match in meaning.intents}
    needs = [set(either.split("|")) for either in wanted]
    return all(need & got for need in needs) and all(any(intent in need for need in needs) for intent in got)


def _talk(lines: list[str]) -> Iterator[str]:
    """What ordinary talk would open, and what would be asked about."""
    meanings = [parse(line, Context(labelled.NOW)) for line in lines]
    opened = Counter(m.intent for one in meanings for m in one.intents if not m.ask and labelled.opens(m.intent))
    asked = sum(any(match.ask for match in meaning.intents) for meaning in meanings)
    shares = f"opened {_share(opened.total(), len(lines))} {dict(opened)}, asked {_share(asked, len(lines))}"
    yield f"ordinary talk, {len(lines)} lines: {shares}"


def _speed(texts: list[str], name: str) -> Iterator[str]:
    """95th percentile of one utterance as it comes, and of utterances of 200 characters."""
    context = Context(labelled.NOW, role="any")
    for kind, some in (("as they come", texts[::7]), (f"of {LENGTH} characters", list(_long(texts))[:60])):
        half, most = (percentile(lambda text: parse(text, context), some, share) for share in (0.5, 0.95))
        yield f"parse, {name} {kind}: half under {half:.2f} ms, 95 % under {most:.2f} ms"


def _long(texts: Iterable[str]) -> Iterator[str]:
    """Neighbouring utterances joined to texts of 200 characters."""
    joined = ""
    for text in texts:
        joined += text
        if len(joined) >= LENGTH:
            yield joined[:LENGTH]
            joined = ""


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)"
