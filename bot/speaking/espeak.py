"""espeak-ng's library in a process of its own, which may be killed; a request is a line of JSON, so is an answer.

The library is GPL-3 and comes with the extra ``speak``; nothing of it is loaded in the service itself.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from pathlib import Path
from typing import IO, Any

from bot.hearing.opus import voice_note

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

    def say(self, sentences: list[str], speed: int, volume: int, most: float, last: str) -> bytes:
        """Sentences until the time is full, then ``last`` in place of the rest; 16-bit mono samples."""
        for parameter, value in ((_SPEED, speed), (_VOLUME, volume), (_PITCH, 50), (_RANGE, 60)):
            self._library.espeak_SetParameter(parameter, value, 0)
        room = int(most * self.rate) * 2
        closing, sound = self._one(last), bytes(self.rate // 4 * 2)  # players cut the first moment off
        for number, sentence in enumerate(sentences):
            part, rest = self._one(sentence), number + 1 < len(sentences)
            if len(sound) + len(part) + (len(closing) if rest else 0) > room:
                head = sound if number else part[: room - len(closing) - len(sound)]
                return head + closing
            sound += part
        return sound

    def _one(self, sentence: str) -> bytes:
        """One sentence and the pause behind it."""
        self._spoken.clear()
        data = sentence.encode() + b"\0"
        self._library.espeak_Synth(data, len(data), 0, 0, 0, _UTF8, None, None)
        return bytes(self._spoken) + bytes(self.rate // 4 * 2)


def serve(voice: Voice, source: IO[bytes], out: IO[bytes]) -> None:
    """Answer requests until the source ends: a line with the size and the seconds, then the voice note."""
    for line in source:
        request: dict[str, Any] = json.loads(line)
        samples = voice.say(**request)
        note = voice_note(samples, voice.rate)
        out.write(json.dumps({"size": len(note), "seconds": len(samples) / 2 / voice.rate}).encode() + b"\n" + note)
        out.flush()


def main() -> None:
    """Serve standard input and output; whatever the library prints goes to standard error."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(Voice(), sys.stdin.buffer, out)


if __name__ == "__main__":
    main()
