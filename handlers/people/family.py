"""Relatives who are told of danger: linked by a code that the resident gives away, and by the resident's own word alone."""

from __future__ import annotations

import re
from functools import partial

from handlers.people import unlinking
from handlers.rows import Meant
from handlers.tickets import desk
from handlers.turn import Turn
from models.meaning import Match
from models.people import Person
from nlu.words import numbers
from storage import dialogues, families, incidents, people, readings
from storage.dialogues import OpenQuestion

DIGITS = "23456789"
"""What a family code is made of: no zero and no one, which are said in several ways."""
SPOKEN = re.compile(rf"[{DIGITS}]{{8}}")
_BETWEEN = re.compile(r"[\s、,，.。—–－-]+")


def heard(turn: Turn) -> Meant | None:
    """「加家人」, 「不让家人知道了」; nothing for a wish to be told *now*, out of danger."""
    match = turn.parse.match("family.link", "family.unlink")
    if match is None or turn.parse.best != match.intent:
        return None
    if match.intent == "family.unlink":
        return Meant(partial(unlinking.begin, turn))
    return None if turn.situation.incident is not None else Meant(partial(_link_wanted, turn, match))


def _link_wanted(turn: Turn, match: Match) -> None:
    if not match.ask and turn.heard("word.relatives"):
        issue(turn)
    else:
        unlinking.ask(turn, turn.person, "family_want", yes="want_yes", no="want_no")


# ---------------------------------------------------------------- codes


def issue(turn: Turn) -> None:
    """A code for one relative, given to the resident alone."""
    code = _new(turn, turn.person)
    turn.answer("family.code", code=_spaced(turn, code))


def _new(turn: Turn, resident: Person) -> str:
    digits = "".join(turn.house.random.choice(DIGITS) for _ in range(8))
    code = f"{digits[:4]}-{digits[4:]}"
    families.invite(turn.tx, code, resident.id, turn.person.id, turn.now)
    return code


def _spaced(turn: Turn, code: str) -> str:
    """Digit by digit, in two groups, as it is read over the telephone."""
    return turn.text("family.spaced").join(" ".join(group) for group in code.split("-"))


def said(turn: Turn) -> str | None:
    """A family code as people type or say it, without its dash; a form or the desk's own numbers are left alone."""
    plain = _BETWEEN.sub("", turn.parse.text.strip())
    found = SPOKEN.fullmatch(numbers.digits(plain) or "")
    if found is None or turn.situation.form is not None or desk.sits_here(turn.person):
        return None
    return f"{found.group()[:4]}-{found.group()[4:]}"


def redeem(turn: Turn, code: str) -> bool:
    """Use a family code; False when it is none. What the desk gave out links nobody before the resident says yes."""
    found = families.look(turn.tx, code, turn.now)
    if found is None:
        return False
    resident = people.get(turn.tx, found.person)
    if resident.id == turn.person.id:
        turn.answer("family.own")
    elif found.is_own:
        families.use(turn.tx, code, turn.person.id, turn.now)
        _link(turn, resident, turn.person)
    elif not _may_be_asked(turn, resident):
        turn.answer("family.unreached")
    else:
        families.use(turn.tx, code, turn.person.id, turn.now)
        unlinking.ask(turn, resident, "family_may", turn.person.called, "may_yes", "may_no", relative=turn.person.id)
        turn.answer("family.may_asked", name=resident.called)
    return True


def _may_be_asked(turn: Turn, resident: Person) -> bool:
    """Whether the resident can be asked now: in reach, in no danger, and not being asked about another relative."""
    if resident.chat is None or incidents.live_of(turn.tx, resident.id) is not None:
        return False
    return all(one.kind != "family_may" for one in dialogues.questions(turn.tx, resident.chat, resident.id))


def _link(turn: Turn, resident: Person, relative: Person) -> None:
    """Linked, and both are told."""
    families.link(turn.tx, resident.id, relative.id, turn.now)
    turn.say(relative.chat, "family.relative", name=resident.called)
    turn.say(resident.chat, "family.linked", name=relative.called)


def wanted(turn: Turn, question: OpenQuestion, agreed: bool) -> None:
    """Whether a relative is to be told at all."""
    if agreed:
        issue(turn)
    else:
        turn.answer("family.want_no")


def allowed(turn: Turn, question: OpenQuestion, agreed: bool) -> None:
    """The resident's word about somebody who came with the desk's code."""
    relative = people.get(turn.tx, int(question.data["relative"]))
    if not agreed:
        turn.answer("family.may_no")
        turn.say(relative.chat, "family.refused")
    elif relative.chat is None:
        turn.answer("family.gone")
    else:
        _link(turn, turn.person, relative)


# ---------------------------------------------------------------- the desk


def command(turn: Turn, words: str) -> None:
    """/family 王奶奶 3号楼: a code given out for a resident, written down as read; the resident is asked when it is used."""
    name = words.partition(" ")[0]
    found = [one for one in people.called(turn.tx, name) if _lives_there(turn, one)] if name else []
    if len(found) != 1:
        return turn.answer(f"family.desk.{_problem(name, found)}", name=name, count=len(found))
    [resident] = found
    if resident.id == turn.person.id:
        return issue(turn)
    if resident.chat is None or incidents.live_of(turn.tx, resident.id) is not None:
        return turn.answer("family.desk.not_now", name=name)
    readings.note_all(turn.tx, turn.person.id, resident.id, None, "family", turn.now)
    turn.answer("family.desk.code", name=name, code=_spaced(turn, _new(turn, resident)))
    return turn.say(resident.chat, "family.desk.told")


def _problem(name: str, found: list[Person]) -> str:
    """Why a name does not lead to one person, as the end of a text's key."""
    return "several" if found else "unknown" if name else "how"


def _lives_there(turn: Turn, person: Person) -> bool:
    """Whether somebody lives in the building that was named, if one was."""
    building = next((place.building for place in turn.parse.places if place.building), None)
    return building is None or (person.home is not None and person.home.building == building)
