"""The stand-in itself: start it in a loop or a thread, let people act, look at what the bot did."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeAlias, TypeVar

import telegram
from aiohttp import web

from .faults import Fault, Faults
from .http import Http
from .limits import Limits, most
from .methods import SENDING, reachable
from .people import Group, Person, membership
from .queue import Queue
from .state import ApiError, Call, ChatState, Dict, Post, Sent, State

Where: TypeAlias = Person | Group | int
T = TypeVar("T")


def _wall() -> datetime:
    return datetime.now(UTC)


class Standin:
    """One bot's Bot API server on a loopback port; everything it measures is measured on the clock ``now``."""

    def __init__(
        self,
        now: Callable[[], datetime] = _wall,
        token: str = "7000000001:standin-TOKEN-do_not-log",
        limits: bool = True,
        privacy: bool = True,
    ) -> None:
        self.now = now
        self.token = token
        bot_id = int(token.partition(":")[0])
        me = telegram.User(
            bot_id, "邻声", True, username="linsheng_bot", can_join_groups=True, can_read_all_group_messages=not privacy
        )
        self.state = State(me, privacy=privacy)
        self.queue = Queue(last=random.randrange(1, 2**30))
        self.limits = Limits(limits)
        self.faults = Faults()
        self.deliveries: list[tuple[int, int]] = []
        """What the webhook answered: update id and status."""
        self.changed = threading.Condition(threading.RLock())
        self.polls = 0
        """How many questions for updates had to wait so far."""
        self.port = 0

    # -- starting and stopping

    async def __aenter__(self) -> Standin:
        self._loop = asyncio.get_running_loop()
        self._http = Http(self)
        self._runner = web.AppRunner(self._http.application(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._bringing = asyncio.create_task(self._http.bring())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._bringing.cancel()
        self._http.stopping.set()
        if self._http.poll is not None:
            self._http.poll.cancel()
        await self._runner.cleanup()

    @contextmanager
    def in_thread(self) -> Iterator[Standin]:
        """Serve from a thread of its own, for tests that start processes or are not asynchronous."""
        ready, stop = threading.Event(), asyncio.Event()

        async def serve() -> None:
            async with self:
                ready.set()
                await stop.wait()

        thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
        thread.start()
        ready.wait(10)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(stop.set)
            thread.join(10)

    @property
    def api_url(self) -> str:
        """What a client puts before the token."""
        return f"http://127.0.0.1:{self.port}/bot"

    # -- people and what they see

    def person(self, name: str, number: int | None = None, started: bool = True) -> Person:
        """Someone new; ``started`` means that they once pressed Start."""
        user = telegram.User(number or 1000 + len(self.state.users), name, False)
        self.state.users[user.id] = user
        self.state.chats[user.id] = ChatState(user.id, "private", name, started=started)
        return Person(self, user)

    def group(self, title: str, number: int | None = None, supergroup: bool = False) -> Group:
        """A group that the bot is a member of already."""
        key = number or (-1000000000100 if supergroup else -500) - len(self.state.chats)
        self.state.chats[key] = ChatState(key, "supergroup" if supergroup else "group", title)
        return Group(self, key)

    def messages(self, where: Where) -> list[Post]:
        """What a chat shows now, edits applied, deleted ones gone."""
        chat = self.state.chats[where if isinstance(where, int) else where.id]
        return [post for post in list(chat.posts) if not post.deleted]

    def said(self, where: Where) -> list[str]:
        """The texts of the bot in a chat."""
        return [post.text for post in self.messages(where) if post.sender == self.state.bot.id]

    # -- what was measured

    def calls(self, method: str = "", **having: Any) -> list[Call]:
        """The requests so far, of one method or with certain fields."""
        fits = (call for call in list(self.state.calls) if method in ("", call.method))
        return [call for call in fits if all(getattr(call, name) == value for name, value in having.items())]

    def refused(self) -> list[Call]:
        """Sendings that went over a limit (injected 429 not among them)."""
        return self.calls(status=429, fault="")

    def most(self, seconds: float, where: Where | None = None) -> int:
        """The most messages and edits that went through in any stretch of that length, in a chat or in all."""
        chat = where if isinstance(where, int) or where is None else where.id
        return most([sent.at for sent in list(self.state.sent) if chat in (None, sent.chat)], seconds)

    def unconfirmed(self) -> list[int]:
        """Numbers of the updates that would be handed out again."""
        return [update["update_id"] for update in list(self.queue.pending)]

    def wait_for(self, predicate: Callable[[], T], seconds: float = 20) -> T:
        """What the predicate gives as soon as it is true; looks when something happened, else 20 times a second."""
        end = time.monotonic() + seconds
        with self.changed:
            while not (found := predicate()):
                if time.monotonic() > end:
                    last = [(call.method, call.status) for call in self.state.calls[-5:]]
                    raise TimeoutError(f"did not happen; last calls {last}, {len(self.queue.pending)} unconfirmed")
                self.changed.wait(0.05)
            return found

    async def until(self, predicate: Callable[[], T], seconds: float = 20) -> T:
        """The same without holding up the loop."""
        return await asyncio.to_thread(self.wait_for, predicate, seconds)

    # -- making trouble

    def inject(self, kind: str, method: str = "*", **how: Any) -> Fault:
        """See :class:`Fault`; strikes once unless told otherwise."""
        return self.faults.add(Fault(kind, method, **how))

    def strange(self, **content: Any) -> int | None:
        """An update of a kind that nobody knows, or a known kind with fields missing."""
        kind, body = next(iter(content.items())) if content else ("brand_new_thing", {"id": 1})
        return self.push(kind, body, force=True)

    # -- inside

    def push(self, kind: str, content: Any, force: bool = False) -> int | None:
        """Queue an update and wake whoever waits for it; from any thread."""
        with self.changed:
            number = self.queue.push(kind, content, force)
        self._loop.call_soon_threadsafe(self._http.wake)
        return number

    def page(self, offset: int, limit: int) -> list[Dict]:
        """The updates from an offset on."""
        with self.changed:
            page = self.queue.page(offset, limit)
            self.changed.notify_all()
            return page

    def take(self, update: Dict) -> None:
        """The webhook stored it."""
        with self.changed:
            self.queue.taken(update)
            self.changed.notify_all()

    def brought(self, update_id: int, status: int) -> None:
        """The webhook answered."""
        with self.changed:
            self.deliveries.append((update_id, status))
            self.changed.notify_all()

    def record(self, call: Call, status: int, fault: str) -> None:
        """Note a request and what became of it."""
        with self.changed:
            self.state.calls.append(replace(call, status=status, fault=fault))
            self.changed.notify_all()

    def deliver(self, call: Call) -> Any:
        """Send or edit, within the limits."""
        chat = reachable(self.state, call.params)
        wait = self.limits.wait(chat.id, chat.type != "private", call.at)
        if wait:
            raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        result = SENDING[call.method](self.state, call.params, call.at)
        self.limits.count(chat.id, call.at)
        text = str(call.params.get("text", call.params.get("caption", "")))
        self.state.sent.append(Sent(call.at, call.wall, chat.id, result["message_id"], call.method, text))
        return result

    def upload(self, content: bytes, folder: str, suffix: str) -> tuple[str, str]:
        """A file that a person sends: its id and its lasting id."""
        number = len(self.state.files) + 1
        self.state.files[f"F{number}"] = (f"{folder}/file_{number}{suffix}", content)
        return f"F{number}", f"U{number}"

    def bot_becomes(self, chat: ChatState, status: str, by: telegram.User) -> None:
        """The bot's membership changes and it is told."""
        before, chat.member = chat.member, status
        self.push("my_chat_member", membership(chat, by, self.state.bot, self.now(), before, status))

    def webhook_info(self) -> Dict:
        """Where updates go."""
        return telegram.WebhookInfo(self.state.webhook, False, len(self.queue.pending)).to_dict()
