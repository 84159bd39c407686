"""Files that people write: text and tables, read so that whatever is wrong is one line with file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any, NoReturn, Protocol

from models.faults import Fault


class Readable(Protocol):
    """A file on the disk or in a package."""

    def read_bytes(self) -> bytes:
        """Everything in it."""


class Table(dict[str, Any]):
    """A table of a file; a key that is missing is named with its file and the tables around it."""

    def __init__(self, content: Mapping[str, Any], file: str, path: tuple[str, ...] = ()) -> None:
        """Keep where it stands."""
        super().__init__({key: _named(value, file, (*path, key)) for key, value in content.items()})
        self._where = (file, path)

    def __missing__(self, key: str) -> NoReturn:
        """Say what is not there."""
        file, path = self._where
        raise Fault(file, ".".join((*path, str(key))), "missing")


def _named(value: Any, file: str, path: tuple[str, ...]) -> Any:
    return Table(value, file, path) if isinstance(value, dict) else value


def text(source: Readable, file: str) -> str:
    """What stands in a file; raises :class:`Fault` for one that cannot be read, or is not written in UTF-8."""
    try:
        content = source.read_bytes()
    except IsADirectoryError:
        raise Fault(file, "", "is a folder; a file was expected") from None
    except OSError as error:
        raise Fault(file, "", error.strerror or str(error)) from None
    return decoded(content, file)


def decoded(content: bytes, file: str) -> str:
    """The text of these bytes, without the mark that some editors put before it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Fault(file, f"line {line}", "not UTF-8; save the file as UTF-8") from None


def table(source: Readable, file: str) -> Table:
    """The tables of a TOML file; raises :class:`Fault`."""
    return parsed(text(source, file), file)


def parsed(content: str, file: str) -> Table:
    """The tables of this TOML text; raises :class:`Fault`."""
    try:
        return Table(tomllib.loads(content), file)
    except tomllib.TOMLDecodeError as error:
        raise Fault(file, "", str(error)) from None
