"""The closed lists of ``vocabulary.toml``: intents, roles, places, open questions, urgencies and categories."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from models import files as tables
from models.meaning import Context, Question


@dataclass(frozen=True)
class Vocabulary:
    """What may stand in a set of sentences."""

    intents: tuple[str, ...]
    roles: tuple[str, ...]
    places: tuple[str, ...]
    questions: tuple[str, ...]
    urgencies: tuple[str, ...]
    categories: tuple[str, ...]


@cache
def _table() -> dict[str, Any]:
    return tables.table(files("nlu.meaning") / "vocabulary.toml", "nlu/meaning/vocabulary.toml")


@cache
def vocabulary() -> Vocabulary:
    """The lists, read once."""
    rows = _table()
    lists = (tuple(rows[name]) for name in ("roles", "places", "questions", "urgencies", "categories"))
    return Vocabulary(tuple(f"{name}.{one}" for name, some in rows["intents"].items() for one in some), *lists)


def voice(role: str) -> str:
    """Whose words a role speaks; nobody's where it is not known."""
    spoken: str = _table()["voices"].get(role, role)
    return spoken if spoken in vocabulary().roles else ""


def asked(question: Question | None) -> str:
    """The kind of the open question, ``-`` without one."""
    if question is None:
        return "-"
    known, names = vocabulary().questions, _table()["asked"]
    said = (names.get(one, one) for one in (question.slot, question.kind))
    return next((one for one in said if one in known), "text")


def place(context: Context) -> str:
    """Where it is said."""
    return vocabulary().places[context.group]


@cache
def question_of(kind: str) -> Question | None:
    """An open question of a kind, with no answers of its own."""
    if kind == "-":
        return None
    read = next((name for name, kinds in _table()["reading"].items() if kind in kinds), kind)
    return Question(kind, read)


def answering(kind: str) -> dict[str, str]:
    """What answers are called where a question of this kind is open."""
    renamed: dict[str, str] = _table()["answering"].get(kind, {})
    return renamed
