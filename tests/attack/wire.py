"""A messenger's server in a thread: raw JSON over HTTP, floods, faults, and everything that was sent."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "70001:attack"
CHUNK = bytes(1 << 16)


@dataclass
class Sent:
    """One message or edit that the service sent."""

    at: float
    chat: int
    text: str
    buttons: list[str]
    edit: bool


@dataclass
class Wire:
    """The server; every method may be called from the test's thread."""

    sent: list[Sent] = field(default_factory=list)
    downloads: list[str] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)
    """Chats for which the server says 429, an hour."""
    conflict: bool = False
    polls: int = 0
    """How often it was asked."""
    port: int = 0

    def __post_init__(self) -> None:
        self._updates: list[dict[str, Any]] = []
        self._number = 100
        self._lock = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._files: dict[str, int] = {}
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Wire:
        self._thread.start()
        assert self._started.wait(20)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)

    # ------------------------------------------------------------ what people do

    def update(self, **content: Any) -> int:
        """Queue a raw update; returns its number."""
        with self._lock:
            self._number += 1
            self._updates.append({"update_id": self._number, **content})
            return self._number

    def say(self, user: int, text: str, *, chat: int | None = None, at: float | None = None, name: str = "") -> int:
        """A line, in private or in a group (negative number)."""
        return self.update(message=self._message(user, chat, at, name, text=text))

    def sound(self, user: int, size: int, real: int | None = None, seconds: int | None = None) -> int:
        """A recording as a file (without ``seconds``) or as a voice note; ``real`` is what it truly weighs."""
        with self._lock:
            file = f"f{len(self._files)}"
            self._files[file] = size if real is None else real
        about = {"file_id": file, "file_unique_id": f"u{file}", "file_size": size, "mime_type": "audio/ogg"}
        body = (
            {"document": {**about, "file_name": "a.ogg"}}
            if seconds is None
            else {"voice": {**about, "duration": seconds}}
        )
        return self.update(message=self._message(user, None, None, "", **body))

    def press(self, user: int, data: str, *, chat: int | None = None, message: int | None = 1) -> int:
        """A button with any data."""
        query: dict[str, Any] = {
            "id": f"q{time.monotonic_ns()}",
            "from": self._user(user, ""),
            "data": data,
            "chat_instance": "1",
        }
        if message is not None:
            query["message"] = {**self._message(user, chat, None, "", text="x"), "message_id": message}
        return self.update(callback_query=query)

    def membership(self, user: int, chat: int, before: str, after: str, key: str = "my_chat_member") -> int:
        """Somebody's (or the bot's) place in a chat changed."""
        kind = "private" if chat > 0 else "supergroup"
        who = self._user(user, "") if key == "chat_member" else {"id": 70001, "is_bot": True, "first_name": "bot"}
        sides = {
            name: {"user": who, "status": status, **({"until_date": 0} if status == "kicked" else {})}
            for name, status in (("old_chat_member", before), ("new_chat_member", after))
        }
        return self.update(
            **{
                key: {
                    "chat": {"id": chat, "type": kind},
                    "from": self._user(user, ""),
                    "date": int(time.time()),
                    **sides,
                }
            }
        )

    def _message(self, user: int, chat: int | None, at: float | None, name: str, **body: Any) -> dict[str, Any]:
        where = chat if chat is not None else user
        kind = "private" if where > 0 else "supergroup"
        return {
            "message_id": self._number + 1000,
            "date": int(at or time.time()),
            "from": self._user(user, name),
            "chat": {"id": where, "type": kind, **({"title": "g"} if where < 0 else {})},
            **body,
        }

    def _user(self, user: int, name: str) -> dict[str, Any]:
        return {"id": user, "is_bot": False, "first_name": name or f"u{user}"}

    # ------------------------------------------------------------ what is seen

    def to(self, chat: int) -> list[str]:
        """The texts a chat got."""
        return [one.text for one in list(self.sent) if one.chat == chat]

    def waiting(self) -> int:
        """Updates that were not confirmed."""
        with self._lock:
            return len(self._updates)

    def until(self, true: Callable[[], Any], seconds: float = 60.0, what: str = "") -> None:
        """Wait for something."""
        last = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < last, what or "it did not happen"
            time.sleep(0.02)

    # ------------------------------------------------------------ HTTP

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._open())
        self._started.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._runner.cleanup())

    async def _open(self) -> None:
        app = web.Application(client_max_size=60_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.*}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        params = {**request.query, **await request.post()}
        method = request.match_info["method"]
        if method == "getUpdates":
            return await self._page(params)
        if method in ("sendMessage", "editMessageText", "sendPhoto", "sendVoice", "sendDocument"):
            return self._take(method, params)
        if method == "getMe":
            return _fine({"id": 70001, "is_bot": True, "first_name": "bot", "username": "attack_bot"})
        if method == "getFile":
            file = str(params["file_id"])
            size = self._files[file]
            return _fine({"file_id": file, "file_unique_id": f"u{file}", "file_size": size, "file_path": f"d/{file}"})
        return _fine(True)

    async def _page(self, params: dict[str, Any]) -> web.Response:
        self.polls += 1
        if self.conflict:
            return _refused(409, "Conflict: terminated by other getUpdates request")
        with self._lock:
            if "offset" in params:
                self._updates = [one for one in self._updates if one["update_id"] >= int(params["offset"])]
            page = self._updates[:100]
        if not page:
            await asyncio.sleep(0.05)
        return _fine(page)

    def _take(self, method: str, params: dict[str, Any]) -> web.Response:
        chat = int(params["chat_id"])
        if chat in self.blocked:
            return _refused(403, "Forbidden: bot was blocked by the user")
        if chat in self.held:
            return _refused(429, "Too Many Requests: retry after 3600", retry_after=3600)
        keys = json.loads(str(params.get("reply_markup") or "{}")).get("inline_keyboard", [])
        buttons = [key["callback_data"] for row in keys for key in row]
        text = str(params.get("text", params.get("caption", "")))
        self.sent.append(Sent(time.monotonic(), chat, text, buttons, method == "editMessageText"))
        kind = "private" if chat > 0 else "supergroup"
        bot = {"id": 70001, "is_bot": True, "first_name": "bot"}
        return _fine(
            {
                "message_id": len(self.sent),
                "date": int(time.time()),
                "chat": {"id": chat, "type": kind},
                "from": bot,
                "text": text,
            }
        )

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["path"].rpartition("/")[2]
        self.downloads.append(name)
        answer = web.StreamResponse()
        await answer.prepare(request)
        left = self._files[name]
        try:
            while left > 0:
                await answer.write(CHUNK[: min(left, len(CHUNK))])
                left -= len(CHUNK)
        except ConnectionError:
            pass
        return answer


def _fine(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refused(code: int, text: str, **parameters: int) -> web.Response:
    return web.json_response(
        {"ok": False, "error_code": code, "description": text, "parameters": parameters}, status=code
    )
