"""What never changes while the bot runs: the community, its hours, the texts and the forms."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from functools import cached_property
from zoneinfo import ZoneInfo

from handlers import flows, texts
from models.bookings import Service
from models.cases import Mediation
from models.dialogues import Category, Flow
from models.incidents import Danger, Sounded
from models.meaning import Lexicon, PlaceExpression
from models.people import Community
from models.queues import QUEUES, Queue
from nlu.words import things


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


@dataclass(frozen=True)
class Timing:
    """How long things may take, in minutes."""

    promise: Mapping[str, int] = field(default_factory=lambda: {"P0": 5, "P1": 120, "P2": 120, "P3": 480})
    resolve: Mapping[str, int] = field(default_factory=lambda: {"P0": 120, "P1": 540, "P2": 1620, "P3": 5400})
    """Working minutes until a ticket is to be done."""
    start: int = 60
    """An accepted task must be started within this, else it returns to the group."""
    finish: int = 240
    fixed: int = 30
    """After done, the resident is asked whether it is really fixed."""
    fixed_again: int = 1440
    nudge: int = 60
    """A half-filled form is mentioned once."""
    expire: int = 2880
    """A form nobody touched goes to the desk."""
    picture: int = 10
    soon: int = 120
    """A booking is reminded of once more, so long before it."""
    hold: int = 60
    """A freed place is held for the one who is asked."""
    misfire: int = 2
    questions: int = 4
    """How many questions a person may be asked a day without having said anything."""


@dataclass(frozen=True)
class Retention:
    """How many days each kind of data is kept; 0 is for ever."""

    pictures: int = 30
    """After closing."""
    words: int = 365
    """What was said about a ticket, after closing."""
    relay: int = 180
    """What was said with the desk, after closing."""
    readings: int = 730
    """Who read whose details."""
    cases: int = 90
    """What was said in a mediation and who was in it, after it ended."""
    keys: int = 60
    """Keys of events, by which repeats are known."""


@dataclass(frozen=True)
class House:
    """Everything handlers need besides their transaction."""

    community: Community = field(default_factory=Community)
    hours: Hours = field(default_factory=Hours)
    timing: Timing = field(default_factory=Timing)
    texts: Mapping[str, str] = field(default_factory=texts.load)
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
    danger: Danger = field(default_factory=Danger)
    mediation: Mediation = field(default_factory=Mediation)
    sounded: Sounded = field(default_factory=Sounded)
    """What the alarm lane did by itself."""
    random: random.Random = field(default_factory=random.SystemRandom)

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
