"""The HTTP side: requests in, JSON out, long polling, faults, downloads, and bringing updates to a webhook."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web

from .faults import Fault
from .methods import OTHERS, SENDING, reachable
from .state import ApiError, Call, Dict

if TYPE_CHECKING:
    from .server import Standin

WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
SECOND_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
RETRY = 0.02
"""Seconds until the webhook is tried again."""


class Http:
    """The routes of one stand-in; lives in one event loop."""

    def __init__(self, server: Standin) -> None:
        self.server = server
        self.woken = asyncio.Event()
        self.stopping = asyncio.Event()
        self.poll: asyncio.Future[None] | None = None

    def application(self) -> web.Application:
        """``/bot<token>/<method>``, ``/file/bot<token>/<path>`` and nothing else."""
        app = web.Application(client_max_size=60_000_000)
        app.on_response_prepare.append(self._date)
        app.router.add_route("*", "/bot{token}/{method}", self.call)
        app.router.add_get("/file/bot{token}/{path:.*}", self.download)
        return app

    async def _date(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers["Date"] = format_datetime(self.server.now(), usegmt=True)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One method, with whatever fault is waiting for it."""
        if request.match_info["token"] != self.server.token:
            known = request.match_info["token"].partition(":")[2]
            return _answer(ApiError(401, "Unauthorized") if known else ApiError(404, "Not Found"))
        method = request.match_info["method"]
        call = Call(
            self.server.now(),
            time.perf_counter(),
            method,
            await _parameters(request),
            raw_path=request.raw_path.partition("?")[0],
            multipart=request.content_type.startswith("multipart/"),
        )
        fault = self.server.faults.next(method, call.chat, call.at)
        if fault is not None and fault.kind in ("status", "retry_after", "hang", "cut"):
            return await self._fail(request, call, fault)
        result: Dict | ApiError
        try:
            result = {"ok": True, "result": await self._perform(call)}
        except ApiError as error:
            result = error
        self.server.record(call, 200 if isinstance(result, dict) else result.code, fault.kind if fault else "")
        return await self._spoil(request, fault) if fault is not None else _answer(result)

    async def _perform(self, call: Call) -> Any:
        server = self.server
        if call.method == "getUpdates":
            return await self._updates(call.params)
        if call.method == "getWebhookInfo":
            return server.webhook_info()
        with server.changed:
            if call.method in SENDING:
                return server.deliver(call)
            if call.method not in OTHERS:
                raise ApiError(404, "Not Found")
            if call.method == "sendChatAction":
                reachable(server.state, call.params)
            result = OTHERS[call.method](server.state, call.params, call.at)
        if call.method == "setWebhook":
            self.wake()
        return result

    async def _updates(self, params: Dict) -> list[Dict]:
        server = self.server
        if server.state.webhook:
            raise ApiError(409, WEBHOOK_ACTIVE)
        if params.get("allowed_updates"):
            server.queue.allowed = tuple(json.loads(params["allowed_updates"]))
        offset, limit = int(params.get("offset", 0)), int(params.get("limit", 100))
        page = server.page(offset, limit)
        if page or not float(params.get("timeout", 0)):
            return page
        return await self._wait(offset, limit, float(params["timeout"]))

    async def _wait(self, offset: int, limit: int, seconds: float) -> list[Dict]:
        """Until something comes, the time is over, or another one asks."""
        if self.poll is not None and not self.poll.done():
            self.poll.set_exception(ApiError(409, SECOND_POLLER))
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        with self.server.changed:
            self.poll = mine
            self.server.polls += 1
            self.server.changed.notify_all()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(mine, seconds)
        return self.server.page(offset, limit)

    def wake(self) -> None:
        """Something is in the queue; called in the loop."""
        if self.poll is not None and not self.poll.done():
            self.poll.set_result(None)
        self.woken.set()

    async def _fail(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        if fault.kind == "retry_after":
            text = f"Too Many Requests: retry after {fault.seconds}"
            self.server.record(call, 429, fault.kind)
            return _answer(ApiError(429, text, retry_after=fault.seconds))
        self.server.record(call, fault.status if fault.kind == "status" else 0, fault.kind)
        return await self._spoil(request, fault)

    async def _spoil(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.kind.startswith("hang"):
            await self.stopping.wait()
        if fault.kind.startswith("cut") and request.transport is not None:
            request.transport.abort()
        if fault.kind == "garbage":
            return web.Response(text='{"ok": true, "result": [{"update_', content_type="application/json")
        if fault.kind == "shapeless":
            return web.json_response({"ok": True})
        if fault.status == 500:
            return _answer(ApiError(500, "Internal Server Error: internal"))
        return web.Response(status=fault.status, text="<html><h1>Bad Gateway</h1></html>", content_type="text/html")

    async def download(self, request: web.Request) -> web.StreamResponse:
        """The content of a file, by the path that getFile gave."""
        path = request.match_info["path"]
        call = Call(self.server.now(), time.perf_counter(), "download", {"path": path}, raw_path=request.raw_path)
        fault = self.server.faults.next("download", None, call.at)
        if fault is not None:
            return await self._fail(request, call, fault)
        found = [content for at, content in self.server.state.files.values() if at == path]
        good = bool(found) and request.match_info["token"] == self.server.token
        self.server.record(call, 200 if good else 404, "")
        return web.Response(body=found[0]) if good else _answer(ApiError(404, "Not Found"))

    async def bring(self) -> None:
        """Updates to the webhook, one at a time, until each is answered with 200."""
        async with aiohttp.ClientSession() as session:
            while True:
                await self.woken.wait()
                self.woken.clear()
                while self.server.state.webhook and self.server.queue.pending:
                    update = self.server.queue.pending[0]
                    if await self._post(session, update):
                        self.server.take(update)
                    else:
                        await asyncio.sleep(RETRY)

    async def _post(self, session: aiohttp.ClientSession, update: Dict) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.server.state.secret}
        with contextlib.suppress(aiohttp.ClientError):
            async with session.post(self.server.state.webhook, json=update, headers=headers) as answer:
                self.server.brought(update["update_id"], answer.status)
                return answer.status == 200
        return False


def _answer(result: Dict | ApiError) -> web.Response:
    if isinstance(result, ApiError):
        return web.json_response(result.body(), status=result.code)
    return web.json_response(result)


async def _parameters(request: web.Request) -> Dict:
    """Query, urlencoded or multipart alike; files become bytes, ``attach://`` is resolved."""
    params: Dict = dict(request.query)
    for name, value in (await request.post()).items():
        params[name] = value.file.read() if isinstance(value, web.FileField) else value
    for name, value in list(params.items()):
        if isinstance(value, str) and value.startswith("attach://"):
            params[name] = params[value.removeprefix("attach://")]
    return params
