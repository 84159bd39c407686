"""The community's list in chat: the card of a resident for who may see it, and who on the bot they are.

A card is shown in private only and every showing is written down. The list and the bot are joined by a manager's word,
never by a name or a home that somebody gave themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from handlers.people import dismissing
from handlers.questions import number_of
from handlers.saying import titles
from handlers.turn import Turn
from models.households import Door, Listed
from models.meaning import PlaceExpression
from storage import households, people, readings

MOST = 5
"""Cards that are shown at once."""


def card(turn: Turn, words: str) -> None:
    """/card 张秀英, /card 3号楼2单元501, /card 45: who that is by the community's list."""
    said = words.strip()
    if not said:
        return turn.answer("register.how")
    found = _found(turn, said)
    if not found:
        return turn.answer("register.nobody", said=said)
    for listed in found[:MOST]:
        readings.note_card(turn.tx, turn.person.id, listed, turn.now)
    lines = [line for listed in found[:MOST] for line in _card(turn, listed)]
    if len(found) > MOST:
        lines.append(turn.text("register.more", count=len(found) - MOST))
    return turn.tell(turn.chat.id, "\n".join(lines))


def _found(turn: Turn, said: str) -> list[Listed]:
    """By number of the list, by name, or by door."""
    number = number_of(said)
    if number is not None and (one := households.numbered(turn.tx, number)) is not None:
        return [one]
    if named := households.called(turn.tx, said):
        return named
    doors = [Door(one.building, one.unit or "", one.room) for one in turn.parse.places if one.building and one.room]
    return [listed for door in doors for listed in households.behind(turn.tx, door)]


def _card(turn: Turn, listed: Listed) -> Iterator[str]:
    facts = listed.facts
    home = PlaceExpression("", facts.door.building, facts.door.unit or None, None, facts.door.room)
    yield turn.text("register.card", number=listed.id, name=facts.name, place=titles.spelled(home))
    known = (("tenure", facts.tenure), ("alone", facts.alone), ("phoneless", facts.phoneless))
    said = [turn.house.texts.get(f"register.{key}.{value}", "") for key, value in known if value]
    phone = turn.text("register.phone", phone=facts.phone) if facts.phone else ""
    if parts := [part for part in (*said, phone) if part]:
        yield turn.text("register.joined").join(parts)
    yield turn.text(f"register.listing.{facts.consent or 'open'}")
    if listed.person is not None:
        yield turn.text("register.here", number=listed.person, called=people.get(turn.tx, listed.person).called)


def link(turn: Turn, words: str) -> None:
    """/link 45 12: number 45 of the list is person 12 on the bot; /link 45 0: it is nobody after all."""
    number, _, who = words.strip().partition(" ")
    entry = number_of(number)
    listed = households.numbered(turn.tx, entry) if entry is not None else None
    if listed is None or not who.strip():
        return turn.answer("register.link_how")
    if who.strip() == "0":
        households.link(turn.tx, listed.id, None)
        return turn.answer("register.unlinked", name=listed.facts.name)
    return _join(turn, listed, who.strip())


def _join(turn: Turn, listed: Listed, who: str) -> None:
    found = dismissing.named(turn, who)
    if len(found) != 1:
        return turn.answer("register.link_how")
    if (other := households.of_person(turn.tx, found[0].id)) is not None and other.id != listed.id:
        return turn.answer("register.taken", name=found[0].called, number=other.id)
    households.link(turn.tx, listed.id, found[0].id)
    return turn.answer("register.linked", name=listed.facts.name, number=found[0].id, called=found[0].called)
