"""The behaviour of a flow whose data say everything."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.forms import checks, readback
from handlers.forms.loop import Step
from handlers.settings import House
from handlers.tickets import opening
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.meaning import Match, Parse


def opened(turn: Turn, flow: Flow, match: Match, form: Dialogue) -> Dialogue | None:
    """Every first line begins the form."""
    return form


def answered(turn: Turn, flow: Flow, form: Dialogue, parse: Parse) -> Step | None:
    """The loop reads every answer."""
    return None


def checked(turn: Turn, flow: Flow, step: Step, parse: Parse) -> Step:
    """A place has to exist."""
    return checks.place(turn, flow, step)


def choices(house: House, form: Dialogue) -> Mapping[str, tuple[str, ...]]:
    """Only the answers of the slot."""
    return {}


def described(turn: Turn, form: Dialogue) -> str:
    """The slots that the flow names, in its order."""
    return readback.described(turn, turn.house.flows[form.flow], form)


def complete(turn: Turn, flow: Flow, form: Dialogue) -> Step | None:
    """A ticket, or one more person on the one that is known."""
    opening.open_from(turn, flow, form)
    return None
