"""Nothing that a file can hold stops the service, is obeyed, or costs more than its limits."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.hearing import Hearing, HearingSettings
from bot.hearing.containers import container_of
from bot.hearing.decode import Limits
from bot.hearing.nursery import Nursery
from tests.conftest import count
from tests.support.hostile import bombs, hostile
from tests.support.sounds import KINDS_OF_FILE, voice_note, write_note

SECRET = "救命啊着火了"
"""What the canary says; heard nowhere unless somebody followed a file to it."""


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[int, list[str]]]:
    """A port of this machine that notes who calls, by connection and by datagram."""
    calls: list[str] = []

    class Datagrams(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: object) -> None:
            calls.append("datagram")

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append("connection")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(Datagrams, ("127.0.0.1", port))
    try:
        yield port, calls
    finally:
        transport.close()
        server.close()


PROC = Path("/proc/self/status")


@asynccontextmanager
async def watching(hearing: Hearing) -> AsyncIterator[list[int]]:
    """How far the children that decode ever grew beyond the one that forked them, in bytes, as Linux tells."""
    sizes: list[int] = []

    async def watch() -> None:
        while PROC.exists():
            nursery = hearing._nursery.pid
            for child in _children(nursery):
                with suppress(OSError, StopIteration):
                    sizes.append(_mapped(child, "VmPeak") - _mapped(nursery, "VmSize"))
            await asyncio.sleep(0.002)

    watcher = asyncio.create_task(watch())
    try:
        yield sizes
    finally:
        watcher.cancel()


def _mapped(process: int | None, what: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) * 1024


async def test_hostile_files_are_answered_and_never_obeyed(tmp_path: Path) -> None:
    canary = write_note(SECRET, tmp_path / "canary.ogg")
    hearing = Hearing(HearingSettings(spool=tmp_path, max_seconds=20))
    await hearing.start()
    try:
        async with listening() as (port, calls):
            assert (await hearing.hear(canary)).text == SECRET, (
                "the canary must be audible, or its silence proves nothing"
            )
            files = hostile(count(70, 200), canary, port)
            for name, data in files.items():
                (tmp_path / name).write_bytes(data)
            async with watching(hearing) as sizes:
                heard = await asyncio.gather(*(hearing.hear(tmp_path / name) for name in files))
            assert max(sizes, default=0) <= Limits().memory << 20, "a child held more than its limit"
            assert sizes or not PROC.exists(), "no child was ever seen"
            followed = [
                name
                for name, said in zip(files, heard, strict=True)
                if any(part in said.text for part in ("救命", "着火"))
            ]
            assert followed == []
            assert calls == []
            assert all(said.error or said.text for said in heard)
            assert (await hearing.hear(canary)).text == SECRET
    finally:
        await hearing.close()


async def test_what_was_said_before_the_limit_is_heard(tmp_path: Path) -> None:
    write_note("厨房水管漏水了,三号楼二单元五零一,请快一点来", tmp_path / "long.ogg")
    nursery = Nursery(Limits(sound_seconds=2))
    try:
        sound = await nursery.decode(tmp_path / "long.ogg")
        assert sound.cut and sound.seconds == 2 and sound.error is None and sound.peak > 1000
    finally:
        await nursery.close()


@pytest.mark.parametrize("name", sorted(bombs()))
async def test_a_bomb_is_cut_at_the_limit(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(bombs()[name])
    nursery = Nursery(Limits(sound_seconds=30))
    try:
        sound = await nursery.decode(tmp_path / name)
        assert sound.seconds <= 30 and sound.cut
    finally:
        await nursery.close()


async def test_a_child_killed_while_it_decodes_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "bomb").write_bytes(bombs()["amr-of-hours"])
    nursery = Nursery(Limits(sound_seconds=200))
    try:
        await nursery.start()
        answer = asyncio.create_task(nursery.decode(tmp_path / "bomb"))
        while not (children := _children(nursery.pid)):
            await asyncio.sleep(0)
        os.kill(children[0], signal.SIGKILL)
        assert (await answer).seconds > 100
    finally:
        await nursery.close()


def _children(pid: int | None) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


async def test_a_nursery_killed_while_it_is_asked_is_replaced(tmp_path: Path) -> None:
    write_note("今天下雨", tmp_path / "note.ogg")
    nursery = Nursery(Limits())
    try:
        await nursery.decode(tmp_path / "note.ogg")
        first = nursery.pid
        assert first is not None
        os.kill(first, signal.SIGSTOP)
        answer = asyncio.create_task(nursery.decode(tmp_path / "note.ogg"))
        await asyncio.sleep(0)
        os.kill(first, signal.SIGKILL)
        assert (await answer).seconds > 1
        assert nursery.pid != first
    finally:
        await nursery.close()


async def test_a_link_in_the_spool_is_not_followed(tmp_path: Path) -> None:
    write_note("今天下雨", tmp_path / "real.ogg")
    (tmp_path / "link.ogg").symlink_to(tmp_path / "real.ogg")
    nursery = Nursery(Limits())
    try:
        assert (await nursery.decode(tmp_path / "link.ogg")).error == "broken"
        assert (await nursery.decode(tmp_path / "real.ogg")).error is None
    finally:
        await nursery.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's limits are Linux's")
@pytest.mark.parametrize(
    ("deed", "outcome"),
    [
        ("bytearray(300 << 20)", "MemoryError"),
        ("open('/etc/hostname')", "OSError"),
        ("socket.socket()", "OSError"),
        ("bytearray(50 << 20)", "nothing"),
    ],
)
def test_a_confined_child_gets_no_more_memory_files_or_sockets(deed: str, outcome: str) -> None:
    code = (
        "import socket\nfrom bot.hearing.decode import _confine, Limits\n_confine(Limits(memory=200))\n"
        f"try:\n    {deed}\n    print('nothing')\nexcept Exception as error:\n    print(type(error).__name__)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == outcome


def test_the_first_bytes_decide_the_container() -> None:
    found = {kind: container_of(voice_note("今天下雨", kind)[:16]) for kind in KINDS_OF_FILE}
    assert found == {
        "ogg": "ogg",
        "webm": "matroska",
        "amr": "amr",
        "mp4": "mov",
        "m4a": "mov",
        "mp3": "mp3",
        "wav": "wav",
    }
    assert (
        container_of(b"v=0\no=- 0 0 IN IP4 ") is None
        and container_of(b"#EXTM3U\n") is None
        and container_of(b"") is None
    )
