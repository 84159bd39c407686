"""Long texts in pieces that Telegram takes, cut at the ends of sentences."""

from __future__ import annotations

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_ENDS = ("\n", "。!?!?…;;", ",,、 ")
"""Where to cut, best first: a line's end, a sentence's end, a breath."""


def length(text: str) -> int:
    """How long Telegram counts a text: UTF-16 units, so a picture character counts twice."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """The text in pieces of at most ``limit`` units; joined again they are the text but for spaces at the cuts."""
    pieces = []
    while length(text) > limit:
        cut = _cut(text, limit)
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*(piece for piece in pieces if piece), text] if text else pieces


def _cut(text: str, limit: int) -> int:
    end = _fitting(text, limit)
    for ends in _ENDS:
        last = max(text.rfind(mark, 0, end) for mark in ends)
        if last >= end // 4:
            return last + 1
    return end


def _fitting(text: str, limit: int) -> int:
    units = 0
    for index, character in enumerate(text):
        units += 1 + (character > "\uffff")
        if units > limit:
            return index
    return len(text)
