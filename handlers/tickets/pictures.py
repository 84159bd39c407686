"""A picture belongs to the words under it, before or after it: to the open form, to a ticket, or it waits for words.

The words under a picture are a line that was said: danger, an answer, a correction, 算了, a need. The picture goes with
whatever they did; where nobody understands them, picture and words go to the newest ticket of the last minutes, or wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from handlers import questions, router, rows
from handlers.turn import Turn
from models.dialogues import Dialogue
from models.events import Picture
from models.tickets import Ticket, can
from storage import dialogues, people, spent, tickets

KIND = "picture"
FLOOD = ("much", "large", "late")
"""Faults of pictures that were not fetched: one kind sentence for all of a flood."""
AGAIN = timedelta(minutes=10)
"""So long after it is not said again."""
ENDS = ("dialog.stop", "ticket.cancel")
"""What is said of a thing that is over: no picture of it is kept."""


@dataclass(frozen=True)
class Waiting:
    """Pictures that came before the words they belong to, and what was said under them."""

    files: tuple[str, ...] = ()
    words: str = ""


def received(turn: Turn) -> None:
    """Hear the words under it, and keep the picture with what it shows; nothing of it goes into a group."""
    event = turn.event
    assert isinstance(event, Picture)
    if turn.chat.kind != "private":
        if turn.parse.clean:
            router.said(turn)
    elif turn.parse.clean:
        _with_words(turn, event)
    else:
        _alone(turn, event)


# ---------------------------------------------------------------- with words


def _with_words(turn: Turn, event: Picture) -> None:
    if _secret(turn):
        turn.lead("picture.case")
    else:
        turn.pictures = list(event.files)
        if lead := "picture.got" if event.files else _unseen(turn, event):
            turn.lead(lead)
    if router.said(turn):
        turn.leads.clear()
        _settle(turn)
    elif turn.pictures:
        turn.leads.clear()
        _not_understood(turn)
    else:
        rows.installed().call("nothing", turn)


def _settle(turn: Turn) -> None:
    """The words did something: what is left of the pictures goes with it."""
    files, turn.pictures = turn.pictures, []
    turn.anew()
    if not files or (turn.situation.form is None and turn.heard(*ENDS)):
        return
    form, ticket = turn.situation.form, _touched(turn) or _recent(turn)
    if form is not None:
        _with_form(turn, form, files)
    elif ticket is not None and turn.situation.incident is None:
        _to_ticket(turn, ticket, files)
    else:
        _wait(turn, files)


def _not_understood(turn: Turn) -> None:
    files, turn.pictures = turn.pictures, []
    form, ticket = turn.situation.form, _recent(turn)
    if form is not None:
        _with_form(turn, form, files)
        turn.answer("picture.with_form")
    elif ticket is not None:
        _to_ticket(turn, ticket, files, turn.parse.text)
        turn.answer("picture.kept", about=ticket.id, number=ticket.id)
    else:
        _wait(turn, files, turn.parse.text)
        turn.answer("picture.what")


# ---------------------------------------------------------------- without words


def _alone(turn: Turn, event: Picture) -> None:
    questions.lapse(turn)
    key, number = _kept(turn, event)
    if key and not event.late:
        turn.answer(key, about=number, number=number)


def _kept(turn: Turn, event: Picture) -> tuple[str, int | None]:
    """Keep it, and what to say of it: the key of a text, and the ticket."""
    form = turn.situation.form
    if not event.files:
        return _unseen(turn, event), None
    if _secret(turn):
        return "picture.case", None
    if form is not None:
        _with_form(turn, form, event.files)
        return "picture.with_form", None
    ticket = _spoken_of(turn) or _recent(turn)
    if ticket is not None and turn.situation.incident is None:
        _to_ticket(turn, ticket, event.files)
        return "picture.kept", ticket.id
    _wait(turn, event.files)
    return "picture.got" if turn.situation.incident else "picture.what", None


def _unseen(turn: Turn, event: Picture) -> str:
    """The key of what is said of a picture that is not there; empty when that was said just now."""
    if event.fault not in FLOOD:
        return "picture.unseen"
    key = f"picture.{event.fault}"
    return key if spent.spend(turn.tx, turn.person.id, key, turn.now, AGAIN) == 1 else ""


# ---------------------------------------------------------------- where it lies


def _secret(turn: Turn) -> bool:
    """Of a quarrel only words are kept, and those behind a right."""
    form = turn.situation.form
    in_case = form is not None and turn.house.flows[form.flow].life == "case"
    return in_case or any(one.speaks for one in turn.situation.parts)


def _with_form(turn: Turn, form: Dialogue, files: Iterable[str]) -> None:
    dialogues.save(turn.tx, replace(form, slots={**form.slots, **joined(form.slots, files)}), turn.now)


def joined(slots: Mapping[str, str], files: Iterable[str]) -> dict[str, str]:
    """The slot of the pictures with these behind those it holds; nothing where there are none."""
    names = "|".join(filter(None, (slots.get("pictures", ""), *files)))
    return {"pictures": names} if names else {}


def _takes(ticket: Ticket) -> bool:
    return ticket.life != "case" and can(ticket, "append")


def _touched(turn: Turn) -> Ticket | None:
    """The ticket that the words under the picture did something to."""
    known = {ticket.id for ticket in (*turn.situation.reported, *turn.situation.held)}
    number = tickets.caused(turn.tx, known, turn.cause)
    ticket = tickets.get(turn.tx, number) if number is not None else None
    return ticket if ticket is not None and _takes(ticket) else None


def _spoken_of(turn: Turn) -> Ticket | None:
    """The ticket that the desk speaks with them about, or that was asked about last."""
    relay, asked = turn.situation.relay, turn.situation.newest
    number = relay.ticket if relay and relay.resident == turn.person.id else asked.ticket if asked else None
    ticket = tickets.get(turn.tx, number) if number is not None else None
    return ticket if ticket is not None and _takes(ticket) else None


def _recent(turn: Turn) -> Ticket | None:
    """The newest ticket of the last minutes."""
    window = timedelta(minutes=turn.house.timing.picture)
    return next(
        (
            ticket
            for ticket in tickets.of_reporter(turn.tx, turn.person.id, 3)
            if ticket.is_open
            and ticket.life == "task"
            and ticket.flow != "desk"
            and ticket.opened_at is not None
            and turn.now - ticket.opened_at <= window
        ),
        None,
    )


def _to_ticket(turn: Turn, ticket: Ticket, files: Iterable[str], words: str = "") -> None:
    """Kept with the ticket; whoever has it in hand sees it at once."""
    files = tuple(files)
    turn.record(ticket, "append", pictures=(*ticket.pictures, *files), words=f"{ticket.words} {words}".strip()[:2000])
    relay = dialogues.relay_of(turn.tx, ticket.id)
    chats = {people.get(turn.tx, ticket.owner).chat if ticket.owner else None, relay.helper_chat if relay else None}
    for chat in sorted(chat for chat in chats if chat is not None and chat != turn.chat.id):
        for file in files:
            turn.say(chat, "claim.picture", about=ticket.id, number=ticket.id, file=file)


def _wait(turn: Turn, files: Iterable[str], words: str = "") -> None:
    before = _fresh(turn)
    data = {"file": "|".join((*before.files, *files)), "words": f"{before.words} {words}".strip()[:500]}
    dialogues.ask(turn.tx, turn.chat.id, turn.person.id, KIND, None, turn.now, **data)
    turn.anew()


def _fresh(turn: Turn) -> Waiting:
    """What waits and is not too old; the question that holds it is closed."""
    found = Waiting()
    for question in turn.situation.questions:
        fresh = turn.now - question.at <= timedelta(minutes=turn.house.timing.picture)
        if question.kind == KIND and dialogues.answered(turn.tx, question.id) and fresh:
            files = tuple(filter(None, str(question.data["file"]).split("|")))
            found = Waiting((*files, *found.files), str(question.data.get("words", "")))
    return found


# ---------------------------------------------------------------- taken by what begins or goes on


def waiting(turn: Turn) -> Waiting:
    """The pictures that came before these words, if they are fresh, and those that came with them; they are taken."""
    before = _fresh(turn)
    return Waiting((*before.files, *came_along(turn)), before.words)


def came_along(turn: Turn) -> tuple[str, ...]:
    """The pictures that came with these words; they are taken."""
    files, turn.pictures = tuple(turn.pictures), []
    return files


def refuse(turn: Turn) -> None:
    """What begins is a quarrel: its pictures are not kept, and that is said."""
    if waiting(turn).files:
        got = turn.text("picture.got")
        turn.leads[:] = [lead for lead in turn.leads if lead != got]
        turn.lead("picture.case")
