"""``python -m tests.support.lives 1 20``: the lives of seeds 1 to 20, a quarter of a year each; what was wrong, line by line.

``--days N`` for shorter ones, ``--log FOLDER`` keeps what was said in each life that went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from pathlib import Path

from tests.support.lives.life import Life, Report

QUARTER = 91


def main(arguments: list[str]) -> int:
    """Run the lives that were asked for; 1 when something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.lives")
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--days", type=int, default=QUARTER)
    parser.add_argument("--busy", type=float, default=10.0)
    parser.add_argument("--log", type=Path)
    asked = parser.parse_args(arguments)
    logging.disable(logging.WARNING)
    reports = [_one(seed, asked.days, asked.busy, asked.log) for seed in range(asked.first, asked.last + 1)]
    total = sum(len(one.untrue) + len(one.wrong) + one.failures for one in reports)
    looked, said = sum(one.looked for one in reports), sum(one.said for one in reports)
    print(f"{len(reports)} lives of {asked.days} days: {said} messages, {looked} conditions looked at, {total} wrong")
    return 1 if total else 0


def _one(seed: int, days: int, busy: float, log: Path | None) -> Report:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        life = Life(Path(folder), seed, busy)
        report = asyncio.run(life.run(days))
    wrong = [*report.untrue, *report.wrong, *(["failures"] if report.failures else [])]
    print(
        f"seed {seed}: {report.lines} lines, {report.tickets} tickets, {report.said} messages, {report.looked} conditions,"
        f" {report.failures} failures, {len(wrong)} wrong, {time.monotonic() - begun:.0f} s",
        flush=True,
    )
    for line in wrong:
        print("   ", line.replace("\n", " / "), flush=True)
    if log is not None and wrong:
        log.mkdir(parents=True, exist_ok=True)
        (log / f"{seed}.txt").write_text("\n".join(life.log), encoding="utf-8")
    return report


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
