"""Messages answered through the stand-in Bot API, ours beside python-telegram-bot's own echo example.

People talk in a closed loop: each says the next line when the last one was answered. The stand-in runs in this process
without limits, the contender in a process of its own; the time is from the update's arrival to the answer's.
"""

from __future__ import annotations

import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.telegram_standin import Person, Standin

DEFAULTS = ("1000", "20", "3")
"""Messages a round, people at once, rounds."""
CALM = 2.0
"""Seconds without a message after which nothing more is under way."""
PATIENCE = 60.0
"""Seconds without any answer after which a contender has failed."""


@dataclass(frozen=True)
class Figures:
    """What one contender did."""

    answered: int
    seconds: float
    latencies: Sequence[float]
    memory: tuple[int, int]
    """Kilobytes after a tenth of the messages, and at the end."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds


def quantile(values: Sequence[float], part: float) -> float:
    """That part of the values is at most this."""
    return statistics.quantiles(values, n=100, method="inclusive")[round(part * 100) - 1]


def resident(process: int) -> int:
    """Kilobytes of memory that a process holds; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)


@contextmanager
def started(command: Sequence[str]) -> Iterator[int]:
    """A contender as a process of its own, ended by SIGTERM."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


class Conversation:
    """Everybody talks until enough was said; only the first answer to a line counts."""

    def __init__(self, server: Standin, people: Sequence[Person], lines: Sequence[str]) -> None:
        """Nothing is said yet."""
        self.server = server
        self.people = {person.id: person for person in people}
        self.lines = lines
        self.said: dict[int, float] = {}
        self.latencies: list[float] = []
        self.spoken = 0

    def say(self, chat: int) -> None:
        """The next line of one person."""
        self.said[chat] = time.perf_counter()
        self.people[chat].says(self.lines[self.spoken % len(self.lines)])
        self.spoken += 1

    def greet(self) -> None:
        """One line each before anything is measured: a newcomer is told more than one thing, and starting up takes time."""
        for person in self.people.values():
            person.says(self.lines[0])
        self.server.wait_for(lambda: {sent.chat for sent in self.server.state.sent} >= set(self.people), PATIENCE)
        self.drain()

    def drain(self) -> None:
        """Until nothing more comes for a while."""
        before = -1
        while before != len(self.server.state.sent):
            before = len(self.server.state.sent)
            time.sleep(CALM)

    def talk(self, messages: int, tenth: Callable[[], None]) -> float:
        """Until that many are answered, once each; the seconds it took."""
        self.greet()
        first = seen = len(self.server.state.sent)
        begun = time.perf_counter()
        for chat in self.people:
            self.say(chat)
        while len(self.latencies) < messages:
            self.server.wait_for(lambda count=seen: len(self.server.state.sent) > count, PATIENCE)  # type: ignore[misc]
            for sent in self.server.state.sent[seen:]:
                seen += 1
                if sent.chat in self.said:
                    self._answered(sent.chat, sent.wall, messages)
            if len(self.latencies) >= messages // 10:
                tenth()
        seconds = time.perf_counter() - begun
        self.drain()
        came = len(self.server.state.sent) - first
        if came != self.spoken:
            raise RuntimeError(f"{came} answers to {self.spoken} lines: the figures would mean nothing")
        return seconds

    def _answered(self, chat: int, wall: float, messages: int) -> None:
        self.latencies.append(wall - self.said.pop(chat))
        if self.spoken < messages:
            self.say(chat)


def measure(
    command: Callable[[Standin, Path], Sequence[str]], messages: int, people: int, lines: Sequence[str]
) -> Figures:
    """Run one contender against a stand-in of its own."""
    memory: list[int] = []
    with (
        Standin(limits=False).in_thread() as server,
        tempfile.TemporaryDirectory() as folder,
        started(command(server, Path(folder))) as process,
    ):
        conversation = Conversation(server, [server.person(f"居民{n}") for n in range(people)], lines)
        seconds = conversation.talk(messages, lambda: memory.append(resident(process)))
        memory.append(resident(process))
    return Figures(len(conversation.latencies), seconds, conversation.latencies, (memory[0], memory[-1]))


def echo_example(server: Standin, folder: Path) -> Sequence[str]:
    """python-telegram-bot's echo example: Application, Updater, one handler."""
    return [sys.executable, "-m", "bench.telegram_echo", "example", server.api_url, server.token, str(folder)]


