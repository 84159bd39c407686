"""Is it really fixed, and how satisfied are you: asked per ticket, never twice at once, never of the helper."""

from __future__ import annotations

from dataclasses import replace

from handlers.saying import titles
from handlers.settings import House
from handlers.tickets import behalf, cards, desk, hands, promises, steps
from handlers.turn import Turn
from models.meaning import Question
from models.outgoing import Button
from models.people import Person
from models.tickets import Ticket, can
from storage import dialogues, people, tickets
from storage.dialogues import OpenQuestion

RATINGS = ("good", "fair", "bad")
REASONS = ("late", "dirty", "rude", "poor", "absent", "dear")
"""Why somebody may not be satisfied: lists of words under ``unhappy``."""


def ask_fixed(turn: Turn, ticket: Ticket) -> None:
    """真修好了吗?"""
    if ticket.chat is None or ticket.reporter is None:
        return
    if behalf.by_telephone(turn, ticket):
        return cards.show_desk(turn, ticket, "call_for")
    question = dialogues.ask(turn.tx, ticket.chat, ticket.reporter, "fixed", ticket.id, turn.now)
    yes, no = (turn.worded(f"button.fixed.{answer}", ticket.flow).removeprefix("button.") for answer in ("yes", "no"))
    buttons = [
        turn.button(yes, "fixed_yes", ticket.id, question.id),
        turn.button(no, "fixed_no", ticket.id, question.id),
    ]
    title, key = titles.title(turn.house, ticket), turn.worded("feedback.fixed", ticket.flow)
    turn.say(ticket.chat, key, *buttons, kind="survey", about=ticket.id, title=title, number=ticket.id)


def fixed(turn: Turn, ticket: Ticket) -> None:
    """It is fixed; how satisfied?"""
    dialogues.forget_questions(turn.tx, ticket.id, "fixed")
    ticket = steps.step(turn, ticket, "confirm", confirmed_at=turn.now)
    ask_rating(turn, ticket)


def ask_rating(turn: Turn, ticket: Ticket) -> None:
    """满意、一般、不满意?"""
    question = dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "rate", ticket.id, turn.now)
    buttons = [turn.button(f"rate.{key}", f"rate_{key}", ticket.id, question.id) for key in RATINGS]
    turn.answer("feedback.rate", *buttons, about=ticket.id, wide=3)


def unfixed(turn: Turn, ticket: Ticket) -> None:
    """没修好: back to the same person first, without reproach."""
    dialogues.forget_questions(turn.tx, ticket.id)
    owner = people.get(turn.tx, ticket.owner) if ticket.owner else None
    alone = owner is not None and owner.chat is not None and hands.needed(ticket) == 1
    again = alone and owner is not None and tickets.hold(turn.tx, ticket.id, owner.id, turn.now)
    words = f"{ticket.words} / {turn.parse.text}".strip(" /")
    action, holder = ("reopen", ticket.owner) if again else ("reoffer", None)
    ticket = steps.step(
        turn,
        ticket,
        action,
        owner=holder,
        reopened=ticket.reopened + 1,
        words=words,
        done_at=None,
        confirmed_at=None,
        rating=None,
        rated_at=None,
        due_at=promises.due_at(turn, ticket.flow, ticket.category, ticket.urgency),
    )
    promises.watch(turn, replace(ticket, opened_at=turn.now))
    if again and owner is not None:
        buttons = [turn.button(verb, verb, ticket.id) for verb in ("start", "finish", "release")]
        said = turn.parse.text.rstrip("。.!！")
        turn.say(
            owner.chat,
            "work.reopened",
            *buttons,
            about=ticket.id,
            wide=3,
            number=ticket.id,
            name=turn.person.called,
            title=titles.title(turn.house, ticket),
            words=turn.text("work.reopened_words", words=said) if said else "",
        )
    turn.answer(
        "feedback.reopened" if again else "feedback.reoffered", about=ticket.id, helper=owner.called if owner else ""
    )


def rate(turn: Turn, ticket: Ticket, rating: str) -> None:
    """Keep the rating; a bad one is asked about and laid on the desk."""
    dialogues.forget_questions(turn.tx, ticket.id, "fixed", "rate")
    confirmed = ticket.confirmed_at or (turn.now if rating != "bad" else None)
    ticket = steps.step(turn, ticket, "rate", rating=rating, rated_at=turn.now, confirmed_at=confirmed)
    if rating == "bad":
        dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "why", ticket.id, turn.now)
        desk.open_ticket(turn, "bad", slots={"object": ticket.object}, answer=None, about=ticket.id)
        turn.answer("feedback.why", about=ticket.id)
    else:
        turn.answer(f"feedback.thanks.{rating}", about=ticket.id)
        _thank_helper(turn, ticket)


def _thank_helper(turn: Turn, ticket: Ticket) -> None:
    """Thanks are passed on, as the resident was told."""
    if ticket.rating == "good" and ticket.owner is not None:
        turn.say(people.get(turn.tx, ticket.owner).chat, "work.thanked", number=ticket.id)


