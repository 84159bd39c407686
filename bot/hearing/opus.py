"""Samples as a voice note, the kind that messengers play by themselves; only this wing knows the codecs."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO

RATE = 48000
_BITS = 24000


def voice_note(samples: bytes, rate: int) -> bytes:
    """16-bit mono samples as OGG/Opus."""
    import av

    out = BytesIO()
    with av.open(out, "w", format="ogg", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono", options={"application": "voip"})
        stream.bit_rate = _BITS
        resampler = av.AudioResampler(
            format=stream.codec_context.format.name,
            layout="mono",
            rate=RATE,
            frame_size=stream.codec_context.frame_size,
        )
        whole = av.AudioFrame(format="s16", layout="mono", samples=len(samples) // 2)
        plain = samples[: len(samples) // 2 * 2]
        whole.planes[0].update(plain + bytes(whole.planes[0].buffer_size - len(plain)))
        whole.sample_rate, whole.time_base = rate, Fraction(1, rate)
        for frame in [*resampler.resample(whole), *resampler.resample(None)]:
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()
