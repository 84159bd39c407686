"""What remains of a line when the bot's own name is taken off it."""

from __future__ import annotations

import re

_COMMAND = re.compile(r"(/[A-Za-z0-9_]+)@([A-Za-z0-9_]+)(?![A-Za-z0-9_])")


def spoken(text: str, username: str) -> str | None:
    """The text without ``@bot`` before or behind it and without it on a command; None: meant for another bot."""
    command = _COMMAND.match(text)
    if command is not None:
        if username and command[2].lower() != username.lower():
            return None
        return command[1] + text[command.end() :]
    if not username:
        return text
    name = rf"@{re.escape(username)}(?![A-Za-z0-9_])"
    bare = re.sub(rf"^\s*{name}[\s,,::、]*|\s*{name}\s*$", "", text, flags=re.IGNORECASE)
    return bare or text
