"""What a community settles about mediation: ``[mediation]`` of the configuration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import Interval, Len


@dataclass(frozen=True)
class Mediation:
    """What a community settles about mediation."""

    hours: Annotated[tuple[str, ...], Len(1)] = ("10:00", "15:00")
    """Times of day that are offered first."""
    days: tuple[Annotated[int, Interval(ge=1, le=365)], Annotated[int, Interval(ge=2, le=3650)]] = (7, 30)
    """Days after an agreement on which both sides are asked whether it was kept."""
    quiet: Annotated[int, Interval(ge=1, le=365)] = 3
    """Days without news after which the mediator is reminded."""
    legal: str = ""
    """How to reach the legal adviser (法律顾问)."""
    justice: str = ""
    """How to reach the judicial office (司法所)."""
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    def __post_init__(self) -> None:
        """Times of day are written ``09:30``."""
        for hour in self.hours:
            if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", hour):
                raise ValueError(f"hours: {hour} is no time of day like 09:30")
