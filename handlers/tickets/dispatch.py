"""Who gets a ticket: the table decides, and a queue where nobody is falls to its deputy, at last to the desk."""

from __future__ import annotations

from handlers.turn import Turn
from models.dialogues import Flow
from models.people import Person
from models.queues import DESK, Queue, route
from models.tickets import Ticket
from storage import duties, people


def queue_for(turn: Turn, flow: Flow, category: str, building: str | None) -> str:
    """The queue a new ticket goes to, one that somebody serves now."""
    return served(turn, route(turn.house.dispatch, flow.name, category, building, flow.queue))


def served(turn: Turn, queue: str) -> str:
    """This queue, or the first deputy who is there; the desk always is."""
    seen = {DESK}
    while queue not in seen and chat_of(turn, queue) is None:
        seen.add(queue)
        queue = _settings(turn, queue).deputy
    return queue


def chat_of(turn: Turn, queue: str) -> int | None:
    """Where the cards of a queue are put up: its group, else the person on duty in private."""
    group = people.group_of(turn.tx, queue)
    if group is not None:
        return group.id
    person = duties.on_duty(turn.tx, queue)
    return people.get(turn.tx, person).chat if person is not None else None


def promised(turn: Turn, queue: str, urgency: str) -> int:
    """Working minutes until somebody answers."""
    return _settings(turn, queue).promise.get(urgency, turn.house.timing.promise[urgency])


def may_take(turn: Turn, person: Person, ticket: Ticket) -> bool:
    """Whether this kind of ticket is theirs to take: a lift is not mended by a volunteer, also when it is late."""
    flow = turn.house.flows.get(ticket.flow)
    building = ticket.place.building
    queue = route(turn.house.dispatch, ticket.flow, ticket.category, building, flow.queue if flow else ticket.queue)
    roles = _settings(turn, queue).roles if queue != DESK else frozenset()
    return not roles or bool(roles & person.roles)


def _settings(turn: Turn, queue: str) -> Queue:
    return turn.house.queues.get(queue, Queue())
