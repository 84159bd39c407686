"""Conditions of danger, from the tables."""

from __future__ import annotations

from collections.abc import Mapping

from models.incidents import LIVE, Incident
from storage import incidents
from tests.support.truth.said import Said, Truth


def _of(said: Said) -> Incident | None:
    return incidents.get(said.tx, said.about) if said.about else None


def status(*wanted: str) -> Truth:
    """The incident stands in one of these statuses."""

    def truth(said: Said) -> str:
        found = _of(said)
        return "" if found and found.status in wanted else f"is {found.status if found else 'no incident'}"

    return truth


def searching(said: Said) -> str:
    """People are being alerted, and there is a next alert."""
    found = _of(said)
    waits = said.tx.one("SELECT 1 FROM agenda WHERE key = ?", f"incident:{said.about}")
    return status("open")(said) or ("" if found and found.count and waits else "nobody is alerted")


def unanswered(said: Said) -> str:
    """The whole ladder was rung."""
    sql = "SELECT 1 FROM incident_step WHERE incident = ? AND json_extract(data, '$.rung') = 'list' LIMIT 1"
    rung = said.tx.one(sql, said.about or 0)
    return status("open")(said) or ("" if rung else "the ladder was not rung to its end")


def held(said: Said) -> str:
    """The one who is named has it in hand, or had until it was over."""
    found, name = _of(said), said.values.get("helper")
    if found is None or found.holder is None or found.status in ("open", "doubted"):
        return f"nobody has it in hand, it is {found.status if found else 'no incident'}"
    return (
        "" if not name or said.called(found.holder) == name else f"{name} is named, {said.called(found.holder)} has it"
    )


def yours(said: Said) -> str:
    """Who reads it has it in hand."""
    found = _of(said)
    return "" if found and found.holder == said.person and found.status in LIVE else "not theirs"


def let_go(said: Said) -> str:
    """Who reads it does not have it in hand."""
    found = _of(said)
    return "is theirs" if found and found.holder == said.person and said.person else ""


def door(said: Said) -> str:
    """A danger of the one behind the door goes on."""
    ticket = said.ticket
    found = _of(said) or (incidents.live_of(said.tx, ticket.reporter) if ticket and ticket.reporter else None)
    return "" if found and found.status in LIVE else "nobody looks after the door"


def own(said: Said) -> str:
    """A danger of the reader is not over; who has it in hand, when somebody is named."""
    found, name = (incidents.live_of(said.tx, said.person) if said.person else None), said.values.get("helper")
    if found is None:
        return "they are in no danger"
    wanted = {
        "matter.danger_open": ("open",),
        "matter.danger_doubted": ("doubted",),
        "matter.danger_held": ("held", "there"),
    }
    if found.status not in wanted.get(said.key, LIVE):
        return f"is {found.status}"
    return (
        "" if not name or said.called(found.holder) == name else f"{name} is named, {said.called(found.holder)} has it"
    )


def line(said: Said) -> str:
    """The status in a line for managers is the incident's."""
    found, named = _of(said), said.values.get("status", "")
    return "" if found and said.house.texts[f"danger.status.{found.status}"] == named else f"{named} is said"


def none(said: Said) -> str:
    """There never was an incident."""
    return "there are some" if said.tx.one("SELECT 1 FROM incident LIMIT 1") else ""


def drill(said: Said) -> str:
    """A drill is going on."""
    return "" if any(one.drill for one in incidents.unclosed(said.tx)) else "there is no drill"


def unknown(said: Said) -> str:
    """There is no incident of that number."""
    number = said.values.get("number", "")
    return "there is one" if number.isdigit() and incidents.get(said.tx, int(number)) else ""


TRUTHS: Mapping[str, Truth] = {
    "alarm.searching": searching,
    "alarm.unanswered": unanswered,
    "alarm.live": status(*LIVE),
    "alarm.held": held,
    "alarm.there": lambda said: status("there")(said) or held(said),
    "alarm.doubted": status("doubted"),
    "alarm.over": status("solved", "closed"),
    "alarm.closed": status("closed"),
    "alarm.yours": yours,
    "alarm.let_go": let_go,
    "alarm.door": door,
    "alarm.own": own,
    "alarm.status": line,
    "alarm.drill": drill,
    "alarm.unknown": unknown,
    "alarm.none": none,
}
