"""What an utterance means, and what understanding needs to know beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from models.transcripts import Transcript


@dataclass(frozen=True)
class TimeExpression:
    """A stretch of time that was spoken; policy in docs/commands.md."""

    text: str
    start: date | datetime | None
    """Aware local datetime for grains below a day, else a date."""
    end: date | datetime | None
    grain: str
    """``year``, ``month``, ``week``, ``day``, ``part``, ``hour`` or ``minute``."""
    every: str | None = None
    """RFC 5545 rule."""
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class PlaceExpression:
    """A place that was spoken, in strings without measure words."""

    text: str
    building: str | None = None
    unit: str | None = None
    floor: str | None = None
    room: str | None = None
    spot: str | None = None
    """A public spot or a relative place (对门), in canonical words."""
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Sign:
    """A sign of danger found in a text."""

    family: str
    """``medical``, ``fire``, ``gas``, ``trapped``, ``lost``, ``security``, ``crisis``, ``unknown`` or ``scam``."""
    tier: int
    """1 alerts at once, 2 is asked about."""
    name: str
    """The key of the sign in the data, e.g. ``stroke``."""
    text: str = ""


@dataclass(frozen=True)
class Match:
    """One thing the person wants."""

    intent: str
    score: float
    slots: Mapping[str, str] = field(default_factory=dict)
    ask: bool = False
    """Too weak to act on without a question."""
    text: str = ""
    """The part of the utterance that carries this need."""
    urgency: str | None = None
    """The urgency of this need alone; ``Parse.urgency`` is the highest of all."""


@dataclass(frozen=True)
class Parse:
    """What an utterance means; intents best first."""

    text: str
    clean: str = ""
    """Normalised: half-width, no fillers, capped."""
    intents: tuple[Match, ...] = ()
    urgency: str | None = None
    times: tuple[TimeExpression, ...] = ()
    places: tuple[PlaceExpression, ...] = ()
    signs: tuple[Sign, ...] = ()
    words: frozenset[str] = frozenset()
    """Names of the lists of which a word was said (``grammar/zh/heard.toml``)."""
    rest: Parse | None = None
    """What the line means without its first words, where those say something by themselves (替我老伴 …)."""

    @property
    def best(self) -> str | None:
        """The best intent, or None."""
        return self.intents[0].intent if self.intents else None

    def match(self, *intents: str) -> Match | None:
        """The best match among these intents, if any."""
        return next((match for match in self.intents if match.intent in intents), None)

    def only(self, match: Match) -> Parse:
        """The part of an utterance that carries one need: its own places and times."""
        if not match.text:
            return replace(self, intents=(match,))
        times = tuple(time for time in self.times if time.text in (match.slots.get("time") or match.text))
        places = tuple(place for place in self.places if place.text in (match.slots.get("place") or match.text))
        return replace(self, intents=(match,), times=times, places=places)


@dataclass(frozen=True)
class Question:
    """What is being asked: the slot, its kind and its possible answers."""

    slot: str
    kind: str
    """``place``, ``time``, ``choice``, ``yesno``, ``rating``, ``number`` or ``text``."""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Key of each answer → the words for it."""


@dataclass(frozen=True)
class Building:
    """A building of the community and what exists in it."""

    number: str
    units: int = 1
    floors: int = 6
    rooms: int = 2
    """Flats on each floor of one unit."""


@dataclass(frozen=True)
class Lexicon:
    """This community's places, services and remembered words."""

    buildings: tuple[Building, ...] = ()
    spots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Canonical name of a public spot → its nicknames."""
    services: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Key of a service → what people call it."""
    people: tuple[str, ...] = ()
    """Names that may be spoken (staff, volunteers)."""
    home: PlaceExpression | None = None
    """Where the speaker lives."""
    foldings: tuple[str, ...] = ("zh-z", "ch-c", "sh-s", "n-l", "ang-an", "eng-en", "ing-in")
    """Regional sound foldings in force."""
    learned: Mapping[str, str] = field(default_factory=dict)
    """Nickname → canonical name, confirmed once by someone."""
    said: tuple[tuple[str, str], ...] = ()
    """This community's and its flows' own sentences: what is meant, and what is said."""


@dataclass(frozen=True)
class Context:
    """What understanding needs to know besides the words."""

    now: datetime
    """Aware, in the community's zone."""
    lexicon: Lexicon = field(default_factory=Lexicon)
    question: Question | None = None
    """The open question, if one is open."""
    flow: str | None = None
    """The form being filled, e.g. ``issue``."""
    read_back: Mapping[str, str] = field(default_factory=dict)
    """Slot → value, when the form has just been read back for confirmation."""
    role: str = "resident"
    """``resident``, ``volunteer``, ``desk``, ``manager`` …: whose words are tried first."""
    group: bool = False
    holds_task: bool = False
    """The speaker holds a claim (到了, 弄完了 are then volunteers' words)."""
    open_tickets: int = 0
    """How many tickets of the speaker are open."""
    heard: Transcript | None = None
    urgent: bool = False
    """The speaker has an open incident: what they say is heard first."""
    last_time: TimeExpression | None = None
    """What 上回那个时间 means."""
    listen: Question | None = None
    """What is likely to be said although no question with few answers is open: a second recognizer listens for it."""
