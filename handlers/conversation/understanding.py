"""What understanding needs to know before a line is parsed: read only, before the transaction."""

from __future__ import annotations

from datetime import datetime

from handlers.bookings import form as bookings_form
from handlers.forms import alternatives
from handlers.mediation import form as mediation_form
from handlers.mediation import parties
from handlers.people import agreeing
from handlers.saying import times
from handlers.settings import House
from handlers.tickets import working
from models.dialogues import Dialogue
from models.events import Origin
from models.meaning import Context, Question
from models.people import Chat, Person
from models.places import decode_place
from nlu.places.reading import spell
from storage import dialogues, incidents, nicknames, people, tickets
from storage.database import Transaction
from storage.dialogues import OpenQuestion

IN_DANGER = frozenset({"danger", "where", "missing", "discreet"})
"""Questions that are asked of somebody in danger."""


def context_of(tx: Transaction, house: House, origin: Origin, now: datetime) -> Context:
    """The context of somebody's next line; a stranger's is empty."""
    local = now.astimezone(house.zone)
    chat = people.chat_at(tx, origin.channel, origin.chat)
    person = people.known(tx, origin.channel, origin.account)
    if chat is None or person is None:
        return Context(local, house.lexicon(), group=not origin.private)
    form = dialogues.get(tx, chat.id, person.id)
    newest = next(iter(dialogues.questions(tx, chat.id, person.id)), None)
    if newest is not None and newest.kind == "erase":
        form = None
    return _context(tx, house, chat, person, local, form, newest)


def _context(
    tx: Transaction, house: House, chat: Chat, person: Person, now: datetime, form: Dialogue | None, asked: OpenQuestion | None
) -> Context:  # fmt: skip
    question = _question(house, form, asked)
    service = form.slots.get("service") if form else None
    read_back = _read_back(form) if form and form.asking in ("confirm", "which") else {}
    return Context(
        now, house.lexicon(person.home, nicknames.learned(tx)), question, form.flow if form else None, read_back,
        "volunteer" if chat.kind == "group" else _role(person), chat.kind == "group",
        bool(tickets.held_by(tx, person.id)), len(tickets.of_reporter(tx, person.id, 5)),
        urgent=incidents.live_of(tx, person.id) is not None or (asked is not None and asked.kind in IN_DANGER),
        last_time=times.agreed(tx, person.id, service, now, house.zone),
        listen=_listen(tx, house, chat, person, question),
    )  # fmt: skip


def _listen(tx: Transaction, house: House, chat: Chat, person: Person, question: Question | None) -> Question | None:
    """What is likely to be said next: a building where a place is asked, the number of a task where one may be taken."""
    if question is not None:
        numbers = [building.number for building in house.community.buildings] if question.kind == "place" else []
        return _numbered(house, "building", numbers)
    if chat.kind == "group" or working.may_help(person):
        open_now = tickets.open_in(tx, chat.queue if chat.kind == "group" else None)
        return _numbered(
            house, "claim", [str(one.id) for one in open_now if one.status == "open" and one.life == "task"]
        )
    return None


def _numbered(house: House, key: str, numbers: list[str]) -> Question | None:
    """The ways of naming one of these numbers."""
    ways = house.texts[f"listen.{key}"].split()
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
    return next((role for role in ("manager", "desk", "volunteer", "property") if person.may(role)), "resident")


def form_question(house: House, form: Dialogue) -> Question | None:
    """The open question of a form."""
    if form.asking == "confirm":
        return Question("confirm", "yesno", {"yes": ("对",), "no": ("不对",)})
    if form.asking == "which":
        return Question(
            "which",
            "choice",
            {
                slot.name: (house.texts.get(f"button.slot.{slot.name}", slot.name),)
                for slot in house.flows[form.flow].slots
                if slot.name in form.slots
            },
        )
    if form.asking is None:
        return None
    slot = house.flows[form.flow].slot(form.asking)
    if either := alternatives.answers(form):
        return Question(slot.name, "choice", either)
    if "offered" in form.slots and form.asking == "time":
        return Question("time", "choice", bookings_form.choices(house.texts["button.wait_line"], form))
    if "offered" in form.slots and form.asking == "mediator":
        return Question("mediator", "choice", mediation_form.choices(form, house.texts["case.words.anybody"]))
    return Question(slot.name, slot.kind, slot.answers)


def open_question(house: House, asked: OpenQuestion) -> Question:
    """A question outside a form."""
    texts = house.texts
    if asked.kind == "rate":
        return Question("rating", "rating", {key: (texts[f"button.rate.{key}"],) for key in ("good", "fair", "bad")})
    if asked.kind == "danger":
        return Question(asked.kind, "yesno", {key: (texts[f"button.doubt.{key}"],) for key in ("yes", "no")})
    if asked.kind == "where":
        return Question(asked.kind, "place")
    if asked.kind in agreeing.KINDS:
        return Question(asked.kind, "yesno", {"yes": (texts["button.yes"],), "no": (texts["button.no"],)})
    if asked.kind in parties.KINDS:
        return Question(asked.kind, "yesno", parties.answers(house, asked.kind))
    if asked.kind in ("fixed", "cancel", "erase", "place"):
        return Question(asked.kind, "yesno", {"yes": (texts["button.fixed.yes"],), "no": (texts["button.fixed.no"],)})
    return Question(asked.kind, "text")
