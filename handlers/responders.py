"""What the people on the ladder say and press about an incident; their right is looked up at that moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers import cries, desk, drills, holding, ladder
from handlers.turn import Turn
from models.incidents import CAUSES, LIVE, Incident, NotNow
from models.outgoing import Button
from storage import dialogues, incidents, queue

Work = Callable[[Turn, Incident, str], None]
HELD: Mapping[str, Work] = {
    "enroute": holding.enroute, "there": holding.there, "solved": holding.solve, "pass": holding.pass_on,
}  # fmt: skip
"""What the one who has it in hand can do; verb of the button and kind of word."""
INTENTS: Mapping[str, str] = {
    "vol.enroute": "enroute", "vol.arrived": "there", "vol.done": "solved", "vol.release": "pass",
}  # fmt: skip
"""The same in freer words, for those who do not speak with the resident through the bot."""


def words(turn: Turn) -> bool:
    """A line about an incident, in private, in the desk's group or as a reply; False when it is something else."""
    said = cries.said(turn.parse.clean)
    replied = _replied(turn)
    if turn.chat.kind == "group" and turn.chat.queue != "desk" and replied is None:
        return False
    return _held(turn, said, replied) or _hold(turn, said, replied) or _speaking(turn, replied)


def _replied(turn: Turn) -> Incident | None:
    origin = getattr(turn.event, "origin", None)
    number = queue.ticket_of_message(turn.tx, turn.chat.id, origin.reply_to) if origin and origin.reply_to else None
    return incidents.get(turn.tx, number) if number else None


def _held(turn: Turn, said: str, replied: Incident | None) -> bool:
    """到了, 解决了 and the like, from the one who has it in hand."""
    mine = [one for one in incidents.held_by(turn.tx, turn.person.id) if replied is None or one.id == replied.id]
    if not mine:
        return False
    incident = mine[0]
    if incident.status == "solved":
        cause = next((cause for cause in CAUSES if said in cries.words(turn.house, cause)), None)
        if cause:
            holding.close(turn, incident, cause)
        return cause is not None
    if said == turn.text("desk.word_over"):
        desk.over(turn, incident.id)
        holding.solve(turn, incident, told=True)
        return True
    verb = next((verb for verb in HELD if said in cries.words(turn.house, verb)), None) or _freely(turn)
    if verb:
        _do(turn, incident, HELD[verb], said)
    return verb is not None


def _freely(turn: Turn) -> str | None:
    match = turn.parse.match(*INTENTS)
    return INTENTS[match.intent] if match and not match.ask and not desk.sits_here(turn.person) else None


def _speaking(turn: Turn, replied: Incident | None) -> bool:
    """Whatever the holder says in private goes to the one in danger, while the two speak through the bot."""
    if turn.chat.kind == "group" or replied is not None or turn.parse.text.startswith("/"):
        return False
    mine = [one for one in incidents.held_by(turn.tx, turn.person.id) if one.status in LIVE]
    relay = dialogues.relay_of(turn.tx, mine[0].id) if mine else None
    return relay is not None and relay.helper == turn.person.id and desk.from_helper(turn)


def _hold(turn: Turn, said: str, replied: Incident | None) -> bool:
    """我来管, 收到, 我去: from somebody who was alerted; any reply of the desk takes it too."""
    word = said in cries.words(turn.house, "hold")
    if replied is not None and replied.status == "open" and ladder.may_take(turn.tx, turn.house, replied, turn.person):
        take(turn, replied, said if word else turn.text("button.hold"))
        return word
    if not word:
        return False
    known = [one for one in _waiting(turn) if ladder.may_take(turn.tx, turn.house, one, turn.person)]
    if ladder.staff(turn.person) and said in cries.words(turn.house, "mine"):
        known = known or [one for one in incidents.unclosed(turn.tx) if one.status == "open" and not one.drill]
    waiting = [one for one in known if one.status == "open"] or known[:1]
    if len(waiting) > 1:
        _which(turn, waiting)
    elif waiting:
        take(turn, waiting[0], said)
    return bool(waiting)


