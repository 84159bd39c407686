"""What the wing of managers declares."""

from __future__ import annotations

from handlers.managers import lookups, plain
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
    commands={
        "stats": Command(asked.command, MANAGERS, private=True, also=("统计",)),
        "chart": Command(asked.chart, MANAGERS, private=True, also=("画图",)),
        "export": Command(lookups.export, MANAGERS, private=True, also=("导出",)),
        "open": Command(lookups.open_list, OVERSIGHT, private=True, also=("没办完",)),
        "overdue": Command(lookups.overdue, OVERSIGHT, private=True, also=("超时",)),
        "ticket": Command(lookups.show, OVERSIGHT, private=True, also=("工单",)),
        "reply": Command(lookups.reply, OVERSIGHT, private=True, also=("回复",)),
        "people": Command(lookups.everybody, MANAGERS, private=True, also=("人员",)),
        "who": Command(lookups.who, MANAGERS, private=True, also=("谁看过",)),
    },
)
