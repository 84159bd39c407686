"""Hearing beside PyAV and bare Vosk in one plain script: errors, cost, latency, the loop's lag and memory."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import _ears, telegram
from bot.hearing import Hearing, HearingSettings
from bot.hearing.settings import STARTER
from bot.replay.talk import BEGIN
from handlers import texts
from models.meaning import Context
from nlu.parse import parse
from tests.support.telegram_standin import Standin
from tools.starter_model import codecs, measure, phrases
from tools.starter_model.speak import RATE, speak

BARE = """
import json, sys, time, av, vosk
vosk.SetLogLevel(-1)
model, files = vosk.Model(sys.argv[1]), sys.argv[2:]
print("ready", flush=True)
sys.stdin.readline()
begun = time.perf_counter()
for name in files:
    recognizer = vosk.KaldiRecognizer(model, 16000)
    recognizer.SetWords(True)
    resampler, parts = av.AudioResampler(format="s16", layout="mono", rate=16000), []
    with av.open(name) as source:
        for frame in source.decode(audio=0):
            parts += resampler.resample(frame)
    parts += resampler.resample(None)
    recognizer.AcceptWaveform(b"".join(bytes(part.planes[0])[: part.samples * 2] for part in parts))
    json.loads(recognizer.FinalResult())
print(time.perf_counter() - begun)
"""
"""What anybody would write: the whole of it, for comparison."""


def notes(folder: Path, count: int, seconds: int = 10) -> list[Path]:
    """Voice notes of about that many seconds; none of danger, which is not answered the same way twice in a minute."""
    said = (
        phrases.spellings(line, {}, measure.Random(number), 1)[0] for number, line in enumerate(phrases.own_lines())
    )
    lines = [line for line in said if not parse(line, Context(BEGIN)).signs]
    made = []
    for number in range(count):
        samples, text = b"", ""
        for step in range(40):
            text = lines[(number * 7 + step) % len(lines)]
            samples += codecs.resample(speak(text, "m4", speed=140), RATE, 16000) + bytes(9600)
            if len(samples) >= seconds * 32000:
                break
        made.append(folder / f"{number}.ogg")
        made[-1].write_bytes(codecs.encode(samples[: seconds * 32000], 16000, "ogg"))
    return made


def bare(files: list[Path], scripts: int) -> float:
    """Seconds that plain scripts side by side need for the files shared among them, loading aside."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", BARE, str(STARTER), *map(str, files[number::scripts])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(scripts)
    ]
    for script in running:
        assert script.stdout is not None and script.stdout.readline() == "ready\n"
    for script in running:
        assert script.stdin is not None
        script.stdin.write("\n")
        script.stdin.flush()
    return max(float(script.communicate()[0]) for script in running)


async def ours(files: list[Path], threads: int, folder: Path, at_once: bool = False) -> list[float]:
    """Seconds for all files, then for each; one after the other, or all at once."""
    hearing = Hearing(HearingSettings(spool=folder, threads=threads))
    await hearing.start()
    await asyncio.gather(*(hearing.hear(files[0]) for _ in range(threads)))
    begun, each = time.perf_counter(), []
    if at_once:
        await asyncio.gather(*(hearing.hear(file) for file in files))
    for file in () if at_once else files:
        start = time.perf_counter()
        await hearing.hear(file)
        each.append(time.perf_counter() - start)
    whole = time.perf_counter() - begun
    await hearing.close()
    return [whole, *each]


async def lag(files: list[Path], folder: Path) -> float:
    """The loop's lag in seconds at the 99th percentile while all files are heard."""
    hearing, late = Hearing(HearingSettings(spool=folder)), list[float]()
    await hearing.start()
    await hearing.hear(files[0])
    work = asyncio.gather(*(hearing.hear(file) for file in files))
    while not work.done():
        start = time.perf_counter()
        await asyncio.sleep(0.005)
        late.append(time.perf_counter() - start - 0.005)
    await hearing.close()
    return statistics.quantiles(late, n=100)[98]


async def memory(file: Path, count: int, folder: Path) -> list[int | None]:
    """Megabytes of the recognizing process after a tenth of the notes and after all."""
    hearing, found = Hearing(HearingSettings(spool=folder)), list[int | None]()
    await hearing.start()
    for share in (count // 10, count - count // 10):
        for _ in range(share // 10):
            await asyncio.gather(*(hearing.hear(file) for _ in range(10)))
        found.append(hearing.megabytes())
    await hearing.close()
    return found


DEAF = texts.load()["hear.unavailable"]


def _answer(server: Standin, chat: int, since: float) -> float:
    """When the first message after a moment reached a chat; 0 while none did."""
    return next((sent.wall for sent in list(server.state.sent) if sent.chat == chat and sent.wall > since), 0.0)


def replies(files: list[Path], rounds: int = 3) -> list[float]:
    """Seconds from a voice note's arrival at Telegram to the whole service's reply, one note after another."""
    took: list[float] = []
    with (
        Standin(limits=False).in_thread() as server,
        tempfile.TemporaryDirectory() as folder,
        telegram.started(telegram.linsheng(server, Path(folder), "enabled = true\nfetch = false")),
    ):
        people = [server.person(f"居民{number}") for number in range(len(files))]
        for turn in range(rounds + 1):
            for person, file in zip(people, files, strict=True):
                begun = time.perf_counter()
                person.sends_voice(file.read_bytes(), seconds=10)
                answered = server.wait_for(
                    lambda since=begun, chat=person.id: _answer(server, chat, since), telegram.PATIENCE
                )  # type: ignore[misc]
                if turn:  # the first round greets newcomers
                    took.append(answered - begun)
                telegram.Conversation(server, people, ()).drain()
        if any(sent.text == DEAF for sent in server.state.sent):
            raise RuntimeError("the service could not hear: the figures would mean nothing")
    return took


def run(*arguments: str) -> list[str]:
    """Every figure as a line; a number as argument is how many notes memory is watched over (default 100).

    With ``--voices DIR`` the engines side by side on recordings of people instead.
    """
    if "--voices" in arguments:
        return _ears.run(*arguments)
    count = int(arguments[0]) if arguments and arguments[0].isdigit() else 100
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = notes(folder, 12)
        alone = [(bare(files, 1), asyncio.run(ours(files, 1, folder))) for _ in range(2)]
        pair = [(bare(files, 2), asyncio.run(ours(files, 2, folder, at_once=True))) for _ in range(2)]
        cost = statistics.median(found[0] / plain for plain, found in alone)
        reach = statistics.median(plain / found[0] for plain, found in pair)
        each = [one for _, found in alone for one in found[1:]]
        answered = replies(files)
        late = asyncio.run(lag([*files, *files][:20], folder)) * 1000
        grown = asyncio.run(memory(notes(folder, 1, 3)[0], count, folder))
        return [
            *measure.report(),
            f"container to text: {cost:.2f} times a bare script (aim 1.15)",
            f"two threads: {reach:.2f} of two bare scripts (aim 0.85)",
            f"a ten-second note: {statistics.quantiles(each, n=20)[18] * 1000:.0f} ms at p95 (aim 1000)",
            f"the same through Telegram and the whole service: {statistics.quantiles(answered, n=20)[18] * 1000:.0f} ms at p95",
            f"loop's lag while 20 notes are heard: {late:.1f} ms at p99 (aim 50)",
            f"memory of the recognizer: {grown[0]} MB after {count // 10} notes, {grown[1]} MB after {count}",
        ]


if __name__ == "__main__":
    print(json.dumps(run(*sys.argv[1:]), ensure_ascii=False, indent=1))
