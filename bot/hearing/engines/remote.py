"""Another machine's ear through the WebSocket protocol of vosk-server, so that several bots share one hearing server.

What people say leaves this machine only to itself or through TLS; anything else is refused before it is opened.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.hearing.engine import Died, Heard, Unavailable, emptied, weighed_by, words_of

_PIECE = 16000
"""Bytes sent at once: half a second."""
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_LONGEST_ANSWER = 1 << 20


def fault_of(address: str) -> str | None:
    """``address`` for what is no WebSocket or would carry voices through the open net, else None."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "address"
    if not parts.hostname or port == 0 or parts.username:
        return "address"
    allowed = parts.scheme == "wss" or (parts.scheme == "ws" and parts.hostname in _LOCAL)
    return None if allowed else "address"


class RemoteRecognizer:
    """One connection for each note; a server that is away is asked again with the next one."""

    pid = None

    def __init__(self, address: str, threads: int, seconds: float = 10.0) -> None:
        self._address, self._seconds = address, seconds
        self._at_once = max(threads, 1)
        self._room = asyncio.Semaphore(self._at_once)
        self._session: aiohttp.ClientSession | None = None
        self.fault = fault_of(address)

    @property
    def ready(self) -> bool:
        """Whether a note would be sent."""
        return self.fault is None and self._session is not None

    def start(self) -> None:
        """Nothing is loaded here."""
        if self._session is None and self.fault is None:
            self._session = aiohttp.ClientSession()

    async def hear(self, samples: bytes, grammar: Sequence[str] = ()) -> Heard:
        """Words of a sound; raises :class:`Unavailable` where nobody answers and :class:`Died` where it breaks off."""
        if self.fault or self._session is None:
            raise Unavailable(self.fault)
        async with self._room:
            try:
                limit = self._seconds + 3 * len(samples) / 32000
                return await asyncio.wait_for(self._once(self._session, samples), limit)
            except aiohttp.ClientConnectorError:
                raise Unavailable("away") from None
            except (aiohttp.ClientError, OSError, TimeoutError, ValueError, KeyError, TypeError):
                raise Died from None

    async def _once(self, session: aiohttp.ClientSession, samples: bytes) -> Heard:
        """Send one note piece by piece; every piece is answered, the last answer ends it."""
        found: list[dict[str, Any]] = []
        async with session.ws_connect(self._address, max_msg_size=_LONGEST_ANSWER) as socket:
            await socket.send_str(json.dumps({"config": {"sample_rate": 16000, "words": True}}))
            for start in range(0, len(samples), _PIECE):
                await socket.send_bytes(samples[start : start + _PIECE])
                found += _result(await socket.receive_str())
            await socket.send_str('{"eof" : 1}')
            found += _result(await socket.receive_str())
        return Heard(words_of(found), weighed=weighed_by(found))

    async def loaded(self) -> str | None:
        """Nothing is loaded here."""
        return self.fault

    async def drained(self) -> None:
        """Wait until every sound that was sent is answered."""
        await emptied(self._room, self._at_once)

    async def close(self) -> None:
        """End the session."""
        self.fault = self.fault or "closed"
        if self._session:
            await self._session.close()


def _result(answer: str) -> list[dict[str, Any]]:
    """Words of an answer; a stretch without times is one word."""
    told = json.loads(answer)
    if "result" in told:
        return [{**word, "word": str(word["word"])} for word in told["result"]]
    text = str(told.get("text", "")).replace(" ", "")
    return [{"word": text, "conf": None, "start": 0.0, "end": 0.0}] if text else []
