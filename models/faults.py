"""What is wrong with a file that was handed in: one line that names the file, the key, and what was expected."""

from __future__ import annotations


class Fault(ValueError):
    """``file: key: what was expected``; whoever starts the program reads it, never a resident."""

    def __init__(self, file: str, key: str, expected: str) -> None:
        """Put the three together, in one line."""
        super().__init__(": ".join(part for part in (file, key, " ".join(expected.split())) if part))
