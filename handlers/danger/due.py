"""What falls due of an incident: the next alert, an acknowledgement that lapses, a question how it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from handlers.danger import claimed, closing, drills, mistaken
from handlers.danger import incident as danger_incident
from handlers.danger.settings import Danger
from handlers.turn import Turn
from models.events import Due
from models.incidents import Incident
from storage import incidents as stored
from storage import people, tickets


def step(turn: Turn) -> None:
    """Look at an incident and do what is due in its present status."""
    assert isinstance(turn.event, Due)
    incident = stored.get(turn.tx, turn.event.ticket or 0)
    work = STEPS.get(incident.status) if incident else None
    if incident is not None and work is not None:
        drills.due(turn, incident) if incident.drill else work(turn, incident)


def _repeat(turn: Turn, incident: Incident) -> None:
    """Nobody has it in hand yet; what the alarm lane sent meanwhile counts."""
    if danger_incident.catch_up(turn, incident, str(incident.id)) is None:
        danger_incident.alert(turn, incident)


def _held(turn: Turn, incident: Incident) -> None:
    """An acknowledgement without 到了 lapses, unless they are just speaking with each other."""
    expires = timedelta(minutes=turn.house.of(Danger).expires)
    spoke = [
        e.at for e in tickets.events_of(turn.tx, incident.id) if e.action == "answer" and e.actor == incident.holder
    ]
    if spoke and turn.now - spoke[-1] < expires:
        stored.log(turn.tx, incident.id, danger_incident.step_of(turn, "renew"))
        danger_incident.look(turn, incident, spoke[-1] + expires)
    else:
        claimed.lapse(turn, incident)


def _there(turn: Turn, incident: Incident) -> None:
    """Somebody is there: asked now and then how it goes."""
    _remind(turn, incident, timedelta(hours=1))
    holder = people.get(turn.tx, incident.holder or 0)
    button = turn.button("solved", "solved", incident.id)
    turn.say(holder.chat, "danger.responder.remind", button, kind="reminder", about=incident.id, number=incident.id)


def _solved(turn: Turn, incident: Incident) -> None:
    """Over, but nobody said yet whether it was real."""
    _remind(turn, incident, timedelta(days=1))
    closing.ask_cause(turn, incident, people.get(turn.tx, incident.holder or 0))


def _remind(turn: Turn, incident: Incident, after: timedelta) -> None:
    incident = stored.record(turn.tx, incident, "remind", turn.now, None, {})
    danger_incident.look(turn, incident, turn.now + after)


STEPS: Mapping[str, Callable[[Turn, Incident], None]] = {
    "open": _repeat,
    "doubted": mistaken.verify,
    "held": _held,
    "there": _there,
    "solved": _solved,
}
"""Status → what is due. A closed incident has nothing on the agenda."""
