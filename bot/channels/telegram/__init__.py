"""The Telegram channel: its settings and its two doors; the library is imported only when a door is opened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.channels import Channel
    from bot.flow.clock import Clock

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class TelegramSettings:
    """How to reach the Bot API; raises ``ValueError`` (never showing the token) when it cannot work."""

    token: str = field(repr=False)
    api_url: str = "https://api.telegram.org/bot"
    """Everything before the token."""
    file_url: str = ""
    """Everything before the token when files are fetched; follows ``api_url`` when empty."""
    mode: str = "poll"
    """``poll`` or ``webhook``."""
    webhook_url: str = ""
    """The public https address; its path is the route served here."""
    webhook_secret: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    """Where the webhook listens, behind a proxy that speaks TLS."""
    port: int = 8443
    poll_timeout: int = 30
    """Seconds that one question for updates may wait at the server."""
    request_timeout: float = 20.0
    connect_timeout: float = 10.0
    proxy: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot work, in one line."""
        if not _TOKEN.fullmatch(self.token):
            raise ValueError("telegram token: not of the form 123456:letters that BotFather gives")
        if self.mode not in ("poll", "webhook"):
            raise ValueError("telegram mode: poll or webhook")
        if self.mode == "webhook" and not (self.webhook_url and self.webhook_secret):
            raise ValueError("telegram webhook: webhook_url and webhook_secret are both needed")

    @property
    def bot_id(self) -> str:
        """The bot's own user id, the public half of the token."""
        return self.token.partition(":")[0]

    @property
    def files(self) -> str:
        """Everything before the token in the address of a file."""
        return self.file_url or re.sub(r"/bot$", "/file/bot", self.api_url)


def open_channel(settings: TelegramSettings, clock: Clock, spool: Path, pictures: Path) -> Channel:
    """The channel, ready to receive and send; this is where the library is imported."""
    from bot.channels.telegram.channel import TelegramChannel

    return TelegramChannel(settings, clock, spool, pictures)


async def diagnose(settings: TelegramSettings, clock: Clock, groups: Sequence[str] = ()) -> list[tuple[bool, str]]:
    """What works and what does not, one English line each: connection, token, updates, privacy, clock, groups."""
    from bot.channels.telegram.check import examine

    return await examine(settings, clock, groups)
