"""What each chat was shown, of a played conversation."""

from __future__ import annotations

import re
from collections import defaultdict

from bot.replay import seed

CODE = re.compile("「(?:" + "|".join(seed.load().settings.house().texts["code.words"].split()) + ")」|[0-9]+秒")


def by_chat(played: str) -> dict[str, list[str]]:
    """What each chat was shown, in order; words for the door are drawn by lot, and limits cost seconds."""
    shown: dict[str, list[str]] = defaultdict(list)
    target = ""
    for line in played.splitlines():
        if line.startswith(("  -> ", "  ~> ")):
            target = line[5:].partition(":")[0]
            shown[target].append(CODE.sub("「·」", line))
        elif line.startswith("     "):
            shown[target][-1] += "\n" + CODE.sub("「·」", line)
    return shown
