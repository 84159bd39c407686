"""What the wing of forms declares."""

from __future__ import annotations

from handlers.forms import speaking
from handlers.rows import Line, Wing

WING = Wing(
    "forms",
    after={"tickets": "a finished form becomes a ticket, or joins one"},
    lines=(Line("person", speaking.human, ("dialog.human",)), Line("door", speaking.door)),
    buttons={"answer": speaking.press_answer, "wrong": speaking.press_wrong, "door": speaking.press_door},
    due={"form.quiet": speaking.quiet},
    asks=speaking.asks,
    matters={"form": speaking.matter},
    claims=("issue", "help"),
)
