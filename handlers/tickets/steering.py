"""What managers and the desk decide by hand: who does it, who is on duty, what is one and the same; and taking it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from handlers.saying import titles
from handlers.tickets import claiming, dispatch, hands, money, steps, working
from handlers.turn import Turn
from models.people import Person
from models.queues import DESK
from models.tickets import Ticket, can
from storage import duties, people, tickets

NUMBER = re.compile(r"#?([0-9]{1,9})\b", re.ASCII)


def _helper(turn: Turn, name: str) -> Person | None:
    """The one helper with this name; answers and gives None when there is none or more than one."""
    everybody = {person.id: person for role in claiming.HELPERS for person in people.with_role(turn.tx, role)}
    found = [person for person in everybody.values() if name and person.name == name.strip()]
    if len(found) != 1:
        turn.answer("assign.many" if found else "assign.nobody", name=name or "?")
        return None
    return found[0]


def assign(turn: Turn, words: str) -> None:
    """/assign 37 小张: this person does it, whoever had it before."""
    number = NUMBER.match(words)
    ticket = tickets.get(turn.tx, int(number[1])) if number else None
    if number is None or ticket is None or ticket.flow == DESK or ticket.life != "task" or not ticket.is_open:
        return turn.answer("assign.how")
    helper = _helper(turn, words[number.end() :].strip())
    if helper is None:
        return None
    if helper.chat is None or helper.id in (ticket.owner, ticket.reporter):
        return turn.answer("assign.cannot", name=helper.called, number=ticket.id)
    if not hands.may_enter(turn, helper, ticket):
        return turn.answer("assign.vetted", name=helper.called, number=ticket.id)
    before = ticket.owner
    _give(turn, _freed(turn, ticket), helper)
    duties.note_change(turn.tx, turn.person.id, "assign", turn.now, ticket=ticket.id, to=helper.id, before=before)
    return turn.answer("assign.done", name=helper.called, number=ticket.id)


def _freed(turn: Turn, ticket: Ticket) -> Ticket:
    """Taken from whoever holds it, who is told."""
    if ticket.owner is None:
        return ticket
    turn.say(people.get(turn.tx, ticket.owner).chat, "assign.taken", number=ticket.id)
    hands.tell_others(turn, ticket, "hands.off")
    tickets.let_go(turn.tx, ticket.id, turn.now)
    return steps.step(turn, ticket, "reoffer", owner=None)


def _give(turn: Turn, ticket: Ticket, helper: Person) -> None:
    if hands.needed(ticket) > 1 and helper.chat is not None:
        hands.sit(turn.as_person(helper, people.chat(turn.tx, helper.chat)), ticket)
        return money.named(turn, ticket.id)
    if helper.chat is None or not tickets.claim(turn.tx, ticket.id, helper.id, turn.now):
        return None
    responded = ticket.responded_at or turn.now
    ticket = steps.step(turn, ticket, "accept", owner=helper.id, accepted_at=turn.now, responded_at=responded)
    claiming.won(turn.as_person(helper, people.chat(turn.tx, helper.chat)), ticket)
    return money.named(turn, ticket.id)


def duty(turn: Turn, words: str) -> None:
    """/duty property 老赵: who answers for a queue that has no group; without a name, nobody."""
    word, _, name = words.partition(" ")
    queue = queue_named(turn, word)
    if queue is None:
        return turn.answer("duty.how")
    helper = _helper(turn, name) if name.strip() else None
    if name.strip() and helper is None:
        return None
    before = duties.on_duty(turn.tx, queue)
    duties.set_duty(turn.tx, queue, helper.id if helper else None, turn.now)
    duties.note_change(turn.tx, turn.person.id, "duty", turn.now, queue=queue, before=before)
    if helper is None:
        return turn.answer("duty.nobody", queue=turn.text(f"queue.{queue}"))
    return turn.answer("duty.done", queue=turn.text(f"queue.{queue}"), name=helper.called)


def queue_named(turn: Turn, word: str) -> str | None:
    """The key of a queue by its key or its name."""
    return next((key for key in turn.house.queues if word in (key, turn.house.texts.get(f"queue.{key}"))), None)


def merge(turn: Turn, words: str) -> None:
    """/merge 37 38: the second is the same as the first; its reporter waits for the first."""
    numbers = [int(number) for number in NUMBER.findall(words)]
    pair = [tickets.get(turn.tx, number) for number in numbers]
    if len(pair) != 2 or numbers[0] == numbers[1]:
        return turn.answer("merge.how")
    kept, other = pair
    if (
        kept is None
        or other is None
        or not can(kept, "join")
        or not can(other, "merge")
        or DESK in (kept.flow, other.flow)
    ):
        return turn.answer("merge.cannot")
    added = tuple(p for p in (other.reporter, *other.joined) if p and p not in (kept.reporter, *kept.joined))
    turn.record(kept, "join", joined=(*kept.joined, *added))
    other = _freed(turn, other)
    other = steps.step(turn, other, "merge", slots={**other.slots, "into": str(kept.id)})
    duties.note_change(turn.tx, turn.person.id, "merge", turn.now, ticket=other.id, into=kept.id, added=added)
    turn.say(other.chat, "merge.told", about=kept.id, title=titles.title(turn.house, other), number=kept.id)
    return turn.answer("merge.done", number=kept.id, other=other.id)


def undo(turn: Turn, words: str) -> None:
    """撤销: the speaker's last change is taken back, as far as nobody went on from it."""
    last = duties.take_change(turn.tx, turn.person.id)
    if last is None:
        return turn.answer("undo.nothing")
    kind, data = last
    return turn.answer("undo.done" if UNDO[kind](turn, data) else "undo.late")


def _undo_duty(turn: Turn, data: Mapping[str, Any]) -> bool:
    duties.set_duty(turn.tx, data["queue"], data["before"], turn.now)
    return True


def _undo_assign(turn: Turn, data: Mapping[str, Any]) -> bool:
    ticket = tickets.get(turn.tx, data["ticket"])
    if ticket is None or ticket.owner != data["to"] or ticket.status != "accepted":
        return False
    if data["before"] is not None:
        _give(turn, _freed(turn, ticket), people.get(turn.tx, data["before"]))
    else:
        turn.say(people.get(turn.tx, data["to"]).chat, "assign.taken", number=ticket.id)
        working.back_to_group(turn, ticket, "reoffer")
    return True


def _undo_merge(turn: Turn, data: Mapping[str, Any]) -> bool:
    kept, other = tickets.get(turn.tx, data["into"]), tickets.get(turn.tx, data["ticket"])
    if kept is None or other is None or not kept.is_open or not can(other, "part"):
        return False
    turn.record(kept, "join", joined=tuple(person for person in kept.joined if person not in data["added"]))
    slots = {name: value for name, value in other.slots.items() if name != "into"}
    other = steps.step(turn, other, "part", slots=slots, owner=None, queue=dispatch.served(turn, other.queue))
    turn.say(other.chat, "merge.parted", about=other.id, title=titles.title(turn.house, other), number=other.id)
    return True


UNDO: Mapping[str, Callable[[Turn, Mapping[str, Any]], bool]] = {
    "assign": _undo_assign,
    "duty": _undo_duty,
    "merge": _undo_merge,
}
"""Kind of change → how it is taken back; False when somebody went on from it."""
