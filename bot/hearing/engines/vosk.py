"""Vosk: words with confidences and, for a question with few answers, a second recognizer that knows these alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bot.hearing.engines import serving
from bot.hearing.words.cutting import cutter
from bot.hearing.words.names import names_of

_PIECE = serving.RATE * 2 * 30
"""Bytes that are heard in one go: only between two pieces may a long note be split where it is silent."""
_HAN = re.compile(r"[一-龥]")


def fault_of(model: Path) -> str | None:
    """What is wrong with a model's folder: ``missing``, ``broken``, ``language`` or None; Vosk would exit."""
    if not model.is_dir():
        return "missing"
    graph = model / "graph" if (model / "graph").is_dir() else model
    net = model / "am" / "final.mdl" if (model / "am").is_dir() else model / "final.mdl"
    if not net.is_file() or not net.stat().st_size:
        return "broken"
    if not any(all((graph / name).is_file() for name in names) for names in (("HCLG.fst",), ("HCLr.fst", "Gr.fst"))):
        return "broken"
    words = names_of(model)
    if not words:
        return "broken"
    return None if sum(bool(_HAN.search(word)) for word in words) * 2 > len(words) else "language"


class Ear:
    """A loaded model."""

    def __init__(self, model: Path, threads: int) -> None:
        import vosk

        vosk.SetLogLevel(-1)
        self._vosk, self._model, self.at_once = vosk, vosk.Model(str(model)), threads
        self._cut = cutter(dict.fromkeys(names_of(model), 1))

    def hear(self, samples: bytes, phrases: list[str]) -> dict[str, Any]:
        """Words of a note, and with phrases the words of these that are nearest."""
        heard = {"words": self._hear(samples, None)}
        if grammar := self._grammar(phrases):
            heard["alternative"] = self._hear(samples, grammar)
        return heard

    def _grammar(self, phrases: list[str]) -> str | None:
        """Phrases as Vosk wants them: words of the model with spaces between; one it cannot hear in full is left out."""
        rows = {phrase: self._cut(phrase) for phrase in phrases}
        whole = sorted(" ".join(row) for phrase, row in rows.items() if phrase and "".join(row) == phrase)
        return json.dumps(whole, ensure_ascii=False) if whole else None

    def _hear(self, samples: bytes, grammar: str | None) -> list[dict[str, Any]]:
        """Words of a note; with a grammar, only the words of its phrases exist."""
        extra = (grammar,) if grammar else ()
        recognizer = self._vosk.KaldiRecognizer(self._model, serving.RATE, *extra)
        recognizer.SetWords(True)
        words: list[dict[str, Any]] = []
        for start in range(0, len(samples), _PIECE):
            if recognizer.AcceptWaveform(samples[start : start + _PIECE]):
                words += json.loads(recognizer.Result()).get("result", [])
        words += json.loads(recognizer.FinalResult()).get("result", [])
        return words


if __name__ == "__main__":
    serving.main(Ear, fault_of)
