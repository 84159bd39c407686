"""What the mediation form does beyond the loop: what was said at once, who may mediate, and violence, which nobody mediates.

Called by ``forms``: ``opened`` sees the first line, ``answered`` the choice of a mediator, ``checked`` every step
before it is said, ``complete`` the agreed form. The words go into the case's own file and nowhere else.
"""

from __future__ import annotations

from dataclasses import replace

from handlers import clock
from handlers.danger import person as danger_person
from handlers.forms import loop
from handlers.mediation import due as mediation_due
from handlers.mediation import mediators, room, withdrawing
from handlers.settings import House
from handlers.tickets import dispatch
from handlers.turn import Turn
from models.dialogues import Dialogue, Flow
from models.meaning import Match, Parse, PlaceExpression, Sign
from models.people import Person
from models.places import decode_place, encode_place, stair
from models.tickets import TicketEvent
from nlu.places import reading
from nlu.words import heard
from storage import case_lists, cases, people, tickets

TELLING = 8
"""Characters from which a first line says what it is about."""
ASKING = 12
"""Characters up to which 怎么样了 asks how it stands."""
TEXTS = ("who", "about", "enough")
ANYBODY = "any"


def opened(turn: Turn, flow: Flow, match: Match, form: Dialogue) -> Dialogue | None:
    """The form of a first line; None when the line was answered without one."""
    asking = len(form.words) < ASKING and heard.says("case.query", form.words)
    if match.intent != "mediation.request" or asking:
        work = withdrawing.leave if match.intent == "mediation.withdraw" else withdrawing.query
        work(turn)
        return None
    if violent(turn, form.words):
        cry(turn, form.words)
        return None
    mine = [number for number in case_lists.of_party(turn.tx, turn.person.id) if _asked_for(turn, number)]
    if mine:
        turn.answer("case.known", number=mine[0])
        return None
    return replace(form, slots={**form.slots, **_said(turn, match), **_home(turn)})


def _asked_for(turn: Turn, number: int) -> bool:
    file = cases.file(turn.tx, cases.house(number))
    return file is not None and file.a.person == turn.person.id


def _said(turn: Turn, match: Match) -> dict[str, str]:
    """What the first line says already: with whom, and about what when it says more than that."""
    party, words = match.slots.get("party", ""), match.text or turn.parse.clean
    known = {"who": party} if len(party) > 1 and not heard.says("case.pronouns", party) else {}
    return known | ({"about": words} if len(words) >= TELLING else {})


def _home(turn: Turn) -> dict[str, str]:
    home = turn.person.home
    return {"stair": encode_place(stair(home))} if home and home.building else {}


def violent(turn: Turn, words: str) -> bool:
    """Whether the words speak of blows or threats, however long ago."""
    return heard.says("case.force", words) and not heard.says("case.noforce", words)


def cry(turn: Turn, words: str) -> None:
    """Violence is never mediated: a person of the desk, at once, and nothing on the telephone that shows it."""
    danger_person.alert(turn, Sign("security", 1, "violence"), words)


def answered(turn: Turn, flow: Flow, form: Dialogue, parse: Parse) -> loop.Step | None:
    """The step after words that end the form another way, or the choice of a mediator; None for everything else."""
    if parse.best == "mediation.withdraw" or heard.says("case.leave", parse.clean.rstrip("。.!！")):
        return loop.Cancel(form)
    if form.asking == "enough" and heard.says("case.enough", parse.clean.rstrip("。.!！")):
        return loop.proceed(flow, replace(form, slots={**form.slots, "enough": parse.clean}, misses=0))
    if form.asking in TEXTS and violent(turn, parse.clean):
        return loop.Complete(form.noted(force="yes"))
    match = parse.match("dialog.choice")
    chosen = match.slots.get("choice", "") if match else ""
    if form.asking == "mediator" and chosen in _on_offer(form, ()):
        return loop.proceed(flow, replace(form, slots={**form.slots, "mediator": chosen}, misses=0))
    return None


def checked(turn: Turn, flow: Flow, step: loop.Step, parse: Parse) -> loop.Step:
    """The stair is read as a place, and who may mediate is offered by name."""
    form = step.dialogue
    if not isinstance(step, loop.Ask | loop.Confirm):
        return step
    if "stair" in form.slots and not form.slots["stair"].startswith("{"):
        found = reading.find(form.slots["stair"], turn.house.lexicon())
        if not found or not found[0].building or reading.check(found[0], turn.house.lexicon()):
            form = replace(form.without("stair"), asking="stair", misses=form.misses + 1)
            return loop.Ask(form, flow.slot("stair"), True)
        form = replace(form, slots={**form.slots, "stair": encode_place(stair(found[0]))})
        step = replace(step, dialogue=form)
    return _offered(turn, flow, form) if _asks_mediator(step) else step


