"""Nobody answered a doubt: the duty person alone is told, and the truth to the one who was asked."""

from __future__ import annotations

from handlers.danger import ladder
from handlers.saying import titles
from handlers.tickets import desk
from handlers.turn import Turn
from models.incidents import Incident
from models.people import Person
from storage import dialogues, people
from storage.dialogues import OpenQuestion


def tell(turn: Turn, question: OpenQuestion) -> None:
    """The duty person alone, and the truth to the one who was asked."""
    close(turn, question)
    person = people.get(turn.tx, question.person)
    ticket = desk.open_ticket(turn, "doubt", words=question.data["words"], urgency="P1", answer=None)
    turn.say(question.chat, "danger.doubt.untold", kind="emergency", about=ticket.id)
    rungs = ladder.rungs_of(
        turn.tx, turn.house, Incident(0, "", "danger", question.data["family"], question.data["sign"], person=person.id)
    )
    for helper in rungs[0][1] if rungs else []:
        turn.say(
            helper.chat,
            "danger.doubt.duty",
            turn.button("take", "take", ticket.id),
            kind="emergency",
            about=ticket.id,
            number=ticket.id,
            words=question.data["words"],
            name=person.called,
            place=_place(turn, person),
            phone=person.phone or turn.text("danger.alert.nophone"),
        )


def _place(turn: Turn, person: Person) -> str:
    return titles.spelled(person.home) if person.home else turn.text("danger.alert.nowhere")


def close(turn: Turn, question: OpenQuestion) -> None:
    """Nothing is asked, and nothing falls due, of this doubt any more."""
    dialogues.answered(turn.tx, question.id)
    turn.drop(f"doubt:{question.id}")
