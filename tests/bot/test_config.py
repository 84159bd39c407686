"""A broken configuration is one line that names the key or the file."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.config import ConfigError

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[comunity]\nname = 'x'", "comunity"),
        ("[community]\nnam = 'x'", "community.nam"),
        ("[timing]\nstart = 'soon'", "timing.start"),
        ("[community]\nzone = 'Mars/Olympus'", "community.zone"),
        ("[hours]\nopens = '25:00'", "hours.opens"),
        ("[telegram]\nenabled = true", "telegram.token"),
        ("[telegram]\ntoken = '1:geheim'", "telegram.token"),
        ("[community", "Expected"),
        ("[telegram]\nenabled = true\n[test]\nclock = true", "test.clock"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, text: str, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if named == "test.clock":
        monkeypatch.setenv("LINSHENG_TELEGRAM__TOKEN", "1:geheim")
    file = tmp_path / "c.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        config.load(file)
    assert named in str(error.value) and "geheim" not in str(error.value)


def _keys(section: Any) -> list[str]:
    """The keys of a table: the fields of a model, or of a frozen dataclass."""
    if is_dataclass(section):
        return [field.name for field in fields(section) if field.name != "official"]
    return list(getattr(section, "model_fields", ()))


def test_the_example_names_every_setting_and_is_valid() -> None:
    settings = config.load(ROOT / "config.example.toml")
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    for name, section in config.whole().model_fields.items():
        assert any(there in text for there in (f"[{name}]", f"[{name}.", f"\n# {name} = ")), name
        for key in _keys(section.annotation):
            if key not in ("token", "webhook_secret"):
                assert f"{key} =" in text or f"[{name}.{key}]" in text, f"{name}.{key}"
    assert settings.house().community.buildings


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (["run"], 2, "--config"),
        (["run", "--config", "nowhere.toml"], 2, "nowhere.toml"),
        (["talk", "nowhere.chat"], 2, "nowhere.chat"),
        (["invite", "king", "--config", "x.toml"], 2, "king"),
        (["frobnicate"], 2, "frobnicate"),
        (["understand", "--now", "noon", "x"], 2, "noon"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_two(arguments: list[str], code: int, named: str, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code
    assert named in run.stderr and "Traceback" not in run.stderr
