"""The conversation that somebody of the desk has with a resident through the bot: taken by a button or a reply, ended by 结束."""

from __future__ import annotations

from functools import partial

from handlers.rows import Meant
from handlers.saying import titles
from handlers.tickets import desk, hands, steps
from handlers.turn import Turn
from models.tickets import Ticket, can
from storage import dialogues, people, readings, tickets
from storage.dialogues import Relay


def take(turn: Turn, number: int) -> None:
    """Somebody of the desk has it in hand: the words in private, and a line to the resident."""
    ticket = tickets.get(turn.tx, number)
    chat = turn.person.chat or turn.chat.id
    if ticket is None or not desk.sits_here(turn.person):
        return turn.say(chat, "desk.notyours")
    if not ticket.is_open:
        return turn.say(chat, "claim.over", about=number, number=number)
    if ticket.owner == turn.person.id:
        return turn.say(chat, "claim.yours", about=number, number=number)
    if ticket.owner is not None and not can(ticket, "reoffer"):
        return turn.say(chat, "claim.lost", number=number)
    if ticket.owner is not None:
        hands.tell_others(turn, ticket, "hands.off")
        tickets.let_go(turn.tx, number, turn.now)
        turn.say(people.get(turn.tx, ticket.owner).chat, "desk.took_over", number=number)
        ticket = steps.step(turn, ticket, "reoffer", owner=None)
    hands.freed(turn, ticket)
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
    if number is None or not desk.sits_here(turn.person):
        return None
    ticket = tickets.get(turn.tx, number)
    return Meant(partial(speak, turn, number)) if ticket is not None and ticket.chat is not None else None


def speak(turn: Turn, number: int) -> None:
    """A reply to a card of the desk goes to the resident; the first reply takes it. Nothing, when it is no such card."""
    ticket = tickets.get(turn.tx, number)
    if ticket is None or not desk.sits_here(turn.person) or ticket.chat is None:
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
    if not desk.sits_here(turn.person) or (best is not None and best.intent.startswith("mgr.") and not best.ask):
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
    words = turn.parse.text
    if turn.passed_on:
        words = turn.text("desk.passed_on", words=words)
    line = turn.text("desk.hears", name=turn.person.called, words=words)
    turn.tell(relay.helper_chat, line, turn.button("over", "over", relay.ticket), about=relay.ticket)
    ticket = tickets.get(turn.tx, relay.ticket)
    if ticket and can(ticket, "append"):
        turn.record(ticket, "append", words=f"{ticket.words} / {turn.parse.text}")


def over(turn: Turn, number: int) -> None:
    """结束: the bot speaks again; what lay on the desk is done."""
    ticket = tickets.get(turn.tx, number)
    if ticket is None or ticket.life == "case" or not desk.sits_here(turn.person):
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
