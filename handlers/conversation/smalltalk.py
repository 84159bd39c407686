"""What is not a request: who are you, thank you, slower please, and a lonely word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from handlers import rows
from handlers.rows import Meant
from handlers.tickets import matters
from handlers.turn import Turn
from storage import dialogues

LONELY = "lonely"
"""The mark that somebody was listened to."""
LISTENED = timedelta(hours=12)
"""How long it is remembered in which words."""
LISTENING = 4
"""So many ways of saying it, one after the other."""
HUMMED = "hummed"
"""The mark that somebody said no more than 嗯, 好."""
HUMMING = timedelta(minutes=30)
"""So long it is remembered."""
EASY = frozenset({None, "dialog.slower", "dialog.wait", "chat.thanks", "feedback.rate", "dialog.confirm"})
"""Meanings beside which 不急, 慢慢来 is kindness."""
ANSWERS: Mapping[str, str] = {
    "dialog.identity": "talk.identity",
    "dialog.help": "talk.help",
    "dialog.slower": "talk.slower",
    "dialog.wait": "talk.wait",
    "chat.thanks": "talk.thanks",
    "chat.greet": "talk.greet",
    "chat.lonely": "talk.listening.1",
}
"""Intent → text; none of these moves a form."""
STANDALONE: Mapping[str, str] = {
    "dialog.confirm": "talk.nothing_open",
    "dialog.deny": "talk.nothing_open",
    "dialog.choice": "talk.nothing_open",
    "dialog.stop": "talk.stopped",
    "dialog.repeat": "talk.help",
    "dialog.correct": "talk.nothing_open",
}
"""Words that answer nothing when nothing is open."""


def bye(turn: Turn) -> Meant | None:
    """再见, 晚安: wished back, and nothing else."""
    return Meant(partial(turn.answer, "talk.bye")) if turn.heard("word.bye") else None


def hum(turn: Turn) -> Meant | None:
    """嗯, 好, 哦 that answer nothing: said once, then a person is offered, then no more."""
    return Meant(partial(_hummed, turn)) if not matters.named(turn) else None


def _hummed(turn: Turn) -> None:
    before = turn.situation.question(HUMMED)
    times = int(before.data["times"]) + 1 if before is not None and turn.now - before.at < HUMMING else 1
    dialogues.ask(turn.tx, turn.chat.id, turn.person.id, HUMMED, None, turn.now, times=times)
    if times == 1:
        turn.answer("talk.nothing_open")
    elif times == 2:
        turn.answer("talk.here", turn.button("human", "human", "0"))


def patient(turn: Turn) -> Meant | None:
    """不急慢慢来, 谢谢小李不着急 from somebody who waits."""
    easy = turn.parse.best in EASY and matters.of(turn)
    return Meant(partial(_thanked, turn)) if easy else None


def _thanked(turn: Turn) -> None:
    """Patience is thanked, and how it stands is said."""
    turn.lead("talk.patient")
    return matters.tell(turn)


def lonely(turn: Turn) -> Meant | None:
    """A lonely word: listened to in other words each time, and with somebody to talk to at hand."""
    return Meant(partial(_listen, turn)) if turn.parse.best == "chat.lonely" else None


def perhaps(turn: Turn) -> bool:
    """What may be a lonely word and wants nothing that could be done; whether it was listened to."""
    weak = {one.intent for one in turn.unsure}
    if "chat.lonely" not in weak or any(one.partition(".")[0] in rows.needs(turn.house) for one in weak):
        return False
    _listen(turn)
    return True


def _listen(turn: Turn) -> None:
    before = turn.situation.question(LONELY)
    since = before is not None and turn.now - before.at < LISTENED
    times = int(before.data["times"]) % LISTENING + 1 if before is not None and since else 1
    dialogues.ask(turn.tx, turn.chat.id, turn.person.id, LONELY, None, turn.now, times=times)
    return turn.answer(f"talk.listening.{times}", turn.button("human", "human", "0"))


def digress(turn: Turn) -> Meant | None:
    """Small talk is answered."""
    if turn.parse.best == "dialog.help":
        return Meant(partial(help_of, turn))
    key = ANSWERS.get(turn.parse.best or "")
    return Meant(partial(turn.answer, key, community=turn.house.community.name)) if key is not None else None


def help_of(turn: Turn) -> None:
    """What everybody can say; in private, what whoever works here can do besides, as every wing declares it by role."""
    roles = ["", *sorted(turn.person.roles)] if turn.chat.kind == "private" else [""]
    wings = rows.installed().wings
    keys = dict.fromkeys(key for role in roles for wing in wings for key in wing.help.get(role, ()))
    lines = [turn.text(key, community=turn.house.community.name) for key in keys]
    turn.tell(turn.chat.id, "\n".join(lines))


def is_aside(turn: Turn) -> bool:
    """Whether the open question comes back after this."""
    return turn.parse.best in ANSWERS or turn.heard("dialog.repeat")


def lead(turn: Turn) -> None:
    """Small talk is answered at the head of the open question."""
    key = ANSWERS.get(turn.parse.best or "")
    if key is not None:
        turn.lead(key, community=turn.house.community.name)


def alone(turn: Turn) -> Meant | None:
    """Words that only make sense inside a question."""
    key = STANDALONE.get(turn.parse.best or "")
    if turn.heard("word.drop") and matters.of(turn):
        return Meant(partial(_which_off, turn))
    if turn.parse.best == "dialog.deny" and turn.situation.question("unclear"):
        return None  # 我也说不好: it is still not clear
    if key == "talk.stopped":
        return Meant(partial(_stopped, turn))
    return Meant(partial(turn.answer, key)) if key is not None else None


def _which_off(turn: Turn) -> None:
    """不要了 where nothing is asked and something is open: which, by its button."""
    turn.lead("talk.which_off")
    return matters.tell(turn)


def _stopped(turn: Turn) -> None:
    """算了 where nothing is asked: whatever somebody waits for goes on, and is named."""
    if not matters.of(turn):
        return turn.answer("talk.stopped")
    turn.lead("talk.goes_on")
    return matters.tell(turn)
