"""A line that somebody says in private: who is tried with it, in which order, and what is done when nobody understands it.

The stages of ``handlers/rows.py`` are tried one after the other; within a stage the open question first, then the wings.

    unheard · danger sign · edited · incident · command     also in groups: a recording without words, danger before all else, a
                                                            line changed too late, those who have a danger in hand, /commands
    desk card · relay · code                                somebody answers a card, speaks with a person, sends a code
    line                                                    a helper's words for the resident, and what a task waits for
    danger                                                  what somebody in danger adds; weak signs; the answer to a doubt
    person · door                                           找人, and the doors of the menu, whatever is open
    first                                                   which task, erase, leave a case, for whom: before any form
    form                                                    the form that is open
    agreed · themselves · question                          yes or no to what was asked; who they are, money; is it fixed …
    speaking                                                somebody of the desk in a conversation
    work · manager · own · wish                             a helper's task, a manager's words, one's own tickets, a new need
    talk                                                    small talk, and words that answer nothing
"""

from __future__ import annotations

from functools import partial

from handlers import rows
from handlers.conversation import either, smalltalk, standing
from handlers.forms import going_on, loop, speaking
from handlers.rows import Meant
from handlers.tickets import desk, helping
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.outgoing import Button
from storage import dialogues, people

TELLING = 6
"""Characters from which an answer about a quarrel is no small talk: 「把话说清楚就行」."""


def open_form(turn: Turn) -> Meant | None:
    """The form that is open, unless the line is about a ticket or a helper's work."""
    form = turn.situation.form
    if form is None:
        return None
    flow = turn.house.flows[form.flow]
    other = turn.one_of(("ticket", "vol")) and not loop.given_up(flow, turn.parse)
    if other and flow.life != "case" and not turn.parse.match("dialog.correct", *flow.intents):
        return None
    told = flow.life == "case" and len(turn.parse.clean) > TELLING and form.asking not in (None, "confirm", "which")
    if turn.heard("dialog.wait"):
        return smalltalk.digress(turn)
    if not told and smalltalk.is_aside(turn):
        return Meant(partial(_aside, turn, flow, form))
    return Meant(partial(going_on.go_on, turn, form))


def _aside(turn: Turn, flow: Flow, form: Dialogue) -> None:
    """Small talk, and then the question again in shorter words."""
    smalltalk.lead(turn)
    speaking.perform(turn, flow, loop.repeat(flow, form))


def work(turn: Turn) -> Meant | None:
    """A helper's words about their work, and what they saw on the way."""
    meant = helping.in_private(turn)
    return Meant(partial(_work, turn, meant)) if meant is not None else None


def _work(turn: Turn, meant: Meant) -> None:
    meant.do()
    _further_need(turn)


def in_group(turn: Turn) -> None:
    """A line in the volunteers' group, and what was seen on the way."""
    helping.in_group(turn)
    _further_need(turn)


def _further_need(turn: Turn) -> None:
    """「弄完了,楼道灯也不亮」 opens the other one, in private."""
    match = turn.parse.match("issue.report")
    if turn.parse.match("vol.done") and match and not match.ask and turn.person.chat:
        private = turn.elsewhere(people.chat(turn.tx, turn.person.chat))
        speaking.request(private, (match,))


def wish(turn: Turn) -> Meant | None:
    """A need: opens a form, or lies on the desk when no form is installed for it; one that was passed on disturbs none."""
    if turn.situation.form is not None and turn.passed_on:
        return None
    wanted = tuple(match for match in turn.parse.intents if match.intent.split(".")[0] in rows.needs(turn.house))
    return Meant(partial(speaking.request, turn, wanted)) if wanted else None


def _seen(turn: Turn) -> None:
    """Words that were passed on: looked at, and nothing else; the form that is open asks again."""
    form = turn.situation.form
    if form is None:
        return turn.answer("talk.forwarded")
    flow = turn.house.flows[form.flow]
    turn.lead("talk.passed_on")
    return speaking.perform(turn, flow, loop.repeat(flow, form))


def unclear(turn: Turn) -> None:
    """Not understood: one kind question, then a person; a letter that was passed on asks for nothing."""
    if turn.passed_on:
        return _seen(turn)
    if turn.person.roles - {"resident", "family"}:
        still = helping.still_at_work(turn)
        return still.do() if still else turn.answer("talk.staff")  # type: ignore[return-value]
    if standing.told(turn) or smalltalk.perhaps(turn):
        return None
    before = [question for question in turn.situation.questions if question.kind in ("unclear", either.KIND)]
    for question in before:
        dialogues.answered(turn.tx, question.id)
    if before:
        desk.open_ticket(turn, "misses")
        return None
    if either.ask(turn):
        return None
    dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "unclear", None, turn.now)
    doors = [Button(flow.label, f"door:{flow.name}:0") for flow in turn.house.doors]
    return turn.answer("talk.unclear", *doors, turn.button("human", "human", "0"))
