"""A workbook as rows of plain text; what a spreadsheet can hide (merged cells, formulas, dates) is named, never guessed."""

from __future__ import annotations

import unicodedata
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.faults import Fault

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST = 200_000_000
"""Bytes that a workbook may unpack to."""
TITLES = 10
"""Rows above the header that may hold a title."""


class NoTable(Fault):
    """The file is no workbook, or none of its sheets has the header that is needed."""


@dataclass
class Table:
    """One sheet: its rows under the keys of their columns, and what is wrong with single cells."""

    name: str
    headers: Mapping[str, str]
    """Key of a column → its header in this sheet."""
    ignored: tuple[str, ...]
    """Headers that mean nothing to us."""
    rows: dict[int, dict[str, str]] = field(default_factory=dict)
    """Number of a row, as the spreadsheet shows it → key → text."""
    faults: list[str] = field(default_factory=list)
    """One line each: row, column, what is wrong."""


def read(path: Path, names: Mapping[str, str], needed: str) -> Table:
    """The first sheet with a column ``needed``; ``names`` are header → key. Raises :class:`NoTable` in one line."""
    book = _open(path)
    try:
        for sheet in book.worksheets:
            if (table := _table(path, sheet, names, needed)) is not None:
                return table
        headers = sorted({header for header, key in names.items() if key == needed})
        raise NoTable(path.name, "header", f"no sheet has a column {' / '.join(headers)} in its first {TITLES} rows")
    finally:
        book.close()


def _open(path: Path) -> Any:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise NoTable(path.name, "", f"unpacks to more than {LARGEST // 1_000_000} MB")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(path)
    except OSError as fault:
        raise NoTable(path.name, "", fault.strerror or "cannot be read") from None
    except NoTable:
        raise
    except Exception as fault:  # whatever a foreign file does to the library that reads it
        raise NoTable(path.name, "", f"is no xlsx workbook ({type(fault).__name__})") from None


def _table(path: Path, sheet: Worksheet, names: Mapping[str, str], needed: str) -> Table | None:
    """The sheet's table, or None when it has no such header."""
    for number, cells in enumerate(sheet.iter_rows(min_row=1, max_row=TITLES), 1):
        found = {cell.column: tidy(cell.value) for cell in cells if cell.value is not None}
        keys = {column: names[header] for column, header in found.items() if header in names}
        if needed in keys.values():
            _refuse_doubles(path, keys, found)
            headers = {key: found[column] for column, key in keys.items()}
            table = Table(sheet.title, headers, tuple(found[column] for column in found if column not in keys))
            _fill(table, sheet, keys, number)
            return table
    return None


def _refuse_doubles(path: Path, keys: Mapping[int, str], found: Mapping[int, str]) -> None:
    seen: dict[str, str] = {}
    for column, key in keys.items():
        if key in seen:
            raise NoTable(path.name, "header", f"{seen[key]} and {found[column]} mean the same column; leave one")
        seen[key] = found[column]


def _fill(table: Table, sheet: Worksheet, keys: Mapping[int, str], header: int) -> None:
    for merged in sheet.merged_cells.ranges:
        inside = [keys[column] for column in range(merged.min_col, merged.max_col + 1) if column in keys]
        if inside and merged.max_row > header:
            first = max(merged.min_row, header + 1)
            table.faults.append(f"row {first}, {table.headers[inside[0]]}: merged cells ({merged.coord}); split them")
    for cells in sheet.iter_rows(min_row=header + 1):
        row = {keys[cell.column]: cell for cell in cells if cell.column in keys and cell.value is not None}
        read_row = {key: text for key, cell in row.items() if (text := _text(table, key, cell))}
        if read_row:
            table.rows[cells[0].row] = read_row


def _text(table: Table, key: str, cell: Any) -> str:
    if cell.data_type == "f":
        table.faults.append(f"row {cell.row}, {table.headers[key]}: is a formula; paste its value")
        return ""
    if cell.data_type == "e":
        table.faults.append(f"row {cell.row}, {table.headers[key]}: holds the error {cell.value}")
        return ""
    if isinstance(cell.value, datetime):
        table.faults.append(
            f"row {cell.row}, {table.headers[key]}: the spreadsheet made a date of it; format it as text"
        )
        return ""
    return tidy(cell.value)


def tidy(value: object) -> str:
    """A cell as text: half-width, without blanks around it; a whole number without its decimal point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", str(value))
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())
