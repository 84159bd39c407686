"""The training itself: a log-linear model of low rank, learned in small steps (Adam over the rows that a step touches)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tools.meaning.corpus import Example, Floats, Targets, frequent, targets


@dataclass(frozen=True)
class Model:
    """Features → a few numbers each → a score for every intent, category and urgency."""

    columns: dict[str, int]
    rareness: Floats
    inner: Floats
    """Feature × rank."""
    outer: Floats
    """Rank × (intents, categories, urgencies)."""
    bias: Floats
    scene: float


class _Adam:
    """Steps for one array; only the rows that are named move."""

    def __init__(self, values: Floats, rate: float) -> None:
        self.values, self._rate = values, rate
        self._first, self._second = np.zeros_like(values), np.zeros_like(values)

    def step(self, gradient: Floats, left: float, rows: slice | np.ndarray = slice(None)) -> None:  # type: ignore[type-arg]
        first = self._first[rows] * 0.9 + gradient * 0.1
        second = self._second[rows] * 0.99 + gradient * gradient * 0.01
        self._first[rows], self._second[rows] = first, second
        self.values[rows] -= self._rate * left * first / (np.sqrt(second) + 1e-6)


def vector(example: Example, columns: dict[str, int], rareness: Floats, scene: float) -> tuple[np.ndarray, Floats]:  # type: ignore[type-arg]
    """Columns and values of an example: words by their rareness, together of length 1; the scene beside them."""
    words = np.array([columns[one] for one in example.words if one in columns], np.int64)
    around = np.array([columns[one] for one in example.scene if one in columns], np.int64)
    weights = rareness[words]
    length = float(np.sqrt((weights * weights).sum())) or 1.0
    values = np.concatenate([weights / length, np.full(len(around), scene, np.float32)])
    return np.concatenate([words, around]), values.astype(np.float32)


def softmax(scores: Floats) -> Floats:
    """Scores as shares of one."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def train(
    some: Sequence[Example],
    settings: dict[str, float],
    tell: Callable[[float], None] = lambda share: None,
    seed: int = 0,
) -> Model:
    """A model of the examples; ``tell`` hears how far it is."""
    columns, rareness = frequent(some, int(settings["least"]), int(settings["most"]))
    rows = [vector(one, columns, rareness, settings["scene"]) for one in some]
    goal = targets(some)
    chance = np.random.default_rng(seed)
    rank, width = int(settings["rank"]), sum(part.shape[1] for part in (goal.intents, goal.categories, goal.urgencies))
    inner = _Adam(chance.normal(0, 0.1, (len(columns), rank)).astype(np.float32), settings["rate"])
    outer = _Adam(chance.normal(0, 0.12, (rank, width)).astype(np.float32), settings["rate"])
    bias = _Adam(np.zeros(width, np.float32), settings["rate"])
    batches = [
        order[at : at + int(settings["batch"])]
        for order in (chance.permutation(len(some)) for _ in range(int(settings["rounds"])))
        for at in range(0, len(some), int(settings["batch"]))
    ]
    weights = np.array([one.weight for one in some], np.float32)
    for number, batch in enumerate(batches):
        _step(rows, batch, goal, weights, settings, (inner, outer, bias), 1.0 - number / len(batches), chance)
        tell((number + 1) / len(batches))
    return Model(columns, rareness, inner.values, outer.values, bias.values, settings["scene"])


def _step(
    rows: Sequence[tuple[Any, Floats]],
    batch: Any,
    goal: Targets,
    weights: Floats,
    settings: dict[str, float],
    parts: tuple[_Adam, _Adam, _Adam],
    left: float,
    chance: np.random.Generator,
) -> None:
    """One step: some examples, with a part of their features hidden so that none is relied on alone."""
    inner, outer, bias = parts
    touched, dense = _dense([rows[one] for one in batch])
    dense *= (chance.random(dense.shape, np.float32) >= settings["hide"]) / np.float32(1 - settings["hide"])
    hidden = dense @ inner.values[touched]
    shown = (chance.random(hidden.shape, np.float32) >= settings["drop"]) / np.float32(1 - settings["drop"])
    hidden = hidden * shown
    scores = hidden @ outer.values + bias.values
    faults = _faults(scores, goal, batch, settings) * weights[batch][:, None] / len(batch)
    back = (faults @ outer.values.T) * shown
    outer.step(hidden.T @ faults + settings["decay"] * outer.values, left)
    bias.step(faults.sum(axis=0), left)
    inner.step(dense.T @ back + settings["decay"] * inner.values[touched], left, touched)


def _dense(rows: Sequence[tuple[np.ndarray, Floats]]) -> tuple[np.ndarray, Floats]:  # type: ignore[type-arg]
    """The columns that some rows touch, and the rows over these alone."""
    touched, places = np.unique(np.concatenate([columns for columns, _ in rows]), return_inverse=True)
    dense = np.zeros((len(rows), len(touched)), np.float32)
    at = np.repeat(np.arange(len(rows)), [len(columns) for columns, _ in rows])
    dense[at, places] = np.concatenate([values for _, values in rows])
    return touched, dense


def _faults(scores: Floats, goal: Targets, batch: Any, settings: dict[str, float]) -> Floats:
    """How far each share is from what is right; where no category or urgency is known nothing is."""
    found, begin = np.zeros_like(scores), 0
    for part, share in (
        (goal.intents, 1.0),
        (goal.categories, settings["category"]),
        (goal.urgencies, settings["urgency"]),
    ):
        end, wanted = begin + part.shape[1], part[batch]
        known = wanted.sum(axis=1, keepdims=True)
        found[:, begin:end] = share * (softmax(scores[:, begin:end]) * known - wanted)
        begin = end
    return found


def scores(model: Model, some: Sequence[Example]) -> Floats:
    """The scores of examples."""
    found = []
    for one in some:
        columns, values = vector(one, model.columns, model.rareness, model.scene)
        found.append(values @ model.inner[columns] @ model.outer + model.bias)
    return np.array(found, np.float32)
