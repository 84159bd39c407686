"""What the log hears: ids only, never a word that a canary sings."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection


class Ears(logging.Handler):
    """Listens to every line of every log, tracebacks included."""

    def __init__(self, canaries: Collection[str], note: Callable[[str], None]) -> None:
        """``note`` is told of what should not have been written."""
        super().__init__(logging.INFO)
        self._canaries, self._note = canaries, note
        self._form = logging.Formatter()

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one line."""
        line = self._form.format(record)
        for canary in self._canaries:
            if canary in line:
                self._note(f"canary {canary} in the log: {record.name}")
        if record.exc_info:
            self._note(f"log: {record.name}: {line.splitlines()[-1]}")
