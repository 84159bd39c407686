"""``HCLr.fst``: from the net's sounds to words, in the shape that CTC training gives a sound.

A sound is entered once and may last; a blank may stand between two sounds and must stand between equal ones:

                ┌─blank─┐
    hub ──b──► b ──────► a1 ──► … ──► hub        (a1 stands for the tones 1 to 5, the wrong ones at a cost)

A word's number stands on its first arc. What remains of a word after its first sound is one state for all words that
end alike. There is a hub for words that begin with a consonant and one for each vowel, because "七" + "一" needs a
blank between two equal vowels.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.hearing.units import BLANK, INITIALS, NUMBER, TONES, UNITS, without_tone
from bot.hearing.words.fst import Machine

Reading = tuple[int, ...]
_BLANK = NUMBER[BLANK]
_FIRST = {without_tone(unit): unit for unit in reversed(range(len(UNITS)))}
"""A unit of each sound."""
_CONSONANT = ""
"""The hub of words that begin with a consonant; the other hubs are named after their vowel."""


def stay(unit: int) -> int:
    """The transition of a unit that goes on."""
    return 2 * unit + 1


def enter(unit: int) -> int:
    """The transition of a unit that begins."""
    return 2 * unit + 2


def _tones(unit: int) -> list[int]:
    """The unit and the same sound in its other tones."""
    name = without_tone(unit)
    return [unit] if name in INITIALS or name == BLANK else [NUMBER[name + tone] for tone in TONES]


def _start(unit: int) -> str:
    name = without_tone(unit)
    return _CONSONANT if name in INITIALS else name


class Chains:
    """The machine while it grows; ``tone_cost`` is the price of a wrong tone, ``word_cost`` that of any word."""

    def __init__(self, tone_cost: float, word_cost: float) -> None:
        self.machine = Machine()
        self._tone_cost, self._word_cost = tone_cost, word_cost
        self._states: dict[tuple[str, Reading], int] = {}
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
        self._enter(self._hub(_start(reading[0])), reading, number, self._word_cost)

    def _enter(self, state: int, rest: Reading, number: int = 0, cost: float = 0.0) -> None:
        """Arcs into the next sound: in its own tone, and at a price in others."""
        following = self._state(without_tone(rest[0]), rest[1:])
        for unit in _tones(rest[0]):
            price = cost + (0.0 if unit == rest[0] else self._tone_cost)
            self.machine.add(state, enter(unit), number, price, following)

    def _state(self, name: str, rest: Reading) -> int:
        """The state of a sound being heard, with what remains of the word after it."""
        key = (name, rest)
        if key not in self._states:
            state = self._states[key] = self.machine.add_state()
            for unit in _tones(_FIRST[name]):
                self.machine.add(state, stay(unit), 0, 0.0, state)
            if rest:
                self.machine.add(state, enter(_BLANK), 0, 0.0, self._pause(rest))
                if without_tone(rest[0]) != name:
                    self._enter(state, rest)
        return self._states[key]

    def _pause(self, rest: Reading) -> int:
        """A blank before what remains of a word."""
        key = (BLANK, rest)
        if key not in self._states:
            pause = self._states[key] = self.machine.add_state()
            self.machine.add(pause, stay(_BLANK), 0, 0.0, pause)
            self._enter(pause, rest)
        return self._states[key]

    def close(self) -> Machine:
        """Lead the end of every word back to the hubs that may follow it, and end there."""
        for (name, rest), state in list(self._states.items()):
            if rest or name == BLANK:
                continue
            self.machine.finals[state] = 0.0
            self.machine.add(state, enter(_BLANK), 0, 0.0, self._any)
            for start, hub in self._hubs.items():
                if start != name:
                    self.machine.add(state, 0, 0, 0.0, hub)
        return self.machine


def chains(words: Iterable[tuple[int, Reading]], tone_cost: float, word_cost: float) -> Machine:
    """The whole machine for words given as numbers and readings."""
    growing = Chains(tone_cost, word_cost)
    for number, reading in words:
        growing.add_word(number, reading)
    return growing.close()
