"""What never changes while the bot runs: the community, its hours, the texts and the forms."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Annotated, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from annotated_types import Interval

from handlers import flows, texts
from handlers.texts import asserted
from models.bookings import Service
from models.dialogues import Category, Flow
from models.incidents import Sounded
from models.meaning import Lexicon, PlaceExpression
from models.people import Community
from models.queues import QUEUES, Queue
from nlu.times.holidays import Official, shipped
from nlu.words import things

YEAR = 525_600
"""Minutes: nothing is promised, waited for or repeated later than that."""

Minutes = Annotated[int, Interval(ge=1, le=YEAR)]
Days = Annotated[int, Interval(ge=0, le=36_500)]
URGENCIES = frozenset({"P0", "P1", "P2", "P3"})
_WEEK = 7
Section = TypeVar("Section")


@dataclass(frozen=True)
class Hours:
    """When the desk works and when people sleep, in the community's zone."""

    opens: time = time(8, 30)
    closes: time = time(17, 30)
    days: frozenset[int] = frozenset(range(7))
    """Monday is 0."""
    wakes: time = time(8, 0)
    sleeps: time = time(21, 0)
    evening: time = time(18, 0)
    """When a booking of the next day is reminded of."""
    official: Official = field(default_factory=shipped)
    """Days off and working weekends, from files of years; they count where the desk has days off at all."""
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    def __post_init__(self) -> None:
        """Hours that cannot be are refused, wherever they come from."""
        for name in ("opens", "closes", "wakes", "sleeps", "evening"):
            if getattr(self, name).tzinfo is not None:
                raise ValueError(f"{name} is no time of day such as 08:30")
        if not self.days:
            raise ValueError("days: the desk works on no day; name at least one")
        if self.opens >= self.closes:
            raise ValueError(
                f"opens {self.opens:%H:%M} is not before closes {self.closes:%H:%M}; hours over midnight cannot be"
            )
        if self.wakes >= self.sleeps:
            raise ValueError(f"wakes {self.wakes:%H:%M} is not before sleeps {self.sleeps:%H:%M}")

    def works(self, day: date) -> bool:
        """Whether somebody works on a day."""
        if len(self.days) == _WEEK or day not in self.official.off | self.official.work:
            return day.weekday() in self.days
        return day in self.official.work


@dataclass(frozen=True)
class Timing:
    """How long things may take, in minutes."""

    promise: Mapping[str, Minutes] = field(default_factory=lambda: {"P0": 5, "P1": 120, "P2": 120, "P3": 480})
    resolve: Mapping[str, Minutes] = field(default_factory=lambda: {"P0": 120, "P1": 540, "P2": 1620, "P3": 5400})
    """Working minutes until a ticket is to be done."""
    start: Annotated[int, Interval(ge=2, le=YEAR)] = 60
    """An accepted task must be started within this, else it returns to the group."""
    finish: Minutes = 240
    fixed: Minutes = 30
    """After done, the resident is asked whether it is really fixed."""
    fixed_again: Minutes = 1440
    nudge: Minutes = 60
    """A half-filled form is mentioned once."""
    expire: Annotated[int, Interval(ge=2, le=YEAR)] = 2880
    """A form nobody touched goes to the desk."""
    picture: Annotated[int, Interval(ge=0, le=YEAR)] = 10
    soon: Minutes = 120
    """A booking is reminded of once more, so long before it."""
    hold: Minutes = 60
    """A freed place is held for the one who is asked."""
    misfire: Annotated[int, Interval(ge=0, le=YEAR)] = 2
    questions: Annotated[int, Interval(ge=1, le=50)] = 4
    """How many questions a person may be asked a day without having said anything."""
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    def __post_init__(self) -> None:
        """Promises are made by urgency; another word is refused by name."""
        for name, table in (("promise", self.promise), ("resolve", self.resolve)):
            for unknown in table.keys() - URGENCIES:
                raise ValueError(f"{name}.{unknown}: no urgency; there are {', '.join(sorted(URGENCIES))}")


@dataclass(frozen=True)
class Retention:
    """How many days each kind of data is kept; 0 is for ever."""

    pictures: Days = 30
    """After closing."""
    words: Days = 365
    """What was said about a ticket, after closing."""
    relay: Days = 180
    """What was said with the desk, after closing."""
    readings: Days = 730
    """Who read whose details."""
    cases: Days = 90
    """What was said in a mediation and who was in it, after it ended."""
    keys: Annotated[int, Interval(ge=8, le=36_500)] = 60
    """Keys of events, by which repeats are known."""
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}


