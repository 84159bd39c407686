"""Relatives who are told of danger no longer: taken off by the resident, or gone by themselves.

Whoever is taken off the list is not told so: where a home is violent, that message would be one more danger.
"""

from __future__ import annotations

from handlers.questions import number_of
from handlers.turn import Turn
from models.outgoing import Button
from models.people import Person
from nlu.words import numbers
from storage import dialogues, families, people
from storage.dialogues import OpenQuestion

WHICH = "family_which"
"""The kind of the question which of several is meant."""
Link = tuple[int, int]
"""A resident, and a relative of theirs."""


def ask(turn: Turn, whom: Person, kind: str, name: str = "", yes: str = "yes", no: str = "no", **data: int) -> None:
    """One question about the family with yes or no, in that person's own chat."""
    if whom.chat is not None:
        question = dialogues.ask(turn.tx, whom.chat, whom.id, kind, None, turn.now, **data)
        buttons = turn.button(yes, "agree", "family", question.id), turn.button(no, "refuse", "family", question.id)
        turn.say(whom.chat, _QUESTIONS[kind], *buttons, name=name)


_QUESTIONS = {
    "family_want": "family.want",
    "family_may": "family.may",
    "family_off": "family.off",
    "family_off_of": "family.off_of",
}


def begin(turn: Turn) -> None:
    """Codes that are still out count no more; a link goes after one yes, of several which one is asked; said twice is a yes."""
    newest = turn.situation.newest
    if newest is not None and newest.kind in ("family_off", "family_off_of"):
        dialogues.answered(turn.tx, newest.id)
        return off(turn, newest, True)
    if families.withdraw(turn.tx, turn.person.id):
        turn.lead("family.withdrawn")
    links = families.links_of(turn.tx, turn.person.id)
    if not links:
        turn.answer("family.nobody")
    elif len(links) == 1:
        _ask_off(turn, links[0])
    else:
        _which(turn, links)


def _other(turn: Turn, link: Link) -> tuple[str, str]:
    """The end of a text's key, by which side the speaker is on, and what the other one is called."""
    resident, relative = link
    own = resident == turn.person.id
    return "" if own else "_of", people.get(turn.tx, relative if own else resident).called


def _ask_off(turn: Turn, link: Link) -> None:
    side, name = _other(turn, link)
    ask(turn, turn.person, f"family_off{side}", name, resident=link[0], relative=link[1])


def _which(turn: Turn, links: list[Link]) -> None:
    """The list by number; it is kept with the question, so that a number means what was shown."""
    question = dialogues.ask(turn.tx, turn.chat.id, turn.person.id, WHICH, None, turn.now, links=links)
    lines = []
    for number, link in enumerate(links, 1):
        side, name = _other(turn, link)
        lines.append(turn.text(f"family.line{side}", number=number, name=name))
    buttons = [Button(str(number), f"kin:{number}:{question.id}") for number in range(1, len(links) + 1)]
    turn.answer("family.which", *buttons, wide=3, list="\n".join(lines))


def picked(turn: Turn, question: OpenQuestion) -> str | None:
    """「第二个」 to that list, or 「算了」."""
    number = numbers.choice(turn.parse.clean, len(question.data["links"]))
    if number is None and not turn.heard("dialog.deny", "dialog.stop"):
        return None
    return str(number or 0)


def pick(turn: Turn, question: OpenQuestion, answer: str) -> None:
    """That one is meant; 0 is none of them."""
    number = number_of(answer)
    if number is None or number > len(question.data["links"]):
        return turn.answer("press.stale")
    if number == 0:
        return turn.answer("family.stays")
    resident, relative = question.data["links"][number - 1]
    return _ask_off(turn, (resident, relative))


def off(turn: Turn, question: OpenQuestion, agreed: bool) -> None:
    """The link goes; a relative who leaves says so to the resident, the other way round nothing is said."""
    resident, relative = int(question.data["resident"]), int(question.data["relative"])
    if (resident, relative) not in families.links_of(turn.tx, turn.person.id):
        return turn.answer("press.stale")
    side, name = _other(turn, (resident, relative))
    if not agreed:
        return turn.answer("family.stays")
    families.unlink(turn.tx, resident, relative)
    turn.answer("family.left" if side else "family.unlinked", name=name)
    if side:
        turn.say(people.get(turn.tx, resident).chat, "family.left_you", name=turn.person.called)
    return None


def gone(turn: Turn) -> None:
    """Somebody is erased: nobody is told of them any more, and those they were there for know it."""
    families.withdraw(turn.tx, turn.person.id)
    for resident, relative in families.links_of(turn.tx, turn.person.id):
        families.unlink(turn.tx, resident, relative)
        if relative == turn.person.id:
            turn.say(people.get(turn.tx, resident).chat, "family.erased")
