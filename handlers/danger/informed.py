"""Who hears what somebody did about an incident: the one in danger, the holder, and everybody who was alerted."""

from __future__ import annotations

from typing import Any

from handlers.danger import alerts
from handlers.danger import incident as danger_incident
from handlers.turn import Turn
from models.incidents import Incident
from models.outgoing import Button
from models.people import Person
from storage import incidents as stored
from storage import people


def others(turn: Turn, incident: Incident, before: int | None, how: str = "over") -> None:
    """Silence for everybody who was alerted: the newest word replaces an alert that did not leave yet."""
    everybody = dict.fromkeys([*stored.alerted(turn.tx, incident.id), *([before] if before else [])])
    for number in everybody:
        if number != turn.person.id:
            key = "danger.responder.moved" if number == before else f"danger.responder.{how}"
            text = turn.text(key, number=incident.id, helper=turn.person.called)
            danger_incident.ring(turn, incident, people.get(turn.tx, number).chat, text)


def to_holder(turn: Turn, incident: Incident, holder: Person, text: str, *buttons: Button) -> None:
    """Answer the one who has it in hand, or had."""
    turn.tell(holder.chat, text, *buttons, kind="emergency", about=incident.id)


def resident(turn: Turn, incident: Incident, what: str, helper: Person) -> None:
    """Tell the one in danger what the holder does, as discreetly as the path wants it."""
    key = alerts.chosen(turn.house, f"danger.{what}", alerts.path_of(incident.sign), "danger")
    danger_incident.answer(turn, incident, turn.text(key, helper=helper.called))


def to_responder(turn: Turn, key: str, incident: Incident, *buttons: Button, **values: Any) -> None:
    """Answer whoever is speaking, in private where possible."""
    chat = turn.person.chat or turn.chat.id
    turn.say(chat, f"danger.responder.{key}", *buttons, about=incident.id, number=incident.id, **values)