def _asks_mediator(step: loop.Step) -> bool:
    return isinstance(step, loop.Ask) and step.slot.name == "mediator"


def _offered(turn: Turn, flow: Flow, form: Dialogue) -> loop.Step:
    """The question whom they would like; not asked where there is no choice."""
    found = _may(turn, form)
    if len(found) < 2:
        chosen = str(found[0].id) if found else ANYBODY
        return loop.proceed(flow, replace(form, slots={**form.slots, "mediator": chosen}))
    offered = "|".join(f"{person.id}:{person.called}" for person in found[:4])
    form = form.noted(offered=offered)
    return loop.Ask(form, replace(flow.slot("mediator"), answers=_on_offer(form, heard.words("case.anybody"))))


def _may(turn: Turn, form: Dialogue) -> list[Person]:
    """Mediators who are not named as the other side and share a stair with neither."""
    named = people.named_in(turn.tx, form.slots.get("who", ""))
    homes = [decode_place(form.slots["stair"]), _other(turn, form)]
    return [one for one in mediators.everybody(turn) if not mediators.too_near(one, (turn.person.id, *named), homes)]


def _other(turn: Turn, form: Dialogue) -> PlaceExpression | None:
    """The stair of the other side, as far as it was said: 楼上 and 对门 are one's own."""
    who, own = form.slots.get("who", ""), decode_place(form.slots["stair"])
    found = reading.find(who, turn.house.lexicon(own))
    if found and found[0].building:
        return stair(found[0])
    return own if heard.says("case.same_stair", who) else None


def choices(house: House, form: Dialogue) -> dict[str, tuple[str, ...]]:
    """The mediators on offer, and anybody; nothing while something else is asked."""
    if form.asking != "mediator" or not form.notes.offered:
        return {}
    return _on_offer(form, heard.words("case.anybody"))


def _on_offer(form: Dialogue, anybody: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    pairs = (entry.split(":", 1) for entry in form.notes.offered.split("|") if entry)
    return {**{key: (name,) for key, name in pairs}, ANYBODY: anybody}


def described(turn: Turn, form: Dialogue) -> str:
    """What is read back: with whom, about what, what would be enough, and who listens."""
    chosen = form.slots.get("mediator", ANYBODY)
    name = people.get(turn.tx, int(chosen)).called if chosen != ANYBODY else turn.text("case.anybody")
    asked = turn.text(f"case.may.{form.slots.get('ask', 'no')}")
    who, about, enough = (form.slots[slot] for slot in TEXTS)
    other = who.removeprefix(turn.text("mediation.with"))
    quarrel = about if who in about else turn.text("mediation.quarrel", who=other, about=about)
    return turn.text("mediation.described", quarrel=quarrel, enough=enough, mediator=name, asked=asked)


def complete(turn: Turn, flow: Flow, form: Dialogue) -> loop.Step | None:
    """Open the case: an empty ticket for the clocks, the words in a file of their own."""
    if form.notes.force:
        cry(turn, form.words)
        return None
    minutes = dispatch.promised(turn, flow.queue, "P2")
    due = clock.due(turn.now, minutes, turn.house.hours, turn.house.zone)
    changes = {"category": flow.name, "queue": flow.queue, "opened_at": turn.now, "promised_at": due}
    ticket = tickets.add(turn.tx, flow.name, flow.life, TicketEvent("file", turn.now, None, room.CAUSE, changes))
    _write(turn, ticket.id, form)
    mediation_due.watch(turn, ticket.id)
    found = mediators.offer(turn, room.file_of(turn, ticket.id), wanted=True)
    if not found:
        mediators.tell_desk(turn, "case.desk.nobody")
    until, out = clock.words(turn.now, due, turn.house.zone), turn.button("case_leave", "case_leave", ticket.id)
    turn.answer("case.filed" if found else "case.filed_none", out, number=ticket.id, until=until)
    return None


def _write(turn: Turn, number: int, form: Dialogue) -> None:
    """The file: both sides, what was said, who is not to be asked."""
    chosen, other = form.slots.get("mediator", ANYBODY), _other(turn, form)
    homes = (form.slots["stair"], encode_place(other) if other else None)
    by = cases.add(turn.tx, number, turn.person.id, homes, int(chosen) if chosen != ANYBODY else None)
    for kind, slot in zip(cases.SAID, TEXTS, strict=True):
        cases.say(turn.tx, by, kind, form.slots[slot], turn.now)
    cases.change_side(turn.tx, by, "a", consent=form.slots["ask"])
    cases.note(turn.tx, by, "file", turn.now, "a")
    for person in people.named_in(turn.tx, form.slots["who"]):
        cases.note(turn.tx, by, "named", turn.now, person=person)
