"""Synthetic Mandarin through espeak-ng's C library, brought along by ``espeakng-loader`` (one speaker per process)."""

from __future__ import annotations

import _ctypes
import ctypes
from functools import cache
from pathlib import Path

import espeakng_loader

RATE = 22050
"""Samples a second of what :func:`speak` returns."""
_SYNCHRONOUS, _UTF8, _SPEED, _PITCH, _RANGE = 2, 1, 1, 3, 4
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_heard = bytearray()


@_CALLBACK
def _collect(samples: int | None, count: int, _events: int | None) -> int:
    """Append what the library has spoken to the buffer."""
    if samples and count > 0:
        _heard.extend(ctypes.string_at(samples, count * 2))
    return 0


@cache
def _library() -> ctypes.CDLL:
    """The library, initialised once."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    if library.espeak_Initialize(_SYNCHRONOUS, 0, str(espeakng_loader.get_data_path()).encode(), 0) != RATE:
        raise RuntimeError("espeak-ng did not start")
    library.espeak_SetSynthCallback(_collect)
    return library


def _fresh(seed: int) -> ctypes.CDLL:
    """The library as at its first word: it seeds its noise with the clock and keeps the phase of what it spoke before."""
    if _library.cache_info().currsize:
        used = _library()
        used.espeak_Terminate()
        _library.cache_clear()
        _ctypes.dlclose(used._handle)
    library = _library()
    ctypes.CDLL(None).srand(seed)
    return library


def voices() -> list[str]:
    """Names of all voice variants that the library brings."""
    return sorted(path.name for path in Path(espeakng_loader.get_data_path(), "voices", "!v").iterdir())


def speak(
    text: str,
    voice: str = "f1",
    *,
    speed: int = 140,
    pitch: int = 50,
    spread: int = 50,
    language: str = "cmn",
    seed: int = 1,
) -> bytes:
    """16-bit mono at 22,050 Hz; ``language`` may be ``cmn-latn-pinyin`` for numbered pinyin.

    The same arguments give the same sound, but for the breath of a few voices, which no seed wholly fixes.
    """
    library = _fresh(seed)
    if library.espeak_SetVoiceByName((f"{language}+{voice}" if voice else language).encode()) != 0:
        raise ValueError(f"no such voice: {language}+{voice}")
    for parameter, value in ((_SPEED, speed), (_PITCH, pitch), (_RANGE, spread)):
        library.espeak_SetParameter(parameter, value, 0)
    _heard.clear()
    data = text.encode() + b"\0"
    library.espeak_Synth(data, len(data), 0, 0, 0, _UTF8, None, None)
    return bytes(_heard)


def phonemes(text: str, language: str = "cmn") -> str:
    """The library's own transcription, for comparing two ways of writing one thing."""
    library = _library()
    library.espeak_SetVoiceByName(language.encode())
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    rest, found = ctypes.c_char_p(text.encode()), []
    while rest.value is not None:
        found.append(library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, 0) or b"")
    return " ".join(part.decode() for part in found if part)
