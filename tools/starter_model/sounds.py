"""Spoken random words as training examples: features and the sounds they are labelled with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import kaldi_native_fbank as kaldi
import numpy as np
from pypinyin import Style, lazy_pinyin
from pypinyin.phrases_dict import phrases_dict
from tqdm import tqdm

from tools.starter_model import codecs, spoil
from tools.starter_model.speak import RATE, phonemes, speak, voices
from tools.starter_model.toned import toned_units_of
from tools.starter_model.voices import LEFT_OUT

KNOWN = ("", *(name for name in voices() if name not in LEFT_OUT))
"""All other voices, and the plain one."""
_SHARD = 100
Example = tuple[np.ndarray, tuple[int, ...]]
"""Features (frames × 40, half precision) and numbers of toned units."""


@cache
def vocabulary() -> tuple[tuple[str, ...], ...]:
    """Words of one, of two or three and of four characters whose reading speaker and dictionary agree on."""
    common = [bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)]
    phrases = [word for word in phrases_dict if 2 <= len(word) <= 4 and all("一" <= sign <= "龥" for sign in word)]
    words = [word for word in [*common, "嗯", *phrases] if toned_units_of(word) and _agreed(word)]
    return tuple(tuple(word for word in words if len(word) in sizes) for sizes in ((1,), (2, 3), (4,)))


def _agreed(word: str) -> bool:
    """Whether the characters and their pinyin are spoken alike."""
    spelled = " ".join(lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True))
    plain = [re.sub(r"[\d'_| -]", "", text) for text in (phonemes(word), phonemes(spelled, "cmn-latn-pinyin"))]
    return word == "嗯" or plain[0] == plain[1]


def say(random: np.random.Generator, words: list[str], voice: str) -> bytes:
    """The words at 16 kHz, with a random speed, pitch and size of mouth."""
    pauses = [word + ("," if random.random() < 0.08 else "") for word in words]
    text, language = "".join(pauses), "cmn"
    if random.random() < 0.15:
        text, language = (
            " ".join(lazy_pinyin(pauses, style=Style.TONE3, neutral_tone_with_five=True)),
            "cmn-latn-pinyin",
        )
    samples = speak(
        text,
        voice,
        speed=int(random.integers(85, 200)),
        pitch=int(random.integers(15, 85)),
        spread=int(random.integers(25, 75)),
        language=language,
        seed=int(random.integers(1, 2**31)),
    )
    warp = random.uniform(0.88, 1.14) if random.random() < 0.6 else 1.0
    return codecs.resample(samples, int(RATE * warp), 16000)


def disturb(random: np.random.Generator, sound: spoil.Sound, babble: spoil.Sound) -> bytes:
    """Silence, room, noise and loudness, then perhaps a telephone's codec."""
    sound = spoil.pad(random, sound)
    if random.random() < 0.25:
        sound = spoil.echo(random, sound)
    if random.random() < 0.75:
        kind = random.choice(["white", "pink", "low", "hum", "tune", "babble"], p=[0.35, 0.25, 0.15, 0.05, 0.05, 0.15])
        other = babble if kind == "babble" else spoil.noise(random, len(sound), str(kind))
        sound = spoil.add(sound, other, random.uniform(14 if kind == "babble" else 7, 40))
    samples = spoil.to_bytes(spoil.gain(random, sound))
    codec = random.choice(["", "ogg", "amr", "mp3"], p=[0.45, 0.25, 0.25, 0.05])
    return codecs.decode(codecs.encode(samples, 16000, str(codec))) if codec else samples


def features(samples: bytes) -> np.ndarray:
    """The numbers that Vosk computes from the same samples (conf/mfcc.conf)."""
    options = kaldi.MfccOptions()
    options.frame_opts.samp_freq, options.frame_opts.dither, options.use_energy = 16000, 0.0, False
    options.mel_opts.num_bins, options.num_ceps = 40, 40
    options.mel_opts.low_freq, options.mel_opts.high_freq = 20, 7600
    computer = kaldi.OnlineMfcc(options)
    computer.accept_waveform(16000, np.frombuffer(samples, "<i2").astype(np.float32).tolist())
    computer.input_finished()
    return np.stack([computer.get_frame(n) for n in range(computer.num_frames_ready)]).astype(np.float16)


def _choose(random: np.random.Generator, words: tuple[tuple[str, ...], ...]) -> list[str]:
    """A few random words; single characters and pairs are what people say most."""
    pools = random.choice(3, int(random.integers(1, 7)), p=[0.3, 0.6, 0.1])
    return [words[pool][random.integers(len(words[pool]))] for pool in pools]


def _shard(number: int, words: tuple[tuple[str, ...], ...], names: tuple[str, ...]) -> list[Example]:
    """A hundred examples, the same for the same number."""
    random = np.random.default_rng([7, number])
    babble, made = spoil.noise(random, 64000, "pink"), []
    for _ in range(_SHARD):
        quiet = random.random() < 0.04
        chosen = [] if quiet else _choose(random, words)
        spoken = np.zeros(int(random.uniform(0.5, 4) * 16000), np.float32)
        if chosen:
            spoken = spoil.from_bytes(say(random, chosen, str(random.choice(names))))
        labels = tuple(unit for word in chosen for unit in toned_units_of(word) or ())
        made.append((features(disturb(random, spoken + 1e-4 * quiet, babble)), labels))
        babble = _crowd(random, babble, spoken) if chosen else babble
    return made


def _crowd(random: np.random.Generator, babble: spoil.Sound, voice: spoil.Sound) -> spoil.Sound:
    """The murmur of several voices, kept up with each new one."""
    mixed = 0.8 * babble + np.resize(voice / (np.sqrt(np.mean(voice**2)) + 1e-6), len(babble))
    return (mixed / (np.sqrt(np.mean(mixed**2)) + 1e-6)).astype(np.float32)


def make(count: int, names: tuple[str, ...], first: int = 0, workers: int = 2) -> Iterator[Example]:
    """``count`` examples in the named voices, with a progress bar; ``first`` numbers the hundred to begin with."""
    words, shards = vocabulary(), range(first, first + count // _SHARD)
    with ProcessPoolExecutor(workers) as pool, tqdm(total=count, desc="sounds", unit="sentence") as bar:
        for made in pool.map(_shard, shards, [words] * len(shards), [names] * len(shards)):
            bar.update(len(made))
            yield from made


def save(examples: Iterator[Example], file: Path) -> None:
    """Write examples to one file that :func:`load` reads back."""
    found = list(examples)
    np.savez(
        file,
        frames=np.concatenate([x for x, _ in found]),
        sizes=[len(x) for x, _ in found],
        labels=[unit for _, y in found for unit in y],
        lengths=[len(y) for _, y in found],
    )


def load(file: Path) -> list[Example]:
    """Examples that :func:`save` wrote."""
    data = np.load(file)
    frames = np.split(data["frames"], np.cumsum(data["sizes"])[:-1])
    labels = np.split(data["labels"], np.cumsum(data["lengths"])[:-1])
    return [(x, tuple(int(unit) for unit in y)) for x, y in zip(frames, labels, strict=True)]
