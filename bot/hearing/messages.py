"""The sentences of ``messages.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def messages() -> dict[str, Any]:
    """All of them, by kind."""
    return tomllib.loads(files("bot.hearing").joinpath("messages.toml").read_text("utf-8"))


def say(key: str, **values: object) -> str:
    """One sentence about models."""
    return str(messages()["model"][key]).format(**values)
