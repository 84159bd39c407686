"""Speech models are fetched from a server on this machine that resumes, breaks off, lies and sends what it should not."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import stat
import zipfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiohttp import web

from bot import checks, config
from bot.hearing import HearingSettings, commands, installing, models
from bot.hearing.models import ModelError, Source
from bot.hearing.settings import STARTER
from tests.support.model_archive import NAME, archive
from tests.support.sounds import write_note


@dataclass
class Server:
    """Serves one archive with Range, and may break off, refuse or ignore the range."""

    data: bytes = b""
    breaks_at: int | None = None
    status: int = 200
    ranges: list[str] = field(default_factory=list)
    url: str = ""
    also: str = ""
    """Another name under which the archive lies."""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["name"] not in (f"{NAME}.zip", self.also):
            return web.Response(status=404)
        self.ranges.append(request.headers.get("Range", ""))
        if self.status != 200:
            return web.Response(status=self.status)
        start = int(self.ranges[-1].removeprefix("bytes=").rstrip("-") or 0)
        answer = web.StreamResponse(status=206 if self.ranges[-1] else 200)
        answer.content_length = len(self.data) - start
        await answer.prepare(request)
        if self.breaks_at is None:
            await answer.write(self.data[start:])
        else:
            await answer.write(self.data[start : self.breaks_at])
            assert request.transport is not None
            request.transport.abort()
        return answer


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    serving, app = Server(archive()), web.Application()
    app.router.add_get("/{name}", serving.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    serving.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield serving
    await runner.cleanup()


@pytest.fixture
def settings(tmp_path: Path, server: Server) -> HearingSettings:
    return HearingSettings(spool=tmp_path, models=tmp_path / "models", mirror=server.url)


def source(data: bytes) -> Source:
    return Source(NAME, "", "Apache-2.0", len(data), 40_000_000, sha256(data).hexdigest(), "made here")


async def fetch(settings: HearingSettings, wanted: Source) -> tuple[Path, bool]:
    return await asyncio.to_thread(models.get, NAME, settings, wanted)


def left(settings: HearingSettings) -> list[str]:
    return sorted(path.name for path in settings.models.iterdir())


async def test_a_model_is_fetched_verified_unpacked_and_hears(
    server: Server, settings: HearingSettings, tmp_path: Path
) -> None:
    folder, verified = await fetch(settings, source(server.data))
    assert (folder, verified, left(settings)) == (settings.models / NAME, True, [NAME])
    note = write_note("厨房水管漏水了", tmp_path / "note.ogg", "m4")
    assert await asyncio.to_thread(commands.hear_files, [note], True, replace(settings, model=NAME)) == 0
    with pytest.raises(ModelError, match="已经有了"):
        await fetch(settings, source(server.data))


async def test_a_broken_download_changes_nothing_and_goes_on_where_it_stopped(
    server: Server, settings: HearingSettings
) -> None:
    server.breaks_at = 1_000_000
    with pytest.raises(ModelError, match="接着取"):
        await fetch(settings, source(server.data))
    assert left(settings) == [f"{NAME}.zip.part"]
    have = (settings.models / f"{NAME}.zip.part").stat().st_size
    server.breaks_at = None
    assert have > 0 and (await fetch(settings, source(server.data)))[1]
    assert server.ranges == ["", f"bytes={have}-"] and left(settings) == [NAME]


async def test_without_a_network_there_is_one_line_and_nothing_changes(
    settings: HearingSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = replace(settings, mirror="http://127.0.0.1:9")
    assert await asyncio.to_thread(commands.model_get, "vosk-model-small-cn-0.22", alone) == 1
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1 and "取不到" in captured.err and "Traceback" not in captured.err
    assert left(settings) == []


async def test_a_refusal_is_told(server: Server, settings: HearingSettings) -> None:
    server.status = 404
    with pytest.raises(ModelError, match="404"):
        await fetch(settings, source(server.data))
    assert left(settings) == []


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"size": 1000}], ids=["checksum", "size"])
async def test_what_is_not_the_published_file_is_thrown_away(
    change: dict[str, object], server: Server, settings: HearingSettings
) -> None:
    with pytest.raises(ModelError, match="丢弃"):
        await fetch(settings, replace(source(server.data), **change))
    assert left(settings) == []


async def test_without_a_checksum_a_warning_is_printed(
    server: Server, settings: HearingSettings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(models, "sources", lambda: {NAME: replace(source(server.data), sha256="")})
    assert await asyncio.to_thread(commands.model_get, NAME, settings) == 0
    assert "没有公布的校验和" in capsys.readouterr().err


def _link() -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(f"{NAME}/link")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


@pytest.mark.parametrize(
    "item",
    [
        ("../outside", b"x"),
        ("/outside", b"x"),
        (f"{NAME}/../../outside", b"x"),
        ("..\\outside", b"x"),
        _link(),
        (f"{NAME}/bomb", bytes(50_000_000)),
    ],
    ids=["up", "absolute", "inner-up", "backslash", "link", "bomb"],
)
async def test_an_unsafe_archive_leaves_nothing_behind(
    item: zipfile.ZipInfo | tuple[str, bytes], server: Server, settings: HearingSettings, tmp_path: Path
) -> None:
    server.data = archive(item)
    with pytest.raises(ModelError, match="不安全"):
        await fetch(settings, source(server.data))
    assert left(settings) == [] and not list(tmp_path.rglob("outside"))


def _not_zip() -> bytes:
    return b"<html>log in first</html>" * 100


def _no_model() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(f"{NAME}/README", "nothing here")
    return out.getvalue()


@pytest.mark.parametrize("make", [_not_zip, _no_model])
async def test_what_is_no_model_is_thrown_away(
    make: Callable[[], bytes], server: Server, settings: HearingSettings
) -> None:
    server.data = make()
    with pytest.raises(ModelError):
        await fetch(settings, source(server.data))
    assert left(settings) == []


async def test_no_room_on_the_disk_is_told_before_anything_is_fetched(
    server: Server, settings: HearingSettings
) -> None:
    with pytest.raises(ModelError, match="空间不够"):
        await fetch(settings, replace(source(server.data), unpacked=1 << 60))
    assert server.ranges == [] and left(settings) == []


def test_published_models_have_a_cited_checksum() -> None:
    for found in models.sources().values():
        sums = [found.sha256] if found.sha256 else [file.sha256 for file in found.files]
        assert sums and all(len(one) == 64 for one in sums) and found.source and found.size and found.licence
        assert found.places and all(place.startswith(("https://", models.PYPI)) for place in found.places)
        assert found.languages and found.attribution and found.memory and found.unpacked >= found.size
        assert not found.files or sum(file.size for file in found.files) == found.size


def test_hear_prints_one_object_for_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note, text = write_note("厨房水管漏水了", tmp_path / "note.amr", "m4"), tmp_path / "note.txt"
    text.write_text("hello")
    assert commands.hear_files([note, text, tmp_path / "absent"], True) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [list(line) for line in lines] == [["file", "text", "confidence", "seconds", "model", "error"]] * 3
    assert [(line["text"], line["error"]) for line in lines] == [
        ("厨房水管漏水了", None),
        ("", "broken"),
        ("", "broken"),
    ]
    assert lines[0]["file"] == str(note) and lines[0]["model"] == "starter"


def test_check_tells_model_checksum_speed_and_memory(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.model_check() == 0
    out = capsys.readouterr().out
    assert "sha256" in out and "厨房水管漏水了" in out
    facts = dict(line.split(": ", 1) for line in out.splitlines())
    assert float(facts["speed"]) > 0 and int(facts["megabytes"]) > 10


async def findings(folder: Path, hearing: str) -> dict[str, tuple[bool, str]]:
    """What ``linsheng check`` says, by the beginning of the line."""
    file = folder / "config.toml"
    file.write_text(f'[data]\nfolder = "{folder / "data"}"\n[hearing]\n{hearing}\n', "utf-8")
    return {line.partition(": ")[0]: (fine, line) for fine, line in await checks.all_of(config.load(file))}


async def test_check_tells_model_checksum_speed_memory_and_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = await findings(tmp_path, 'model = "starter"')
    checksum = sha256((STARTER / "am" / "final.mdl").read_bytes()).hexdigest()
    assert said["hearing model"] == (True, f"hearing model: am/final.mdl sha256 {checksum}")
    assert said["disk"][0] and said["hearing"][0] and "times as fast as speech" in said["hearing"][1]
    assert "合成语音" in said["hearing note"][1], "the starter model says what it is"
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda folder: SimpleNamespace(free=5_000_000))
    assert (await findings(tmp_path, "enabled = false"))["disk"] == (False, "disk: 5 MB free, 200 MB are needed")


def test_a_real_model_that_was_fetched_is_used_without_being_named(tmp_path: Path) -> None:
    settings = HearingSettings(spool=tmp_path, models=tmp_path)
    assert installing.at_hand(settings).is_starter
    shutil.copytree(STARTER, tmp_path / installing.WANTED[0])
    assert installing.at_hand(settings).path == tmp_path / installing.WANTED[0]
    assert installing.at_hand(replace(settings, model="mine")).model == "mine"


@pytest.mark.parametrize(
    ("hearing", "word"),
    [
        ('model = "nowhere"', "missing"),
        ('engine = "oracle"', "engine"),
        ('model = "{folder}"', "broken"),
    ],
)
async def test_check_fails_where_nothing_can_be_heard(hearing: str, word: str, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    fine, line = (await findings(tmp_path, hearing.format(folder=tmp_path / "model")))["hearing"]
    assert not fine and f"({word})" in line
    assert (await findings(tmp_path, "enabled = false"))["hearing"][0]
