"""``python -m tests.support.lives 1 20``: the lives of seeds 1 to 20, a quarter of a year each; what was wrong, line by line.

``--days N`` for shorter ones, ``--log FOLDER`` keeps what was said in each life that went wrong, ``--shrink`` looks for the
shortest life with the first fault of each.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from pathlib import Path

from tests.support.lives.acts import Act
from tests.support.lives.drawing import Drawing
from tests.support.lives.life import Life, Report
from tests.support.lives.shrinking import shrunk

QUARTER = 91


def main(arguments: list[str]) -> int:
    """Run the lives that were asked for; 1 when something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.lives")
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--days", type=int, default=QUARTER)
    parser.add_argument("--busy", type=float, default=10.0)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--shrink", type=int, nargs="?", const=60, default=0, metavar="TRIES")
    asked = parser.parse_args(arguments)
    logging.getLogger().setLevel(logging.INFO)
    reports = []
    for seed in range(asked.first, asked.last + 1):
        report, acts = _one(seed, asked.days, asked.busy, asked.log)
        reports.append(report)
        if asked.shrink and report.faults:
            print("   ", "\n    ".join(map(str, shrunk(seed, acts, report.faults[0], asked.shrink))), flush=True)
    total = sum(len(one.faults) for one in reports)
    lines, said, asserted, looked = (
        sum(getattr(one, name) for one in reports) for name in ("lines", "said", "asserted", "looked")
    )
    print(
        f"{len(reports)} lives of {asked.days} days: {lines} lines, {said} messages, {asserted} texts that say how things"
        f" stand, {looked} conditions looked at, {total} wrong"
    )
    return 1 if total else 0


def _one(seed: int, days: int, busy: float, log: Path | None) -> tuple[Report, list[Act]]:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        life = Life(Path(folder), seed)
        report = asyncio.run(Drawing(life, seed, busy).live(days))
    print(
        f"seed {seed}: {report.lines} lines, {report.tickets} tickets, {report.said} messages, {report.asserted} asserting,"
        f" {report.looked} conditions, {len(report.faults)} wrong, {time.monotonic() - begun:.0f} s",
        flush=True,
    )
    for line in report.faults:
        print("   ", line.replace("\n", " / "), flush=True)
    if log is not None and report.faults:
        log.mkdir(parents=True, exist_ok=True)
        (log / f"{seed}.txt").write_text("\n".join(life.log), encoding="utf-8")
    return report, life.acts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
