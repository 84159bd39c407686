"""The buttons of incidents; the right to press one is looked up at that moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.danger import claimed, closing, ladder, responders
from handlers.tickets import conversing, desk
from handlers.turn import Turn
from models.incidents import CAUSES, LIVE, Incident, NotNow
from storage import incidents


def pressed(work: Callable[[Turn, Incident, str], None]) -> Callable[[Turn, str, str], None]:
    """A button whose target is an incident's number, or the mark of an event."""

    def press(turn: Turn, target: str, number: str) -> None:
        incident = _named(turn, target)
        if incident is None:
            return turn.say(turn.person.chat or turn.chat.id, "press.stale")
        if not ladder.may_take(turn.tx, turn.house, incident, turn.person):
            return turn.say(turn.person.chat or turn.chat.id, "desk.notyours")
        return responders.do(turn, incident, work, number)

    return press


def _named(turn: Turn, target: str) -> Incident | None:
    if target.isascii() and target.isdigit() and len(target) < 10:
        return incidents.get(turn.tx, int(target))
    return incidents.by_mark(turn.tx, target.removeprefix("k")) if target.startswith("k") else None


def _press_hold(turn: Turn, incident: Incident, number: str) -> None:
    if incident.status not in LIVE:
        return turn.say(turn.person.chat or turn.chat.id, "press.stale")
    return responders.take(turn, incident, turn.text("button.hold"))


def _press_takeover(turn: Turn, incident: Incident, number: str) -> None:
    claimed.hold(turn, incident, turn.text("button.hold"), over=True)


def _press_held(verb: str) -> responders.Work:
    """A button of the holder: stale for everybody else."""

    def press(turn: Turn, incident: Incident, number: str) -> None:
        made_sure = incident.status == "doubted" and verb == "solved"
        if incident.holder != turn.person.id and not made_sure:
            raise NotNow(verb)
        responders.HELD[verb](turn, incident, "")

    return press


def _press_cause(turn: Turn, incident: Incident, cause: str) -> None:
    if cause not in CAUSES:
        raise NotNow(cause)
    closing.close(turn, incident, cause)


def _press_callfirst(turn: Turn, incident: Incident, number: str) -> None:
    if not turn.person.may("manager"):
        return turn.say(turn.person.chat or turn.chat.id, "command.not_for_you")
    return cautioned(turn, incident, on=True)


def cautioned(turn: Turn, incident: Incident, on: bool) -> None:
    """先打电话核实, or no longer: written on the alerts, which go out all the same."""
    if incident.person is not None:
        incidents.caution(turn.tx, incident.person, turn.person.id, turn.now, on)
    key = "cautioned" if on else "uncautioned"
    turn.say(turn.person.chat or turn.chat.id, f"danger.responder.{key}")


def take_ticket(turn: Turn, number: int) -> None:
    """The desk's button 我来管: an incident is taken in hand as one."""
    incident = incidents.get(turn.tx, number)
    if incident is None:
        return conversing.take(turn, number)
    return pressed(_press_hold)(turn, str(number), "0")


def over(turn: Turn, number: int) -> None:
    """The desk's button 结束."""
    incident = incidents.get(turn.tx, number)
    conversing.over(turn, number)
    if incident is not None and incident.status in LIVE and desk.sits_here(turn.person):
        closing.solve(turn, incident, told=True)


PRESSES: Mapping[str, Callable[[Turn, str, str], None]] = {
    "hold": pressed(_press_hold),
    "takeover": pressed(_press_takeover),
    **{verb: pressed(_press_held(verb)) for verb in responders.HELD},
    "cause": pressed(_press_cause),
    "callfirst": pressed(_press_callfirst),
}
"""Verb → what is done; rows of the table of buttons."""
