"""What somebody says of themselves: name, telephone and home are read back with one yes or no, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from handlers.mediation import mediators
from handlers.rows import Meant
from handlers.saying import titles
from handlers.turn import Turn
from models.places import decode_place, encode_place
from nlu.meaning import about
from nlu.places import reading
from storage import dialogues, people
from storage.dialogues import OpenQuestion


def heard(turn: Turn) -> Meant | None:
    """「我搬到五号楼了」, 「以后叫我王老师」, 「我电话换成…」, when something that is kept was said."""
    said = _said(turn) if _is_meant(turn) else {}
    return Meant(partial(_read_back, turn, said)) if said else None


def _read_back(turn: Turn, said: Mapping[str, str]) -> None:
    if "home" in said and (problem := reading.check(decode_place(said["home"]), turn.house.lexicon())):
        spelled, part = titles.spelled(decode_place(said["home"])), turn.text(f"place.{problem.part}")
        turn.answer("profile.unknown", place=spelled, part=part, offer=problem.offer)
    else:
        ask(turn, said)


def _is_meant(turn: Turn) -> bool:
    """Whether the line speaks of its speaker: by its meaning, as the speaker's home, or as a correction of what was asked."""
    match = turn.parse.match("profile.update")
    if match is not None and turn.parse.best == "profile.update":
        return not match.ask or bool(about.phone(turn.parse.clean))
    if _open(turn) is not None and turn.parse.best in (None, "dialog.correct"):
        return True
    return turn.parse.best in (None, "dialog.correct") and bool(turn.parse.places) and about.is_home(turn.parse.clean)


def _open(turn: Turn) -> OpenQuestion | None:
    """The question about their profile that is open."""
    return turn.situation.question("profile")


def _said(turn: Turn) -> dict[str, str]:
    """What was said, by the field that keeps it; a correction is put into what was read back."""
    text, open_question = turn.parse.clean, _open(turn)
    said: dict[str, str] = dict(open_question.data) if open_question else {}
    name, phone = about.name(text), about.phone(text)
    said |= {key: value for key, value in (("name", name), ("phone", phone)) if value}
    if turn.parse.places and (home := _home(turn, said.get("home"))):
        said["home"] = home
    return said if name or phone or turn.parse.places else {}


def _home(turn: Turn, before: str | None) -> str | None:
    """The home that was named: another building replaces it, a door alone completes it."""
    place = turn.parse.places[0]
    known = decode_place(before) if before else turn.person.home
    if place.building is None and known is not None and (place.unit or place.room):
        place = reading.merge(known, place)
    return encode_place(place) if place.building else None


def ask(turn: Turn, said: Mapping[str, str]) -> None:
    """Read it back, once."""
    question = dialogues.ask(turn.tx, turn.chat.id, turn.person.id, "profile", None, turn.now, **said)
    yes = turn.button("yes", "agree", "profile", question.id)
    parts = "，".join(turn.text(f"profile.part.{key}", value=_shown(turn, key, said[key])) for key in said)
    turn.answer("profile.confirm", yes, turn.button("no", "refuse", "profile", question.id), what=parts)


def _shown(turn: Turn, key: str, value: str) -> str:
    """A value as it is read back: what was heard of a home by counting its digits, a number in groups."""
    if key == "home":
        home = decode_place(value)
        return (
            reading.read_back(home).replace(",", "，") if getattr(turn.event, "heard", None) else titles.spelled(home)
        )
    return " ".join((value[:3], value[3:7], value[7:])).strip() if key == "phone" and len(value) == 11 else value


def answered(turn: Turn, question: OpenQuestion, agreed: bool) -> None:
    """Keep it, or leave everything as it was."""
    if not agreed:
        return turn.answer("profile.left")
    data = question.data
    home = decode_place(data["home"]) if "home" in data else None
    if home is not None and turn.person.may(mediators.ROLE) and turn.person.home is not None:
        home = None
        turn.lead("profile.mediator")
    people.change(turn.tx, turn.person.id, name=data.get("name"), phone=data.get("phone"), home=home)
    called = people.get(turn.tx, turn.person.id).called
    return turn.answer("profile.kept", name=called)


def home(turn: Turn, words: str) -> None:
    """/home 孙老师 12号楼3单元: where a mediator lives is set by a manager; where they lived before still counts for a while."""
    who = words.strip().partition(" ")[0]
    found = [one for one in people.called(turn.tx, who) if one.may(mediators.ROLE)]
    place = next((one for one in turn.parse.places if one.building), None)
    if len(found) != 1 or place is None or reading.check(place, turn.house.lexicon()):
        return turn.answer("profile.home_how")
    people.change(turn.tx, found[0].id, home=replace(place, span=(0, 0)), now=turn.now)
    return turn.answer("profile.home_set", name=found[0].called, place=titles.spelled(place))
