"""Speech models: which there are, which are here, and how one is fetched so that a failure changes nothing."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.error import URLError

from bot.hearing.archive import Unsafe, discard, unpack
from bot.hearing.fetch import Refused, digest, fetch
from bot.hearing.messages import say
from bot.hearing.recognize import fault_of
from bot.hearing.settings import HearingSettings


class ModelError(Exception):
    """One line for the person who runs the command."""


@dataclass(frozen=True)
class Source:
    """A model that can be fetched; an empty ``sha256`` means that none was published."""

    name: str
    title: str
    licence: str
    size: int
    unpacked: int
    sha256: str
    source: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("bot.hearing").joinpath("models.toml").read_text("utf-8"))


def sources() -> dict[str, Source]:
    """Models that can be fetched, by name."""
    return {name: Source(name, **row) for name, row in _table().items() if isinstance(row, dict)}


def get(name: str, settings: HearingSettings, source: Source | None = None) -> tuple[Path, bool]:
    """Fetch, verify and unpack a model; its folder, and whether a checksum was there to verify it.

    Raises :class:`ModelError`; then the folder of models holds what it held before, and perhaps a part to resume from.
    """
    source = source or sources().get(name)
    if source is None:
        raise ModelError(say("unknown", name=name, names="、".join(sources())))
    folder = settings.models / source.name
    if fault_of(folder) is None:
        raise ModelError(say("present", path=folder))
    settings.models.mkdir(parents=True, exist_ok=True)
    _check_room(settings.models, source)
    archive = _fetched(source, settings)
    _install(archive, folder, source)
    return folder, bool(source.sha256)


def _check_room(models: Path, source: Source) -> None:
    wanted = source.size + source.unpacked // 2
    if shutil.disk_usage(models).free < wanted:
        raise ModelError(say("room", wanted=wanted // 1_000_000))


def address(name: str, settings: HearingSettings) -> str:
    """Where a model's archive lies."""
    return (settings.mirror or str(_table()["base"])).rstrip("/") + f"/{name}.zip"


def _fetched(source: Source, settings: HearingSettings) -> Path:
    """The whole verified archive."""
    url = address(source.name, settings)
    part = settings.models / f"{source.name}.zip.part"
    try:
        fetch(url, part, source.size, settings.proxy)
    except Refused as error:
        raise ModelError(say("refused", url=url, reason=error)) from None
    except OSError as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise ModelError(say("offline", url=url, reason=reason)) from None
    except KeyboardInterrupt:
        raise ModelError(say("interrupted")) from None
    return _verified(part, source, url)


def _verified(part: Path, source: Source, url: str) -> Path:
    """The archive if it is what was asked for; otherwise it goes. One that merely stopped early is kept."""
    found = part.stat().st_size
    if source.size and found < source.size:
        raise ModelError(say("offline", url=url, reason=f"{found} / {source.size}"))
    if source.size and found != source.size:
        part.unlink()
        raise ModelError(say("size", wanted=source.size, found=found))
    if source.sha256 and digest(part) != source.sha256:
        part.unlink()
        raise ModelError(say("checksum"))
    return part


def _install(archive: Path, folder: Path, source: Source) -> None:
    """Unpack beside the folder, look whether it is a model, and only then move it into place."""
    draft = folder.with_name(f".{source.name}.new")
    discard(draft)
    try:
        unpack(archive, draft, source.unpacked)
        fault = fault_of(draft)
        if fault:
            raise ModelError(say("unfit", reason=fault))
        (draft / "ORIGIN").write_text(f"{source.name} sha256 {source.sha256 or 'unknown'}\n", "utf-8")
        discard(folder)
        draft.rename(folder)
    except Unsafe as error:
        raise ModelError(say("unsafe", reason=error)) from None
    except OSError as error:
        raise ModelError(
            say("room", wanted=source.unpacked // 1_000_000) if error.errno == 28 else str(error)
        ) from None
    finally:
        discard(draft)
        archive.unlink(missing_ok=True)
