"""How many characters the starter model gets wrong in voices and sentences that it was not made from."""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Iterable
from math import pi, sin, sqrt
from pathlib import Path
from random import Random

import vosk
from rapidfuzz.distance import Levenshtein

from bot.hearing.settings import STARTER
from bot.hearing.words.build import Weights, build_words
from tools.starter_model import codecs, phrases
from tools.starter_model.speak import RATE, speak
from tools.starter_model.voices import LEFT_OUT

CONDITIONS = ("clean", "15 dB", "opus", "amr")
"""15 dB: white noise so far below the voice."""
Spoken = tuple[str, bytes]
"""What was said, and its samples."""


def left_out_sentences(seed: int = 11) -> dict[str, list[str]]:
    """Sentences that the measured graph never saw: every second line of our own list, and lines the tests keep aside."""
    random = Random(seed)
    own = [text for line in phrases.own_lines()[1::2] for text in phrases.spellings(line, {}, random, 1)]
    return {"our own list": own, "the tests' sentences": random.sample(phrases.test_lines(kept_aside=True), 90)}


def speech(sentences: Iterable[str], condition: str, seed: int = 3) -> list[Spoken]:
    """The sentences in left-out voices, at everyday speeds, under one condition."""
    random, made = Random(seed), []
    for number, text in enumerate(sentences):
        spoken = speak(text, LEFT_OUT[number % len(LEFT_OUT)], speed=random.randrange(110, 170))
        samples = bytes(8000) + codecs.resample(spoken, RATE, 16000) + bytes(8000)
        made.append((text, _changed(random, samples, condition)))
    return made


def _changed(random: Random, samples: bytes, condition: str) -> bytes:
    if condition == "15 dB":
        return with_noise(random, samples, 15)
    if condition in ("opus", "amr"):
        return codecs.decode(codecs.encode(samples, 16000, {"opus": "ogg"}.get(condition, condition)))
    return samples


def with_noise(random: Random, samples: bytes, decibels: float) -> bytes:
    """The samples with white noise that many decibels below their mean power, at half the loudness."""
    numbers = array("h", samples)
    level = sqrt(sum(number * number for number in numbers) / len(numbers)) * 10 ** (-decibels / 20)
    mixed = (int((number + random.gauss(0, level)) / 2) for number in numbers)
    return array("h", (max(-32768, min(32767, number)) for number in mixed)).tobytes()


def errors(model: vosk.Model, spoken: Iterable[Spoken]) -> float:
    """Share of wrong characters."""
    pairs = [(text, hear(model, samples)) for text, samples in spoken]
    return sum(Levenshtein.distance(*pair) for pair in pairs) / sum(len(text) for text, _ in pairs)


def hear(model: vosk.Model, samples: bytes) -> str:
    """What bare Vosk hears."""
    recognizer = vosk.KaldiRecognizer(model, 16000)
    recognizer.AcceptWaveform(samples)
    return str(json.loads(recognizer.FinalResult())["text"]).replace(" ", "")


def noises(random: Random) -> list[bytes]:
    """Three seconds each of white noise, of hum and of tunes, soft and loud."""
    made = []
    for level in (50, 200, 800, 3000):
        made.append(array("h", (int(random.gauss(0, level)) for _ in range(48000))).tobytes())
        for pitch in (50, 220, 440, 1000):
            wave = (level * sin(2 * pi * pitch * (1 + n // 8000 % 3 / 4) * n / 16000) for n in range(48000))
            made.append(array("h", map(int, wave)).tobytes())
    return made


def open_model(graph_from: Iterable[str] | None, folder: Path, weights: Weights | None = None) -> vosk.Model:
    """The bundled net, with a graph built from these sentences or with the bundled one."""
    vosk.SetLogLevel(-1)
    if graph_from is None:
        return vosk.Model(str(STARTER))
    build_words(graph_from, folder / "graph", weights=weights)
    for name in ("am", "conf"):
        (folder / name).symlink_to(STARTER / name)
    return vosk.Model(str(folder))


def report() -> list[str]:
    """Error under every condition, with a graph that never saw the sentences; and noises that became words."""
    known = phrases.everything(Random(7), phrases.own_lines()[::2])
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        model = open_model(known, Path(folder))
        for name, sentences in left_out_sentences().items():
            wrong = [f"{condition} {errors(model, speech(sentences, condition)):.1%}" for condition in CONDITIONS]
            lines.append(f"characters wrong, left-out voices, left-out lines of {name}: {', '.join(wrong)}")
        worded = [bool(hear(model, sound)) for sound in noises(Random(5))]
        return [*lines, f"noise: words heard in {sum(worded)} of {len(worded)} noises"]
