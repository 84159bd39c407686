"""The town under attack, and the server it talks to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.town import Town
from tests.attack.wire import Wire


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Town]:
    with Wire() as wire:
        yield Town(tmp_path, wire)
