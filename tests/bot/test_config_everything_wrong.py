"""Every key of the file with everything that is no value for it: accepted, or refused in one line; never anything else."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.keeping.folders import Folders

VALUES = (
    "5",
    "0",
    "-1",
    "1e308",
    "nan",
    "99999999999999999999",
    "true",
    '""',
    '"x"',
    '"\\u0000"',
    '"²"',
    '"99:99"',
    '"09:00Z"',
    '"9999-12-31"',
    "09:00:00",
    "1979-05-27",
    "1979-05-27T07:32:00Z",
    "[]",
    "[[]]",
    "[1, 1]",
    '["", "x"]',
    "{}",
    '{ "" = {} }',
    '{ x = { x = "x" } }',
    "[{ }]",
)


def keys() -> list[tuple[str, str]]:
    """Table and key of every setting; the table alone under an empty key."""
    found = []
    for name, section in config.whole().model_fields.items():
        kind: Any = section.annotation
        names = [one.name for one in fields(kind)] if is_dataclass(kind) else list(getattr(kind, "model_fields", ()))
        found += [(name, ""), *((name, key) for key in names)]
    service = [("services.x", key) for key in config.ServiceSection.model_fields]
    queue = [("queues.x", key) for key in config.QueueSection.model_fields]
    return [*found, *service, *queue]


@pytest.mark.parametrize(("table", "key"), keys())
def test_one_line_or_a_house(table: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINSHENG_TELEGRAM__TOKEN", "1:geheim")
    monkeypatch.setattr(config.Settings, "_sentences", lambda self: ())
    file = tmp_path / "c.toml"
    before = 'names = ["x"]\n' if table == "services.x" and key != "names" else ""
    for value in VALUES:
        line = f"[{table}]\n{before}{key} = {value}\n" if key else f"{table} = {value}\n"
        file.write_text(line, encoding="utf-8")
        try:
            settings = config.load(file)
            settings.house()
        except config.WRONG as refused:
            assert "\n" not in str(refused) and len(str(refused)) < 1000, line


@pytest.mark.parametrize("folder", ["\0", "x" * 300, "/dev/null/x"])
def test_a_folder_that_cannot_be_is_refused(folder: str) -> None:
    with pytest.raises(config.ConfigError, match="folder"):
        Folders(Path(folder))


@pytest.mark.parametrize("name", ["spool", "pictures", "made"])
def test_a_file_where_a_folder_should_be_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("x")
    with pytest.raises(config.ConfigError, match=name):
        Folders(tmp_path)
