"""A weak sign: one yes/no question, asked once more after a minute; after two the duty person alone is told."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial

from handlers.danger import alerts, duty_told, inquiries, ladder
from handlers.danger import person as danger_person
from handlers.forms import loop, speaking
from handlers.rows import Meant
from handlers.settings import House
from handlers.tickets import desk
from handlers.turn import Turn
from handlers.understanding import form_question, open_question
from models.events import Due
from models.meaning import Match, Parse, Question, Sign
from models.outgoing import Button
from models.places import decode_place, encode_place
from nlu.danger import table
from nlu.meaning import remainder
from storage import dialogues
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
_HURRY = re.compile(table("replies")["hurry"])
_END = re.compile(r"[\W_]+")


def ask(turn: Turn) -> Meant | None:
    """A weak sign is asked about, unless somebody of the desk speaks."""
    sign = next((sign for sign in turn.parse.signs if sign.tier == 2), None)
    if sign is None or turn.chat.kind != "private" or ladder.staff(turn.person) or _at_a_door(turn):
        return None
    if _only_hurries(turn) or (sign.family == "unknown" and turn.heard("word.complain")):
        return None
    waiting = _open(turn)
    return Meant(partial(duty_told.tell, turn, waiting) if waiting is not None else partial(_ask, turn, sign))


def _ask(turn: Turn, sign: Sign) -> None:
    plain = [match for match in turn.parse.intents if not match.ask] or [
        replace(one, ask=False) for one in turn.unsure[:1]
    ]
    others = [json.dumps(asdict(match), ensure_ascii=False) for match in plain]
    question = dialogues.ask(
        turn.tx,
        turn.chat.id,
        turn.person.id,
        KIND,
        None,
        turn.now,
        family=sign.family,
        sign=sign.name,
        words=turn.parse.text,
        others=others,
        place=encode_place(where) if (where := inquiries.place_said(turn)) else "",
        first=turn.now.isoformat(),
    )
    turn.tell(turn.chat.id, _words(turn, question), *_buttons(turn, question), kind="emergency")
    _later(turn, question, "again")


def _at_a_door(turn: Turn) -> bool:
    """A helper whose knocking nobody answers: that has a way of its own."""
    return turn.parse.match("vol.alert") is not None and bool(turn.situation.held)


def _only_hurries(turn: Turn) -> bool:
    """快点来, said while a form is open."""
    return turn.situation.form is not None and bool(_HURRY.fullmatch(_END.sub("", turn.parse.clean)))


def _open(turn: Turn) -> OpenQuestion | None:
    return turn.situation.question(KIND)


def _words(turn: Turn, question: OpenQuestion) -> str:
    sign, family = question.data["sign"], question.data["family"]
    return alerts.choose(turn.house, "danger.ask", sign, family, "unknown")


def _buttons(turn: Turn, question: OpenQuestion) -> list[Button]:
    return [turn.button(f"doubt.{key}", f"doubt_{key}", 0, question.id) for key in ("yes", "no")]


def _later(turn: Turn, question: OpenQuestion, step: str, minutes: float = AGAIN) -> None:
    """In the lane of the chat: a note that is still being heard comes first, and may answer it."""
    turn.later(
        f"doubt:{question.id}",
        minutes,
        "incident.doubt",
        danger=True,
        chat=question.chat,
        person=question.person,
        question=question.id,
        step=step,
    )


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
        duty_told.tell(turn, question)


# ---------------------------------------------------------------- answers


def answer(turn: Turn) -> Meant | None:
    """Yes or no in words, unless it answers what was asked after this question."""
    question = _open(turn)
    if question is None:
        return None
    agreed = {"dialog.confirm": True, "dialog.deny": False}.get(turn.parse.best or "")
    if agreed is None:
        return None if _overtaken(turn, question) else _let_go(turn, question)
    if _overtaken(turn, question):
        return Meant(partial(_ask_back, turn, question), goes_on=True)
    return Meant(partial(_decide_open, turn, question, agreed))


def _let_go(turn: Turn, question: OpenQuestion) -> Meant | None:
    """算了 is a no, but to somebody in despair; 不是,就是垃圾 too, and what follows is a line of its own."""
    if turn.parse.best == "dialog.stop" and question.data["family"] != "crisis":
        return Meant(partial(_decide_open, turn, question, False))
    if turn.parse.signs or turn.parse.rest is None or not remainder.denied(turn.parse):
        return None
    if (turn.parse.rest.best or "chat").split(".")[0] in SIDE:
        return Meant(partial(_decide_open, turn, question, False))
    return Meant(partial(_go_on_with, turn, question, turn.parse.rest), goes_on=True)


def _go_on_with(turn: Turn, question: OpenQuestion, meant: Parse) -> None:
    """No, and what follows it is a line of its own, still to be answered."""
    duty_told.close(turn, question)
    turn.leads.append(_calm(turn, question))
    _call(turn, question)
    turn.parse = replace(meant, intents=(*meant.intents, *_others(question)))


def _overtaken(turn: Turn, question: OpenQuestion) -> bool:
    """Whether yes or no is for what was asked since; a doubt that came again is answered by the words on its buttons."""
    if not _asked_since(turn, question, datetime.fromisoformat(question.data.get("first", question.at.isoformat()))):
        return False
    labels = {turn.house.texts[f"button.doubt.{key}"] for key in ("yes", "no")}
    return _END.sub("", turn.parse.clean) not in labels or _asked_since(turn, question, question.at)


def _asked_since(turn: Turn, question: OpenQuestion, since: datetime) -> bool:
    """Whether something else that yes or no answers was asked after this moment."""
    house, chat, person = turn.house, turn.chat.id, turn.person.id
    form, saved = turn.situation.form, dialogues.saved_at(turn.tx, chat, person)
    asked = form_question(house, form) if form is not None and saved is not None and saved > since else None
    others = [one for one in turn.situation.questions if one.id != question.id]
    newer = [open_question(house, one) for one in others if (one.at, one.id) > (since, question.id)]
    return any(one.kind in DECIDED for one in (*newer, asked) if one is not None)


def _ask_back(turn: Turn, question: OpenQuestion) -> None:
    """The answer was for something else: this question comes again at once, unless it came twice already."""
    if "times" not in question.data:
        _later(turn, question, "again", minutes=0.0)


def asks(house: House, question: OpenQuestion) -> Question:
    """Its two buttons, for understanding."""
    return Question(KIND, "yesno", {key: (house.texts[f"button.doubt.{key}"],) for key in ("yes", "no")})


def _decide_open(turn: Turn, question: OpenQuestion, yes: bool) -> None:
    duty_told.close(turn, question)
    decide(turn, question, yes)


def decide(turn: Turn, question: OpenQuestion, yes: bool) -> None:
    """Alert after a yes; after a no calm words, and what else was said."""
    turn.drop(f"doubt:{question.id}")
    sign = Sign(question.data["family"], 1, question.data["sign"])
    if yes:
        where = str(question.data.get("place", ""))
        place = decode_place(where) if where else None
        return danger_person.alert(turn, SURE.get(sign.name, sign), str(question.data["words"]), place)
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
