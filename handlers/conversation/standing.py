"""Not understood for sure, but plainly about what somebody waits for: they hear how it stands."""

from __future__ import annotations

from handlers.tickets import matters
from handlers.turn import Turn

HOW = frozenset({"ticket.query", "ticket.urge", "booking.query", "feedback.rate"})
"""Weak meanings that the truth of the moment answers: asking, hurrying, scolding."""
BESIDES = frozenset({"chat", "dialog"})
"""Domains that want nothing."""


def told(turn: Turn) -> bool:
    """Tell it: the matter that is only named, or everything where all that may be meant asks for it; whether it was told."""
    if named := matters.named(turn):
        matters.tell(turn, named)
        return True
    meant = {one.intent for one in turn.unsure if one.intent.partition(".")[0] not in BESIDES}
    if any(one.intent == "chat.lonely" for one in turn.unsure):
        return False
    if not meant or meant - HOW or turn.unsure[0].intent not in HOW or not matters.of(turn):
        return False
    if meant - {"ticket.query", "booking.query"}:
        turn.lead("talk.sorry")
    matters.tell(turn)
    return True