def why(turn: Turn, ticket: Ticket) -> None:
    """What was wrong goes to the desk with the bad rating."""
    dialogues.forget_questions(turn.tx, ticket.id, "why")
    for complaint in tickets.of_reporter(turn.tx, turn.person.id):
        if complaint.category == "bad" and complaint.slots.get("about") == str(ticket.id) and can(complaint, "append"):
            reasons = " ".join(key for key in REASONS if turn.heard(f"word.unhappy.{key}"))
            slots = {**complaint.slots, "reasons": reasons} if reasons else complaint.slots
            complaint = turn.record(complaint, "append", words=turn.parse.text, slots=slots)
            cards.show_desk(turn, complaint, "bad")
            turn.answer("feedback.passed_on", about=complaint.id)
            return
    turn.answer("feedback.thanks.fair")


# ---------------------------------------------------------------- words


def reads_why(turn: Turn, question: OpenQuestion) -> str | None:
    """Any words that are no need of another kind say what was wrong."""
    other = turn.one_of({*turn.house.domains_of(), "emergency"}) or turn.heard("dialog.human")
    return None if other else "why"


def decide(turn: Turn, question: OpenQuestion, verb: str) -> None:
    """What was answered to one of these questions: ``fixed``, ``unfixed``, ``good``, ``fair``, ``bad`` or ``why``."""
    ticket = tickets.get(turn.tx, question.ticket or 0)
    if ticket is None:
        return turn.answer("press.stale")
    return why(turn, ticket) if verb == "why" else _do(turn, verb, ticket)


def reads(turn: Turn, question: OpenQuestion) -> str | None:
    """What the words answer: ``fixed``, ``unfixed``, ``good``, ``fair`` or ``bad``."""
    parse = turn.parse
    if question.kind == "rate":
        match = parse.match("feedback.rate", "dialog.choice")
        value = match.slots.get("rating", match.slots.get("choice", "")) if match else ""
        if value in RATINGS:
            return value
    if parse.best in ("feedback.unfixed", "ticket.reopen"):
        return "unfixed"
    if question.kind == "fixed":
        return _yes_or_no(turn)
    return None


def _yes_or_no(turn: Turn) -> str | None:
    match = turn.parse.match("feedback.fixed", "feedback.rate", "dialog.confirm", "dialog.deny", "dialog.choice")
    if match is None:
        return None
    if match.slots.get("rating") in RATINGS:
        return match.slots["rating"]
    no = match.intent == "dialog.deny" or match.slots.get("choice") == "no"
    return "unfixed" if no else "fixed"


def _do(turn: Turn, verb: str, ticket: Ticket) -> None:
    if verb in RATINGS and can(ticket, "rate"):
        rate(turn, ticket, verb)
    elif verb == "fixed" and can(ticket, "confirm"):
        fixed(turn, ticket)
    elif verb == "unfixed" and can(ticket, "reoffer"):
        unfixed(turn, ticket)
    else:
        turn.answer("press.stale")


def which(turn: Turn, verb: str, alike: list[OpenQuestion]) -> None:
    """Two wait for the same word: which one?"""
    prefix = {"fixed": "fixed_yes", "unfixed": "fixed_no"}.get(verb, f"rate_{verb}")
    buttons = []
    for question in alike[:5]:
        ticket = tickets.get(turn.tx, question.ticket or 0)
        if ticket is not None:
            label = f"{ticket.id} 号 {titles.title(turn.house, ticket)}"
            buttons.append(Button(label, f"{prefix}:{ticket.id}:{question.id}"))
    turn.answer("ticket.which", *buttons, wide=1)


def unasked(turn: Turn, ticket: Ticket, intent: str) -> None:
    """「没修好」, 「修好了」, 「满意」 without an open question."""
    match = turn.parse.match(intent)
    rating = match.slots.get("rating", "") if match else ""
    if intent == "feedback.rate" and ticket.status == "rated" and rating != "bad":
        turn.record(ticket, "append", words=f"{ticket.words} / {turn.parse.text}"[:2000])
        return turn.answer("feedback.noted", about=ticket.id)
    return _do(turn, {"feedback.rate": rating or "good", "feedback.fixed": "fixed"}.get(intent, "unfixed"), ticket)


def asks_rating(house: House, question: OpenQuestion) -> Question:
    """The three marks, for understanding."""
    return Question("rating", "rating", {key: (house.texts[f"button.rate.{key}"],) for key in RATINGS})


BUTTONS = {"fixed_yes": "fixed", "fixed_no": "unfixed", **{f"rate_{key}": key for key in RATINGS}}
"""Verb → answer, under either question."""


def may_rate(person: Person, ticket: Ticket) -> bool:
    """Nobody rates their own work."""
    return ticket.owner != person.id and person.id in (ticket.reporter, *ticket.joined)
