"""What the people on the ladder say and press about an incident; their right is looked up at that moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.danger import claimed, closing, cry, drills, ladder
from handlers.tickets import desk
from handlers.turn import Turn
from models.incidents import CAUSES, LIVE, Incident, NotNow
from models.outgoing import Button
from storage import dialogues, incidents, queue

Work = Callable[[Turn, Incident, str], None]
HELD: Mapping[str, Work] = {
    "enroute": claimed.enroute, "there": claimed.there, "solved": closing.solve, "pass": claimed.pass_on,
}  # fmt: skip
"""What the one who has it in hand can do; verb of the button and kind of word."""
INTENTS: Mapping[str, str] = {
    "vol.enroute": "enroute", "vol.arrived": "there", "vol.done": "solved", "vol.release": "pass",
}  # fmt: skip
"""The same in freer words, for those who do not speak with the resident through the bot."""


def words(turn: Turn) -> bool:
    """A line about an incident, in private, in the desk's group or as a reply; False when it is something else."""
    said = cry.said(turn.parse.clean)
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
        cause = next((cause for cause in CAUSES if said in cry.words(turn.house, cause)), None)
        if cause:
            closing.close(turn, incident, cause)
        return cause is not None
    if said == turn.text("desk.word_over"):
        desk.over(turn, incident.id)
        closing.solve(turn, incident, told=True)
        return True
    verb = next((verb for verb in HELD if said in cry.words(turn.house, verb)), None) or _freely(turn)
    if verb:
        do(turn, incident, HELD[verb], said)
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
    word = said in cry.words(turn.house, "hold")
    if replied is not None and replied.status == "open" and ladder.may_take(turn.tx, turn.house, replied, turn.person):
        take(turn, replied, said if word else turn.text("button.hold"))
        return word
    if not word:
        return False
    known = [one for one in _waiting(turn) if ladder.may_take(turn.tx, turn.house, one, turn.person)]
    if ladder.staff(turn.person) and said in cry.words(turn.house, "mine"):
        known = known or [one for one in incidents.unclosed(turn.tx) if one.status == "open" and not one.drill]
    known = [one for one in known if not one.drill] or known
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
        claimed.hold(turn, incident, word)


def do(turn: Turn, incident: Incident, work: Work, word: str = "") -> None:
    """Do it, or say that its time has passed."""
    try:
        work(turn, incident, word)
    except NotNow:
        turn.say(turn.person.chat or turn.chat.id, "press.stale")


def unreachable(turn: Turn) -> None:
    """Somebody on the ladder cannot be told any more: whoever is next is alerted at once."""
    for incident in incidents.alerted_to(turn.tx, turn.person.id):
        if incident.status == "open":
            turn.later(f"incident:{incident.id}", turn.now, "incident.step", ticket=incident.id)
