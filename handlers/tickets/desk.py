"""The desk: whatever needs a person, and the conversation a person has through the bot."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from handlers import allowances, clock
from handlers.rows import Meant
from handlers.saying import titles
from handlers.tickets import cards, clocks, hands, opening, steps
from handlers.turn import Turn
from models.events import Utterance, VoiceNote
from models.meaning import PlaceExpression
from models.people import Person
from models.places import decode_place
from models.tickets import Ticket, can
from storage import dialogues, people, readings, tickets
from storage.dialogues import Relay

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
    place = decode_place(slots["place"]) if "place" in slots else (turn.person.home or PlaceExpression(""))
    due = clock.due(turn.now, turn.house.timing.promise[urgency], turn.house.hours, turn.house.zone)
    event = turn.event_of(
        "open",
        category=reason,
        urgency=urgency,
        queue="desk",
        reporter=turn.person.id or None,
        chat=turn.person.chat,
        place=place,
        object=slots.get("object", ""),
        words=words or turn.parse.text,
        slots=_kept(slots, about) | ({"promised": "yes"} if answer is not None else {}),
        code=opening.code_word(turn),
        opened_at=turn.now,
        promised_at=due,
    )
    ticket = tickets.add(turn.tx, "desk", "task", event)
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


# ---------------------------------------------------------------- taking and speaking


def take(turn: Turn, number: int) -> None:
    """Somebody of the desk has it in hand: the words in private, and a line to the resident."""
    ticket = tickets.get(turn.tx, number)
    chat = turn.person.chat or turn.chat.id
    if ticket is None or not sits_here(turn.person):
        return turn.say(chat, "desk.notyours")
    if not ticket.is_open or ticket.owner == turn.person.id:
        return turn.say(chat, "press.stale" if ticket.owner != turn.person.id else "claim.yours", number=number)
    if ticket.owner is not None and not can(ticket, "reoffer"):
        return turn.say(chat, "claim.lost", number=number)
    if ticket.owner is not None:
        hands.tell_others(turn, ticket, "hands.off")
        tickets.let_go(turn.tx, number, turn.now)
        turn.say(people.get(turn.tx, ticket.owner).chat, "desk.took_over", number=number)
        ticket = steps.step(turn, ticket, "reoffer", owner=None)
    if not tickets.claim(turn.tx, number, turn.person.id, turn.now):
        return turn.say(chat, "claim.lost", number=number)
    responded = ticket.responded_at or turn.now
    _taken(turn, steps.step(turn, ticket, "accept", owner=turn.person.id, accepted_at=turn.now, responded_at=responded))
    return None


def _taken(turn: Turn, ticket: Ticket) -> None:
    if ticket.chat is not None and ticket.reporter is not None:
        relay = Relay(ticket.id, ticket.reporter, ticket.chat, turn.person.id, turn.person.chat)
        dialogues.begin_relay(turn.tx, relay, turn.now)
        turn.say(ticket.chat, "desk.joined", helper=turn.person.called)
    brief(turn, ticket)


def brief(turn: Turn, ticket: Ticket) -> None:
    """Everything the desk needs to know, in private."""
    readings.note(turn.tx, turn.person.id, ticket, "desk", turn.now)
    reporter = people.get(turn.tx, ticket.reporter) if ticket.reporter else None
    turn.say(
        turn.person.chat,
        "desk.brief",
        turn.button("over", "over", ticket.id),
        about=ticket.id,
        number=ticket.id,
        name=titles.whom(turn.house, ticket, reporter.called if reporter else turn.text("desk.nobody")),
        words=ticket.words or "—",
        phone=(reporter.phone if reporter else "") or turn.text("claim.nophone"),
        place=titles.spelled(ticket.place) or turn.text("card.somewhere"),
        what=titles.category(turn.house, ticket.category),
    )
    if "sound" in ticket.slots:
        turn.say(turn.person.chat, "desk.sound", about=ticket.id, file=ticket.slots["sound"])
    for picture in ticket.pictures:
        turn.say(turn.person.chat, "claim.picture", about=ticket.id, file=picture, number=ticket.id)


def replied_to_card(turn: Turn) -> Meant | None:
    """A reply to a card of the desk, from somebody who sits there."""
    number = turn.replied_ticket()
    if number is None or not sits_here(turn.person):
        return None
    ticket = tickets.get(turn.tx, number)
    return Meant(partial(speak, turn, number)) if ticket is not None and ticket.chat is not None else None


def speak(turn: Turn, number: int) -> None:
    """A reply to a card of the desk goes to the resident; the first reply takes it. Nothing, when it is no such card."""
    ticket = tickets.get(turn.tx, number)
    if ticket is None or not sits_here(turn.person) or ticket.chat is None:
        return
    relay = dialogues.relay_of(turn.tx, number)
    if turn.heard("dialog.over", "word.over"):
        return over(turn, number)
    if relay is None or relay.helper != turn.person.id:
        take(turn, number)
        relay = dialogues.relay_of(turn.tx, number)
    if relay is not None and relay.helper == turn.person.id:
        answer(turn, ticket, turn.parse.text)
    return None


def answer(turn: Turn, ticket: Ticket, words: str) -> None:
    """Words of the desk for the resident of a ticket."""
    if can(ticket := tickets.get(turn.tx, ticket.id) or ticket, "answer"):
        turn.record(ticket, "answer", responded_at=ticket.responded_at or turn.now)
    turn.tell(ticket.chat, turn.text("desk.says", helper=turn.person.called, words=words), about=ticket.id)


def speaking(turn: Turn) -> Meant | None:
    """A line of somebody of the desk who is speaking with a resident; their own commands come first."""
    best = turn.parse.intents[0] if turn.parse.intents else None
    if not sits_here(turn.person) or (best is not None and best.intent.startswith("mgr.") and not best.ask):
        return None
    return from_helper(turn)


def from_helper(turn: Turn) -> Meant | None:
    """A line of the desk in private, without a reply: to the one resident they are speaking with."""
    relays = dialogues.relays_of_helper(turn.tx, turn.person.id)
    return Meant(partial(_to_resident, turn, relays)) if relays else None


def _to_resident(turn: Turn, relays: list[Relay]) -> None:
    if turn.heard("word.over"):
        over(turn, relays[0].ticket)
    elif len(relays) > 1:
        turn.answer("desk.whom")
    else:
        speak(turn, relays[0].ticket)


def from_resident(turn: Turn) -> Meant | None:
    """A line of a resident whom somebody speaks with goes to the same person, and nothing is asked."""
    relay = turn.situation.relay
    if relay is None or relay.helper_chat is None or relay.resident != turn.person.id:
        return None
    return Meant(partial(_to_desk, turn, relay))


def _to_desk(turn: Turn, relay: Relay) -> None:
    line = turn.text("desk.hears", name=turn.person.called, words=turn.parse.text)
    turn.tell(relay.helper_chat, line, turn.button("over", "over", relay.ticket), about=relay.ticket)
    ticket = tickets.get(turn.tx, relay.ticket)
    if ticket and can(ticket, "append"):
        turn.record(ticket, "append", words=f"{ticket.words} / {turn.parse.text}")


def over(turn: Turn, number: int) -> None:
    """结束: the bot speaks again; what lay on the desk is done."""
    ticket = tickets.get(turn.tx, number)
    if ticket is None or ticket.life == "case" or not sits_here(turn.person):
        return
    relay = dialogues.relay_of(turn.tx, number)
    if relay is not None and dialogues.end_relay(turn.tx, number):
        turn.say(relay.chat, "desk.ended", helper=turn.person.called)
    if ticket.flow == "desk" and can(ticket, "finish"):
        tickets.let_go(turn.tx, number, turn.now)
        ticket = steps.step(turn, ticket, "finish", done_at=turn.now)
    turn.say(turn.person.chat or turn.chat.id, "desk.closed", number=number)


def in_group(turn: Turn) -> None:
    """A line in the desk's group: only replies to a card are for the bot."""
    if (replied := turn.replied_ticket()) is not None:
        speak(turn, replied)


def set_aside(turn: Turn, secret: bool = False) -> None:
    """An event that failed three times: the desk looks at it, and listens to it unless it may be of a quarrel."""
    sound = getattr(turn.event, "sound", "") or getattr(turn.event, "file", "")
    kept = sound if isinstance(turn.event, Utterance | VoiceNote) and not secret else ""
    open_ticket(turn, "aside", words=turn.parse.text or "—", slots={"sound": kept})
