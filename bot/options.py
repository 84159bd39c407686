"""What several commands share: the option that names the settings file, and the settings in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import config
from bot.config import ConfigError, Settings

ConfigFile = Annotated[Path | None, typer.Option("--config", help="The TOML file, see config.example.toml.")]


def required(config_file: Path | None) -> Settings:
    """The settings of the file, which must be named; raises :class:`ConfigError`."""
    if config_file is None:
        raise ConfigError("--config FILE is missing; config.example.toml shows every setting")
    return config.load(config_file)
