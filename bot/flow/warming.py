"""Understanding is warmed once before the first line, so that nobody waits for phrases to be read from disk."""

from __future__ import annotations

import gc

from models.meaning import Context
from nlu.parse import parse

WARM = ("您好", "厨房的灯不亮了,没有危险")
"""Understood once before anything else, so that nobody waits for phrases to be read from disk."""


def warm(context: Context) -> None:
    """Compile the words of understanding; they stay for good, so the collector of garbage is spared them now and later."""
    first = not gc.get_freeze_count()
    gc.disable()
    try:
        for line in WARM:
            parse(line, context)
    finally:
        if first:
            gc.freeze()
        gc.enable()
