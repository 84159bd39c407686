"""What a recognizer heard."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """One word of a transcript; times in seconds from the start of the sound."""

    text: str
    confidence: float
    start: float
    end: float


@dataclass(frozen=True)
class Transcript:
    """Text without spaces, confidence 0..1, and its words; ``error`` says why nothing was heard."""

    text: str
    confidence: float = 0.0
    seconds: float = 0.0
    model: str = ""
    words: tuple[Word, ...] = ()
    alternative: str | None = None
    """What a second recognizer, listening for the open question's answers only, heard in the same sound."""
    weighed: str = "engine"
    """Who tells how sure the words are: the ``engine``, a ``second`` one that listened too, or ``nobody`` yet."""
    cut: bool = False
    """Only the beginning was listened to, the recording is longer than that."""
    error: str | None = None
    """``silence``, ``quiet``, ``short``, ``noise``, ``broken``, ``unavailable`` … a key, or None."""