def channel_alone(server: Standin, folder: Path) -> Sequence[str]:
    """Our channel with an inbox in memory that answers every line with itself: what the channel costs."""
    return [sys.executable, "-m", "bench.telegram_echo", "channel", server.api_url, server.token, str(folder)]


def linsheng(server: Standin, folder: Path, hearing: str = "enabled = false") -> Sequence[str]:
    """The whole service: stored, understood, answered in a transaction, sent; only the platform's limits are lifted."""
    file = folder / "config.toml"
    file.write_text(
        f'[data]\nfolder = "{folder / "data"}"\n[hearing]\n{hearing}\n[telegram]\nenabled = true\n'
        f'api_url = "{server.api_url}"\n',
        encoding="utf-8",
    )
    return [sys.executable, "-m", "bench.telegram_echo", "linsheng", str(file), server.token, str(folder)]


CONTENDERS: dict[str, Callable[[Standin, Path], Sequence[str]]] = {
    "python-telegram-bot's echo example": echo_example,
    "our channel alone, echoing": channel_alone,
    "linsheng, the whole service": linsheng,
}
LINES = ("你是谁", "谢谢", "慢一点")
"""Each has exactly one answer."""


def line(name: str, rounds: Sequence[Figures]) -> str:
    """The middle of several rounds, and the best, because other work on the machine only slows down."""
    rate = statistics.median(figures.rate for figures in rounds)
    latencies = [latency * 1000 for figures in rounds for latency in figures.latencies]
    p50, p95 = quantile(latencies, 0.5), quantile(latencies, 0.95)
    before, after = rounds[-1].memory[0] / 1024, rounds[-1].memory[1] / 1024
    best = max(figures.rate for figures in rounds)
    told = f"{rate:4.0f} answered/s (best {best:.0f}), p50 {p50:.0f} ms, p95 {p95:.0f} ms"
    return f"  {name:36} {told}, memory {before:.0f} → {after:.0f} MB"


def run(*arguments: str) -> list[str]:
    """Lines of figures; arguments: messages a round (1000), people at once (20), rounds in turn (3), whom (all)."""
    arguments, only = arguments[:3], arguments[3] if len(arguments) > 3 else ""
    messages, people, rounds = (int(given) for given in (*arguments, *DEFAULTS[len(arguments) :]))
    figures: dict[str, list[Figures]] = {name: [] for name in CONTENDERS}
    for _ in range(rounds):
        for name, command in CONTENDERS.items():
            if only not in name:
                continue
            figures[name].append(measure(command, messages, people, LINES))
    title = f"telegram: {rounds} rounds of {messages} messages, {people} people at once, stand-in without limits"
    return [title, *(line(name, found) for name, found in figures.items() if found)]


def steady(messages: int, people: int = 20) -> list[str]:
    """Memory of the whole service over so many messages, a hundred looks on the way; Ctrl-C tells what was seen so far."""
    seen: list[tuple[int, int]] = []
    with (
        Standin(limits=False).in_thread() as server,
        tempfile.TemporaryDirectory() as folder,
        started(linsheng(server, Path(folder))) as process,
    ):
        conversation = Conversation(server, [server.person(f"居民{n}") for n in range(people)], LINES)

        def look() -> None:
            done = len(conversation.latencies)
            if not seen or done - seen[-1][0] >= messages // 100:
                seen.append((done, resident(process) // 1024))
                print(f"\r  {done} of {messages}, {seen[-1][1]} MB", end="", file=sys.stderr, flush=True)

        with suppress(KeyboardInterrupt):
            conversation.talk(messages, look)
    (first, before), (last, after) = seen[0], seen[-1]
    middle = seen[len(seen) // 2]
    return [
        f"telegram: memory {before} MB after {first}, {middle[1]} MB after {middle[0]}, {after} MB after {last} messages"
    ]


if __name__ == "__main__":
    if sys.argv[1:2] == ["steady"]:
        print("\n".join(steady(int((sys.argv[2:] or ["100000"])[0]))))
    else:
        print("\n".join(run(*sys.argv[1:])))
