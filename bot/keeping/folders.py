"""Where files lie: everything below one folder, readable by its owner only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DATABASE = "linsheng.db"


@dataclass(frozen=True)
class Folders:
    """Where files lie."""

    data: Path

    def __post_init__(self) -> None:
        """Make them, readable by their owner only."""
        for folder in (self.data, self.spool, self.pictures, self.made):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def spool(self) -> Path:
        """Recordings that wait to be heard."""
        return self.data / "spool"

    @property
    def pictures(self) -> Path:
        """Photographs."""
        return self.data / "pictures"

    @property
    def made(self) -> Path:
        """Files that were made for somebody and wait to be sent."""
        return self.data / "made"
