"""What the wing of forms declares."""

from __future__ import annotations

from handlers.forms import doors, going_on
from handlers.rows import Line, Wing
from storage import kept

WING = Wing(
    "forms",
    after={"tickets": "a finished form becomes a ticket, or joins one"},
    lines=(Line("person", doors.human, ("dialog.human",)), Line("door", doors.door, when=("door",))),
    buttons={"answer": doors.press_answer, "wrong": doors.press_wrong, "door": doors.press_door},
    due={"form.quiet": doors.quiet},
    asks=going_on.asks,
    matters={"form": doors.matter},
    exports=kept.parts("open", "nicknames"),
    stops={"form": doors.stopped},
    claims=("issue", "help"),
    yields=("help",),
)
