"""What the page can do to the world besides talking: move the clock, save the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Protocol

FURTHEST = timedelta(days=366)
MORNING = time(9)
WEEKDAYS = "一二三四五六日"


class Refused(Exception):
    """What was asked cannot be done; the text is a sentence for the person at the page."""


class Controls(Protocol):
    """The levers of the try-out, built where the parts are joined."""

    def now(self) -> datetime:
        """The time of the try-out, aware, in the community's zone."""

    async def move(self, to: datetime) -> None:
        """Walk the clock to that time through everything that falls due."""

    def menu(self) -> tuple[str, ...]:
        """Labels of a resident's menu; pressing one says it."""

    async def save(self) -> str:
        """The conversation so far as the text of a ``.chat`` file."""

    def night(self) -> str:
        """While people sleep, one sentence that says when they are asked again; empty by day."""

    def status(self) -> str:
        """One sentence about what the page should know, such as the speech model in use."""


def target(fields: Mapping[str, Any], now: datetime) -> datetime:
    """The time a move asks for: ``minutes`` ahead, the next ``morning``, or ``to`` a local time; raises ``Refused``."""
    wanted = _wanted(fields, now)
    if wanted <= now:
        raise Refused("时间只能往前走")
    if wanted - now > FURTHEST:
        raise Refused("一次最多往前走一年")
    return wanted


def _wanted(fields: Mapping[str, Any], now: datetime) -> datetime:
    if fields.get("morning"):
        today = datetime.combine(now.date(), MORNING, now.tzinfo)
        return today if now < today else today + timedelta(days=1)
    try:
        if "minutes" in fields:
            return now + timedelta(minutes=int(fields["minutes"]))
        return datetime.fromisoformat(str(fields.get("to"))).replace(tzinfo=now.tzinfo)
    except (TypeError, ValueError, OverflowError) as error:
        raise Refused("这个时间我没看懂，请再选一次") from error


def shown(now: datetime) -> str:
    """A time as the page's clock shows it."""
    return f"{now.month}月{now.day}日 周{WEEKDAYS[now.weekday()]} {now:%H:%M}"
