"""What is kept about a person: told, handed out as a file, and erased after one confirmation."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from handlers import leaving
from handlers.rows import Meant
from handlers.tickets import calling_off
from handlers.turn import Turn
from models.events import Press, Utterance
from models.meaning import Match
from storage import dialogues, incidents, people
from storage.dialogues import OpenQuestion

FRESH = timedelta(minutes=10)
"""A confirmation that comes later is none."""


def heard(turn: Turn) -> Meant | None:
    """「我的资料」, 「把我的都删了」."""
    match = turn.parse.match("privacy.ask", "privacy.delete")
    if match is None or match.ask or turn.parse.best != match.intent:
        return None
    return Meant(partial(_tell, turn, match))


def _tell(turn: Turn, match: Match) -> None:
    if match.intent == "privacy.delete":
        ask_erase(turn, "")
    elif turn.heard("word.mine"):
        mine(turn, "")
    else:
        turn.answer("privacy.told", turn.button("mine", "mine", "0"), turn.button("erase", "erase", "0"))


def mine(turn: Turn, words: str) -> None:
    """/mydata: everything that is kept about the speaker, as a file."""
    turn.make("mine", person=turn.person.id, now=turn.now.isoformat())


def ask_erase(turn: Turn, words: str) -> None:
    """/forget: one question, because it cannot be undone."""
    refusal = _refusal(turn)
    if refusal:
        return turn.answer(refusal)
    question = dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "erase", None, turn.now)
    yes = turn.button("erase_yes", "erase_yes", "0", question.id)
    return turn.answer("privacy.confirm", yes, turn.button("no_not", "erase_no", "0", question.id))


def _refusal(turn: Turn) -> str:
    """Why it cannot be done just now, as the key of a text; empty when it can."""
    if incidents.live_of(turn.tx, turn.person.id) is not None:
        return "privacy.in_danger"
    managers = people.with_role(turn.tx, "manager")
    return "privacy.last_manager" if [one.id for one in managers] == [turn.person.id] else ""


_AGREED = {"dialog.confirm": True, "privacy.delete": True, "dialog.deny": False, "dialog.stop": False}


def reads(turn: Turn, question: OpenQuestion) -> str | None:
    """The answer to that question, before any form that is open; a late one is none."""
    agreed = _agreed(turn)
    if agreed is None or turn.now - question.at > FRESH:
        return None
    return "yes" if agreed else "no"


def _agreed(turn: Turn) -> bool | None:
    """What a line would say to that question; None for one about something else."""
    return False if calling_off.keeps(turn) else _AGREED.get(turn.parse.best or "")


def overtaken(turn: Turn) -> None:
    """Whatever else a person says or presses closes that question, so that no later 对 meant for something else erases."""
    if isinstance(turn.event, Press) and turn.event.data.startswith("erase_"):
        return
    own = isinstance(turn.event, Utterance) and not turn.event.origin.forwarded
    said = own and (not turn.parse.clean or _agreed(turn) is not None)
    newest = turn.situation.newest
    if newest is not None and (newest.kind != "erase" or not said):
        dialogues.forget_kind(turn.tx, turn.chat.id, turn.person.id, "erase")
        turn.anew()


def decide(turn: Turn, question: OpenQuestion, agreed: bool) -> None:
    """Erase, or leave everything as it is."""
    refusal = _refusal(turn)
    if not agreed:
        turn.answer("privacy.kept")
    elif turn.now - question.at > FRESH:
        ask_erase(turn, "")
    elif refusal:
        turn.answer(refusal)
    else:
        leaving.erase(turn)
        turn.make("erase", person=turn.person.id, now=turn.now.isoformat())
