"""Whisper through faster-whisper: hears people without training for them, and loops on what it cannot hear.

Against the loops stand a limit of tokens for the length of the sound, a gate on how well the text packs, and a list
of what Whisper writes over silence. It gives no confidence of a word; that of a stretch is the mean of its tokens'.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from math import exp
from pathlib import Path
from typing import Any

from bot.hearing.engines import serving

FILES = ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt")
_SIGNS = re.compile(r"[^一-龥A-Za-z0-9]+")


@cache
def limits() -> dict[str, Any]:
    """The numbers and words of ``whisper.toml``."""
    return tomllib.loads(files("bot.hearing.engines").joinpath("whisper.toml").read_text("utf-8"))


def fault_of(model: Path) -> str | None:
    """What is wrong with a model's folder: ``missing``, ``broken`` or None."""
    if not model.is_dir():
        return "missing"
    whole = all((model / name).is_file() and (model / name).stat().st_size for name in FILES)
    return None if whole else "broken"


class Ear:
    """A loaded model; its threads work together on one note."""

    at_once = 1

    def __init__(self, model: Path, threads: int) -> None:
        import numpy
        import opencc
        from faster_whisper import WhisperModel

        self._numpy, self._simple = numpy, opencc.OpenCC("t2s").convert
        self._model = WhisperModel(
            str(model), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )

    def hear(self, samples: bytes, phrases: list[str]) -> dict[str, Any]:
        """Stretches of a note; it cannot listen for phrases."""
        rows = limits()
        sound = self._numpy.frombuffer(samples, self._numpy.int16).astype(self._numpy.float32) / 32768
        tokens = rows["tokens"] + int(min(len(sound) / serving.RATE, 30) * rows["tokens_a_second"])
        parts, _ = self._model.transcribe(
            sound,
            language="zh",
            beam_size=rows["beam"],
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
            max_new_tokens=tokens,
            initial_prompt=rows["prompt"],
        )
        return {"words": [word for part in parts if (word := self._word(part))]}

    def _word(self, part: Any) -> dict[str, Any] | None:
        """A stretch as one word, or None for a loop, for silence and for what Whisper writes over it."""
        text = self._simple(_SIGNS.sub("", part.text))
        if not text or is_loop(text, part.compression_ratio) or any(said in text for said in limits()["invented"]):
            return None
        if part.no_speech_prob > limits()["silence"] and part.avg_logprob < limits()["unsure"]:
            return None
        return {"word": text, "conf": round(exp(part.avg_logprob), 3), "start": part.start, "end": part.end}


def is_loop(text: str, packing: float) -> bool:
    """Whether a text says the same thing over and over."""
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    alike = len(pairs) >= limits()["longest"] and len(set(pairs)) <= len(pairs) / limits()["repeats"]
    stuck = any(sign * limits()["stuck"] in text for sign in set(text))
    return alike or stuck or packing > float(limits()["packing"])


if __name__ == "__main__":
    serving.main(Ear, fault_of)
