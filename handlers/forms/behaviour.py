"""What a flow does beyond its data: six moments of its form. A module with these functions is one; a wing declares it by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from handlers.forms.loop import Step
from handlers.settings import House
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.meaning import Match, Parse


class Behaviour(Protocol):
    """A flow's own behaviour; ``plain`` is that of every flow without one, and shows what each does by default."""

    def opened(self, turn: Turn, flow: Flow, match: Match, form: Dialogue) -> Dialogue | None:
        """The form of a first line; None when the line was answered without one."""

    def answered(self, turn: Turn, flow: Flow, form: Dialogue, parse: Parse) -> Step | None:
        """The step after words that mean something of the flow's own; None leaves them to the loop."""

    def checked(self, turn: Turn, flow: Flow, step: Step, parse: Parse) -> Step:
        """The step that is really said: what cannot be is asked about at once."""

    def choices(self, house: House, form: Dialogue) -> Mapping[str, tuple[str, ...]]:
        """Answers that are offered just now, beside those of the slot."""

    def described(self, turn: Turn, form: Dialogue) -> str:
        """What is read back."""

    def complete(self, turn: Turn, flow: Flow, form: Dialogue) -> Step | None:
        """Make of the agreed form what it is for; a step when something has to be asked again."""