def _waiting(turn: Turn) -> list[Incident]:
    """Incidents a word can mean, newest first: those the speaker was alerted to, in the desk's group all open ones."""
    if turn.chat.kind == "group":
        return [one for one in reversed(incidents.unclosed(turn.tx)) if one.status == "open"]
    return incidents.alerted_to(turn.tx, turn.person.id)


def _which(turn: Turn, waiting: list[Incident]) -> None:
    buttons = [Button(f"{one.id} 号", f"hold:{one.id}:0") for one in waiting[:5]]
    turn.say(turn.person.chat or turn.chat.id, "danger.responder.which", *buttons, wide=3)


def take(turn: Turn, incident: Incident, word: str) -> None:
    """Take it in hand; in a drill it is only counted."""
    if incident.drill:
        drills.answered(turn, incident)
    else:
        holding.hold(turn, incident, word)


def _do(turn: Turn, incident: Incident, work: Work, word: str = "") -> None:
    try:
        work(turn, incident, word)
    except NotNow:
        turn.say(turn.person.chat or turn.chat.id, "press.stale")


# ---------------------------------------------------------------- buttons


def pressed(work: Callable[[Turn, Incident, str], None]) -> Callable[[Turn, str, str], None]:
    """A button whose target is an incident's number, or the mark of an event."""

    def press(turn: Turn, target: str, number: str) -> None:
        incident = _named(turn, target)
        if incident is None:
            return turn.say(turn.person.chat or turn.chat.id, "press.stale")
        if not ladder.may_take(turn.tx, turn.house, incident, turn.person):
            return turn.say(turn.person.chat or turn.chat.id, "desk.notyours")
        return _do(turn, incident, work, number)

    return press


def _named(turn: Turn, target: str) -> Incident | None:
    if target.isascii() and target.isdigit() and len(target) < 10:
        return incidents.get(turn.tx, int(target))
    return incidents.by_mark(turn.tx, target.removeprefix("k")) if target.startswith("k") else None


def _press_hold(turn: Turn, incident: Incident, number: str) -> None:
    if incident.status not in LIVE:
        return turn.say(turn.person.chat or turn.chat.id, "press.stale")
    return take(turn, incident, turn.text("button.hold"))


def _press_takeover(turn: Turn, incident: Incident, number: str) -> None:
    holding.hold(turn, incident, turn.text("button.hold"), over=True)


def _press_held(verb: str) -> Work:
    """A button of the holder: stale for everybody else."""

    def press(turn: Turn, incident: Incident, number: str) -> None:
        if incident.holder != turn.person.id:
            raise NotNow(verb)
        HELD[verb](turn, incident, "")

    return press


def _press_cause(turn: Turn, incident: Incident, cause: str) -> None:
    if cause not in CAUSES:
        raise NotNow(cause)
    holding.close(turn, incident, cause)


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
        return desk.take(turn, number)
    return pressed(_press_hold)(turn, str(number), "0")


def over(turn: Turn, number: int) -> None:
    """The desk's button 结束."""
    incident = incidents.get(turn.tx, number)
    desk.over(turn, number)
    if incident is not None and incident.status in LIVE and desk.sits_here(turn.person):
        holding.solve(turn, incident, told=True)


PRESSES: Mapping[str, Callable[[Turn, str, str], None]] = {
    "hold": pressed(_press_hold),
    "takeover": pressed(_press_takeover),
    **{verb: pressed(_press_held(verb)) for verb in HELD},
    "cause": pressed(_press_cause),
    "callfirst": pressed(_press_callfirst),
}
"""Verb → what is done; rows of the table of buttons."""


def unreachable(turn: Turn) -> None:
    """Somebody on the ladder cannot be told any more: whoever is next is alerted at once."""
    for incident in incidents.alerted_to(turn.tx, turn.person.id):
        if incident.status == "open":
            turn.later(f"incident:{incident.id}", turn.now, "incident.step", ticket=incident.id)

