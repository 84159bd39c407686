"""What a room, a telephone and a street do to a voice: noise, echo, loudness."""

from __future__ import annotations

import numpy as np

Sound = np.ndarray
"""One-dimensional float32 in -1..1."""


def noise(random: np.random.Generator, size: int, kind: str, rate: int = 16000) -> Sound:
    """Noise of one kind with mean power 1."""
    if kind == "hum":
        ticks = np.arange(size) / rate
        made = sum(np.sin(2 * np.pi * 50 * n * ticks + random.uniform(0, 6)) / n for n in range(1, 9))
    elif kind == "tune":
        notes = 220 * 2 ** (random.integers(0, 25, size // 3200 + 1) / 12)
        phase = np.cumsum(np.repeat(notes, 3200)[:size]) * 2 * np.pi / rate
        made = np.sin(phase) + 0.5 * np.sin(2 * phase) + 0.25 * np.sin(3 * phase)
    else:
        made = coloured(random, size, {"white": 0.0, "pink": 0.5, "low": 1.0}[kind])
    made = np.asarray(made, dtype=np.float32)
    return made / (np.sqrt(np.mean(made**2)) + 1e-9)


def coloured(random: np.random.Generator, size: int, slope: float) -> Sound:
    """Noise whose amplitude falls with frequency to the power of ``slope``."""
    whole = 1 << size.bit_length()
    spectrum = np.fft.rfft(random.standard_normal(whole))
    spectrum /= np.maximum(np.arange(len(spectrum)) * 16000 / whole, 60.0) ** slope
    return np.fft.irfft(spectrum, whole)[:size]


def add(sound: Sound, other: Sound, decibels: float) -> Sound:
    """Mix another sound in, ``decibels`` below the loud parts of the first."""
    loud = np.sqrt(np.mean(sound**2) + 1e-12)
    return sound + np.resize(other, len(sound)) * (loud * 10 ** (-decibels / 20))


def echo(random: np.random.Generator, sound: Sound, rate: int = 16000) -> Sound:
    """The sound in a small room: the direct sound and a decaying tail."""
    seconds = random.uniform(0.08, 0.35)
    size = int(seconds * rate)
    tail = random.standard_normal(size) * np.exp(-6.9 * np.arange(size) / size) * random.uniform(0.02, 0.1)
    tail[0] = 1.0
    length = 1 << (len(sound) + size).bit_length()
    return np.fft.irfft(np.fft.rfft(sound, length) * np.fft.rfft(tail, length), length)[: len(sound)].astype(np.float32)


def gain(random: np.random.Generator, sound: Sound) -> Sound:
    """The sound with a random peak between -26 dB and slightly clipped."""
    peak = float(np.max(np.abs(sound))) + 1e-6
    return np.clip(sound * (10 ** (random.uniform(-26, 1) / 20) / peak), -1, 1).astype(np.float32)


def pad(random: np.random.Generator, sound: Sound, rate: int = 16000) -> Sound:
    """The sound with a moment of silence before and after."""
    before, after = (np.zeros(int(random.uniform(0.05, 0.7) * rate), np.float32) for _ in range(2))
    return np.concatenate([before, sound, after])


def to_bytes(sound: Sound) -> bytes:
    """As 16-bit samples."""
    return (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()


def from_bytes(samples: bytes) -> Sound:
    """From 16-bit samples."""
    return np.frombuffer(samples, "<i2").astype(np.float32) / 32768
