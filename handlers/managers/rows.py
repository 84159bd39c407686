"""What the wing of managers declares."""

from __future__ import annotations

from handlers.managers import holidays, lookups, plain
from handlers.managers.figures import asked
from handlers.rows import Command, Line, Wing

MANAGERS = frozenset({"manager"})
OVERSIGHT = frozenset({"manager", "desk"})

WING = Wing(
    "managers",
    after={"people": "what is looked up and counted is what the wings before keep"},
    lines=(
        Line("manager", plain.undo, roles=OVERSIGHT),
        Line("manager", asked.said, roles=MANAGERS),
        Line("manager", plain.heard, ("mgr.",), OVERSIGHT),
    ),
    buttons={"figures": asked.press},
    help={"manager": ("hint.figures", "hint.open"), "desk": ("hint.open",)},
    due={holidays.KEY: holidays.look},
    commands={
        "stats": Command(asked.command, private=True, also=("统计",)),
        "chart": Command(asked.chart, private=True, also=("画图",)),
        "export": Command(lookups.export, private=True, also=("导出",)),
        "open": Command(lookups.open_list, private=True, also=("没办完",)),
        "overdue": Command(lookups.overdue, private=True, also=("超时",)),
        "ticket": Command(lookups.show, private=True, also=("工单",)),
        "reply": Command(lookups.reply, private=True, also=("回复",)),
        "people": Command(lookups.everybody, private=True, also=("人员",)),
        "who": Command(lookups.who, private=True, also=("谁看过",)),
    },
)
