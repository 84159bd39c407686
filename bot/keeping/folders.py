"""Where files lie: everything below one folder, readable by its owner only."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from bot.config import ConfigError

DATABASE = "linsheng.db"


@dataclass(frozen=True)
class Folders:
    """Where files lie."""

    data: Path

    def __post_init__(self) -> None:
        """Make them, readable by their owner only, whoever made what is there; raises :class:`ConfigError`."""
        os.umask(0o077)
        try:
            for folder in (self.data, self.spool, self.pictures, self.made):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _close(folder)
            for path in self.data.iterdir():
                _close(path)
            (self.data / ".writable").touch(0o600)
            (self.data / ".writable").unlink()
        except OSError as fault:
            raise ConfigError(f"data.folder: {fault.filename or self.data}: {fault.strerror or fault}") from None
        except ValueError as fault:
            raise ConfigError(f"data.folder: {fault}") from None

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


def _close(path: Path) -> None:
    """Nobody else may look; a file of somebody else stays as it is, nobody else's folder is ours to close."""
    mode = path.lstat().st_mode
    if not stat.S_ISLNK(mode) and mode & 0o077:
        path.chmod(stat.S_IMODE(mode) & 0o700)
