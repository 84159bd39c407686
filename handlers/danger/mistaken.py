"""按错了: the ladder stops, and one person after the other is asked to telephone, until somebody says what it was.

A trembling finger is believed enough to stop the ringing, never enough to call it off: only somebody who made sure closes it.
算了 and 没事 stop nothing, for whoever is threatened or in despair says so; where a home is violent no word stops anything.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from handlers.danger import alerts, cry, ladder, updates
from handlers.danger import incident as danger_incident
from handlers.questions import number_of
from handlers.rows import Meant
from handlers.turn import Turn
from models.incidents import LIVE, Incident
from models.people import Person
from storage import incidents, people

NEXT = timedelta(minutes=5)
"""How long the one who was asked has to say that they telephone."""
ROUND = timedelta(minutes=15)
"""The same, once everybody was asked."""


def heard(turn: Turn) -> Meant | None:
    """按错了, 点错了, from somebody whose alarm is going on."""
    incident = turn.situation.incident
    said = incident is not None and incident.status != "doubted" and cry.slipped(turn.parse.clean)
    return Meant(partial(mistaken, turn, incident)) if said and incident is not None else None


def press(real: bool, turn: Turn, target: str, number: str) -> None:
    """The buttons 按错了 and 是真的 under the first answer, by the one who is in it."""
    found = number_of(target)
    incident = incidents.get(turn.tx, found) if found is not None else None
    if incident is None or incident.status not in LIVE or incident.person != turn.person.id:
        return turn.answer("press.stale")
    return really(turn, incident) if real else mistaken(turn, incident)


def mistaken(turn: Turn, incident: Incident) -> None:
    """Nobody is rung any more; one person makes sure."""
    if alerts.path_of(incident.sign) == "quiet":
        return danger_incident.answer(turn, incident, turn.text("danger.more.quiet"))
    updates.append(turn, incident, turn.parse.text or turn.text("button.mistake"))
    incident = incidents.record(turn.tx, incident, "mistake", turn.now, turn.person.id, {}, active_at=turn.now)
    if incident.status == "doubted":
        return verify(turn, incident)
    updates.ring_calm(turn, incident)
    helper = people.get(turn.tx, incident.holder or 0).called
    return danger_incident.answer(turn, incident, turn.text("danger.mistaken.held", helper=helper))


def verify(turn: Turn, incident: Incident) -> None:
    """The next one on the ladder is asked to telephone; after everybody was asked it begins anew, more slowly, for ever."""
    order = _order(turn, incident)
    asked = sum(step.action == "verify" for step in incidents.steps(turn.tx, incident.id))
    incidents.log(turn.tx, incident.id, danger_incident.step_of(turn, "verify", count=asked + 1))
    danger_incident.look(turn, incident, turn.now + (NEXT if asked + 1 < len(order) else ROUND))
    if not order:
        return danger_incident.answer(turn, incident, turn.text("danger.mistaken.nobody"))
    helper = order[asked % len(order)]
    incidents.alert(turn.tx, incident.id, helper.id, "verify", turn.now)
    _ask(turn, incident, helper)
    if asked == 0:
        danger_incident.answer(turn, incident, turn.text("danger.mistaken.told", helper=helper.called))
    return None


def _order(turn: Turn, incident: Incident) -> list[Person]:
    """Everybody on the ladder, lowest rung first, each once."""
    rungs = ladder.rungs_of(turn.tx, turn.house, incident)
    return list({person.id: person for _, some in rungs for person in some}.values())


def _ask(turn: Turn, incident: Incident, helper: Person) -> None:
    subject = ladder.subject(turn.tx, turn.house, incident)
    text = turn.text(
        "danger.responder.verify",
        number=incident.id,
        name=subject.name,
        words=subject.words,
        place=subject.place or turn.text("danger.alert.nowhere"),
        phone=subject.phone or turn.text("danger.alert.nophone"),
    )
    buttons = turn.button("hold", "hold", incident.id), turn.button("solved", "solved", incident.id)
    danger_incident.ring(turn, incident, helper.chat, text, *buttons)


def really(turn: Turn, incident: Incident) -> None:
    """是真的: the ladder goes on at once."""
    if incident.status != "doubted":
        helper = people.get(turn.tx, incident.holder).called if incident.holder else ""
        key = "danger.more.held" if helper else "danger.tail.again"
        return danger_incident.answer(turn, incident, turn.text(key, helper=helper))
    incident = incidents.record(turn.tx, incident, "real", turn.now, turn.person.id, {}, active_at=turn.now)
    danger_incident.alert(turn, incident)
    return danger_incident.answer(turn, incident, turn.text("danger.tail.again"))
