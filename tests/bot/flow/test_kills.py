"""The whole process is killed at random moments under load: nothing lost, no ticket twice, one repeat per kill at most."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from storage import tickets
from tests.conftest import count
from tests.support.invariants import unattended, unequal
from tests.support.local_client import Client, kill, start, write_config
from tests.support.stored import rows

LINES = ("垃圾桶满了", "{n}号楼", "对")
"""One report: three lines, three answers."""


def test_random_kills_under_load(tmp_path: Path) -> None:
    chance = random.Random(20260302)
    kills, people = count(5, 50), count(40, 400)
    config = write_config(tmp_path)
    client = Client(tmp_path / "data" / "socket")
    lines = {f"{n}-{k}": (f"p{n}", line.format(n=n % 90 + 1)) for n in range(people) for k, line in enumerate(LINES)}
    done = 0
    while len(client.stored) < len(lines) or done < kills:
        process = start(config)
        client.connect()
        alive, budget = True, chance.randint(1, max(2, 2 * len(lines) // kills)) if done < kills else 10**9
        while alive and len(client.stored) < len(lines) and budget > 0:
            alive = _push(client, lines, chance)
            budget -= 12
        if done < kills:
            kill(process)
            client.drop()
            done += 1
            continue
        _finish(client, people, process)
    _check(tmp_path, client, people, kills)


def _push(client: Client, lines: dict[str, tuple[str, str]], chance: random.Random) -> bool:
    """Say a few more lines, each person's in order, repeating what was not stored."""
    for n in chance.sample(range(len(lines) // len(LINES)), 12):
        key = next((f"{n}-{k}" for k in range(len(LINES)) if f"{n}-{k}" not in client.stored), None)
        if key is not None and not client.say(key, *lines[key]):
            return False
        if not client.listen():
            return False
    return True


def _finish(client: Client, people: int, process: object) -> None:
    """Wait until every report has its answer, then end the process in peace."""
    from subprocess import Popen

    assert isinstance(process, Popen)
    for _ in range(4000):
        client.listen()
        if sum("记下了" in str(m["text"]) for m in client.messages if str(m["chat"]).startswith("p")) >= people:
            break
    process.terminate()
    assert process.wait(timeout=15) == 0
    client.drop()


def _check(folder: Path, client: Client, people: int, kills: int) -> None:
    tx = rows(folder)
    reports = Counter(row["reporter"] for row in tx.all("SELECT reporter FROM ticket WHERE flow = 'issue'"))
    joined = [person for n in tickets.numbers(tx) for person in tickets.get(tx, n).joined]  # type: ignore[union-attr]
    assert set(reports.values()) <= {1}, "a ticket twice"
    assert len(reports) + len(joined) == people, "somebody's report is missing"
    assert not tx.all("SELECT 1 FROM inbox WHERE state <> 'done'")
    assert not tx.all("SELECT 1 FROM outbox WHERE state = 'pending'")
    assert unequal(tx) == [] and unattended(tx) == []
    private = Counter(
        (m["chat"], m["text"]) for m in client.messages if str(m["chat"]).startswith("p") and not m["edit"]
    )
    assert sum(n - 1 for n in private.values()) <= kills, "more than one repeat per kill"
    assert len({chat for chat, text in private if "号" in str(text)}) == people, "an answer is missing"


def test_sigterm_ends_in_peace_and_a_second_process_is_refused(tmp_path: Path) -> None:
    import subprocess
    import sys

    config = write_config(tmp_path)
    process = start(config)
    second = subprocess.run(
        [sys.executable, "-m", "bot.cli", "run", "--config", str(config)], capture_output=True, text=True, check=False
    )
    assert second.returncode == 2
    assert len(second.stderr.strip().splitlines()) == 1 and "another linsheng" in second.stderr
    process.terminate()
    assert process.wait(timeout=15) == 0
