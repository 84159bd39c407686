"""Sound files of every kind a phone or a browser sends, written and read with PyAV."""

from __future__ import annotations

from io import BytesIO

import av

KINDS = {
    "ogg": ("ogg", "libopus", 48000, 24000),
    "webm": ("webm", "libopus", 48000, 24000),
    "amr": ("amr", "libopencore_amrnb", 8000, 12200),
    "mp4": ("mp4", "aac", 44100, 64000),
    "m4a": ("ipod", "aac", 44100, 64000),
    "mp3": ("mp3", "libmp3lame", 44100, 64000),
    "wav": ("wav", "pcm_s16le", 16000, 0),
}
"""Ending → container, codec, samples a second, bits a second."""


def resample(samples: bytes, rate: int, to: int) -> bytes:
    """16-bit mono sound at another rate."""
    return b"".join(bytes(frame.planes[0])[: frame.samples * 2] for frame in _frames(samples, rate, to, "s16"))


def encode(samples: bytes, rate: int, kind: str) -> bytes:
    """16-bit mono sound as a file of the given kind, the same bytes for the same sound."""
    container_name, codec, to, bits = KINDS[kind]
    out = BytesIO()
    with av.open(out, "w", format=container_name, options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream(
            codec, rate=to, layout="mono", options={"application": "voip"} if "opus" in codec else {}
        )
        if bits:
            stream.bit_rate = bits
        layout = stream.codec_context.format.name
        for frame in _frames(samples, rate, to, layout, stream.codec_context.frame_size or 1024):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def decode(data: bytes, to: int = 16000) -> bytes:
    """A trusted sound file as 16-bit mono; files from outside go through ``bot.hearing.decode`` instead."""
    resampler, parts = av.AudioResampler(format="s16", layout="mono", rate=to), []
    with av.open(BytesIO(data)) as container:
        for frame in container.decode(audio=0):
            parts += resampler.resample(frame)
    parts += resampler.resample(None)
    return b"".join(bytes(part.planes[0])[: part.samples * 2] for part in parts)


def _frames(samples: bytes, rate: int, to: int, layout: str, size: int = 0) -> list[av.AudioFrame]:
    """The sound as frames in another rate, sample format and frame size."""
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples) // 2)
    frame.planes[0].update(
        samples[: len(samples) // 2 * 2] + b"\0" * (frame.planes[0].buffer_size - len(samples) // 2 * 2)
    )
    frame.sample_rate = rate
    resampler = av.AudioResampler(format=layout, layout="mono", rate=to, frame_size=size or None)
    return [*resampler.resample(frame), *resampler.resample(None)]
