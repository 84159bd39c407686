"""A weak sign: one yes/no question, asked once more after a minute; after two the duty person alone is told."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import datetime

from handlers.conversation.understanding import context_of, form_question, open_question
from handlers.danger import alerts, ladder
from handlers.danger import person as danger_person
from handlers.forms import loop, speaking
from handlers.saying import titles
from handlers.tickets import desk
from handlers.turn import Turn
from models.events import Due, Utterance
from models.incidents import Incident
from models.meaning import Match, Sign
from models.outgoing import Button
from models.people import Person
from nlu.danger import table
from nlu.meaning.answers import yes_no
from nlu.parse import parse
from storage import dialogues, people, tickets
from storage.dialogues import OpenQuestion

KIND = "danger"
AGAIN = 1.0
"""Minutes until the question comes once more, and until the duty person is told after that."""
SIDE = ("dialog", "chat", "feedback")
"""Domains in which nothing is wanted."""
DECIDED = ("yesno", "choice")
"""Kinds of questions that yes or no answers."""
SURE = {"asked": Sign("scam", 1, "paying")}
"""What a weak sign is when it was confirmed; else the same sign."""
_BUT = tuple(table("replies")["but"])
_HURRY = re.compile(table("replies")["hurry"])
_END = re.compile(r"[\W_]+")


def ask(turn: Turn) -> bool:
    """Ask about a weak sign; False when there is none, or somebody of the desk speaks."""
    sign = next((sign for sign in turn.parse.signs if sign.tier == 2), None)
    if sign is None or turn.chat.kind != "private" or ladder.staff(turn.person) or _at_a_door(turn):
        return False
    if _only_hurries(turn):
        return False
    waiting = _open(turn)
    if waiting is not None:
        _tell_duty(turn, waiting)
        return True
    others = [json.dumps(asdict(match), ensure_ascii=False) for match in turn.parse.intents if not match.ask]
    question = dialogues.ask(
        turn.tx, turn.chat.id, turn.person.id, KIND, None, turn.now, family=sign.family, sign=sign.name,
        words=turn.parse.text, others=others,
        first=turn.now.isoformat(),
    )  # fmt: skip
    turn.tell(turn.chat.id, _words(turn, question), *_buttons(turn, question), kind="emergency")
    _later(turn, question, "again")
    return True


def _at_a_door(turn: Turn) -> bool:
    """A helper whose knocking nobody answers: that has a way of its own."""
    return turn.parse.match("vol.alert") is not None and bool(tickets.held_by(turn.tx, turn.person.id))


def _only_hurries(turn: Turn) -> bool:
    """快点来, said while a form is open."""
    form = dialogues.get(turn.tx, turn.chat.id, turn.person.id)
    return form is not None and bool(_HURRY.fullmatch(_END.sub("", turn.parse.clean)))


def _open(turn: Turn) -> OpenQuestion | None:
    questions = dialogues.questions(turn.tx, turn.chat.id, turn.person.id)
    return next((question for question in questions if question.kind == KIND), None)


def _words(turn: Turn, question: OpenQuestion) -> str:
    sign, family = question.data["sign"], question.data["family"]
    return alerts.choose(turn.house, "danger.ask", sign, family, "unknown")


def _buttons(turn: Turn, question: OpenQuestion) -> list[Button]:
    return [turn.button(f"doubt.{key}", f"doubt_{key}", 0, question.id) for key in ("yes", "no")]


def _later(turn: Turn, question: OpenQuestion, step: str, minutes: float = AGAIN) -> None:
    """In the lane of the chat: a note that is still being heard comes first, and may answer it."""
    turn.later(f"doubt:{question.id}", minutes, "incident.doubt", chat=question.chat, person=question.person,
               question=question.id, step=step)  # fmt: skip


def due(turn: Turn) -> None:
    """Nobody answered yet."""
    assert isinstance(turn.event, Due)
    question = dialogues.question(turn.tx, int(turn.event.data["question"]))
    if question is None:
        return
    if turn.event.data["step"] == "again":
        dialogues.asked_again(turn.tx, question, turn.now)
        text = turn.text("danger.ask.again", question=_words(turn, question))
        turn.tell(question.chat, text, *_buttons(turn, question), kind="emergency")
        _later(turn, question, "tell")
    else:
        _tell_duty(turn, question)


def _tell_duty(turn: Turn, question: OpenQuestion) -> None:
    """The duty person alone, and the truth to the one who was asked."""
    _close(turn, question)
    person = people.get(turn.tx, question.person)
    ticket = desk.open_ticket(turn, "doubt", words=question.data["words"], urgency="P1", answer=None)
    turn.say(question.chat, "danger.doubt.untold", kind="emergency", about=ticket.id)
    rungs = ladder.rungs_of(turn.tx, turn.house, Incident(0, "", "danger", question.data["family"],
                                                         question.data["sign"], person=person.id))  # fmt: skip
    for helper in rungs[0][1] if rungs else []:
        turn.say(
            helper.chat, "danger.doubt.duty", turn.button("take", "take", ticket.id), kind="emergency", about=ticket.id,
            number=ticket.id, words=question.data["words"], name=person.called, place=_place(turn, person),
            phone=person.phone or turn.text("danger.alert.nophone"),
        )  # fmt: skip


def _place(turn: Turn, person: Person) -> str:
    return titles.spelled(person.home) if person.home else turn.text("danger.alert.nowhere")


def _close(turn: Turn, question: OpenQuestion) -> None:
    dialogues.answered(turn.tx, question.id)
    turn.drop(f"doubt:{question.id}")


# ---------------------------------------------------------------- answers


def answer(turn: Turn) -> bool:
    """Yes or no in words; False when it is neither, or answers what was asked after this question."""
    question = _open(turn)
    if question is None:
        return False
    agreed = {"dialog.confirm": True, "dialog.deny": False}.get(turn.parse.best or "")
    if agreed is None:
        return not _overtaken(turn, question) and _let_go(turn, question)
    if _overtaken(turn, question):
        _ask_back(turn, question)
        return False
    _decide(turn, question, agreed)
    return True


def _let_go(turn: Turn, question: OpenQuestion) -> bool:
    """算了 is a no, but to somebody in despair; 不是,就是垃圾 too, and what follows is a line of its own."""
    if turn.parse.best == "dialog.stop" and question.data["family"] != "crisis":
        _decide(turn, question, False)
        return True
    denial, _, rest = _END.sub(" ", turn.parse.clean).partition(" ")
    if turn.parse.signs or not rest or yes_no(denial, echo=False) is not False or rest.startswith(_BUT):
        return False
    return _goes_on_with(turn, question, rest)


def _goes_on_with(turn: Turn, question: OpenQuestion, rest: str) -> bool:
    """No, and what follows it is a line of its own; False when that is still to be answered."""
    assert isinstance(turn.event, Utterance)
    _close(turn, question)
    meant = parse(rest, context_of(turn.tx, turn.house, turn.event.origin, turn.now))
    if (meant.best or "chat").split(".")[0] in SIDE:
        _decide(turn, question, False)
        return True
    turn.leads.append(_calm(turn, question))
    _call(turn, question)
    turn.parse = replace(meant, intents=(*meant.intents, *_others(question)))
    return False


def _overtaken(turn: Turn, question: OpenQuestion) -> bool:
    """Whether yes or no is for what was asked since; a doubt that came again is answered by the words on its buttons."""
    if not _asked_since(turn, question, datetime.fromisoformat(question.data.get("first", question.at.isoformat()))):
        return False
    labels = {turn.house.texts[f"button.doubt.{key}"] for key in ("yes", "no")}
    return _END.sub("", turn.parse.clean) not in labels or _asked_since(turn, question, question.at)


def _asked_since(turn: Turn, question: OpenQuestion, since: datetime) -> bool:
    """Whether something else that yes or no answers was asked after this moment."""
    house, chat, person = turn.house, turn.chat.id, turn.person.id
    form, saved = dialogues.get(turn.tx, chat, person), dialogues.saved_at(turn.tx, chat, person)
    asked = form_question(house, form) if form is not None and saved is not None and saved > since else None
    others = [one for one in dialogues.questions(turn.tx, chat, person) if one.id != question.id]
    newer = [open_question(house, one) for one in others if (one.at, one.id) > (since, question.id)]
    return any(one.kind in DECIDED for one in (*newer, asked) if one is not None)


def _ask_back(turn: Turn, question: OpenQuestion) -> None:
    """The answer was for something else: this question comes again at once, unless it came twice already."""
    if "times" not in question.data:
        _later(turn, question, "again", minutes=0.0)


def press(yes: bool, turn: Turn, target: str, number: str) -> None:
    """Yes or no by button, if just this question is still open."""
    question = dialogues.question(turn.tx, int(number)) if number.isascii() and number.isdigit() else None
    if question is None or question.kind != KIND or question.person != turn.person.id:
        return turn.answer("press.stale")
    return _decide(turn, question, yes)


def _decide(turn: Turn, question: OpenQuestion, yes: bool) -> None:
    _close(turn, question)
    sign = Sign(question.data["family"], 1, question.data["sign"])
    if yes:
        return danger_person.alert(turn, SURE.get(sign.name, sign), str(question.data["words"]))
    turn.tell(turn.chat.id, _calm(turn, question))
    _call(turn, question)
    return _go_on(turn, _others(question))


def _calm(turn: Turn, question: OpenQuestion) -> str:
    return alerts.choose(turn.house, "danger.no", alerts.path_of(question.data["sign"]), "default")


def _call(turn: Turn, question: OpenQuestion) -> None:
    """Somebody who was asked for money is called all the same."""
    if alerts.path_of(question.data["sign"]) == "scam":
        desk.open_ticket(turn, "consult", words=str(question.data["words"]), urgency="P1", answer=None)


def _others(question: OpenQuestion) -> list[Match]:
    return [Match(**json.loads(other)) for other in question.data["others"]]


def _go_on(turn: Turn, others: list[Match]) -> None:
    """What else was said in the same breath, or the form that was open."""
    flow = next((found for match in others if (found := speaking.flow_for(turn, match.intent))), None)
    form = dialogues.get(turn.tx, turn.chat.id, turn.person.id)
    if form is not None:
        flow = turn.house.flows[form.flow]
        speaking.perform(turn, flow, loop.repeat(flow, form))
    elif flow is not None:
        match = next(match for match in others if speaking.flow_for(turn, match.intent) is flow)
        speaking.begin(turn, flow, match)
