"""A role is taken back: at once, with everything that hangs on it; whoever waited for them hears who comes instead.

By command (``/dismiss 小李 volunteer``, 收回), in a manager's plain words (不让小李干了) after one read-back, by the operator
(``linsheng dismiss``), and by leaving the group of a queue.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from handlers import rights
from handlers.mediation import mediators, withdrawing
from handlers.questions import number_of
from handlers.rows import Meant
from handlers.tickets import desk, leaving
from handlers.turn import Turn
from models.events import Due
from models.people import GONE, Person
from models.tickets import Ticket
from nlu.meaning import about
from storage import dialogues, duties, people, tickets
from storage.dialogues import OpenQuestion

QUESTION = "dismiss"
KIND = "role.dismissed"
"""Kind of agenda row by which the operator's command reaches a running service."""
OF_GROUP = {"volunteers": ("volunteer", "vetted"), "property": ("property",), "desk": ("desk", "duty")}
"""Queue of a group → roles that end when somebody leaves it."""


def command(turn: Turn, words: str) -> None:
    """/dismiss 小李 志愿者: a manager takes a role back."""
    who, _, name = words.strip().rpartition(" ")
    role = _role(turn, name)
    found = [one for one in named(turn, who.strip()) if role in one.roles]
    if role is None or not found:
        return turn.answer("dismiss.how")
    if len(found) > 1:
        numbers = "、".join(str(one.id) for one in found)
        return turn.answer("dismiss.several", name=who, numbers=numbers)
    if _is_last(turn, role):
        return turn.answer("dismiss.last")
    take(turn, found[0], role)
    return turn.answer("dismiss.done", name=found[0].called, role=turn.text(f"managers.role.{role}"))


def _is_last(turn: Turn, role: str) -> bool:
    return role == "manager" and len(people.with_role(turn.tx, role)) == 1


def heard(turn: Turn) -> Meant | None:
    """不让小李干了, 收回小李的志愿者: the same in a manager's plain words, when such a person has such a role."""
    busy = turn.situation.form is not None or turn.situation.relay is not None
    said = None if busy or turn.chat.kind != "private" else about.dismissed(turn.parse.clean)
    if said is None:
        return None
    found = [(one, roles) for one in named(turn, said.called) if (roles := _meant(turn, one, said.role))]
    return Meant(partial(_read_back, turn, said.called, found)) if found else None


def _meant(turn: Turn, person: Person, role: str) -> list[str]:
    """The roles that are meant: the one that was named, or all by which somebody works here."""
    named_one = _role(turn, role) if role else None
    if role and named_one is None:
        return []
    return sorted(person.roles & {named_one} if named_one else person.roles - {"resident", "family"})


def _read_back(turn: Turn, who: str, found: list[tuple[Person, list[str]]]) -> None:
    if len(found) > 1:
        numbers = "、".join(str(one.id) for one, _ in found)
        return turn.answer("dismiss.several", name=who, numbers=numbers)
    person, roles = found[0]
    data = {"dismissed": person.id, "roles": " ".join(roles)}
    question = dialogues.ask(turn.tx, turn.chat.id, turn.person.id, QUESTION, None, turn.now, **data)
    yes, no = (turn.button(key, verb, 0, question.id) for key, verb in (("yes", "agree"), ("no", "refuse")))
    return turn.answer("dismiss.sure", yes, no, name=person.called, roles=_spelled(turn, roles))


def _spelled(turn: Turn, roles: Iterable[str]) -> str:
    return "、".join(turn.text(f"managers.role.{role}") for role in roles)


def decided(turn: Turn, question: OpenQuestion, agreed: bool) -> None:
    """The manager's yes or no; whoever is no manager any more takes nothing back."""
    if not agreed or not turn.person.may("manager"):
        return turn.answer("dismiss.kept")
    person = people.get(turn.tx, int(question.data["dismissed"]))
    for role in str(question.data["roles"]).split():
        if _is_last(turn, role):
            return turn.answer("dismiss.last")
        take(turn, person, role)
    return turn.answer("dismiss.done", name=person.called, role=_spelled(turn, str(question.data["roles"]).split()))


def _role(turn: Turn, said: str) -> str | None:
    roles = {key.rpartition(".")[2]: text for key, text in turn.house.texts.items() if key.startswith("managers.role.")}
    return next((role for role, text in roles.items() if said in (role, text)), None)


def named(turn: Turn, who: str) -> list[Person]:
    """Everybody of this name, or the one with this number."""
    number = number_of(who)
    if number is None:
        return people.called(turn.tx, who)
    try:
        return [people.get(turn.tx, number)]
    except KeyError:
        return []


def take(turn: Turn, person: Person, role: str) -> None:
    """Take a role back, and what hangs on it."""
    if people.take_role(turn.tx, person.id, role):
        hand_over(turn, person, role)


def hand_over(turn: Turn, person: Person, role: str) -> None:
    """Their work goes back, somebody else is on duty, and they hear of it; the role is gone already."""
    person = people.get(turn.tx, person.id)
    theirs = turn.as_person(person, people.chat(turn.tx, person.chat) if person.chat else turn.chat)
    held = tickets.held_by(turn.tx, person.id)
    leaving.give_back(theirs, [one for one in held if not _may_keep(person, one)])
    if role == mediators.ROLE:
        withdrawing.hand_on(theirs)
    for queue in duties.of(turn.tx, person.id):
        if not person.roles & rights.HELPING:
            duties.set_duty(turn.tx, queue, None, turn.now)
    turn.say(person.chat, "dismiss.told", role=turn.text(f"managers.role.{role}"))


def _may_keep(person: Person, ticket: Ticket) -> bool:
    return bool(person.roles & (desk.SEATED if ticket.flow == "desk" else rights.HELPING))


def stopped(turn: Turn, state: str) -> None:
    """Who moved or died helps here no more; in hospital or away they keep what they were given."""
    if state in GONE:
        for role in sorted(turn.person.roles - {"resident", "family"}):
            take(turn, turn.person, role)


def told(turn: Turn) -> None:
    """The operator took a role back while the service ran, or before it started."""
    assert isinstance(turn.event, Due)
    hand_over(turn, turn.person, str(turn.event.data["role"]))


def left(turn: Turn) -> None:
    """Somebody left the group of a queue: what they were there for ends, and the desk hears of it."""
    taken = [role for role in OF_GROUP.get(turn.chat.queue or "", ()) if turn.person.may(role)]
    for role in taken:
        take(turn, turn.person, role)
    if taken:
        desk.open_ticket(turn, "left", words=turn.person.called, answer=None)
