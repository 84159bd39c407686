"""How somebody wants to be spoken to."""

from __future__ import annotations

from dataclasses import dataclass

USUAL = 115
"""Words a minute, as espeak counts them."""


@dataclass(frozen=True)
class Manner:
    """Slower, louder, or as usual."""

    slow: bool = False
    loud: bool = False

    @property
    def speed(self) -> int:
        """Words a minute."""
        return 88 if self.slow else USUAL

    @property
    def volume(self) -> int:
        """Per cent of what is usual."""
        return 190 if self.loud else 100
