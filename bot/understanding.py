"""``linsheng understand``: what a line means, who may have said it where, and which words decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.config import ConfigError
from models.meaning import Lexicon
from nlu.meaning import describe
from nlu.meaning.scorer import scorer, shipped
from nlu.meaning.vocabulary import vocabulary
from nlu.parse import parse
from nlu.sentences import SentenceFault, sets
from nlu.words.normalize import clean

WORDS = 8
"""So many words are named that decided."""


def moment(now: str | None, zone: str) -> datetime:
    """The local time that was given, or now; raises :class:`ConfigError`."""
    try:
        at = datetime.fromisoformat(now) if now else datetime.now(ZoneInfo(zone))
    except ValueError:
        raise ConfigError(f"--now: {now} is no time such as 2026-03-02T09:00") from None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


@dataclass(frozen=True)
class Line:
    """A line, and what was told about it."""

    text: str
    role: str = "any"
    where: str = "private"
    open: str = "-"


def read(raw: str) -> Line:
    """A line as it is, or an object with ``text`` and perhaps ``role``, ``where`` and ``open``; what is unknown is left out."""
    try:
        row = json.loads(raw) if raw.lstrip().startswith("{") else None
    except ValueError:
        row = None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return Line(raw)
    known = vocabulary()
    role, where, question = (str(row.get(name, "")) for name in ("role", "where", "open"))
    return Line(
        row["text"],
        role if role in known.roles else "any",
        where if where in known.places else "private",
        question if question in known.questions else "-",
    )


def told(lines: Iterable[str], moment: datetime, lexicon: Lexicon, as_json: bool, why: bool) -> Iterator[str]:
    """What each line means, as it is printed."""
    _whole()
    for raw in lines:
        line = read(raw)
        context = describe.context_of(moment, line.role, line.where, line.open, lexicon)
        found = {**describe.as_json(parse(line.text, context), line.open), "text": line.text}
        if why:
            found["why"] = _why(line, found)
        yield json.dumps(found, ensure_ascii=False) if as_json else _plain(line, found)


def _whole() -> None:
    """Where the scorer is left unused because a set has a fault, that is said; raises ``ConfigError``."""
    if shipped()[0] is None:
        try:
            sets()
        except SentenceFault as fault:
            raise ConfigError(f"sentences: {fault}") from None


def _why(line: Line, found: dict[str, Any]) -> dict[str, list[str]]:
    """The words that speak most for each meaning, and how much."""
    known = scorer()
    if known is None:
        return {}
    role = "" if line.role == "any" else line.role
    named = ("-", *vocabulary().intents)
    wanted = [match["intent"] for match in found["intents"]] or ["-"]
    told = {one: known.why(clean(line.text), one, role, line.where, line.open) for one in wanted if one in named}
    return {one: [f"{word} {added:+.2f}" for word, added in list(words.items())[:WORDS]] for one, words in told.items()}


def _plain(line: Line, found: dict[str, Any]) -> str:
    named = ", ".join(f"{'? ' * match['ask']}{match['intent']} {match['slots']}" for match in found["intents"])
    shown = [f"{line.text}\n  {found['urgency'] or '-'}  {named or 'nothing for the bot'}"]
    shown += [f"  {intent}: {'  '.join(words)}" for intent, words in found.get("why", {}).items()]
    return "\n".join(shown)
