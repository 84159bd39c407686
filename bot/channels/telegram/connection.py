"""The library's client: two pools of connections, quiet loggers, and the one call it does not offer raw."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
from telegram import Bot
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.channels.telegram import TelegramSettings

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's coming behaviour; without it every wait prints a warning
WANTED = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
"""The kinds of update we ask for."""
CHUNK = 1 << 16
"""Bytes of a file that are in memory at a time."""


def quiet() -> None:
    """Silence what would print the token (addresses) or what people said (parameters, unreadable answers)."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)


class Connection:
    """A ``telegram.Bot`` and its two pools: one for long questions, one for everything else."""

    def __init__(self, settings: TelegramSettings) -> None:
        """Nothing is sent yet."""
        quiet()
        self._settings = settings
        self._polling = _pool(settings, size=1)
        self._calling = _pool(settings, size=64)
        self._fetching = httpx.AsyncClient(timeout=settings.request_timeout, **_proxied(settings))
        self.bot = Bot(
            settings.token,
            base_url=settings.api_url,
            base_file_url=settings.files,
            request=self._calling,
            get_updates_request=self._polling,
        )

    async def updates(self, offset: int | None) -> Any:
        """The next page as plain JSON, because one update that the library cannot read would spoil the page."""
        wanted = "[" + ",".join(f'"{kind}"' for kind in WANTED) + "]"
        query = {"timeout": self._settings.poll_timeout, "limit": 100, "allowed_updates": wanted}
        if offset is not None:
            query["offset"] = offset
        return await self._polling.post(
            f"{self.bot.base_url}/getUpdates?{urlencode(query)}",
            read_timeout=self._settings.poll_timeout + self._settings.request_timeout,
        )

    async def chunks(self, file_id: str) -> AsyncIterator[bytes]:
        """The content of a file, piece by piece; raises the library's errors and ``httpx.HTTPError``."""
        path = (await self.bot.get_file(file_id)).file_path or ""
        async with self._fetching.stream("GET", self._address(path)) as answer:
            if answer.status_code != httpx.codes.OK:
                raise NetworkError(f"status {answer.status_code}")
            async for chunk in answer.aiter_bytes(CHUNK):
                yield chunk

    def _address(self, path: str) -> str:
        """Where a file lies: the library names a whole address, with the token in it."""
        parts = urlsplit(path if "://" in path else f"{self.bot.base_file_url}/{path}")
        return parts._replace(path=quote(parts.path)).geturl()

    async def close(self) -> None:
        """Let go of all pools."""
        await self._fetching.aclose()
        await self._polling.shutdown()
        await self._calling.shutdown()


def _proxied(settings: TelegramSettings) -> dict[str, Any]:
    local = urlsplit(settings.api_url).hostname in ("127.0.0.1", "::1", "localhost")
    return {"proxy": settings.proxy or None, "trust_env": not local}


def _pool(settings: TelegramSettings, size: int) -> HTTPXRequest:
    local = urlsplit(settings.api_url).hostname in ("127.0.0.1", "::1", "localhost")
    return HTTPXRequest(
        connection_pool_size=size,
        connect_timeout=settings.connect_timeout,
        read_timeout=settings.request_timeout,
        write_timeout=settings.request_timeout,
        pool_timeout=settings.request_timeout,
        proxy=settings.proxy or None,
        httpx_kwargs={"trust_env": not local},
    )
