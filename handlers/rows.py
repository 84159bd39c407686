"""What the wings declare, joined once: lines, buttons, commands, questions, due work, and what they do for a person.

A wing is a folder of ``handlers`` with a module ``rows`` that holds one value, ``WING``. Nothing is listed anywhere else: the
folders are looked up, each wing says after which others it stands, and that order is the order of its lines. A double (two wings
with one button) or a circle (two wings after each other) is refused at start, in one line that names both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from handlers import situation
from handlers.wings import EVERYWHERE, HOOKS, STAGES, Command, Line, Matter, Meant, Pressed, Step, Wing
from models.faults import Fault

if TYPE_CHECKING:
    from handlers.settings import House
    from handlers.turn import Turn

__all__ = [
    "EVERYWHERE",
    "HOOKS",
    "STAGES",
    "Command",
    "Line",
    "Matter",
    "Meant",
    "Pressed",
    "Refused",
    "Rows",
    "Step",
    "Wing",
    "fits",
    "installed",
    "join",
    "needs",
]


class Refused(Fault):
    """Two wings declare the same, stand after each other, or name what is not there."""


@dataclass(frozen=True)
class Rows:
    """All wings, in their order."""

    wings: tuple[Wing, ...]

    @cached_property
    def _tables(self) -> dict[str, dict[Any, Any]]:
        return {
            table: {key: value for wing in self.wings for key, value in getattr(wing, table).items()}
            for table in _TABLES
        }

    def every(self, row: str) -> dict[Any, Any]:
        """The joined table of one kind of row; a double was refused before."""
        return self._tables[row]

    @cached_property
    def _staged(self) -> dict[str, list[Line]]:
        return {stage: [one for wing in self.wings for one in wing.lines if one.stage == stage] for stage in STAGES}

    def lines(self, stage: str) -> list[Line]:
        """Who is tried with a line at a stage: wing after wing."""
        return self._staged[stage]

    def call(self, hook: str, turn: Turn, *arguments: Any) -> None:
        """Let every wing that declares a hook have its moment, where what it waits for is so."""
        for wing in self.wings:
            waits = wing.only.get(hook, ())
            if hook in wing.hooks and (not waits or any(situation.holds(turn, one) for one in waits)):
                wing.hooks[hook](turn, *arguments)

    def above(self, name: str) -> set[str]:
        """The wings that a wing may import: those it stands after, and those they stand after."""
        after = next(wing.after for wing in self.wings if wing.name == name)
        return set(after).union(*(self.above(one) for one in after))


def fits(line: Line, turn: Turn) -> bool:
    """Whether it is worth trying this one with the line: what its row asks for is so."""
    if line.roles and not line.roles & turn.person.roles:
        return False
    if line.intents and not any(one.intent.startswith(line.intents) for one in turn.parse.intents):
        return False
    if line.when and not any(situation.holds(turn, one) for one in line.when):
        return False
    return not line.asked or turn.situation.question(*line.asked) is not None


_PLAIN = frozenset({"name", "after", "lines", "hooks", "claims", "yields", "help", "asks", "listens", "only"})
_TABLES = tuple(one.name for one in fields(Wing) if one.name not in _PLAIN)


def join(wings: Iterable[Wing]) -> Rows:
    """The wings in their order; raises :class:`Refused`."""
    named = {wing.name: wing for wing in wings}
    unknown = [f"{wing.name} stands after {one}" for wing in named.values() for one in wing.after if one not in named]
    if unknown:
        raise Refused("handlers", "", f"{unknown[0]}, which is no wing")
    try:
        order = tuple(
            TopologicalSorter({name: sorted(wing.after) for name, wing in sorted(named.items())}).static_order()
        )
    except CycleError as fault:
        raise Refused("handlers", "wings stand after each other", " < ".join(fault.args[1])) from None
    rows = Rows(tuple(named[name] for name in order))
    _refuse_strays(rows)
    return rows


def _refuse_strays(rows: Rows) -> None:
    for table in _TABLES:
        owner: dict[Any, str] = {}
        for wing in rows.wings:
            for key in getattr(wing, table):
                if key in owner:
                    raise Refused("handlers", "", f"{wing.name} and {owner[key]} both declare {table} {key!r}")
                owner[key] = wing.name
    for wing in rows.wings:
        strays = {line.stage for line in wing.lines} - set(STAGES) | {*wing.hooks, *wing.only} - HOOKS
        waits = {one for some in (*(line.when for line in wing.lines), *wing.only.values()) for one in some}
        strays |= {one for one in waits - situation.HOLDS if not one.startswith("word.")}
        if strays:
            named = f"{wing.name} names {sorted(strays)[0]!r}"
            raise Refused("handlers", "", f"{named}, which is neither stage nor hook nor anything that can be so")


def check(texts: Mapping[str, str]) -> None:
    """Whether every text is there that the rows of the wings need; raises :class:`Refused`."""
    for wing in installed().wings:
        needed = [
            *((f"exports.{name}", f"privacy.file.{name}") for name in wing.exports),
            *((f"figures.{name}", f"how.{name}") for name in wing.figures),
            *((f"help.{role or 'everybody'}", key) for role, keys in wing.help.items() for key in keys),
        ]
        for row, key in needed:
            if key not in texts:
                raise Refused(f"handlers/{wing.name}/rows.py", row, f"the text {key} is missing in handlers/texts/zh")


def needs(house: House) -> frozenset[str]:
    """The domains of what people need: those of the flows that are installed, and those that go to a person."""
    flows = (intent.split(".")[0] for flow in house.flows.values() for intent in flow.intents)
    claimed = (domain for wing in installed().wings for domain in wing.claims)
    return frozenset((*flows, *claimed)) - {"ticket"}


@cache
def installed() -> Rows:
    """The wings that lie beside this module."""
    folder = files("handlers")
    names = sorted(one.name for one in folder.iterdir() if one.is_dir() and one.joinpath("rows.py").is_file())
    return join(import_module(f"handlers.{name}.rows").WING for name in names)
