"""What a wing declares: its lines, buttons, commands, questions, due work, and what it does for a person.

A folder of ``handlers`` with a module ``rows`` that holds one value, ``WING``, is a wing; ``handlers/rows.py`` joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handlers.questions import Kind
    from handlers.settings import House
    from handlers.situation import Situation
    from handlers.turn import Turn
    from models.dialogues import Dialogue
    from models.meaning import Question
    from models.outgoing import Button
    from models.tickets import Ticket
    from storage.database import Row, Transaction

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
    passed_on: bool = False
    """Tried also with words that somebody only passed on: it neither answers anything nor changes anything by them."""


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
    names: tuple[str, ...] = ()
    """What it may be called, where it is only named: 就那个水管的."""


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
    rights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Verb of a button about a ticket → roles and relations (``reporter``, ``helper`` …) it is open to; none where the wing
    itself asks. The verbs of the wings that came first stand in ``rights.toml``."""
    claims: tuple[str, ...] = ()
    """Domains of intents that this wing answers even where no flow is installed for them."""
    yields: tuple[str, ...] = ()
    """Those of them whose words, from somebody in danger, always go to who has the danger in hand."""
    settings: Mapping[str, type] = field(default_factory=dict)
    """Section of the configuration → the frozen dataclass that holds it."""
    help: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Role (empty for everybody) → keys of texts, one line of ``/help`` each."""
    figures: Mapping[str, Callable[[Transaction, House, datetime, datetime], str]] = field(default_factory=dict)
    """Key → the line that managers read of the days between two moments, empty where there is nothing to tell; how it is
    counted is the text ``how.KEY``."""
    exports: Mapping[str, Callable[[Transaction, int], Sequence[Row]]] = field(default_factory=dict)
    """Part of the file that a person is handed → its rows; its heading is the text ``privacy.file.NAME``."""
    erases: Mapping[str, Callable[[Turn], object]] = field(default_factory=dict)
    """Name → what is done before the speaker is erased (``handlers/leaving.py``)."""
    stops: Mapping[str, Callable[[Turn, str], object]] = field(default_factory=dict)
    """Name → what ends or rests in a turn in the place of somebody who is from now on ``moved``, in ``hospital``, ``away`` or
    ``deceased`` (``handlers/leaving.py``)."""
