"""Turns samples into words with Vosk, in a process of its own: a fault inside the engine ends this process alone.

Requests and answers are one line of JSON each; a request's line is followed by its samples. The first line out says
that the model is loaded, or why it cannot be. Several notes are heard at once, one thread for each.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import IO, Any

from bot.hearing.words.cutting import cutter

RATE = 16000
_PIECE = RATE * 2 * 30
"""Bytes that are heard in one go: only between two pieces may a long note be split where it is silent."""
_HAN = re.compile(r"[一-龥]")


def fault_of(model: Path) -> str | None:
    """What is wrong with a model's folder: ``missing``, ``broken``, ``language`` or None; Vosk would exit."""
    if not model.is_dir():
        return "missing"
    graph = _names(model).parent
    net = model / "am" / "final.mdl" if (model / "am").is_dir() else model / "final.mdl"
    if not _names(model).is_file() or not net.is_file() or not net.stat().st_size:
        return "broken"
    if not any(all((graph / name).is_file() for name in names) for names in (("HCLG.fst",), ("HCLr.fst", "Gr.fst"))):
        return "broken"
    words = (graph / "words.txt").read_text("utf-8", errors="replace").splitlines()
    return None if sum(bool(_HAN.search(word)) for word in words) * 2 > len(words) else "language"


def _names(model: Path) -> Path:
    """The table of the model's words."""
    return next(
        (path for path in (model / "graph" / "words.txt", model / "words.txt") if path.is_file()), model / "words.txt"
    )


class Ear:
    """A loaded model and the threads that hear with it."""

    def __init__(self, model: Path, threads: int, out: IO[str]) -> None:
        import vosk

        vosk.SetLogLevel(-1)
        self._vosk, self._model, self._out, self._lock = vosk, vosk.Model(str(model)), out, Lock()
        self._pool = ThreadPoolExecutor(threads)
        names = _names(model).read_text("utf-8", errors="replace").splitlines()
        self._cut = cutter({line.split(" ")[0]: 1 for line in names})

    def say(self, answer: Mapping[str, Any]) -> None:
        """Write one line."""
        with self._lock:
            self._out.write(json.dumps(answer, ensure_ascii=False) + "\n")
            self._out.flush()

    def submit(self, request: Mapping[str, Any], samples: bytes) -> None:
        """Hear a note in a thread and answer when it is done."""
        self._pool.submit(self._answer, request, samples)

    def _answer(self, request: Mapping[str, Any], samples: bytes) -> None:
        try:
            heard: dict[str, Any] = {"words": self._hear(samples, None)}
            if grammar := self._grammar(request["grammar"]):
                heard["alternative"] = self._hear(samples, grammar)
        except Exception as error:
            heard = {"words": [], "fault": type(error).__name__}
        self.say({"id": request["id"], **heard})

    def _grammar(self, phrases: list[str]) -> str | None:
        """Phrases as Vosk wants them: words of the model with spaces between; one it cannot hear in full is left out."""
        rows = {phrase: self._cut(phrase) for phrase in phrases}
        whole = sorted(" ".join(row) for phrase, row in rows.items() if phrase and "".join(row) == phrase)
        return json.dumps(whole, ensure_ascii=False) if whole else None

    def _hear(self, samples: bytes, grammar: str | None) -> list[dict[str, Any]]:
        """Words of a note; with a grammar, only the words of its phrases exist."""
        extra = (grammar,) if grammar else ()
        recognizer = self._vosk.KaldiRecognizer(self._model, RATE, *extra)
        recognizer.SetWords(True)
        words: list[dict[str, Any]] = []
        for start in range(0, len(samples), _PIECE):
            if recognizer.AcceptWaveform(samples[start : start + _PIECE]):
                words += json.loads(recognizer.Result()).get("result", [])
        words += json.loads(recognizer.FinalResult()).get("result", [])
        return words


def serve(ear: Ear, source: IO[bytes]) -> None:
    """Take requests until the source ends."""
    while line := source.readline():
        request = json.loads(line)
        ear.submit(request, source.read(request["size"]))


def main(model: Path, threads: int) -> None:
    """Load the model and serve standard input and output; whatever the engine prints goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    fault = fault_of(model)
    if fault:
        out.write(json.dumps({"fault": fault}) + "\n")
        return
    ear = Ear(model, threads, out)
    ear.say({"ready": True})
    serve(ear, sys.stdin.buffer)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
