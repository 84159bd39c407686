"""Open questions: one mechanism for what is asked outside a form, in words and by button.

A kind of question says what a line answers (:attr:`Kind.reads`), what the answer does (:attr:`Kind.decide`), and which buttons
give it. A line meets the newest open question only; where two of one kind wait for the same word, it is asked back. A button
names its question: one guard looks whether just that question of just that person is still open, for all kinds alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from handlers import rows
from handlers.rows import Line, Meant
from models.meaning import Question
from storage import dialogues
from storage.database import Transaction
from storage.dialogues import OpenQuestion

if TYPE_CHECKING:
    from handlers.settings import House
    from handlers.situation import Situation
    from handlers.turn import Turn

AGREED: Mapping[str, str] = {"dialog.confirm": "yes", "dialog.deny": "no", "dialog.stop": "no"}
"""What is said → the answer."""
AGREE: Mapping[str, str] = {"agree": "yes", "refuse": "no"}
"""Verb of a button → the answer."""


def number_of(text: str) -> int | None:
    """The number in a button or after a command; None for everything that is none, or too long to be one of ours."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def yes_or_no(turn: Turn, question: OpenQuestion) -> str | None:
    """A yes or a no; None for everything else."""
    return AGREED.get(turn.parse.best or "")


def nothing(turn: Turn, question: OpenQuestion) -> str | None:
    """Words never answer it: its wing reads them by itself, or it only marks that something was said."""
    return None


def nothing_follows(turn: Turn, question: OpenQuestion, answer: str) -> None:
    """A mark that something was said has no answer."""


def open_text(house: House, question: OpenQuestion) -> Question:
    """Any words may answer it."""
    return Question(question.kind, "text")


def open_yes_no(house: House, question: OpenQuestion) -> Question:
    """Yes or no, by the plain buttons."""
    return Question(question.kind, "yesno", {key: (house.texts[f"button.{key}"],) for key in ("yes", "no")})


def open_fixed(house: House, question: OpenQuestion) -> Question:
    """Yes or no, by the buttons 修好了 and 没修好 or any other yes and no."""
    return Question(question.kind, "yesno", {key: (house.texts[f"button.fixed.{key}"],) for key in ("yes", "no")})


@dataclass(frozen=True)
class Kind:
    """One kind of open question."""

    decide: Callable[[Turn, OpenQuestion, str], object]
    """What an answer does; the question is closed by then, unless it :attr:`stays`."""
    reads: Callable[[Turn, OpenQuestion], str | None] = yes_or_no
    """What a line answers; None when it is about something else."""
    asks: Callable[[House, OpenQuestion], Question] = open_text
    """What understanding needs to know of it."""
    stage: str = "question"
    """When a line is tried with it."""
    buttons: Mapping[str, str] = field(default_factory=dict)
    """Verb → answer; an empty answer is the button's target."""
    stays: bool = False
    """Its wing closes it."""
    lapses: bool = False
    """Any other line closes it."""
    several: Callable[[Turn, str, list[OpenQuestion]], object] | None = None
    """Asks back which one is meant when more than one of this kind waits."""
    stale: str = "press.stale"
    """What is said when its button comes too late."""
    mark: bool = False
    """Nothing is asked at all: it only marks that something was said, or not heard."""


def agreed(work: Callable[[Turn, OpenQuestion, bool], object]) -> Callable[[Turn, OpenQuestion, str], object]:
    """A decision that only wants to know whether it was a yes."""
    return lambda turn, question, answer: work(turn, question, answer == "yes")


def kinds() -> Mapping[str, Kind]:
    """All kinds of questions, as the wings declare them."""
    return rows.installed().every("questions")


def forget_of(tx: Transaction, person: int) -> None:
    """Nothing waits for somebody's word any more, but what is about danger: its questions have no stage."""
    for name, kind in kinds().items():
        if kind.stage or kind.mark:
            dialogues.forget_kind(tx, None, person, name)


def line(stage: str) -> Line:
    """The newest open question as one who is tried with a line at this stage."""
    return Line(stage, partial(_read, stage))


def newest(known: Situation) -> OpenQuestion | None:
    """The question asked last; a mark that something was said, or not heard, hides none."""
    return next((one for one in known.questions if one.kind in kinds() and not kinds()[one.kind].mark), None)


def _read(stage: str, turn: Turn) -> Meant | None:
    question = newest(turn.situation)
    kind = kinds().get(question.kind) if question else None
    if question is None or kind is None or kind.stage != stage:
        return None
    answer = kind.reads(turn, question)
    if answer is not None:
        return Meant(partial(_said, turn, kind, question, answer))
    return Meant(partial(dialogues.answered, turn.tx, question.id), goes_on=True) if kind.lapses else None


def lapse(turn: Turn) -> None:
    """Something without words came between: a question that wants its answer at once is closed."""
    question = turn.situation.newest
    kind = kinds().get(question.kind) if question else None
    if question is not None and kind is not None and kind.lapses:
        dialogues.answered(turn.tx, question.id)


def _said(turn: Turn, kind: Kind, question: OpenQuestion, answer: str) -> None:
    alike = [one for one in turn.situation.questions if one.kind == question.kind]
    if kind.several is not None and len(alike) > 1:
        kind.several(turn, answer, alike)
    else:
        _decide(turn, kind, question, answer)


def _decide(turn: Turn, kind: Kind, question: OpenQuestion, answer: str) -> None:
    if not kind.stays:
        dialogues.answered(turn.tx, question.id)
    kind.decide(turn, question, answer)


def press(verb: str, turn: Turn, target: str, number: str) -> None:
    """A button under a question: the same as the word, if just this question is still open to just this person."""
    asked = number_of(number)
    question = dialogues.question(turn.tx, asked) if asked is not None else None
    kind = kinds().get(question.kind) if question else None
    if question is None or kind is None or verb not in kind.buttons or not _is_theirs(turn, question, target):
        return turn.answer(next((one.stale for one in kinds().values() if verb in one.buttons), "press.stale"))
    return _decide(turn, kind, question, kind.buttons[verb] or target)


def _is_theirs(turn: Turn, question: OpenQuestion, target: str) -> bool:
    """Whether the presser was asked, here, about this ticket."""
    about = question.ticket is None or str(question.ticket) == target or number_of(target) is None
    return about and (question.person, question.chat) == (turn.person.id, turn.chat.id)


def verbs() -> Mapping[str, Callable[[Turn, str, str], object]]:
    """The buttons of all kinds of questions, under their one guard."""
    return {verb: partial(press, verb) for kind in kinds().values() for verb in kind.buttons}
