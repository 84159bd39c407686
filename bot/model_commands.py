"""``linsheng model``: which speech models there are, fetching one, and whether one works."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.options import ConfigFile

app = typer.Typer(no_args_is_help=True, help="Speech models.")


@app.command("list")
def model_list(config_file: ConfigFile = None) -> None:
    """The models that are known, and which of them are here."""
    from bot import listening
    from bot.hearing import commands

    raise typer.Exit(commands.model_list(listening.with_model(config_file, "starter")))


@app.command("get")
def model_get(
    name: str,
    config_file: ConfigFile = None,
    yes: Annotated[bool, typer.Option("--yes", help="Agree to a licence that wants it.")] = False,
) -> None:
    """Fetch a model: with progress, resumed, verified, unpacked safely."""
    from bot import listening
    from bot.hearing import commands

    raise typer.Exit(commands.model_get(name, listening.with_model(config_file, name), yes))


@app.command("check")
def model_check(name: Annotated[str, typer.Argument()] = "starter", config_file: ConfigFile = None) -> None:
    """Whether a model works on this machine."""
    from bot import listening
    from bot.hearing import commands

    raise typer.Exit(commands.model_check(listening.with_model(config_file, name)))
