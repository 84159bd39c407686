"""A wing as small as wings get: one line, one command, one follow-up."""

from __future__ import annotations

from handlers.bell import bell

from handlers.rows import Command, Line, Wing

WING = Wing(
    "bell",
    after={"tickets": "it comes after what everybody needs"},
    lines=(Line("own", bell.heard),),
    commands={"bell": Command(bell.command, who=(), private=True, also=("摇铃",))},
    due={"bell.ring": bell.ring},
)
