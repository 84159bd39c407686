"""What a community settles about danger: ``[danger]`` of the configuration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import Interval, Len

from models.incidents import Rung


@dataclass(frozen=True)
class Danger:
    """How the community answers danger, from the configuration."""

    ladder: Annotated[tuple[Rung, ...], Len(1)] = (Rung("duty"), Rung("vetted"), Rung("manager"), Rung("family"))
    welfare: Annotated[tuple[Rung, ...], Len(1)] = (Rung("duty", 5.0), Rung("manager", 5.0), Rung("family", 5.0))
    """For a door that nobody opens."""
    interval: Annotated[float, Interval(ge=0.1, le=60)] = 1.0
    """Minutes between two alerts."""
    expires: Annotated[float, Interval(ge=0.1, le=1440)] = 15.0
    """Minutes after which an acknowledgement without 到了 lapses."""
    call_list: tuple[str, ...] = ()
    """Whom to call when nobody answers, each with a telephone number."""
    drill: str = ""
    """When the weekly drill runs: ``sat 10:00``."""
    heartbeat: str = ""
    """An address that an outside watchdog expects to be asked for."""
    heartbeat_seconds: Annotated[int, Interval(ge=1, le=86_400)] = 60
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    def __post_init__(self) -> None:
        """The drill and the watchdog are written as they are read."""
        if self.drill and not re.fullmatch(r"(mon|tue|wed|thu|fri|sat|sun) ([01]\d|2[0-3]):[0-5]\d", self.drill):
            raise ValueError(f"drill: {self.drill} is not like sat 10:00")
        if self.heartbeat and not re.fullmatch(r"https?://\S+", self.heartbeat):
            raise ValueError("heartbeat: no address that begins with http:// or https://")
