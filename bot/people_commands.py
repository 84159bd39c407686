"""``linsheng people``: the community's list of residents, brought in from a workbook, and an empty one to fill in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot.config import ConfigError
from bot.options import ConfigFile, required

app = typer.Typer(no_args_is_help=True, help="The list of residents.")
Item = TypeVar("Item")


@app.command("import")
def people_import(
    file: Annotated[Path, typer.Argument(help="The list, an xlsx workbook.")],
    config_file: ConfigFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")] = False,
) -> None:
    """Bring a list in: all of it or nothing, any number of times; the service may run meanwhile."""
    from bot.people import importing

    report = asyncio.run(importing.run(required(config_file), file, dry_run, _watched))
    for line in (*report.lines, *importing.faults(report)):
        print(line)
    importing.refuse(file, report)


@app.command("template")
def people_template(file: Annotated[Path, typer.Argument(help="Where the empty list is written.")]) -> None:
    """An empty list to fill in, with one example and the columns that are read."""
    from bot.people import template

    try:
        template.write(file)
    except OSError as fault:
        raise ConfigError(f"{file}: {fault.strerror}") from None
    print(f"written: {file}; delete the example, one person a row, then: linsheng people import {file.name} --dry-run")


def _watched(things: Iterable[Item], doing: str, count: int) -> Iterator[Item]:
    """Pass things on with a bar on the terminal; nothing is shown where there is none."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(things, doing, count, console=console, transient=True, disable=not console.is_terminal)
