"""For somebody else: a relative on the same telephone, or a neighbour without one; the answers come to whoever filed it."""

from __future__ import annotations

from datetime import timedelta

from handlers.saying import titles
from handlers.tickets import steps
from handlers.turn import Turn
from models.dialogues import Dialogue
from models.meaning import PlaceExpression
from models.people import Person
from models.tickets import Ticket, can
from nlu.meaning import about
from storage import families, incidents, others, people, tickets
from storage.dialogues import OpenQuestion, ask

PASSCODE = "passcode"
"""Slot with the hash of the code by which the one it is for takes it over."""
FRESH = timedelta(minutes=15)
"""How long a telephone speaks for somebody else when nothing is said any more."""


def marked(turn: Turn, form: Dialogue) -> Dialogue:
    """The form with whom it is for, in the words of the one who files it: named in it, or said just before."""
    opens = turn.house.domains_of("task", "appointment")
    named = next(
        (m.slots["for"] for m in turn.parse.intents if "for" in m.slots and m.intent.split(".")[0] in opens), None
    )
    current = others.spoken_for(turn.tx, turn.person.id)
    fresh = current is not None and current.since is not None and turn.now - current.since <= FRESH
    who = about.named(named) if named else current.called if current and fresh else None
    return form.filled(**{"for": who}).noted(filer=str(turn.person.id)) if who else form


def home(turn: Turn, form: Dialogue) -> PlaceExpression | None:
    """Where the one it is for lives, as far as that is known: a relative with the speaker, a neighbour elsewhere."""
    who = form.slots.get("for")
    if who is None:
        return turn.person.home
    known = others.get(turn.tx, turn.person.id, about.named(who))
    if known is not None and known.place is not None:
        return known.place
    return turn.person.home if about.is_relative(who) else None


def said(turn: Turn, form: Dialogue) -> str:
    """Whom it is for, as the first part of a read-back; empty when it is the speaker's own."""
    return turn.text("behalf.said", who=about.named(form.slots["for"])) if "for" in form.slots else ""


def over(turn: Turn) -> None:
    """The need is told: the telephone speaks for its owner again."""
    others.speak_for(turn.tx, turn.person.id, None, turn.now)
    turn.anew()


def opened(turn: Turn, ticket: Ticket) -> None:
    """A ticket for somebody else: where they live is remembered, and whoever it may be is asked, not guessed."""
    who = ticket.slots.get("for")
    if who is None:
        return
    elsewhere = ticket.place if ticket.place.room and ticket.place != turn.person.home else None
    others.remember(turn.tx, turn.person.id, who, elsewhere, turn.now)
    found = [one for one in people.called(turn.tx, who) if _may_be(turn, one, ticket)]
    if len(found) == 1:
        _ask(turn, ticket, found[0])


def _may_be(turn: Turn, person: Person, ticket: Ticket) -> bool:
    """Whether somebody is known to be the one: a relative of the filer, linked by a code.

    A name and a home that people gave themselves prove nothing: whoever calls himself 赵大爷 would be told who comes.
    """
    if person.chat is None or person.id == ticket.reporter:
        return False
    return person.id in (*incidents.kin_of(turn.tx, turn.person.id), *families.cared_for(turn.tx, turn.person.id))


def _ask(turn: Turn, ticket: Ticket, person: Person) -> None:
    """「小李替您报了…，是您的事吗？」 to the one who has an account of their own."""
    assert person.chat is not None
    question = ask(turn.tx, person.chat, person.id, "mine", ticket.id, turn.now)
    buttons = (
        turn.button("mine_yes", "agree", ticket.id, question.id),
        turn.button("mine_no", "refuse", ticket.id, question.id),
    )
    what = titles.plain(turn.house, ticket)
    turn.say(person.chat, "behalf.mine", *buttons, about=ticket.id, helper=turn.person.called, what=what)


def answered(turn: Turn, question: OpenQuestion, agreed: bool) -> None:
    """The one it may be for says so: from now on the answers come to them."""
    ticket = tickets.get(turn.tx, question.ticket or 0)
    if ticket is None or not can(ticket, "correct") or not ticket.is_open:
        return turn.answer("press.stale")
    if not agreed:
        return turn.answer("behalf.mine_no")
    if ticket.owner is not None:  # the word for the door was told already, and never moves
        return turn.answer("behalf.mine_late", number=ticket.id)
    return pass_on(turn, ticket, turn.person)


def pass_on(turn: Turn, ticket: Ticket, person: Person) -> None:
    """From now on it is theirs: the answers, and later the word for the door."""
    filer, who = ticket.chat, ticket.slots.get("for", "")
    slots = {name: value for name, value in ticket.slots.items() if name not in ("for", PASSCODE)}
    ticket = steps.step(turn, ticket, "correct", reporter=person.id, chat=person.chat, slots=slots)
    if filer != person.chat:
        turn.say(filer, "behalf.passed", number=ticket.id, who=who)
    turn.say(person.chat, "behalf.mine_yes", about=ticket.id, number=ticket.id)


def told(ticket: Ticket, key: str) -> str:
    """The key of what is said about a helper: a neighbour without a telephone has to be told by the one who filed it."""
    return f"{key}_for" if "for" in ticket.slots and not about.is_relative(ticket.slots["for"]) else key


def by_telephone(turn: Turn, ticket: Ticket) -> bool:
    """Whether the one who filed it also did it: nobody rates their own work, so the desk calls."""
    return "for" in ticket.slots and ticket.owner is not None and ticket.owner == ticket.reporter
