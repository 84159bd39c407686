"""``HCLr.fst``: from the net's sounds to words, in the shape that CTC training gives a sound.

A sound is entered once and may last; a blank may stand between two sounds and must stand between equal ones:

              ┌──── blank ────┐
    hub ─► sh ─┴─────► uei ────┴─► g ─► … ─► hub

A word's number stands on its first arc. What remains of a word after its first sound is one state for all words that
end alike. There is a hub for words that begin with a consonant and one for each vowel, because "七" + "一" needs a
blank between two equal vowels.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.hearing.units import BLANK, INITIALS, NUMBER, UNITS
from bot.hearing.words.fst import Machine

Reading = tuple[int, ...]
_BLANK = NUMBER[BLANK]
_CONSONANT = ""
"""The hub of words that begin with a consonant; the other hubs are named after their vowel."""


def stay(unit: int) -> int:
    """The transition of a unit that goes on."""
    return 2 * unit + 1


def enter(unit: int) -> int:
    """The transition of a unit that begins."""
    return 2 * unit + 2


def _start(unit: int) -> str:
    """The hub of words that begin with this sound."""
    return _CONSONANT if UNITS[unit] in INITIALS else UNITS[unit]


class Chains:
    """The machine while it grows; ``word_cost`` is the price of any word."""

    def __init__(self, word_cost: float) -> None:
        self.machine = Machine()
        self._word_cost = word_cost
        self._states: dict[tuple[int, Reading], int] = {}
        self._any = self.machine.add_state()
        self._hubs: dict[str, int] = {}
        self.machine.finals[self._any] = 0.0
        self.machine.add(self._any, enter(_BLANK), 0, 0.0, self._any)

    def _hub(self, name: str) -> int:
        """The hub of words that begin so; everything may follow a blank."""
        if name not in self._hubs:
            self._hubs[name] = self.machine.add_state()
            self.machine.add(self._any, 0, 0, 0.0, self._hubs[name])
        return self._hubs[name]

    def add_word(self, number: int, reading: Reading) -> None:
        """One word with one reading."""
        first, rest = reading[0], reading[1:]
        self.machine.add(self._hub(_start(first)), enter(first), number, self._word_cost, self._state(first, rest))

    def _state(self, unit: int, rest: Reading) -> int:
        """The state of a sound (or a blank) being heard, with what remains of the word after it."""
        key = (unit, rest)
        if key not in self._states:
            state = self._states[key] = self.machine.add_state()
            self.machine.add(state, stay(unit), 0, 0.0, state)
            if rest and unit != _BLANK:
                self.machine.add(state, enter(_BLANK), 0, 0.0, self._state(_BLANK, rest))
            if rest and unit != rest[0]:
                self.machine.add(state, enter(rest[0]), 0, 0.0, self._state(rest[0], rest[1:]))
        return self._states[key]

    def close(self) -> Machine:
        """Lead the end of every word back to the hubs that may follow it, and end there."""
        for (unit, rest), state in list(self._states.items()):
            if rest:
                continue
            self.machine.finals[state] = 0.0
            self.machine.add(state, enter(_BLANK), 0, 0.0, self._any)
            for start, hub in self._hubs.items():
                if start != UNITS[unit]:
                    self.machine.add(state, 0, 0, 0.0, hub)
        return self.machine


def chains(words: Iterable[tuple[int, Reading]], word_cost: float) -> Machine:
    """The whole machine for words given as numbers and readings."""
    growing = Chains(word_cost)
    for number, reading in words:
        growing.add_word(number, reading)
    return growing.close()