@dataclass(frozen=True)
class House:
    """Everything handlers need besides their transaction."""

    community: Community = field(default_factory=Community)
    hours: Hours = field(default_factory=Hours)
    timing: Timing = field(default_factory=Timing)
    texts: Mapping[str, str] = field(default_factory=texts.load)
    asserts: Mapping[str, tuple[str, ...]] = field(default_factory=asserted)
    """Key of a text → what it says of how things stand."""
    flows: Mapping[str, Flow] = field(default_factory=flows.load)
    dispatch: Mapping[str, str] = field(default_factory=dict)
    """``flow[.category][@building]`` → queue; without a row the flow's own queue."""
    queues: Mapping[str, Queue] = field(default_factory=lambda: QUEUES)
    services: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    retention: Retention = field(default_factory=Retention)
    resolve: Mapping[str, int] = field(default_factory=dict)
    """``flow.category`` → working minutes until it is to be done; without a row the urgency decides."""
    escalation: tuple[str, ...] = ()
    """Managers who answer for what is late, the first one first; all managers when empty."""
    small_sum: int = 50
    """Yuan up to which money between helper and resident is only written down."""
    said: tuple[tuple[str, str], ...] = ()
    """Sentences of the community's own: what is meant, and what is said."""
    bookable: Mapping[str, Service] = field(default_factory=dict)
    """Services that have openings, by key."""
    sections: Mapping[type, object] = field(default_factory=dict)
    """The settings of wings, by the dataclass that holds them."""
    sounded: Sounded = field(default_factory=Sounded)
    """What the alarm lane did by itself."""
    random: random.Random = field(default_factory=random.SystemRandom)

    def of(self, kind: type[Section]) -> Section:
        """The settings of a wing, as the file has them; as they are by default where it says nothing."""
        found = self.sections.get(kind)
        return found if isinstance(found, kind) else kind()

    @property
    def zone(self) -> ZoneInfo:
        """The community's zone."""
        return ZoneInfo(self.community.zone)

    @property
    def doors(self) -> tuple[Flow, ...]:
        """The flows that can be opened here: without services there is nothing to book."""
        return tuple(flow for flow in self.flows.values() if flow.life != "appointment" or self.bookable)

    def domains_of(self, *lives: str) -> frozenset[str]:
        """The domains of the intents that open a flow of one of these lives; of any flow when none is named."""
        flows = (flow for flow in self.flows.values() if not lives or flow.life in lives)
        return frozenset(domain for flow in flows for domain in flow.domains)

    @cached_property
    def wishes(self) -> frozenset[str]:
        """The intents that begin something, the first of each flow; its others change or ask about what was begun."""
        return frozenset(flow.intents[0] for flow in self.flows.values() if flow.intents)

    @property
    def plain_needs(self) -> frozenset[str]:
        """Domains of flows whose words are a need also from somebody in danger."""
        return frozenset(domain for flow in self.flows.values() if not flow.aside for domain in flow.domains)

    @cached_property
    def categories(self) -> Mapping[str, Category]:
        """Every kind of thing of every flow; a flow without kinds is one by itself."""
        kinds = (kind for flow in self.flows.values() for kind in flow.categories.items())
        return {**{flow.name: Category(flow.label) for flow in self.flows.values()}, **dict(kinds)}

    def door(self, flow: str) -> str:
        """What a flow is called; its key where it is not installed."""
        return self.flows[flow].label if flow in self.flows else flow

    @property
    def menu(self) -> tuple[str, ...]:
        """A resident's menu: one door per installed flow, a person, and danger."""
        return (*(flow.label for flow in self.doors), self.texts["button.human"], self.texts["button.urgent"])

    def lexicon(self, home: PlaceExpression | None = None, learned: Mapping[str, str] = {}) -> Lexicon:
        """What understanding should know of this community, for somebody who lives there; ``learned`` are neighbours' names."""
        community = self.community
        return Lexicon(
            community.buildings,
            community.spots,
            self._services(),
            home=home,
            foldings=community.foldings,
            learned=learned,
            said=self.said,
        )

    def _services(self) -> Mapping[str, tuple[str, ...]]:
        """What services are called: in general, and here."""
        if not self.bookable:
            return self.services
        known: dict[str, tuple[str, ...]] = {}
        for word, key in things.service_words(Lexicon(services=self.services))[1].items():
            known[key] = (*known.get(key, ()), word)
        here = {key: tuple(dict.fromkeys((*one.names, *known.get(key, ())))) for key, one in self.bookable.items()}
        return {**known, **here}
