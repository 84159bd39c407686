"""Sentences learned when they are loaded: those of a flow, of a community, of a set added since the weights were made.

A small logistic step tells each of their meanings from a sample of the shipped sentences, over the features that stand in
them. What is near them is then held to mean the same; nothing else moves. Emergencies keep the share they had, so that no
sentence ever lowers danger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from nlu.meaning.features import of_text, tidy
from nlu.meaning.scorer import NOTHING, Scorer, Scores
from nlu.sentences import Sentence, SentenceFault, SentenceSet, sets

Floats = NDArray[np.float32]
Said = tuple[str, str]
"""What is meant, and what is said."""
_OTHERS = 800
"""Shipped sentences from which the meanings are told."""
_STEPS, _RATE, _DECAY = 80, 12.0, 1e-4
_MOST = 150
"""So many sentences are learned when they are loaded, the first of each meaning in turn; `make meaning` learns them all."""
_BOLD = 0.8
"""A few lines make one too cautious by so much."""
_PAIR = 2
_LEAST = 0.65
"""From here on a line is near enough to move anything."""
_DANGER = "emergency."


@dataclass(frozen=True, eq=False)
class Learned:
    """Meanings of some sentences, each told from everything else."""

    intents: tuple[str, ...]
    columns: Mapping[str, int]
    rareness: Mapping[str, float]
    rarest: float
    weights: Floats
    """Feature × meaning."""
    bias: Floats

    def raised(self, found: Scores, text: str) -> Scores:
        """The scores with what these sentences say of the text."""
        nearest, share = max(self.shares(text).items(), key=lambda one: one[1], default=(NOTHING, 0.0))
        held = max((much for one, much in found.intents.items() if not one.startswith(_DANGER)), default=0.0)
        moved = {nearest: share} if share >= max(_LEAST, held, found.intents.get(nearest, 0.0)) else {}
        return replace(found, intents=_settled(found.intents, moved)) if moved else found

    def shares(self, text: str) -> dict[str, float]:
        """How near a text is to each meaning."""
        row = _row(text, self.columns, self.rareness, self.rarest)
        return dict(zip(self.intents, map(float, _likely(row @ self.weights + self.bias + _BOLD)), strict=True))


def _row(text: str, columns: Mapping[str, int], rareness: Mapping[str, float], rarest: float) -> Floats:
    """A text by these features, in a vector of which the whole length is 1."""
    words = {one: rareness.get(one, rarest) for one in _shown(text)}
    length = sqrt(sum(weight * weight for weight in words.values())) or 1.0
    row = np.zeros(len(columns), np.float32)
    for one, weight in words.items():
        if one in columns:
            row[columns[one]] = weight / length
    return row


def _shown(text: str) -> list[str]:
    """The short features of a text: characters, pairs, classes and pairs of syllables."""
    return [
        one
        for one in of_text(tidy(text))
        if len(one) <= _PAIR or one[0] == "{" or (one[0] == "'" and one.count(" ") == 1)
    ]


def _likely(scores: Floats) -> Floats:
    shares: Floats = (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)
    return shares


def _settled(before: Mapping[str, float], moved: Mapping[str, float]) -> dict[str, float]:
    """Shares that add up to one, best first: danger keeps its part, what is moved has its share of the rest."""
    danger = {one: share for one, share in before.items() if one.startswith(_DANGER)}
    raised = {one: max(share, danger.get(one, 0.0)) for one, share in moved.items() if one.startswith(_DANGER)}
    danger |= {one: min(share, 1.0 - sum(danger.values()) + danger.get(one, 0.0)) for one, share in raised.items()}
    room = max(0.0, 1.0 - sum(danger.values()))
    plain = {one: share for one, share in moved.items() if not one.startswith(_DANGER)}
    scale = min(1.0, 0.98 / (sum(plain.values()) or 1.0))
    rest = {one: share for one, share in before.items() if one not in danger and one not in plain}
    left = (1.0 - scale * sum(plain.values())) * room / (sum(rest.values()) or 1.0)
    settled = danger | {one: share * scale * room for one, share in plain.items()}
    settled |= {one: share * left for one, share in rest.items()}
    return dict(sorted(settled.items(), key=lambda one: -one[1]))


def learn(some: Sequence[Said], others: Iterable[str], known: Scorer) -> Learned:
    """The meanings of the sentences, told from these others."""
    rareness = {one: float(known.rareness[column]) for one, column in known.columns.items()}
    rarest = max(rareness.values(), default=1.0)
    columns = {one: at for at, one in enumerate(sorted({word for _, text in some for word in of_text(tidy(text))}))}
    intents = tuple(dict.fromkeys(intent for intent, _ in some))
    own = np.array([_row(text, columns, rareness, rarest) for _, text in some], np.float32)
    other = np.array([_row(text, columns, rareness, rarest) for text in others], np.float32).reshape(-1, len(columns))
    rows: Floats = np.concatenate([own, other])
    goal: Floats = np.zeros((len(rows), len(intents)), np.float32)
    for at, (intent, _) in enumerate(some):
        goal[at, intents.index(intent)] = 1
    weights, bias = _fitted(rows, goal)
    return Learned(intents, columns, rareness, rarest, weights, bias)


def _fitted(rows: Floats, goal: Floats) -> tuple[Floats, Floats]:
    """Logistic weights by plain steps; the few lines of a meaning weigh as much as all the others together."""
    weights, bias = np.zeros((rows.shape[1], goal.shape[1]), np.float32), np.zeros(goal.shape[1], np.float32)
    share = goal.mean(axis=0)
    weigh = np.where(goal > 0, 0.5 / np.maximum(share, 1e-6), 0.5 / np.maximum(1 - share, 1e-6)).astype(np.float32)
    for _ in range(_STEPS):
        faults: Floats = ((_likely(rows @ weights + bias) - goal) * weigh / len(rows)).astype(np.float32)
        weights -= _RATE * (rows.T @ faults + _DECAY * weights)
        bias -= _RATE * faults.sum(axis=0)
    return weights, bias


@lru_cache(maxsize=8)
def _of_community(said: tuple[Said, ...], known: Scorer) -> Learned:
    return learn(_in_turn((*said, *added(known)))[:_MOST], _sample(known), known)


def _in_turn(said: Sequence[Said]) -> list[Said]:
    """The sentences, the first of each meaning first, then the second of each …"""
    counted: dict[str, int] = {}
    numbered = []
    for intent, text in said:
        counted[intent] = counted.get(intent, 0) + 1
        numbered.append((counted[intent], (intent, text)))
    return [pair for _, pair in sorted(numbered, key=lambda one: one[0])]


@cache
def _sample(known: Scorer) -> tuple[str, ...]:
    """Sentences of the sets that the weights were learned from, taken evenly."""
    texts = [one.text for each in _sets() if each.name in known.learned for one in each.sentences]
    return tuple(texts[:: max(1, len(texts) // _OTHERS)])


@cache
def added(known: Scorer) -> tuple[Said, ...]:
    """The sentences of shipped sets that the weights were not learned from."""
    added = (one for one in _sets() if known.learned and one.name not in known.learned)
    return tuple(pair for one in added for pair in pairs(one.sentences))


def _sets() -> tuple[SentenceSet, ...]:
    """The shipped sets; none where one has a fault, which ``check`` tells."""
    try:
        return sets()
    except SentenceFault:
        return ()


def pairs(some: Iterable[Sentence]) -> tuple[Said, ...]:
    """Sentences as what is meant and what is said; of several needs the first."""
    return tuple((one.needs[0][0] if one.needs else NOTHING, one.text) for one in some)


def raised(found: Scores, text: str, said: tuple[Said, ...], known: Scorer) -> Scores:
    """The scores of a text with what this community's sentences, and those added to the shipped ones, say."""
    return _of_community(said, known).raised(found, text)
