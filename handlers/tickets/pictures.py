"""A picture belongs to the words before or after it: to the open form, to the newest ticket, or it waits for words."""

from __future__ import annotations

from dataclasses import replace

from handlers.tickets import asked
from handlers.turn import Turn
from models.events import Picture
from storage import dialogues


def received(turn: Turn) -> None:
    """Keep the picture with what it shows; nothing of it goes into a group."""
    assert isinstance(turn.event, Picture)
    if turn.chat.kind != "private":
        return
    form = dialogues.get(turn.tx, turn.chat.id, turn.person.id)
    if form is not None and turn.house.flows[form.flow].life == "case":
        turn.answer("picture.case")  # of a quarrel only words are kept, and those behind a right
    elif form is not None:
        files = "|".join(filter(None, (form.slots.get("pictures", ""), turn.event.file)))
        dialogues.save(turn.tx, replace(form, slots={**form.slots, "pictures": files}), turn.now)
        turn.answer("picture.with_form")
    elif not asked.picture(turn, turn.event.file, turn.event.caption):
        dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "picture", None, turn.now, file=turn.event.file)
        turn.answer("picture.what")


def waiting(turn: Turn) -> str:
    """The picture that came before the words, if it is fresh; it is taken."""
    for question in turn.situation.questions:
        if question.kind == "picture" and dialogues.answered(turn.tx, question.id):
            minutes = (turn.now - question.at).total_seconds() / 60
            if minutes <= turn.house.timing.picture:
                return str(question.data["file"])
    return ""
