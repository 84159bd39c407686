"""The forms, one TOML file each, wherever a wing keeps some: ``handlers/<wing>/flows/<name>.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from models.dialogues import Flow, Slot

Answers = Mapping[str, Mapping[str, tuple[str, ...]]]


def load(answers: Answers = {}) -> dict[str, Flow]:  # noqa: B006
    """Every installed flow by its name, in the order of the menu; ``answers`` are what the configuration offers."""
    wings = (wing.joinpath("flows") for wing in files("handlers").iterdir() if wing.joinpath("flows").is_dir())
    entries = (entry for folder in wings for entry in folder.iterdir() if entry.name.endswith(".toml"))
    tables = [(entry.name[:-5], tomllib.loads(entry.read_text(encoding="utf-8"))) for entry in entries]
    ordered = sorted(tables, key=lambda item: (item[1].get("order", 99), item[0]))
    return {name: _flow(name, table, answers) for name, table in ordered}


def _flow(name: str, table: dict[str, Any], answers: Answers) -> Flow:
    slots = tuple(_slot(slot, answers) for slot in table["slots"])
    home = {kind: tuple(keys) for kind, keys in table.get("home", {}).items()}
    return Flow(
        name, table["life"], tuple(table["intents"]), slots, table["label"], table["queue"], home, table.get("module"),
        table.get("hands", 1), tuple(table.get("vetted", ())),
    )  # fmt: skip


def _slot(table: dict[str, Any], offered: Answers) -> Slot:
    answers = {key: tuple(words) for key, words in table.get("answers", {}).items()}
    answers |= offered.get(table.get("answers_of", ""), {})
    unless = {slot: tuple(values) for slot, values in table.get("unless", {}).items()}
    return Slot(table["name"], table["kind"], table.get("required", True), answers, unless)
