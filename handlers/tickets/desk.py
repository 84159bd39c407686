"""The desk: whatever needs a person. The conversation a person then has through the bot is ``conversing.py``."""

from __future__ import annotations

from collections.abc import Mapping

from handlers import allowances, clock
from handlers.tickets import cards, clocks, opening
from handlers.turn import Turn
from models.events import Utterance, VoiceNote
from models.meaning import PlaceExpression
from models.people import Person
from models.places import decode_place
from models.tickets import Ticket, TicketEvent
from storage import dialogues, tickets

SEATED = frozenset({"desk", "manager"})


def sits_here(person: Person) -> bool:
    """Whether somebody may take what lies on the desk."""
    return bool(person.roles & SEATED)


def open_ticket(
    turn: Turn,
    reason: str,
    words: str = "",
    slots: Mapping[str, str] | None = None,
    *,
    urgency: str = "P2",
    answer: str | None = "",
    about: int | None = None,
) -> Ticket:
    """Lay something on the desk and tell the resident the truth about when somebody calls back.

    What a person could not be understood with, or asks for once more, joins the conversation that lies there already.
    """
    slots = slots or {}
    waiting = _conversation(turn, reason) if about is None and not slots.get("sound") else None
    if waiting is not None:
        return _join(turn, waiting, words, answer, reason)
    if urgency != "P0" and (again := _enough(turn, reason, about)) is not None:
        return again
    ticket = tickets.add(
        turn.tx, "desk", "task", _opened(turn, reason, words, slots, urgency, about, answer is not None)
    )
    cards.show_desk(turn, ticket, reason, urgent=urgency == "P0")
    clocks.watch(turn, ticket)
    if answer is not None:
        turn.say(
            turn.person.chat,
            answer or f"desk.{reason}",
            about=ticket.id,
            until=opening.until(turn, ticket),
            phone=cards.phone(turn),
        )
    return ticket


def _opened(
    turn: Turn, reason: str, words: str, slots: Mapping[str, str], urgency: str, about: int | None, promised: bool
) -> TicketEvent:
    """Its first event: everything it begins with."""
    place = decode_place(slots["place"]) if "place" in slots else (turn.person.home or PlaceExpression(""))
    due = clock.due(turn.now, turn.house.timing.promise[urgency], turn.house.hours, turn.house.zone)
    return turn.event_of(
        "open",
        category=reason,
        urgency=urgency,
        queue="desk",
        reporter=turn.person.id or None,
        chat=turn.person.chat,
        place=place,
        object=slots.get("object", ""),
        words=words or turn.parse.text,
        slots=_kept(slots, about) | ({"promised": "yes"} if promised else {}),
        code=opening.code_word(turn),
        opened_at=turn.now,
        promised_at=due,
    )


def _enough(turn: Turn, reason: str, about: int | None) -> Ticket | None:
    """What lies there for the same reason already, or the newest when somebody laid too many there in a day."""
    if not turn.person.id:
        return None
    lying = [one for one in tickets.open_in(turn.tx, "desk") if one.reporter == turn.person.id and one.flow == "desk"]
    same = [
        one for one in lying if one.category == reason and one.slots.get("about") == (str(about) if about else None)
    ]
    if same and reason not in cards.TALK:
        return same[-1]
    if lying and reason not in cards.TALK and allowances.use(turn, "desk"):
        return lying[-1]
    return None


def _conversation(turn: Turn, reason: str) -> Ticket | None:
    """What lies on the desk of this person's own talk."""
    if reason not in cards.TALK or not turn.person.id:
        return None
    own = (one for one in turn.situation.reported if one.flow == "desk" and one.is_open and one.category in cards.TALK)
    return next((one for one in own if one.reporter == turn.person.id), None)


def _join(turn: Turn, ticket: Ticket, words: str, answer: str | None, reason: str) -> Ticket:
    """One more line of the same person: kept, counted on the card, and told where somebody speaks with them."""
    said = words or turn.parse.text
    if said not in ("—", ticket.words):
        ticket = turn.record(ticket, "append", words=f"{ticket.words} / {said}"[-2000:])
    relay = dialogues.relay_of(turn.tx, ticket.id)
    if relay is not None and relay.helper_chat is not None:
        turn.tell(relay.helper_chat, turn.text("desk.hears", name=turn.person.called, words=said), about=ticket.id)
    cards.refresh_desk(turn, ticket)
    if answer is not None:
        turn.say(
            turn.person.chat,
            answer or f"desk.joins.{reason}",
            about=ticket.id,
            until=opening.until(turn, ticket),
            phone=cards.phone(turn),
        )
    return ticket


def _kept(slots: Mapping[str, str], about: int | None) -> dict[str, str]:
    """What a ticket of the desk remembers: the ticket it is about, the recording nobody understood."""
    kept = {"about": str(about)} if about else {}
    return kept | {name: slots[name] for name in ("sound",) if slots.get(name)}


PLAIN = 6
"""Characters of 找人 that says nothing else."""


def human(turn: Turn) -> None:
    """找人: a person, two words away; asking twice lies on the desk once."""
    waiting = [one for one in turn.situation.reported if one.flow == "desk" and one.is_open and one.category == "human"]
    if waiting and len(turn.parse.clean) <= PLAIN:
        return turn.answer("desk.human_again", phone=cards.phone(turn))
    open_ticket(turn, "human")
    return None


def unhandled(turn: Turn) -> None:
    """A wish no flow is installed for: kept, and answered by a person."""
    open_ticket(turn, "unhandled")


def set_aside(turn: Turn, secret: bool = False) -> None:
    """An event that failed three times: the desk looks at it, and listens to it unless it may be of a quarrel."""
    sound = getattr(turn.event, "sound", "") or getattr(turn.event, "file", "")
    kept = sound if isinstance(turn.event, Utterance | VoiceNote) and not secret else ""
    open_ticket(turn, "aside", words=turn.parse.text or "—", slots={"sound": kept})
