"""What the wings declare, joined once: lines, buttons, commands, questions, due work, and what they do for a person.

A wing is a folder of ``handlers`` with a module ``rows`` that holds one value, ``WING``. Nothing is listed anywhere else: the
folders are looked up, each wing says after which others it stands, and that order is the order of its lines. A double (two wings
with one button) or a circle (two wings after each other) is refused at start, in one line that names both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from handlers import situation
from models.faults import Fault

if TYPE_CHECKING:
    from handlers.questions import Kind
    from handlers.settings import House
    from handlers.situation import Situation
    from handlers.turn import Turn
    from models.dialogues import Dialogue
    from models.meaning import Question
    from models.outgoing import Button
    from models.people import Person
    from models.tickets import Ticket

STAGES = (
    "unheard",
    "danger sign",
    "edited",
    "incident",
    "command",
    "desk card",
    "relay",
    "code",
    "line",
    "danger",
    "person",
    "door",
    "first",
    "form",
    "agreed",
    "themselves",
    "question",
    "speaking",
    "work",
    "manager",
    "own",
    "wish",
    "talk",
)
"""The order in which a line is tried; what each stage is for stands in ``handlers/conversation/private.py``."""
EVERYWHERE = STAGES[:5]
"""Stages of lines in groups too; everything after them is tried in private only."""
HOOKS = frozenset({"before", "after", "cried", "adopt", "aside", "unreachable", "nothing", "sent", "flood"})
"""Moments at which the router calls a wing: before and after a turn, after a cry, for an alarm that was never stored, an
event put aside, a chat that is gone, somebody who asks too much, a line nobody understood, messages that were written."""


class Refused(Fault):
    """Two wings declare the same, stand after each other, or name what is not there."""


@dataclass(frozen=True)
class Meant:
    """What a line means to a wing; nothing happens before :attr:`do` is called."""

    do: Callable[[], object]
    goes_on: bool = False
    """The rest of the line is still to be understood after that."""


@dataclass(frozen=True)
class Line:
    """One who is tried with a line: reads only, and says what it means or None."""

    stage: str
    reads: Callable[[Turn], Meant | None]
    intents: tuple[str, ...] = ()
    """Domains or intents of which one must have been understood for this to be tried; any line when empty."""
    roles: frozenset[str] = frozenset()
    """Roles of which the speaker must hold one."""
    asked: tuple[str, ...] = ()
    """Kinds of questions of which one must be open."""
    when: tuple[str, ...] = ()
    """What must be so, one of these at least (``situation.HOLDS``, or ``word.NAME``)."""

    def fits(self, turn: Turn) -> bool:
        """Whether it is worth asking."""
        if self.roles and not self.roles & turn.person.roles:
            return False
        if self.intents and not any(one.intent.startswith(self.intents) for one in turn.parse.intents):
            return False
        if self.when and not any(situation.holds(turn, one) for one in self.when):
            return False
        return not self.asked or turn.situation.question(*self.asked) is not None


@dataclass(frozen=True)
class Command:
    """A word after a slash and what it does; who may stands in ``rights.toml``."""

    run: Callable[[Turn, str], None]
    private: bool = field(default=False, kw_only=True)
    """Never in a group."""
    also: tuple[str, ...] = field(default=(), kw_only=True)
    """Chinese words for it."""
    who: tuple[str, ...] | None = field(default=None, kw_only=True)
    """Roles that may, of a command that came with its wing and has no row in ``rights.toml``."""


@dataclass(frozen=True)
class Matter:
    """Something a person has open, as they are told of it."""

    text: str
    drop: Button | None = None
    """不要了."""
    change: Button | None = None
    """改."""


Pressed = Callable[["Turn", str, str], object]
Step = tuple[str, Callable[["Turn", "Ticket"], None]]


@dataclass(frozen=True)
class Wing:
    """Everything a wing declares; a name that another wing declared too is refused."""

    name: str
    after: Mapping[str, str] = field(default_factory=dict)
    """Wing it stands after, and why; it may import those and nothing else of ``handlers`` but the ground floor."""
    lines: tuple[Line, ...] = ()
    groups: Mapping[str, Callable[[Turn], object]] = field(default_factory=dict)
    """Queue of a group → who hears its lines; ``*`` hears every other one."""
    events: Mapping[type, Callable[[Turn], object]] = field(default_factory=dict)
    """Kind of event that is neither said nor pressed → what is done."""
    buttons: Mapping[str, Pressed] = field(default_factory=dict)
    commands: Mapping[str, Command] = field(default_factory=dict)
    questions: Mapping[str, Kind] = field(default_factory=dict)
    due: Mapping[str, Callable[[Turn], object]] = field(default_factory=dict)
    """Kind of agenda row → what is done."""
    steps: Mapping[tuple[str, str], Callable[[Turn, Ticket], None]] = field(default_factory=dict)
    """Status of a ticket and step → what is done when it is looked at."""
    work: Mapping[str, Step] = field(default_factory=dict)
    """Verb of a helper → action in the table of lives, and what is done."""
    withdraws: Mapping[str, Callable[[Turn, Ticket], None]] = field(default_factory=dict)
    """Life of a ticket → how its reporter calls it off."""
    asks: Callable[[House, Dialogue], Question | None] | None = None
    """What an open form asks, for understanding."""
    listens: Callable[[House, Situation], Question | None] | None = None
    """What may be said although nothing is asked, in a group or by who works here; a second recognizer listens for it."""
    behaviours: Mapping[str, Any] = field(default_factory=dict)
    """Name of a module in a flow's data → the module (``handlers/forms/behaviour.py`` says what it must have)."""
    matters: Mapping[str, Callable[[Turn], list[Matter]]] = field(default_factory=dict)
    """Name → what a person has open in this wing."""
    hooks: Mapping[str, Callable[..., object]] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Hook → what must be so for it to be called, one of these at least."""
    claims: tuple[str, ...] = ()
    """Domains of intents that this wing answers even where no flow is installed for them."""
    settings: Mapping[str, type] = field(default_factory=dict)
    """Section of the configuration → the frozen dataclass that holds it."""
    help: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Role → keys of texts, one line of help each."""
    figures: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    exports: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """Name → what a person is handed of what this wing keeps about them."""
    erases: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """Name → what is done before a person is erased."""
    stops: Mapping[str, Callable[[Turn, Person, str], object]] = field(default_factory=dict)
    """Name → what ends or rests for a person who is ``moved``, in ``hospital``, ``away`` or ``deceased``."""


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


_PLAIN = frozenset({"name", "after", "lines", "hooks", "claims", "help", "asks", "listens", "only"})
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


@cache
def installed() -> Rows:
    """The wings that lie beside this module."""
    folder = files("handlers")
    names = sorted(one.name for one in folder.iterdir() if one.is_dir() and one.joinpath("rows.py").is_file())
    return join(import_module(f"handlers.{name}.rows").WING for name in names)
