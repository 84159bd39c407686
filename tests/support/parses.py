"""Parses without a house around them."""

from __future__ import annotations

from dataclasses import replace

from models.meaning import Context
from nlu.parse import parse
from tests.support.labelled import NOW


def context(**known: object) -> Context:
    return replace(Context(NOW), **known)  # type: ignore[arg-type]


def intents(text: str, **known: object) -> list[str]:
    return [match.intent for match in parse(text, context(**known)).intents]
