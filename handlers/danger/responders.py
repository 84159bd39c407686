"""What the people on the ladder say and press about an incident; their right is looked up at that moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from handlers.danger import claimed, closing, cry, drills, ladder
from handlers.rows import Meant
from handlers.tickets import conversing, desk
from handlers.turn import Turn
from models.incidents import CAUSES, LIVE, Incident, NotNow
from models.outgoing import Button
from nlu.words import heard
from storage import dialogues, incidents

Work = Callable[[Turn, Incident, str], None]
HELD: Mapping[str, Work] = {
    "enroute": claimed.enroute,
    "there": claimed.there,
    "solved": closing.solve,
    "pass": claimed.pass_on,
}
"""What the one who has it in hand can do; verb of the button and kind of word."""
INTENTS: Mapping[str, str] = {
    "vol.enroute": "enroute",
    "vol.arrived": "there",
    "vol.done": "solved",
    "vol.release": "pass",
}
"""The same in freer words, for those who do not speak with the resident through the bot."""


def words(turn: Turn) -> Meant | None:
    """A line about an incident, in private, in the desk's group or as a reply."""
    said = cry.said(turn.parse.clean)
    replied = _replied(turn)
    if turn.chat.kind == "group" and turn.chat.queue != "desk" and replied is None:
        return None
    return _held(turn, said, replied) or _hold(turn, said, replied) or _speaking(turn, replied)


def _replied(turn: Turn) -> Incident | None:
    number = turn.replied_ticket()
    return incidents.get(turn.tx, number) if number else None


def _held(turn: Turn, said: str, replied: Incident | None) -> Meant | None:
    """到了, 解决了 and the like, from the one who has it in hand."""
    mine = [one for one in turn.situation.in_hand if replied is None or one.id == replied.id]
    if not mine:
        return None
    incident = mine[0]
    if incident.status == "solved":
        cause = next((cause for cause in CAUSES if said in cry.words(cause)), None)
        return Meant(partial(closing.close, turn, incident, cause)) if cause else None
    if said in heard.words("over"):
        return Meant(partial(_over, turn, incident))
    verb = next((verb for verb in HELD if said in cry.words(verb)), None) or _freely(turn)
    return Meant(partial(do, turn, incident, HELD[verb], said)) if verb else None


def _over(turn: Turn, incident: Incident) -> None:
    conversing.over(turn, incident.id)
    closing.solve(turn, incident, told=True)


def _freely(turn: Turn) -> str | None:
    match = turn.parse.match(*INTENTS)
    return INTENTS[match.intent] if match and not match.ask and not desk.sits_here(turn.person) else None


def _speaking(turn: Turn, replied: Incident | None) -> Meant | None:
    """Whatever the holder says in private goes to the one in danger, while the two speak through the bot."""
    if turn.chat.kind == "group" or replied is not None or turn.parse.text.startswith("/"):
        return None
    mine = [one for one in turn.situation.in_hand if one.status in LIVE]
    relay = dialogues.relay_of(turn.tx, mine[0].id) if mine else None
    return conversing.from_helper(turn) if relay is not None and relay.helper == turn.person.id else None


def _hold(turn: Turn, said: str, replied: Incident | None) -> Meant | None:
    """我来管, 收到, 我去: from somebody who was alerted; any reply of the desk takes it too."""
    word = said in cry.words("hold")
    if replied is not None and replied.status == "open" and ladder.may_take(turn.tx, turn.house, replied, turn.person):
        return Meant(partial(take, turn, replied, said if word else turn.text("button.hold")), goes_on=not word)
    if not word:
        return None
    waiting = _meant(turn, said)
    if len(waiting) > 1:
        return Meant(partial(_which, turn, waiting))
    return Meant(partial(take, turn, waiting[0], said)) if waiting else None


def _meant(turn: Turn, said: str) -> list[Incident]:
    """The incidents that the word can mean: open ones first, real ones before drills."""
    known = [one for one in _waiting(turn) if ladder.may_take(turn.tx, turn.house, one, turn.person)]
    if ladder.staff(turn.person) and said in cry.words("mine"):
        known = known or [one for one in incidents.unclosed(turn.tx) if one.status == "open" and not one.drill]
    known = [one for one in known if not one.drill] or known
    return [one for one in known if one.status == "open"] or known[:1]


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
            turn.later(f"incident:{incident.id}", turn.now, "incident.step", danger=True, ticket=incident.id)
