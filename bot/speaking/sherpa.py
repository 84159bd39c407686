"""A voice of sherpa-onnx (VITS: MeloTTS and its like) in a process of its own, which may be killed.

Only nets that read characters from their own word list are loaded: what wants espeak-ng's data is not permissively licensed.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from bot.hearing.engines import voices
from bot.speaking import serving
from bot.speaking.manner import USUAL

_LOUDEST = 32_000


class Voice:
    """A loaded net."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        import numpy
        import sherpa_onnx

        net = sherpa_onnx.OfflineTtsVitsModelConfig(
            model=str(voices.net_of(folder)), lexicon=str(folder / "lexicon.txt"), tokens=str(folder / "tokens.txt")
        )
        model = sherpa_onnx.OfflineTtsModelConfig(vits=net, num_threads=threads)
        self._numpy, self._net = numpy, sherpa_onnx.OfflineTts(sherpa_onnx.OfflineTtsConfig(model=model))
        self.rate = int(self._net.sample_rate)
        self._speed, self._volume = 1.0, 1.0

    def tune(self, speed: int, volume: int) -> None:
        """As times of what is usual."""
        self._speed, self._volume = speed / USUAL, volume / 100

    def one(self, sentence: str) -> bytes:
        """One sentence; louder without a crackle: the loudest stays below what a sample holds."""
        found = self._net.generate(sentence, sid=0, speed=self._speed)
        sound = self._numpy.array(found.samples, self._numpy.float32) * 32_767 * self._volume
        loudest = float(self._numpy.abs(sound).max()) if len(sound) else 0.0
        scaled = sound * min(1.0, _LOUDEST / loudest) if loudest else sound
        return bytes(scaled.astype(self._numpy.int16).tobytes())


if __name__ == "__main__":
    serving.main(partial(Voice, Path(sys.argv[1])))
