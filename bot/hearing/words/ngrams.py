"""``Gr.fst``: which words follow which, counted in sentences (three words at a time, Witten-Bell smoothing).

Members of a class (digits, services, places) share what is known of their neighbours: sentences are counted with the
class in their place, and the class is spelled out into its members in the machine. That is why a community's own place,
never counted in any sentence, is expected wherever a place is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log

from bot.hearing.words.fst import Machine

History = tuple[str, ...]
BEGIN, END = "<s>", "</s>"
_REACH = 2
"""How many words back are remembered."""
_OFTEN = 3


@dataclass(frozen=True)
class Counts:
    """How often each word or class followed each history."""

    after: Mapping[History, Mapping[str, int]]
    general: Mapping[str, float]
    """Probability of each word in speech at large."""
    trust: float = 0.6
    """Weight of the sentences against speech at large, for a single word."""
    classes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Class → its members with their probabilities."""


def count(sentences: Iterable[list[str]]) -> dict[History, Counter[str]]:
    """Followers of every history of at most two words that is worth remembering."""
    after: dict[History, Counter[str]] = defaultdict(Counter)
    for words in sentences:
        row = [BEGIN, *words, END]
        for place in range(1, len(row)):
            for reach in range(min(_REACH, place) + 1):
                after[tuple(row[place - reach : place])][row[place]] += 1
    return {history: seen for history, seen in after.items() if _kept(history, seen)}


def _kept(history: History, seen: Counter[str]) -> bool:
    """Two words back are remembered only where that was seen often enough to mean something."""
    return len(history) < _REACH or sum(seen.values()) >= _OFTEN


class Grammar:
    """The machine while it grows: one state for each history, and one for each class before a history."""

    def __init__(self, counts: Counts, numbers: Mapping[str, int], scale: float) -> None:
        self._counts, self._numbers, self._scale = counts, numbers, scale
        self.machine = Machine()
        self._states: dict[History, int] = {}
        self._classes: dict[tuple[str, History], int] = {}
        self._chances: dict[History, dict[str, float]] = {(): self._single()}
        for history in [(BEGIN,), (), *counts.after]:
            if history not in self._states:
                self._states[history] = self.machine.add_state()

    def _single(self) -> dict[str, float]:
        """Probability of every word and class without knowing what came before."""
        counts, trust = self._counts, self._counts.trust
        seen = counts.after[()]
        total = sum(seen.values())
        chances = {word: (1 - trust) * chance for word, chance in counts.general.items()}
        for word, number in seen.items():
            chances[word] = chances.get(word, 0.0) + trust * number / total
        for name in counts.classes:
            chances.setdefault(name, (1 - trust) / total)
        return chances

    def _chance(self, history: History) -> dict[str, float]:
        """Probability of each word that was seen after a history."""
        if history not in self._chances:
            seen, shorter = self._counts.after[history], self._chance(history[1:])
            whole = sum(seen.values()) + len(seen)
            self._chances[history] = {
                word: (number + len(seen) * shorter[word]) / whole for word, number in seen.items()
            }
        return self._chances[history]

    def build(self) -> Machine:
        """Add all arcs."""
        for history, state in self._states.items():
            for word, chance in self._chance(history).items():
                self._arc(state, history, word, self._cost(chance))
            if history:
                self._back(state, history)
        return self.machine

    def _cost(self, chance: float) -> float:
        return -self._scale * log(chance)

    def _back(self, state: int, history: History) -> None:
        """Forget the oldest word, for all that was never seen after this history."""
        seen = self._counts.after[history]
        unseen = len(seen) / (sum(seen.values()) + len(seen))
        self.machine.add(state, 0, 0, self._cost(unseen), self._states[history[1:]])

    def _arc(self, state: int, history: History, word: str, cost: float) -> None:
        """One word or class after a history."""
        if word == END:
            self.machine.finals[state] = cost
            return
        following = self._next((*history, word)[-_REACH:])
        if word in self._counts.classes:
            self.machine.add(state, 0, 0, cost, self._members(word, following))
        elif word in self._numbers:
            self.machine.add(state, self._numbers[word], self._numbers[word], cost, self._states[following])

    def _next(self, history: History) -> History:
        """The longest end of a history that has a state."""
        while history not in self._states:
            history = history[1:]
        return history

    def _members(self, name: str, following: History) -> int:
        """The state that spells a class out."""
        key = (name, following)
        if key not in self._classes:
            state = self._classes[key] = self.machine.add_state()
            for word, chance in self._counts.classes[name].items():
                number = self._numbers[word]
                self.machine.add(state, number, number, self._cost(chance), self._states[following])
        return self._classes[key]


def grammar(counts: Counts, numbers: Mapping[str, int], scale: float) -> Machine:
    """The whole machine; state 0 stands before the first word."""
    return Grammar(counts, numbers, scale).build()
