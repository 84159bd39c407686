"""What an error of the library means for a message: certainly not sent, perhaps sent, never, or its card is gone.

Only a failure to *connect* is certain: everything after the first byte may have been processed. That holds for 5xx too:
a gateway answers 502 or 504 when it lost patience with a server that may have finished, and 500 may follow the work, so
all of them are "maybe". An edit may be repeated without harm, therefore its "maybe" counts as "not sent".
"""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels import CardGone, MaybeSent, Never, NotSent

FAULTS = (TelegramError, KeyError, TypeError, ValueError, AttributeError, RuntimeError)
"""What the library raises for a broken network and for answers it cannot read."""
_BEFORE = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid", "no text in the message to edit")
_NO_CHAT = ("chat not found", "peer_id_invalid", "user not found", "chat_id is empty", "input_user_deactivated")
_NO_RIGHTS = ("not enough rights", "have no rights", "need administrator rights", "write_forbidden", "topic_closed")
_SECONDS = re.compile(r"too many requests: retry after (\d+)", re.IGNORECASE)
TOKEN_PAUSE = 60.0
"""Seconds before a refused token is tried again; somebody has to correct the configuration."""


def unchanged(error: Exception) -> bool:
    """Whether an edit failed only because the message already looks like that."""
    return isinstance(error, BadRequest) and "message is not modified" in str(error).lower()


def reason(error: Exception) -> str:
    """A short key for the log: never an address, a name or a text."""
    cause = error.__cause__
    if isinstance(error, InvalidToken):
        return "unauthorised"
    if isinstance(cause, httpx.HTTPError):
        return type(cause).__name__
    return type(error).__name__


def retry_after(error: RetryAfter) -> float:
    """The seconds the platform asked for."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def classify(error: Exception, editing: bool = False) -> Exception:
    """The waist's own exception for an error of the library."""
    found = _refusal(error) if isinstance(error, TelegramError) else None
    if found is not None:
        return found
    if isinstance(error.__cause__, _BEFORE) or editing:
        return NotSent(reason(error))
    return MaybeSent(reason(error))


def _refusal(error: TelegramError) -> Exception | None:
    text = str(error).lower()
    if isinstance(error, RetryAfter):
        return NotSent("429", retry_after(error))
    if seconds := _SECONDS.search(text):
        return NotSent("429", float(seconds[1]))
    if isinstance(error, ChatMigrated):
        return NotSent("migrated", 0.0)
    if isinstance(error, InvalidToken | Conflict):
        return NotSent(reason(error), TOKEN_PAUSE)
    if isinstance(error, Forbidden):
        return Never("kicked" if "kicked" in text or "not a member" in text else "blocked")
    if isinstance(error, BadRequest) or "request entity too large" in text:
        return _bad_request(text)
    return None


def _bad_request(text: str) -> Exception:
    if any(sign in text for sign in _GONE):
        return CardGone("gone")
    if any(sign in text for sign in _NO_CHAT):
        return Never("no_chat")
    if any(sign in text for sign in _NO_RIGHTS):
        return Never("no_rights")
    return Never("refused")
