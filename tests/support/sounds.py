"""Voice notes made while a test runs, in synthetic voices that the starter model was never trained on."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("espeakng_loader", reason="espeakng-loader is not installed: no voice notes can be made")

sys.path.insert(0, str(Path(__file__).parents[2]))  # tools/ is no part of the installed package

from tools.starter_model.codecs import KINDS, encode, resample
from tools.starter_model.speak import RATE, speak
from tools.starter_model.voices import LEFT_OUT

VOICES = tuple(voice for voice in LEFT_OUT if voice != "f3")
"""Without the one whose breath is noise that no seed fixes: heard again it may sound like other words."""
KINDS_OF_FILE = tuple(KINDS)
"""Endings of the files that :func:`voice_note` can make."""


@cache
def samples(text: str, voice: str = VOICES[0], speed: int = 130, pause: float = 0.3) -> bytes:
    """The text spoken, 16 kHz 16-bit mono, with a pause before and after."""
    silence = bytes(int(pause * 16000) * 2)
    return silence + resample(speak(text, voice, speed=speed), RATE, 16000) + silence


@cache
def voice_note(text: str, kind: str = "ogg", voice: str = VOICES[0], speed: int = 130) -> bytes:
    """The text spoken, as a file of the given kind."""
    return encode(samples(text, voice, speed), 16000, kind)


def write_note(text: str, path: Path, voice: str = VOICES[0]) -> Path:
    """The text spoken, written to a path whose ending says the kind."""
    path.write_bytes(voice_note(text, path.suffix.lstrip("."), voice))
    return path
