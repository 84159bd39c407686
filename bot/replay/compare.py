"""``linsheng talk``: replays files and shows where they differ."""

from __future__ import annotations

import asyncio
import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.config import ConfigError
from bot.replay import talk
from bot.replay.script import ScriptError


def files(paths: Sequence[Path], rewrite: bool) -> int:
    """Replay each file; 0 when all are as written (or were written anew), else 1."""
    same = [_one(path, rewrite) for path in paths]
    return 0 if all(same) else 1


def _one(path: Path, rewrite: bool) -> bool:
    try:
        text = path.read_text(encoding="utf-8")
        played = asyncio.run(talk.replay(text))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except (ScriptError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from None
    if rewrite and played != text:
        path.write_text(played, encoding="utf-8")
        print(f"{path}: rewritten")
    elif played != text:
        sys.stdout.writelines(difflib.unified_diff(text.splitlines(True), played.splitlines(True), str(path), "played"))
    return rewrite or played == text
