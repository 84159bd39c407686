"""The child's side of speaking: a request is a line of JSON, its answer a line with the size, then the voice note."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import IO, Any, Protocol

from bot.hearing.opus import voice_note


class Voice(Protocol):
    """Something that speaks."""

    rate: int
    """Samples a second."""

    def tune(self, speed: int, volume: int) -> None:
        """Words a minute, and per cent of the usual loudness, from now on."""

    def one(self, sentence: str) -> bytes:
        """One sentence as 16-bit mono samples; nothing of what cannot be spoken."""


def spoken(voice: Voice, sentences: Sequence[str], most: float, last: str) -> bytes:
    """Sentences until the time is full, then ``last`` in place of the rest; players cut the first moment off."""
    pause = bytes(voice.rate // 4 * 2)
    room, closing, sound = int(most * voice.rate) * 2, voice.one(last) + pause, pause
    for number, sentence in enumerate(sentences):
        part, rest = voice.one(sentence) + pause, number + 1 < len(sentences)
        if len(sound) + len(part) + (len(closing) if rest else 0) > room:
            head = sound if number else part[: room - len(closing) - len(sound)]
            return head + closing
        sound += part
    return sound


def serve(voice: Voice, source: IO[bytes], out: IO[bytes]) -> None:
    """Answer requests until the source ends."""
    for line in source:
        request: dict[str, Any] = json.loads(line)
        voice.tune(request["speed"], request["volume"])
        samples = spoken(voice, request["sentences"], request["most"], request["last"])
        note = voice_note(samples, voice.rate)
        out.write(json.dumps({"size": len(note), "seconds": len(samples) / 2 / voice.rate}).encode() + b"\n" + note)
        out.flush()


def main(opened: Callable[[], Voice]) -> None:
    """Serve standard input and output; whatever a library prints goes to standard error."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(opened(), sys.stdin.buffer, out)
