"""An empty list to fill in: the columns that are read, one example, and a choice where a cell has only some words."""

from __future__ import annotations

from pathlib import Path

from bot.people import cells

ROWS = 2000
"""Rows that are prepared."""
LEFT_OUT = frozenset({"address", "household"})
"""Columns that are understood and need not be in an empty list."""


def write(path: Path) -> None:
    """Write the workbook; raises ``OSError``."""
    import xlsxwriter

    shown = {key: column for key, column in cells.columns().items() if key not in LEFT_OUT}
    with path.open("xb") as file, xlsxwriter.Workbook(file) as book:
        text = book.add_format({"num_format": "@", "font_size": 12})
        head = book.add_format({"bold": True, "font_size": 12, "bg_color": "#DDEBF7", "border": 1})
        sheet = book.add_worksheet("名单")
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(shown.values()):
            sheet.set_column(place, place, 14, text)
            sheet.write_string(0, place, column["names"][0], head)
            sheet.write_string(1, place, column["example"], text)
            if words := [some[0] for some in column.get("values", {}).values()]:
                sheet.data_validation(1, place, ROWS, place, {"validate": "list", "source": words})
