"""What is understood too weakly to be acted on: nobody acts on it, and where nothing else is understood one question is put."""

from __future__ import annotations

from dataclasses import replace

from models.meaning import Match, Parse


def sift(parse: Parse) -> Parse:
    """The parse without what would have to be asked about first; weak signs of danger have a question of their own."""
    kept = tuple(match for match in parse.intents if not weak(match))
    return replace(parse, intents=kept) if len(kept) < len(parse.intents) else parse


def weak(match: Match) -> bool:
    """Whether a need is too weak to be acted on without a question; figures change nothing and are shown."""
    return match.ask and not match.intent.startswith(("emergency.", "scam.", "mgr."))
