"""espeak-ng's library in a process of its own, which may be killed.

The library is GPL-3 and comes with the extra ``speak``; nothing of it is loaded in the service itself.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

from bot.speaking import serving

_SYNCHRONOUS, _UTF8, _SPEED, _VOLUME, _PITCH, _RANGE = 2, 1, 1, 2, 3, 4
_VOICES = ("cmn+Annie", "cmn+f2", "cmn")
"""The first of these that is here; heard best by Whisper, which stands in for people who listen."""
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class Voice:
    """The library, initialised once in its process."""

    def __init__(self) -> None:
        import espeakng_loader

        self._spoken = bytearray()
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = str(Path(espeakng_loader.get_data_path())).encode()
        self.rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, data, 0))
        if self.rate <= 0 or all(self._library.espeak_SetVoiceByName(name.encode()) for name in _VOICES):
            raise RuntimeError("espeak-ng did not start")
        self._callback = _CALLBACK(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)

    def _collect(self, samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            self._spoken.extend(ctypes.string_at(samples, count * 2))
        return 0

    def tune(self, speed: int, volume: int) -> None:
        """Words a minute, and per cent of the usual loudness, from now on."""
        for parameter, value in ((_SPEED, speed), (_VOLUME, volume), (_PITCH, 50), (_RANGE, 60)):
            self._library.espeak_SetParameter(parameter, value, 0)

    def one(self, sentence: str) -> bytes:
        """One sentence as 16-bit mono samples."""
        self._spoken.clear()
        data = sentence.encode() + b"\0"
        self._library.espeak_Synth(data, len(data), 0, 0, 0, _UTF8, None, None)
        return bytes(self._spoken)


if __name__ == "__main__":
    serving.main(Voice)
