"""How long a recording is."""

from __future__ import annotations

from pathlib import Path


def seconds(file: Path) -> float:
    import av

    with av.open(str(file)) as source:
        return float(sum(frame.samples for frame in source.decode(audio=0))) / 48000
