"""Turns one sound file into 16 kHz samples in a process of its own that may be killed.

    service ──files──► nursery (has PyAV loaded) ──fork──► child: one note, then gone

The child gets two open files, the sound and a pipe for its answer, and can open no third one: whatever a file asks
FFmpeg to read or to call is refused by the kernel. Time, memory and the length of the sound are limited there as well.
The answer is one line of JSON (a :class:`Sound` without its samples) and then the samples.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sys
import time
from array import array
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from struct import pack
from typing import IO, Any

from bot.hearing.containers import container_of

RATE = 16000
_BYTES_A_SECOND = RATE * 2
_BLOCK = RATE // 50
"""Samples of the stretch whose loudness is looked at: 20 ms."""
_MEGABYTE = 1 << 20
_LONGEST_LINE = 4096
_STATUS = Path("/proc/self/statm")
"""Where Linux tells how much memory a process has mapped."""


@dataclass(frozen=True)
class Limits:
    """What one note may cost."""

    sound_seconds: float = 120.0
    seconds: int = 20
    memory: int = 256
    """Megabytes above what the nursery holds."""


@dataclass(frozen=True)
class Sound:
    """A decoded note; loudness is of 32767: the loudest moment, and what nine tenths and one tenth of it stay below."""

    seconds: float = 0.0
    peak: int = 0
    level: int = 0
    floor: int = 0
    cut: bool = False
    """More followed after the longest sound that is heard."""
    error: str | None = None
    samples: bytes = b""


def nurse(channel: socket.socket, ready: int) -> None:
    """Fork a child for every pair of files that arrives on the channel, until it closes; ``ready`` is closed once it may."""
    _warm_up()
    os.close(ready)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        message, files, _, _ = socket.recv_fds(channel, _LONGEST_LINE, 2)
        if not message:
            return
        if os.fork() == 0:
            channel.close()
            _answer(files[0], files[1], Limits(**json.loads(message)))
        for file in files:
            os.close(file)


def _warm_up() -> None:
    """Decode a moment of silence, so that a child finds every module loaded: it cannot open one."""
    head = pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 676, b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", 640)
    for data in (head + bytes(640), b"OggS"):
        decode(BytesIO(data), Limits())


def _answer(source: int, target: int, limits: Limits) -> None:
    """Decode one file, write the answer and end the process."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _confine(limits)
    with os.fdopen(source, "rb") as file:
        sound = decode(file, limits)
    with os.fdopen(target, "wb") as out:
        out.write(json.dumps({**asdict(sound), "samples": len(sound.samples)}).encode() + b"\n")
        out.write(sound.samples)
    os._exit(0)


def _confine(limits: Limits) -> None:
    """Let the kernel hold this process to its limits: no further file or socket, no more memory, no more time."""
    if _STATUS.exists():
        held = int(_STATUS.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + limits.memory * _MEGABYTE,) * 2)
    for kind, value in ((resource.RLIMIT_CPU, limits.seconds), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 0)):
        resource.setrlimit(kind, (value, value))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits.seconds)


def decode(file: IO[bytes], limits: Limits) -> Sound:
    """The sound of an open file up to the limits; an error is part of the answer."""
    import av

    container = container_of(file.read(16))
    file.seek(0)
    if container is None:
        return Sound(error="broken")
    samples, most, cut, begun = bytearray(), int(limits.sound_seconds * RATE) * 2, False, time.monotonic()
    try:
        with av.open(file, format=container) as source:
            for part in _parts(source):
                samples += part
                cut = len(samples) > most or time.monotonic() - begun > limits.seconds / 2
                if cut:
                    break
    except (av.error.FFmpegError, ValueError, IndexError, OSError, MemoryError):
        pass  # a note that ends in the middle is heard up to there
    return _measured(bytes(samples[:most]), cut)


def _parts(source: Any) -> Iterator[bytes]:
    """Samples of the first sound track, packet by packet; a packet that cannot be read is 20 ms of silence."""
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    for packet in source.demux(source.streams.audio[0]):
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            yield bytes(_BLOCK * 2)
            continue
        for frame in frames:
            yield from map(_plain, resampler.resample(frame))
    yield from map(_plain, resampler.resample(None))


def _plain(frame: Any) -> bytes:
    """The samples of a frame without the padding behind them."""
    return bytes(memoryview(frame.planes[0])[: frame.samples * 2])


def _measured(samples: bytes, cut: bool) -> Sound:
    """The answer for decoded samples."""
    numbers = array("h", samples)
    peaks = sorted(max(max(block), -min(block)) for block in _blocks(numbers)) or [0]
    level, floor = peaks[int(len(peaks) * 0.9)], peaks[len(peaks) // 10]
    error = None if samples else "broken"
    return Sound(len(samples) / _BYTES_A_SECOND, min(peaks[-1], 32767), min(level, 32767), floor, cut, error, samples)


def _blocks(numbers: array[int]) -> Iterator[array[int]]:
    """Stretches of 20 ms."""
    return (numbers[start : start + _BLOCK] for start in range(0, len(numbers), _BLOCK))


if __name__ == "__main__":
    nurse(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]))
