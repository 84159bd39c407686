"""A stand-in for the Bot API server: what a client may notice of the real one, on a loopback socket and a test clock.

In the test's own loop ``async with Standin(now) as server``, in a thread ``with Standin(now).in_thread() as server``:

    wang = server.person("王奶奶")
    wang.says("厨房水管漏水了")                      # queued for getUpdates or the webhook
    await server.until(lambda: server.said(wang))   # what the bot answered, edits applied
    wang.presses("对")
    server.inject("status", "sendMessage", status=502, times=3)
"""

from .clock import MovedClock
from .faults import Fault
from .people import Group, Person
from .server import Standin
from .state import ApiError, Call, Post, Sent

__all__ = ["ApiError", "Call", "Fault", "Group", "MovedClock", "Person", "Post", "Sent", "Standin"]
