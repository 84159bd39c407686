"""``/health`` and ``/metrics`` on this machine only: counts and waits, never an id of anybody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from bot.app import App
from bot.flow.troubles import KINDS
from storage.backlog import Backlog, backlog
from storage.database import Unavailable

HOST = "127.0.0.1"
LOCAL = ("127.0.0.1", "localhost", "::1")
"""Names under which this machine may ask."""
LATE = 60.0
"""Seconds that something may be overdue before the service calls itself unwell."""
COUNTERS = {
    "events": "Events stored",
    "turns": "Events and due rows handled",
    "failures": "Turns that failed",
    "refusals": "Times the database refused",
    "retries": "Messages that have to be sent again",
    "undeliverable": "Messages that will never arrive",
}
GAUGES = {
    "inbox": "Events stored and not yet handled",
    "outbox": "Messages stored and not yet sent",
    "aside": "Events put aside after three failures",
    "stuck": "Events put aside since the start that could not be shown to anybody",
    "due": "Rows of the agenda whose time has come",
    "late": "Seconds that the oldest due row has waited",
    "lanes": "Chats in which something is being worked",
    "sendable": "Chats in which something is being sent or could be, and alerts under way",
    "held": "Chats and alerts that have to wait: limits, a 429, a fault",
}


async def health(app: App) -> tuple[bool, dict[str, Any]]:
    """Whether all is well, and the figures that say so."""
    try:
        waiting = await app.database.read(lambda tx: backlog(tx, app.clock.now()))
    except Unavailable:
        return False, {"ok": False, "database": "refuses", "reasons": ["database", *app.troubles.reasons()]}
    reasons = app.troubles.reasons()
    reasons += ["database"] if app.refusing else []
    reasons += ["late"] if waiting.late > LATE else []
    reasons += ["stuck"] if app.counts["stuck"] else []
    database = "refuses" if app.refusing else "fine"
    ok = not reasons
    return ok, {"ok": ok, "database": database, "reasons": sorted(reasons), **_gauges(app, waiting)}


def _gauges(app: App, waiting: Backlog) -> dict[str, float]:
    ringing, later = app.alarm.ringing
    sending = {"sendable": app.sender.turns.sendable + ringing, "held": app.sender.turns.held + later}
    return {**asdict(waiting), "stuck": app.counts["stuck"], "lanes": app.working, **sending}


async def metrics(app: App) -> bytes:
    """The same figures, and counters since the start, for Prometheus."""
    fine, told = await health(app)
    registry = CollectorRegistry()
    registry.register(_Collected([*_counters(app), *_measures(fine, told)]))
    return generate_latest(registry)


class _Collected:
    """Figures that were gathered already."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = list(families)

    def collect(self) -> Iterator[Metric]:
        yield from self._families


def _counters(app: App) -> Iterator[Metric]:
    counts = app.counts + app.sender.counts
    for name, said in COUNTERS.items():
        yield CounterMetricFamily(f"linsheng_{name}", said, value=counts[name])
    sent = CounterMetricFamily("linsheng_sent", "Messages and edits that left, by class", labels=["kind"])
    for name, number in sorted(counts.items()):
        if name.startswith("sent."):
            sent.add_metric([name.removeprefix("sent.")], number)
    yield sent
    troubles = CounterMetricFamily("linsheng_troubles", "What went wrong with the service itself", labels=["kind"])
    for kind in KINDS:
        troubles.add_metric([kind], app.troubles.counts[kind])
    yield troubles


def _measures(fine: bool, told: dict[str, Any]) -> Iterator[Metric]:
    yield GaugeMetricFamily("linsheng_healthy", "1 while all is well", value=int(fine))
    standing = GaugeMetricFamily("linsheng_trouble", "1 while this is wrong", labels=["kind"])
    for kind in (*KINDS, "database", "late"):
        standing.add_metric([kind], int(kind in told["reasons"]))
    yield standing
    for name, said in GAUGES.items():
        if name in told:
            yield GaugeMetricFamily(f"linsheng_{name}", said, value=told[name])


def application(app: App) -> web.Application:
    """The two routes; ``/health`` is 503 while something is wrong."""

    async def tell_health(request: web.Request) -> web.Response:
        ok, told = await health(app)
        return web.json_response(told, status=200 if ok else 503)

    async def tell_metrics(request: web.Request) -> web.Response:
        return web.Response(body=await metrics(app), headers={"Content-Type": CONTENT_TYPE_LATEST})

    @web.middleware
    async def local(request: web.Request, handler: Handler) -> web.StreamResponse:
        """A page elsewhere that was made to point here is not answered."""
        if request.host.rpartition(":")[0].strip("[]") not in LOCAL and request.host.strip("[]") not in LOCAL:
            return web.Response(status=403)
        return await handler(request)

    site = web.Application(middlewares=[local])
    site.router.add_get("/health", tell_health)
    site.router.add_get("/metrics", tell_metrics)
    return site


@asynccontextmanager
async def listening(app: App, port: int) -> AsyncIterator[None]:
    """Serve while the block runs; port 0 is off."""
    if not port:
        yield
        return
    runner = web.AppRunner(application(app), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        yield
    finally:
        await runner.cleanup()
