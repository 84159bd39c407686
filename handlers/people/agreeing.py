"""Questions outside a form that are answered by yes or no: said, or pressed under just that question."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.people import family, profile, unlinking
from handlers.tickets import behalf, money
from handlers.turn import Turn
from storage import dialogues
from storage.dialogues import OpenQuestion

KINDS: Mapping[str, Callable[[Turn, OpenQuestion, bool], None]] = {
    "profile": profile.answered,
    "mine": behalf.answered,
    "money": money.answered,
    "family_want": family.wanted,
    "family_may": family.allowed,
    "family_off": unlinking.off,
    "family_off_of": unlinking.off,
}
"""Kind of question → what its answer does."""
_AGREED = {"dialog.confirm": True, "dialog.deny": False, "dialog.stop": False}


def keeps(turn: Turn) -> bool:
    """还要, 留着, 别删了: under a question whether to end something, a no."""
    return any(word in turn.parse.clean for word in turn.text("talk.keep").split())


def heard(turn: Turn) -> bool:
    """A yes or no to the newest question, when it is one of these; False for everything else."""
    newest = next(iter(dialogues.questions(turn.tx, turn.chat.id, turn.person.id)), None)
    agreed = _AGREED.get(turn.parse.best or "")
    if newest is None or newest.kind not in KINDS or agreed is None:
        return False
    decide(turn, newest, agreed)
    return True


def decide(turn: Turn, question: OpenQuestion, agreed: bool) -> None:
    """Close the question and do what its answer says."""
    dialogues.answered(turn.tx, question.id)
    KINDS[question.kind](turn, question, agreed)


def press(agreed: bool, turn: Turn, target: str, number: str) -> None:
    """A button under such a question, by the one who was asked."""
    known = number.isascii() and number.isdigit() and len(number) < 10
    question = dialogues.question(turn.tx, int(number)) if known else None
    asked = (question.kind in KINDS, question.person, question.chat) if question else ()
    if question is None or asked != (True, turn.person.id, turn.chat.id):
        return turn.answer("press.stale")
    return decide(turn, question, agreed)
