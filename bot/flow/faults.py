"""What a log may say of a fault: where it happened, and none of its words."""

from __future__ import annotations

import traceback
from pathlib import Path


def where(fault: BaseException) -> str:
    """Files and lines, innermost first; never the fault's own words, which may quote people."""
    frames = traceback.extract_tb(fault.__traceback__)[-4:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
