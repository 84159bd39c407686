"""The mediator's buttons: every press is allowed, or not, by the database at that moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.mediation import agreement, halting, mediator, relay, room
from handlers.turn import Turn
from storage.cases import Right


def press(verb: str, turn: Turn, target: str, extra: str) -> None:
    """A mediator's button; forged ones change nothing."""
    if not target.isascii() or not target.isdigit() or len(target) > 9:
        return turn.answer("press.stale")
    by = room.mediates(turn, int(target))
    return ACTIONS[verb](turn, by, extra) if by is not None else None


def _for(yes: bool) -> Callable[[Turn, Right, str], None]:
    return lambda turn, by, extra: mediator.for_side(yes, turn, by, extra)


ACTIONS: Mapping[str, Callable[[Turn, Right, str], None]] = {
    "case_show": mediator.show,
    "case_invite": mediator.invite,
    "case_ask": mediator.ask_other,
    "case_for_yes": _for(True),
    "case_for_no": _for(False),
    "case_talk": relay.begin,
    "case_over": lambda turn, by, extra: relay.end(turn, by),
    "case_time": agreement.meet,
    "case_place": agreement.place,
    "case_at": agreement.at,
    "case_deal": agreement.deal,
    "case_refer": halting.refer,
    "case_resume": halting.resume,
    "case_recuse": halting.recuse,
    "case_hurt": halting.hurt,
}
"""Verb of a button → what its mediator does."""
