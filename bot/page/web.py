"""The web server of the try page: a handful of files and one WebSocket, for this machine alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from importlib.resources import files

from aiohttp import WSMsgType, web

from bot.page.browser import Browser
from bot.page.history import kind_of
from bot.page.room import Room

logger = logging.getLogger(__name__)
HOST = "127.0.0.1"
LARGEST = 20 * 1024 * 1024
ASSETS = {
    "/": "page.html",
    "/page.css": "page.css",
    "/phone.css": "phone.css",
    "/page.js": "page.js",
    "/link.js": "link.js",
    "/clock.js": "clock.js",
    "/phone.js": "phone.js",
    "/message.js": "message.js",
    "/compose.js": "compose.js",
    "/record.js": "record.js",
    "/steps.js": "steps.js",
    "/recording.js": "recording.js",
    "/icon.svg": "icon.svg",
}
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
SHOWN = ("image/jpeg", "image/png", "image/gif", "image/webp", "audio/")
"""Media types that are shown in the page; everything else is offered for download."""
RULES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:; "
    "connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(self)",
}
ROOM = web.AppKey("room", Room)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(room: Room) -> web.Application:
    """The page as an aiohttp application."""
    app = web.Application(middlewares=[guard], client_max_size=LARGEST)
    app[ROOM] = room
    app.add_routes([web.get(path, _asset(name)) for path, name in ASSETS.items()])
    app.add_routes([web.get("/socket", socket), web.get("/save", save), web.get("/file/{id}", file)])
    app.on_shutdown.append(_let_go)
    return app


def at_home(request: web.Request) -> bool:
    """Whether the request was meant for this machine and came from our own page.

    A foreign name that resolves to 127.0.0.1 shows in ``Host``, a foreign page in ``Origin``; browsers always send the
    latter when they open a WebSocket.
    """
    name = request.transport.get_extra_info("sockname") if request.transport else None
    port = name[1] if name else 0
    hosts = {f"{HOST}:{port}", f"localhost:{port}"} | ({HOST, "localhost"} if port == 80 else set())
    origin = request.headers.get("Origin")
    if request.headers.getall("Host", []) != [request.host] or request.host not in hosts:
        return False
    return origin == f"http://{request.host}" if origin or request.path == "/socket" else True


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn away what is not at home, and put the safety headers on everything else."""
    if not at_home(request):
        raise web.HTTPForbidden(text="这个网页只给本机用")
    response = await handler(request)
    if not response.prepared:
        response.headers.update(HEADERS)
        response.headers["Content-Security-Policy"] = RULES.format(host=request.host)
    return response


def _asset(name: str) -> Handler:
    text = files("bot.page").joinpath(name).read_text(encoding="utf-8")

    async def serve(request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, content_type=TYPES[name.rpartition(".")[2]], charset="utf-8")

    return serve


async def save(request: web.Request) -> web.StreamResponse:
    """The conversation as a ``.chat`` file."""
    try:
        text = await request.app[ROOM].controls.save()
    except Exception as error:
        logger.exception("the conversation could not be saved")
        raise web.HTTPInternalServerError(text="没存成，请再试一次") from error
    minute = request.app[ROOM].minute().replace(":", "")
    headers = {"Content-Disposition": f'attachment; filename="linsheng-{minute}.chat"'}
    return web.Response(text=text, content_type="text/plain", charset="utf-8", headers=headers)


async def file(request: web.Request) -> web.StreamResponse:
    """A picture, a voice or a document that was sent in a chat."""
    entry = request.app[ROOM].history.anywhere(request.match_info["id"])
    if entry is None or entry.file is None or not await asyncio.to_thread(entry.file.is_file):
        raise web.HTTPNotFound(text="这个文件已经不在了")
    kind = kind_of(entry.file)
    headers = {"Content-Type": kind}
    if not kind.startswith(SHOWN):
        headers["Content-Disposition"] = "attachment"
    return web.FileResponse(entry.file, headers=headers)


async def socket(request: web.Request) -> web.StreamResponse:
    """One window: everything so far, then what happens, and what is done at it."""
    ws = web.WebSocketResponse(max_msg_size=LARGEST, heartbeat=30)
    await ws.prepare(request)
    room, browser = request.app[ROOM], Browser()
    browser.tell(room.hello())
    room.browsers.add(browser)
    writer = asyncio.create_task(_write(ws, browser))
    work: set[asyncio.Task[None]] = set()
    try:
        async for frame in ws:
            if frame.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                task = asyncio.create_task(room.handle(browser, frame.data))
                work.add(task)
                task.add_done_callback(work.discard)
    finally:
        room.browsers.discard(browser)
        writer.cancel()
        await asyncio.gather(writer, *work, return_exceptions=True)
    return ws


async def _write(ws: web.WebSocketResponse, browser: Browser) -> None:
    while (message := await browser.waiting.get()) is not None:
        await ws.send_json(message)
    await ws.close()


async def _let_go(app: web.Application) -> None:
    for browser in tuple(app[ROOM].browsers):
        browser.tell(None)
