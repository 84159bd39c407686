"""Conversations as text: the lines of a ``.chat`` file, read and written.

== 2026-03-02 09:00            the clock walks there through everything that falls due
== 2026-03-04 09:00 (停机)      the process was down meanwhile
== 重启                         the process was killed and started again
王奶奶 > 厨房水管漏水了           typed; ``(说)`` before ``>`` is a recording, ``(图)`` a picture with a caption,
                                ``(改)`` puts right what was heard, ``(图×3)`` an album, ``(视频)`` what cannot be kept,
                                ``(说,拿不准四)`` words of which one was heard badly
  -> 王奶奶: 在哪里?            what the bot sends, buttons in brackets; ``~>`` is a message that was changed
小李@志愿者群 ! 我去 #1         pressed, on the newest message that has the button (and speaks of ticket 1)
小李@志愿者群 (回复 #1) > 我去   an answer to the message about ticket 1
# a remark
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.outgoing import Rows

DOWN = "(停机)"
RESTART = "重启"
_CLOCK = re.compile(r"==\s*(?P<rest>.+?)\s*$")
_LINE = re.compile(
    r"(?P<who>[^\s@>!(~-][^\s@>!(]*)(?:@(?P<group>[^\s>!(]+))?\s*(?:\((?P<how>[^)]*)\))?\s*(?P<sign>[>!])\s?(?P<text>.*)$"
)
_TICKET = re.compile(r"\s+#(\d+)$")


class ScriptError(Exception):
    """A line that means nothing, with its number."""


@dataclass(frozen=True)
class Step:
    """One thing that somebody does, or that the clock does."""

    line: int
    source: str
    """The line as it stands in the file."""
    kind: str
    """``clock``, ``down``, ``restart``, ``say``, ``forward``, ``voice``, ``amend``, ``unsure``, ``picture``, ``press``,
    ``remark``."""
    who: str = ""
    group: str = ""
    text: str = ""
    ticket: int | None = None
    """The ticket whose message is pressed or answered."""
    unsure: str = ""
    """What of the words was heard badly."""
    count: int = 1
    """How many pictures; none where it is a film or the like."""


def read(text: str) -> list[Step]:
    """The steps of a file; what the bot answered is left out. Raises :class:`ScriptError`."""
    steps = []
    for number, source in enumerate(text.splitlines(), 1):
        if source.startswith((" ", "\t")):
            continue
        steps.append(_step(number, source.rstrip()))
    return steps


def _step(number: int, source: str) -> Step:
    if not source or source.startswith("#"):
        return Step(number, source, "remark")
    clock = _CLOCK.match(source)
    if clock:
        return _clock(number, source, clock["rest"])
    line = _LINE.match(source)
    if line is None:
        raise ScriptError(f"line {number}: neither said, pressed nor timed")
    return _done(number, source, line)


def _clock(number: int, source: str, rest: str) -> Step:
    if rest == RESTART:
        return Step(number, source, "restart")
    kind = "down" if rest.endswith(DOWN) else "clock"
    return Step(number, source, kind, text=rest.removesuffix(DOWN).strip())


def _done(number: int, source: str, line: re.Match[str]) -> Step:
    how, text = line["how"] or "", line["text"].strip()
    who, group = line["who"], line["group"] or ""
    if line["sign"] == "!":
        ticket = _TICKET.search(text)
        return Step(
            number, source, "press", who, group, _TICKET.sub("", text), ticket=int(ticket[1]) if ticket else None
        )
    unsure = re.fullmatch(r"说[,，]拿不准(.+)", how)
    if unsure is not None:
        return Step(number, source, "unsure", who, group, text, unsure=unsure[1])
    shown = re.fullmatch(r"图(?:×(\d))?|视频", how)
    if shown is not None:
        count = 0 if how == "视频" else int(shown[1] or 1)
        return Step(number, source, "picture", who, group, text, count=count)
    kind = {"说": "voice", "转": "forward", "改": "amend"}.get(how, "say")
    replied = re.fullmatch(r"回复 #(\d+)", how)
    if how and kind == "say" and replied is None:
        raise ScriptError(f"line {number}: ({how}) is not known")
    return Step(number, source, kind, who, group, text, ticket=int(replied[1]) if replied else None)


def sent_line(target: str, text: str, buttons: Rows, changed: bool) -> str:
    """What the bot sent, as the file shows it."""
    first, *more = text.split("\n")
    labels = "".join(f" [{button.label}]" for row in buttons for button in row)
    lines = [f"  {'~>' if changed else '->'} {target}: {first}", *(f"     {line}" for line in more)]
    lines[-1] += labels
    return "\n".join(lines)


def said_line(who: str, group: str, sign: str, text: str, how: str = "") -> str:
    """What somebody did, as the file shows it."""
    speaker = f"{who}@{group}" if group else who
    return f"{speaker} {f'({how}) ' if how else ''}{sign} {text}"
