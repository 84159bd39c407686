"""sherpa-onnx: Paraformer, SenseVoice, FireRed and zipformer-ctc from one folder of two files.

Words of a community never enter as hotwords: on anything but a transducer they end the process. They are put right
afterwards by their sound. None of these nets tells how sure it is.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from bot.hearing.engines import serving

_NETS = ("model.int8.onnx", "model.onnx")
_TAIL = 1 << 20
"""The net's own description stands within so many bytes of the file's ends."""
_SIGNS = re.compile(r"<\|[^|]*\|>|[^一-龥A-Za-z0-9]+")
_KINDS = {
    b"paraformer": "from_paraformer",
    b"sense_voice": "from_sense_voice",
    b"SenseVoice": "from_sense_voice",
    b"fire": "from_fire_red_asr_ctc",
    b"zipformer": "from_zipformer_ctc",
}
"""What a net says of itself → how it is loaded."""


def net_of(model: Path) -> Path | None:
    """The net's file, the smaller one first."""
    return next((model / name for name in _NETS if (model / name).is_file()), None)


def fault_of(model: Path) -> str | None:
    """What is wrong with a model's folder: ``missing``, ``broken``, ``language`` or None; a bad net ends the process."""
    if not model.is_dir():
        return "missing"
    net, tokens = net_of(model), model / "tokens.txt"
    if net is None or not net.stat().st_size or not tokens.is_file() or loader_of(model) is None:
        return "broken"
    words = tokens.read_text("utf-8", errors="replace")
    return None if re.search(r"[一-龥]", words) else "language"


def loader_of(model: Path) -> str | None:
    """How the net is loaded: what it says of itself, else what its folder is called; None for what is not known."""
    net = net_of(model)
    if net is None:
        return None
    with net.open("rb") as file:
        head = file.read(_TAIL)
        file.seek(max(0, net.stat().st_size - _TAIL))
        said = head + file.read()
    place = said.rfind(b"model_type")
    told = said[place : place + 64] if place >= 0 else model.name.encode()
    return next((loader for name, loader in _KINDS.items() if name in told), None)


class Ear:
    """A loaded net; its threads work together on one note."""

    at_once = 1

    def __init__(self, model: Path, threads: int) -> None:
        import numpy
        import sherpa_onnx

        self._numpy, net, loader = numpy, net_of(model), loader_of(model)
        assert net is not None and loader is not None
        load = getattr(sherpa_onnx.OfflineRecognizer, loader)
        named = "paraformer" if loader == "from_paraformer" else "model"
        more = {"language": "zh", "use_itn": False} if loader == "from_sense_voice" else {}
        self._recognizer = load(**{named: str(net)}, tokens=str(model / "tokens.txt"), num_threads=threads, **more)

    def hear(self, samples: bytes, phrases: list[str]) -> dict[str, Any]:
        """The note's words as one stretch; it cannot listen for phrases."""
        sound = self._numpy.frombuffer(samples, self._numpy.int16).astype(self._numpy.float32) / 32768
        stream = self._recognizer.create_stream()
        stream.accept_waveform(serving.RATE, sound)
        self._recognizer.decode_stream(stream)
        text = _SIGNS.sub("", stream.result.text)
        end = len(sound) / serving.RATE
        return {"words": [{"word": text, "conf": None, "start": 0.0, "end": end}] if text else []}


if __name__ == "__main__":
    serving.main(Ear, fault_of)
