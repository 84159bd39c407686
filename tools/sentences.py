"""Takes sets of sentences into ``nlu/sentences/zh``: ``python -m tools.sentences FOLDER [--sealed NAME …]``.

Reads ``*.tsv`` as they are and ``*.jsonl`` (one message an object: who, where, open, intents, urgency, category, heard, meant).
A file with a fault is named and left out; whole files only, so that a set is never half in.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlu.sentences import SentenceFault, read

TARGET = Path(__file__).parents[1] / "nlu" / "sentences" / "zh"
_OPEN = {
    "how are you today?": "checkin",
    "object?": "thing",
    "what is your name?": "person",
    "which time?": "time",
    "what is the matter?": "thing",
    "which tree?": "thing",
    "anything else?": "text",
    "morning or afternoon?": "choice",
    "which one?": "choice",
}
_REMIND = re.compile("提醒|叫我一声|记着叫|喊我一声|响一下|闹钟|别忘了叫")
_NO_REMIND = re.compile("(别|不用|不要|甭)(再|给我)?提醒|提醒(取消|关|停|不用)")
_CLOSE = re.compile("结单|关单|关了吧|关掉|结掉|办结|销单|结案|关闭|归档")
_ROSTER = re.compile("值班|排班|排一下|谁在岗|换班|当班|轮到谁")


def main() -> int:
    """Takes the sets in; 1 when one had to be left out."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--sealed", nargs="*", default=[])
    chosen = arguments.parse_args()
    faults = 0
    for file in sorted([*chosen.folder.glob("*.tsv"), *chosen.folder.glob("*.jsonl")]):
        name = file.stem.lower()
        lines = file.read_text(encoding="utf-8").splitlines() if file.suffix == ".tsv" else list(_converted(file))
        target = TARGET / f"{name}.tsv"
        draft = target.with_suffix(".draft")
        head = ["# sealed"] if name in chosen.sealed else []
        draft.write_text("\n".join([*head, *_once(lines)]) + "\n", encoding="utf-8")
        try:
            read(draft)
            draft.replace(target)
        except SentenceFault as fault:
            faults += 1
            draft.unlink()
            print(f"left out: {fault}" if name not in chosen.sealed else f"left out: {name}", file=sys.stderr)
    return 1 if faults else 0


def _once(lines: list[str]) -> Iterator[str]:
    """The lines without a sentence that stands there twice."""
    seen = set[tuple[str, ...]]()
    for line in lines:
        fields = line.split("\t")
        key = (*fields[:3], *fields[6:7])
        if line.startswith("#") or key not in seen:
            seen.add(key)
            yield line


def _converted(file: Path) -> Iterator[str]:
    yield f"# brief: {file.stem}, written for this project from the guide alone"
    for line in file.read_text(encoding="utf-8").splitlines():
        yield "\t".join(_fields(json.loads(line)))


def _fields(row: dict[str, Any]) -> list[str]:
    heard, meant = (" ".join(str(row[name]).split()) for name in ("heard", "meant"))
    intents = [_relabelled(one, meant) for one in row["intents"]]
    reported = any("issue.report" in one.split("|") for one in intents)
    return [
        row["who"],
        row["where"],
        _OPEN.get(row["open"], row["open"].rstrip("?")) or "-",
        "+".join(intents) or "-",
        row["urgency"] if intents else "-",
        (row["category"] or "other") if reported else "-",
        heard,
        *([meant] if meant != heard else []),
    ]


def _relabelled(intent: str, text: str) -> str:
    """Names that came into the guide after these sets were written."""
    if intent == "checkin.request" and _REMIND.search(text):
        return "reminder.cancel" if _NO_REMIND.search(text) else "reminder.create"
    if intent == "mgr.assign" and _CLOSE.search(text):
        return "mgr.close"
    if intent == "mgr.assign" and _ROSTER.search(text):
        return "mgr.roster"
    return intent


if __name__ == "__main__":
    raise SystemExit(main())
