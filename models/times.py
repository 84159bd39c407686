"""Spoken times as stored text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.meaning import TimeExpression


def encode_time(time: TimeExpression) -> str:
    """A time as JSON text, empty parts left out."""
    ends = {name: moment.isoformat() for name in ("start", "end") if (moment := getattr(time, name))}
    parts = {"text": time.text, "grain": time.grain, **ends, **({"every": time.every} if time.every else {})}
    return json.dumps(parts, ensure_ascii=False)


def decode_time(text: str, zone: ZoneInfo) -> TimeExpression:
    """The time that :func:`encode_time` wrote, its moments in the community's zone."""
    parts: Mapping[str, Any] = json.loads(text)
    start, end = (_moment(parts.get(name), zone) for name in ("start", "end"))
    return TimeExpression(parts["text"], start, end, parts["grain"], parts.get("every"))


def _moment(text: str | None, zone: ZoneInfo) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text).astimezone(zone) if "T" in text else date.fromisoformat(text)
