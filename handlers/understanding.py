"""What understanding needs to know before a line is parsed: read only, before the transaction."""

from __future__ import annotations

from datetime import datetime

from handlers import questions, rights, rows
from handlers.saying import times
from handlers.settings import House
from handlers.situation import Situation
from models.dialogues import Dialogue
from models.events import Origin
from models.meaning import Context, Question
from models.people import Person
from models.places import decode_place
from nlu.places.reading import spell
from nlu.words import heard
from storage import people
from storage.database import Transaction
from storage.dialogues import OpenQuestion

IN_DANGER = frozenset({"danger", "where", "missing", "discreet"})
"""Questions that are asked of somebody in danger."""


def context_of(tx: Transaction, house: House, origin: Origin, now: datetime) -> Context:
    """The context of somebody's next line; a stranger's is empty."""
    local = now.astimezone(house.zone)
    known = people.known_at(tx, origin.channel, origin.chat, origin.account)
    if known is None:
        return Context(local, house.lexicon(), group=not origin.private)
    return _context(house, Situation(tx, *known, local))


def _context(house: House, known: Situation) -> Context:
    chat, person = known.chat, known.person
    asked = questions.newest(known) if known.questions else None
    form = None if asked is not None and asked.kind == "erase" else known.form
    question = _question(house, form, asked)
    service = form.slots.get("service") if form else None
    read_back = _read_back(form) if form and form.asking in ("confirm", "which") else {}
    return Context(
        known.now,
        house.lexicon(person.home, known.nicknames),
        question,
        form.flow if form else None,
        read_back,
        "volunteer" if chat.kind == "group" else _role(person),
        chat.kind == "group",
        bool(known.held),
        min(len(known.reported), 5),
        urgent=known.incident is not None or (asked is not None and asked.kind in IN_DANGER),
        last_time=times.agreed(known.reported, person.id, service, known.now, house.zone) if known.reported else None,
        listen=_listen(house, known, question),
    )


def _listen(house: House, known: Situation, question: Question | None) -> Question | None:
    """What is likely to be said next: a building where a place is asked, the number of a task where one may be taken."""
    if question is not None:
        numbers = [building.number for building in house.community.buildings] if question.kind == "place" else []
        return numbered(house, "building", numbers)
    if known.chat.kind != "group" and not known.person.roles & rights.HELPING:
        return None
    for wing in rows.installed().wings:
        if wing.listens is not None and (likely := wing.listens(house, known)) is not None:
            return likely
    return None


def numbered(house: House, key: str, numbers: list[str]) -> Question | None:
    """The ways of naming one of these numbers."""
    ways = heard.words(f"listen.{key}")
    answers = {number: tuple(way.format(number=number) for way in ways) for number in numbers}
    return Question(key, "choice", answers) if answers else None


def _question(house: House, form: Dialogue | None, asked: OpenQuestion | None) -> Question | None:
    """The open question: one about danger goes before a form."""
    if asked is not None and (form is None or asked.kind in IN_DANGER):
        return open_question(house, asked)
    return form_question(house, form) if form else None


def _read_back(form: Dialogue) -> dict[str, str]:
    """What was read back, in the words it was read back in."""
    return {name: spell(decode_place(value)) if name == "place" else value for name, value in form.slots.items()}


def _role(person: Person) -> str:
    """Whose words are tried first."""
    if not person.roles & rights.HELPING:
        return "resident"
    return next((role for role in ("manager", "desk", "volunteer", "property") if person.may(role)), "resident")


def form_question(house: House, form: Dialogue) -> Question | None:
    """The open question of a form, as the wing of forms puts it."""
    asks = (wing.asks for wing in rows.installed().wings if wing.asks is not None)
    return next((question for ask in asks if (question := ask(house, form)) is not None), None)


def open_question(house: House, asked: OpenQuestion) -> Question:
    """A question outside a form."""
    kind = questions.kinds().get(asked.kind)
    return kind.asks(house, asked) if kind else questions.open_text(house, asked)
