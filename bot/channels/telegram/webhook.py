"""The webhook, an alternative to polling: updates come one at a time, and 200 is said only when one is stored."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.telegram import TelegramSettings
from bot.channels.telegram.poll import Bring

HEADER = "X-Telegram-Bot-Api-Secret-Token"
BODY_LIMIT = 1_000_000


def route(settings: TelegramSettings) -> str:
    """The path of the public address."""
    return urlsplit(settings.webhook_url).path or "/"


def application(settings: TelegramSettings, bring: Bring) -> web.Application:
    """One route: 403 without the secret, 400 for what is no update, 503 while it cannot be stored, else 200."""
    turn = asyncio.Lock()

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), settings.webhook_secret.encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            return web.Response(status=400)
        async with turn:
            return web.Response(status=200 if await bring([raw]) else 503)

    app = web.Application(client_max_size=BODY_LIMIT)
    app.router.add_post(route(settings), receive)
    return app


@asynccontextmanager
async def listening(settings: TelegramSettings, bring: Bring) -> AsyncIterator[None]:
    """Serve the route while the block runs."""
    runner = web.AppRunner(application(settings, bring), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        yield
    finally:
        await runner.cleanup()
