"""Who is alerted, rung after rung; and who may take an incident in hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.danger import alerts
from handlers.danger.settings import Danger
from handlers.settings import House
from handlers.tickets import desk
from models.incidents import Incident, Rung
from models.meaning import PlaceExpression
from models.people import Person
from models.tickets import Ticket
from storage import incidents, people, tickets
from storage.database import Transaction

Rungs = list[tuple[Rung, list[Person]]]
BARE = Incident(0, "", "danger", "unknown", "")
"""A danger of which nothing is known yet."""


def rungs_of(tx: Transaction, house: House, incident: Incident) -> Rungs:
    """The rungs on which somebody can be told now, lowest first."""
    ladder = house.of(Danger).welfare if incident.kind == "welfare" else house.of(Danger).ladder
    found = ((rung, _people(tx, rung.who, incident)) for rung in ladder)
    return [(rung, some) for rung, some in found if some]


def _people(tx: Transaction, who: str, incident: Incident) -> list[Person]:
    chosen = _WHO[who](tx, incident) if who in _WHO else people.with_role(tx, who)
    return [person for person in chosen if person.chat is not None and may_know(tx, incident, person)]


def _duty(tx: Transaction, incident: Incident) -> list[Person]:
    return people.with_role(tx, "duty") or people.with_role(tx, "desk")


def _vetted(tx: Transaction, incident: Incident) -> list[Person]:
    """Those of the same building when there are any, else all of them."""
    everybody = people.with_role(tx, "vetted")
    ticket = tickets.get(tx, incident.id)
    building = ticket.place.building if ticket else None
    near = [person for person in everybody if building and person.home and person.home.building == building]
    return near or everybody


def _neighbour(incident: Incident, ticket: Ticket | None) -> bool:
    """Whether it is another door than that of the one who spoke of it."""
    return incident.kind == "welfare" and ticket is not None and ticket.reporter == incident.person


def _family(tx: Transaction, incident: Incident) -> list[Person]:
    """Relatives who were named, unless they may be the danger or it is a neighbour's door."""
    ticket = tickets.get(tx, incident.id)
    if incident.person is None or _neighbour(incident, ticket) or alerts.path_of(incident.sign) == "quiet":
        return []
    return [people.get(tx, number) for number in incidents.kin_of(tx, incident.person)]


_WHO: Mapping[str, Callable[[Transaction, Incident], list[Person]]] = {
    "duty": _duty,
    "vetted": _vetted,
    "family": _family,
}
"""Rungs that are more than a role."""


def may_know(tx: Transaction, incident: Incident, person: Person) -> bool:
    """Not the one in danger; and where a home is violent, nobody of that home and no relative."""
    if incident.person is None or incident.drill:
        return True
    if person.id == incident.person:
        return False
    if alerts.path_of(incident.sign) != "quiet":
        return True
    home = people.get(tx, incident.person).home
    return not _same_home(home, person.home) and person.id not in incidents.kin_of(tx, incident.person)


def _same_home(one: PlaceExpression | None, other: PlaceExpression | None) -> bool:
    if one is None or other is None or not one.room:
        return False
    return (one.building, one.unit, one.room) == (other.building, other.unit, other.room)


def may_take(tx: Transaction, house: House, incident: Incident, person: Person) -> bool:
    """Whether somebody may take it in hand, looked up now: the desk, managers, and whoever is on its ladder."""
    if not may_know(tx, incident, person):
        return False
    if desk.sits_here(person) or person.may("duty"):
        return True
    return any(person.id == one.id for _, rung in rungs_of(tx, house, incident) for one in rung)


def subject(tx: Transaction, house: House, incident: Incident) -> alerts.Subject:
    """Whom the alerts of an incident speak of."""
    ticket = tickets.get(tx, incident.id) or Ticket(incident.id, "desk")
    number = incident.person or ticket.reporter
    if number is None:
        return alerts.Subject("—", words=ticket.words)
    seen = alerts.subject_of(house, people.get(tx, number), ticket, incidents.is_cautioned(tx, number))
    if not _neighbour(incident, ticket):
        return seen
    return replace(seen, name=house.texts["danger.alert.neighbour"].format(name=seen.name), caution=False)


def staff(person: Person) -> bool:
    """Those who speak of danger all day: only a bare cry of theirs is one."""
    return desk.sits_here(person) or person.may("duty")
