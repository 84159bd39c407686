"""What a mediator does: takes a case or lets it go by, reads it, and has the other side asked."""

from __future__ import annotations

from handlers.mediation import mediators, parties, room
from handlers.mediation.room import file_of, move, panel, ticket_of
from handlers.saying import titles
from handlers.turn import Turn
from models.outgoing import Button
from models.people import Person
from models.tickets import can
from storage import case_lists, cases, dialogues, people
from storage.cases import ROLE, NoRight, Right

# ---------------------------------------------------------------- taken or not


def take(turn: Turn, number: int) -> None:
    """The first mediator who may takes it; whoever may not hears no more than that it is gone."""
    if not turn.person.may(ROLE):
        return turn.answer("press.stale")
    file = cases.file(turn.tx, cases.house(number))
    offered = file is not None and turn.person.id in (person.id for person in mediators.eligible(turn, file))
    if file is None or not offered or not can(ticket := ticket_of(turn, number), "take"):
        return turn.answer("case.gone")
    cases.change(turn.tx, cases.house(number), mediator=turn.person.id, wanted=None)
    by = cases.right(turn.tx, number, turn.person.id)
    move(turn, by, "take", responded_at=ticket.responded_at or turn.now, accepted_at=turn.now)
    if file.b.consent == "yes":
        move(turn, by, "consent", "b")
    turn.say(file.a.chat, "case.taken", mediator=turn.person.called)
    return show(turn, by, "")


def let_pass(turn: Turn, number: int) -> None:
    """Not this time: others are asked; the reason is nobody's business."""
    file = cases.file(turn.tx, cases.house(number)) if turn.person.may(ROLE) else None
    if file is None or ticket_of(turn, number).status != "filed":
        return turn.answer("press.stale")
    cases.note(turn.tx, Right(number, ROLE, turn.person.id), "pass", turn.now)
    turn.answer("case.passed")
    if file.wanted == turn.person.id and not mediators.offer(turn, file):
        mediators.tell_desk(turn, "case.desk.nobody")
    return None


# ---------------------------------------------------------------- what it is


def show(turn: Turn, by: Right, extra: str) -> None:
    """Everything that was said, to the one who mediates; the reading is written down."""
    said, file = cases.words(turn.tx, by, turn.now), file_of(turn, by.number)
    person = people.get(turn.tx, file.a.person) if file.a.person is not None else Person(0)
    text = {kind: said[kind].text if kind in said else "—" for kind in (*cases.SAID, cases.AGREED)}
    place = titles.spelled(file.a.home) if file.a.home else turn.text("card.somewhere")
    brief = turn.text(
        "case.brief",
        number=by.number,
        name=person.called,
        place=place,
        phone=person.phone or turn.text("claim.nophone"),
        **text,
    )
    turn.tell(turn.chat.id, brief)
    panel(turn, by.number, f"case.stage.{ticket_of(turn, by.number).status}")


def mine(turn: Turn, words: str) -> None:
    """/cases: what the speaker mediates, and what waits for somebody like them."""
    held = case_lists.of_mediator(turn.tx, turn.person.id)
    for number in held:
        if (by := room.mediates(turn, number)) is not None:
            show(turn, by, "")
    waiting = [
        file_of(turn, number) for number in case_lists.live(turn.tx) if ticket_of(turn, number).status == "filed"
    ]
    offered = [file for file in waiting if turn.person.id in (person.id for person in mediators.eligible(turn, file))]
    for file in offered:
        buttons = [turn.button(verb, verb, file.number) for verb in ("case_take", "case_pass")]
        turn.answer("case.offer", *buttons, number=file.number)
    if not held and not offered:
        turn.answer("case.no_cases")


def shown(turn: Turn, number: int) -> bool:
    """/ticket 5 of a case: shown to its mediator; False for everybody else."""
    try:
        by = cases.right(turn.tx, number, turn.person.id)
    except NoRight:
        return False
    if by.role != ROLE:
        return False
    show(turn, by, "")
    return True


# ---------------------------------------------------------------- the other side


def invite(turn: Turn, by: Right, extra: str) -> None:
    """The other side is asked only when the first one lets them be; then by whichever way there is."""
    file = file_of(turn, by.number)
    if not can(ticket_of(turn, by.number), "invite"):
        return turn.answer("press.stale")
    if file.a.consent != "yes":
        parties.ask(turn, file, file.a, "case_may", mediator=turn.person.called)
        return turn.answer("case.asks_a")
    labels = {one.id: turn.text("button.case_ask", name=one.called) for one in _named(turn, by)[:4]}
    labels[0] = turn.text("button.case_phone")
    return turn.answer("case.how", *(Button(label, f"case_ask:{by.number}:{who}") for who, label in labels.items()))


def _named(turn: Turn, by: Right) -> list[Person]:
    """Everybody with an account whose name the first side said."""
    said, file = cases.words(turn.tx, by, turn.now), file_of(turn, by.number)
    found = people.named_in(turn.tx, said["party"].text if "party" in said else "")
    return [one for one in (people.get(turn.tx, number) for number in found) if one.chat and one.id != file.a.person]


def ask_other(turn: Turn, by: Right, extra: str) -> None:
    """This person is asked, gently, without a word of what it is; or they are called."""
    file, ticket = file_of(turn, by.number), ticket_of(turn, by.number)
    who = next((one for one in _named(turn, by) if str(one.id) == extra), None)
    if not can(ticket, "invite") or file.a.consent != "yes" or (who is None and extra != "0"):
        return turn.answer("press.stale")
    cases.change_side(turn.tx, by, "b", person=who.id if who else None)
    file = file_of(turn, by.number)
    if mediators.barred(turn.person, file):
        return room.too_near(turn, by.number)
    move(turn, by, "invite")
    dialogues.forget_questions(turn.tx, by.number, "case_join")
    parties.ask(turn, file, file.b, "case_join", mediator=turn.person.called, community=turn.house.community.name)
    return panel(turn, by.number, "case.told.asked" if who else "case.told.phone")


def for_side(yes: bool, turn: Turn, by: Right, extra: str) -> None:
    """What somebody without an account said on the telephone."""
    file, stage = file_of(turn, by.number), parties.STAGES.get(ticket_of(turn, by.number).status)
    side = file.sides.get(extra)
    if side is None or side.chat is not None or stage is None or (stage is parties.consented and extra != "b"):
        return turn.answer("press.stale")
    turn.answer("case.noted")
    return stage(turn, by, extra, yes)
