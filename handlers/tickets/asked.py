"""A resident's words about what they already asked for: how is it, hurry, never mind, and one thing more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from handlers import rights
from handlers.questions import number_of
from handlers.rows import Meant
from handlers.saying import titles
from handlers.tickets import calling_off, helping, hurrying, matters, rating, steps
from handlers.turn import Turn
from models.meaning import Match, PlaceExpression
from models.outgoing import Button
from models.tickets import Ticket
from nlu.meaning import corrections
from nlu.places import reading
from nlu.words.things import category
from storage import people, queue, tickets

RECENT = timedelta(days=14)
COUNTED = frozenset({"件", "个", "事", "单", "单子", "事情"})
"""Words that name no matter: 我一共报了几件."""


def tickets_meant(turn: Turn, intent: str, named_by: str = "") -> list[Ticket]:
    """The speaker's tickets that the words can mean: the one replied to, a number, a thing, else the open ones.

    ``named_by`` is the intent whose words name it, where it is another one than what is done to it.
    """
    reported = turn.situation.reported
    own = [t for t in reported if t.flow != "desk" and t.life == "task" and _fits(turn, t, intent)]
    match = turn.parse.match(named_by or intent)
    ref = match.slots.get("ref") or match.slots.get("object", "") if match else ""
    replied = queue.ticket_of_message(turn.tx, turn.chat.id, _reply(turn)) if _reply(turn) else None
    named = (
        [ticket for ticket in own if ticket.id == replied],
        [ticket for ticket in own if str(ticket.id) == ref],
        [ticket for ticket in own if ref and _named(turn, ticket, ref)],
    )
    found = next((some for some in named if some), None)
    if found or ref.isdigit():
        return found or []  # a number that is none of theirs means no other
    waiting = [ticket for ticket in own if ticket.is_open]
    return waiting or own[:1]


def _reply(turn: Turn) -> str:
    origin = getattr(turn.event, "origin", None)
    return (origin.reply_to if origin else None) or ""


def _fits(turn: Turn, ticket: Ticket, intent: str) -> bool:
    """Only what can still be done: an ended ticket is not cancelled, an open one is not reopened."""
    fresh = turn.now - (ticket.done_at or ticket.opened_at or turn.now) < RECENT
    return {
        "ticket.cancel": ticket.is_open and rights.may(turn, "cancel", ticket),
        "ticket.urge": ticket.is_open,
        "ticket.append": ticket.is_open,
        "ticket.query": ticket.is_open or fresh,
    }.get(intent, fresh and not ticket.is_open and rating.may_rate(turn.person, ticket))


def _named(turn: Turn, ticket: Ticket, ref: str) -> bool:
    text = f"{ticket.object}{titles.category(turn.house, ticket.category)}{ticket.words}"
    return ref in text


def handle(turn: Turn, intent: str) -> None:
    """Do what the words ask; with several tickets ask which, with none say so."""
    meant = tickets_meant(turn, intent)
    if not meant and intent == "feedback.rate" and (open_now := tickets_meant(turn, "ticket.urge", intent)):
        if (match := turn.parse.match(intent)) is not None and match.slots.get("rating") == "good":
            return query(turn, open_now[0])  # 挺满意的 about what is not done yet: how it stands
        return hurrying.urge(turn, open_now[0])  # anger about what is not done yet hurries it
    if not meant and intent == "feedback.fixed" and (better := tickets_meant(turn, "ticket.cancel", intent)):
        return stop(turn, better)  # 电来了: nobody has come yet, and it need not go on
    if not meant or (intent == "ticket.query" and _all_of_it(turn)):
        return matters.tell(turn)
    if intent == "ticket.query" and len(meant) <= 3:
        for ticket in meant:
            query(turn, ticket)
        return None
    if len(meant) > 1:
        verb = intent.split(".")[1]
        buttons = [Button(f"{titles.title(turn.house, t)}（{t.id} 号）", f"{verb}:{t.id}:0") for t in meant[:5]]
        return turn.answer("ticket.which", *buttons, wide=1)
    work = VERBS.get(intent)
    return work(turn, meant[0]) if work else rating.unasked(turn, meant[0], intent)


def _all_of_it(turn: Turn) -> bool:
    """我报了啥, 我的事: nothing is named, and more than one thing is open."""
    match = turn.parse.match("ticket.query")
    said = match.slots.get("ref") or match.slots.get("object") if match else None
    named = said is not None and said not in COUNTED
    return not named and not _reply(turn) and len(matters.of(turn)) > 1


def query(turn: Turn, ticket: Ticket) -> None:
    """How it stands, truly."""
    turn.tell(turn.chat.id, matters.state(turn, ticket), about=ticket.id)


def stop(turn: Turn, meant: list[Ticket]) -> None:
    """Words that may mean that nobody need come: never without a question, with several which one."""
    return calling_off.ask_cancel(turn, meant[0]) if len(meant) == 1 else handle(turn, "ticket.cancel")


def append(turn: Turn, ticket: Ticket) -> None:
    """One thing more about a ticket, or one thing put right; whoever holds it hears it too."""
    words = f"{ticket.words} / {turn.parse.text}"[:2000]
    place = _put_right(turn, ticket)
    changes: dict[str, Any] = {"place": place} if place else {}
    ticket = steps.step(turn, ticket, "append", words=words, **changes)
    if ticket.owner is not None:
        owner = people.get(turn.tx, ticket.owner)
        turn.say(owner.chat, "work.more", about=ticket.id, number=ticket.id, words=turn.parse.text)
    key = "ticket.moved" if place else "ticket.appended"
    title, where = titles.title(turn.house, ticket), titles.spelled(ticket.place)
    turn.answer(key, about=ticket.id, number=ticket.id, place=where, title=title)


def correct(turn: Turn) -> Meant | None:
    """是102,不是101 when no form is open: it is about what was just filed."""
    if turn.parse.best != "dialog.correct" and not _moves(turn):
        return None
    mine = [ticket for ticket in tickets_meant(turn, "ticket.append") if ticket.is_open]
    return Meant(partial(append, turn, max(mine, key=lambda ticket: ticket.id))) if mine else None


def _moves(turn: Turn) -> bool:
    """那灯不是四号楼的,是五号楼后头那个: another place, said by whoever reported it a while ago."""
    return turn.heard("word.not_there") and bool(turn.parse.places)


def _put_right(turn: Turn, ticket: Ticket) -> PlaceExpression | None:
    """The place as its reporter corrects it, if it exists; None where no other one was said."""
    match = turn.parse.match("dialog.correct")
    said = corrections.put_right(turn.parse, ticket.place)
    wrong = match or turn.heard("word.wrong") or _moves(turn)
    if said is None or not wrong or ticket.reporter != turn.person.id:
        return None
    place = replace(reading.merge(ticket.place, said), span=(0, 0))
    return (
        place if place != ticket.place and reading.check(place, turn.house.lexicon(turn.person.home)) is None else None
    )


ABOUT_OWN = (
    "ticket.query",
    "ticket.urge",
    "ticket.append",
    "ticket.cancel",
    "ticket.reopen",
    "feedback.rate",
    "feedback.fixed",
    "feedback.unfixed",
)
"""What people say about what they asked for."""


def _another_thing(turn: Turn, match: Match) -> Match | None:
    """灯又不亮了 from somebody whose pipe was mended: a report of its own, not the pipe again."""
    thing = match.slots.get("object", "")
    own = turn.situation.reported
    known = not thing or _reply(turn) or any(_named(turn, one, thing) for one in own)
    if match.intent not in ("ticket.reopen", "feedback.unfixed") or known or turn.situation.questions:
        return None
    slots = {"object": thing, "category": category(thing) or "other"}
    return Match("issue.report", match.score, slots, text=turn.parse.text, urgency="P2")


def _as_report(turn: Turn, fresh: Match) -> None:
    turn.parse = replace(turn.parse, intents=(fresh,))


def heard(turn: Turn) -> Meant | None:
    """A resident's words about their own; from a helper without any, how their work stands."""
    match = turn.parse.match(*ABOUT_OWN)
    if match is None or turn.parse.best != match.intent:
        return None
    if (fresh := _another_thing(turn, match)) is not None:
        return Meant(partial(_as_report, turn, fresh), goes_on=True)
    if not tickets_meant(turn, match.intent) and (still := helping.still_at_work(turn)):
        return still
    return Meant(partial(handle, turn, match.intent))


def pressed(work: Callable[[Turn, Ticket], None]) -> Callable[[Turn, str, str], None]:
    """A button about one of the presser's own tickets."""

    def press(turn: Turn, target: str, number: str) -> None:
        ticket = tickets.get(turn.tx, number_of(target) or 0)
        if ticket is None:
            return turn.answer("press.stale")
        return work(turn, ticket)

    return press


BUTTONS: Mapping[str, Callable[[Turn, Ticket], None]] = {
    "query": query,
    "urge": hurrying.urge,
    "cancel": calling_off.cancel,
    "append": append,
}
"""Verb of a button about one's own ticket → what is done."""
VERBS: Mapping[str, Callable[[Turn, Ticket], None]] = {
    "ticket.query": query,
    "ticket.urge": hurrying.urge,
    "ticket.cancel": calling_off.cancel,
    "ticket.append": append,
}
