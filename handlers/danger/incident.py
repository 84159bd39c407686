"""An incident from its first alert on: opened once, alerted rung after rung until somebody has it in hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from handlers import clock
from handlers.danger import alerts, ladder
from handlers.danger.settings import Danger
from handlers.tickets import cards, desk
from handlers.turn import Turn, rows
from models.events import CAP, mark_of, spoken
from models.incidents import CALM, Incident, Step, pause, rung_of, slowly
from models.meaning import PlaceExpression
from models.outgoing import Card
from models.people import Person
from models.places import encode_place
from storage import incidents, queue, tickets

FRESH = timedelta(minutes=30)
"""What somebody in danger says within this belongs to the incident that people have in hand."""


def mark(turn: Turn) -> str:
    """The mark of the event that is being handled."""
    origin = getattr(turn.event, "origin", None)
    if origin is None:
        return mark_of("clock", turn.cause, "")
    return mark_of(origin.channel, origin.key, spoken(turn.event) or turn.parse.text)


def begin(
    turn: Turn,
    family: str,
    sign: str,
    words: str,
    *,
    kind: str = "danger",
    person: int | None = None,
    place: PlaceExpression | None = None,
) -> Incident:
    """Open an incident and alert the first rung, unless the alarm lane did."""
    reason = {"quiet": "quiet", "welfare": "welfare"}.get(alerts.path_of(sign), "danger")
    slots = {"place": encode_place(place)} if place else {}
    ticket = desk.open_ticket(turn, reason, words=words[:CAP], slots=slots, urgency="P0", answer=None)
    heard = tuple(dict.fromkeys((family, alerts.kind_of(turn.house, family, sign))))
    fresh = Incident(ticket.id, mark(turn), kind, family, sign, heard, person=person or turn.person.id or None)
    incident = incidents.add(turn.tx, fresh, turn.now, turn.person.id or None, family=family, sign=sign)
    return catch_up(turn, incident, incident.mark) or alert(turn, incident)


def catch_up(turn: Turn, incident: Incident, key: str) -> Incident | None:
    """Take over what the alarm lane did by itself; None when it did nothing that is not counted yet."""
    sounded = turn.house.sounded
    count, at = sounded.tried.get(key, (0, turn.now))
    if count <= incident.count:
        return None
    for person in sounded.reached.get(key, ()):
        incidents.alert(turn.tx, incident.id, person, "direct", at)
    return note_alert(turn, incident, count, at, rung="direct")


def alert(turn: Turn, incident: Incident, but: int | None = None) -> Incident:
    """The next alert: to the rung whose turn it is, or the list of telephone numbers to the desk.

    ``but``: somebody who just had it in hand; a rung on which only they stand is passed over.
    """
    rungs = ladder.rungs_of(turn.tx, turn.house, incident)
    number, at = _next(turn, incident, rungs, but)
    incident = note_alert(turn, incident, number, turn.now, rung=rungs[at][0].who if at is not None else "list")
    if at is None:
        _call_list(turn, incident, rungs)
        return incident
    for person in rungs[at][1]:
        if person.id != but or len(rungs) == 1:
            tell(turn, incident, person, rungs[at][0].who)
    return incident


def _next(turn: Turn, incident: Incident, rungs: ladder.Rungs, but: int | None) -> tuple[int, int | None]:
    """The number of the next alert, and its rung."""
    order = [rung for rung, _ in rungs]
    number = incident.count + 1
    while (at := rung_of(number, order, turn.house.of(Danger).interval)) is not None:
        if len(rungs) == 1 or any(person.id != but for person in rungs[at][1]):
            break
        number += 1
    return number, at


def note_alert(turn: Turn, incident: Incident, count: int, at: datetime, rung: str) -> Incident:
    """Write an alert down, and when the next one is due."""
    ladder_of = turn.house.of(Danger).welfare if incident.kind == "welfare" else turn.house.of(Danger).ladder
    wait = turn.house.of(Danger).interval if incident.drill else pause(count, ladder_of, turn.house.of(Danger).interval)
    next_at = max(at + timedelta(minutes=wait), turn.now)
    first = incident.alerted_at or at
    data = {"count": count, "rung": rung}
    incident = incidents.record(
        turn.tx, incident, "alert", at, None, data, count=count, alerted_at=first, next_at=next_at
    )
    look(turn, incident, next_at)
    return incident


def look(turn: Turn, incident: Incident, at: datetime) -> None:
    """When the incident is looked at next; in the clock's lane, so that no recording delays it.

    Once somebody is there or it is over, nobody is woken to say how it goes.
    """
    calm = incident.status in CALM
    at = clock.awake(at, turn.house.hours, turn.house.zone) if calm else at
    incidents.touch(turn.tx, incident, next_at=at)
    turn.later(f"incident:{incident.id}", at, "incident.step", danger=not calm, ticket=incident.id)


def tell(turn: Turn, incident: Incident, person: Person, rung: str) -> None:
    """Alert somebody; what was not delivered yet is replaced, so that nobody gets thirty alerts after an outage."""
    incidents.alert(turn.tx, incident.id, person.id, rung, turn.now)
    lines = alerts.of(turn.house, incident, ladder.subject(turn.tx, turn.house, incident))
    ring(turn, incident, person.chat, lines, turn.button("hold", "hold", incident.id))


def ring(turn: Turn, incident: Incident, chat: int | None, text: str, *buttons: Any) -> None:
    """The newest word of an incident in a chat: replaces what waits, rings again where it arrived before."""
    if chat is not None:
        asserts = turn.asserts_of(text, incident.id)
        card = Card(chat, f"alert:{incident.id}", text, rows(*buttons, wide=2), "emergency", incident.id, True, asserts)
        turn.sent.append(queue.put(turn.tx, card, turn.now))


def _call_list(turn: Turn, incident: Incident, rungs: ladder.Rungs) -> None:
    """Nobody answered: the desk gets the telephone numbers, and the one in danger the truth."""
    everybody = {person.id: person for _, some in rungs for person in some}
    numbers = [f"{person.called} {person.phone}" for person in everybody.values() if person.phone]
    subject = ladder.subject(turn.tx, turn.house, incident)
    body = alerts.body(turn.house, incident.family, incident.sign, subject)
    lines = "\n".join([*turn.house.of(Danger).call_list, *numbers]) or "—"
    text = turn.text("danger.responder.list", number=incident.id, lines=lines, body=body)
    late = slowly(incident.count, [rung for rung, _ in rungs], turn.house.of(Danger).interval)
    for person in cards.desk_people(turn):
        if ladder.may_know(turn.tx, incident, person) and not (late and person.id in everybody):
            ring(turn, incident, person.chat, text, turn.button("hold", "hold", incident.id))
    if alerts.path_of(incident.sign) != "quiet":
        answer(turn, incident, turn.text("danger.more.nobody"))


def answer(turn: Turn, incident: Incident, text: str, *buttons: Any) -> None:
    """A word to the one in danger."""
    ticket = tickets.get(turn.tx, incident.id)
    if text and ticket is not None:
        turn.tell(ticket.chat, text, *buttons, kind="emergency", about=incident.id)
        incidents.touch(turn.tx, incident, told_at=turn.now)


def step_of(turn: Turn, action: str, **data: Any) -> Step:
    """Something that changes no status, for the record."""
    return Step(action, turn.now, turn.person.id or None, data)
