"""``make meaning``: learns the weights from the sentences and writes ``nlu/meaning/weights.npz``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.progress import Progress

from nlu.meaning.scorer import fingerprint, learnable, settings
from nlu.sentences import SentenceFault, contradictions
from tools.meaning.corpus import examples
from tools.meaning.training import Model, train

TARGET = Path(__file__).parents[2] / "nlu" / "meaning" / "weights.npz"


def write(model: Model, file: Path, learned: Sequence[str], warmth: float) -> None:
    """A model as the file that the scorer reads: inner numbers in steps of one byte."""
    steps = np.maximum(np.abs(model.inner).max(axis=0), 1e-6) / 127
    np.savez_compressed(
        file,
        features=np.frombuffer("\n".join(model.columns).encode("utf-8"), np.uint8),
        sets=np.frombuffer("\n".join(learned).encode("utf-8"), np.uint8),
        belongs=np.frombuffer(fingerprint(learned).encode("ascii"), np.uint8),
        numbers=np.array([model.scene, warmth], np.float32),
        rareness=model.rareness.astype(np.float16),
        inner=np.round(model.inner / steps).astype(np.int8),
        steps=steps.astype(np.float32),
        outer=model.outer,
        bias=model.bias,
    )


def main() -> int:
    """Learns; 2 when a set has a fault or two contradict each other."""
    chosen = settings()
    try:
        some = learnable()
    except SentenceFault as fault:
        print(fault, file=sys.stderr)
        return 2
    if faults := list(contradictions(some)):
        print(f"sentences contradict each other: {faults[0]}", file=sys.stderr)
        return 2
    sentences = [sentence for one in some for sentence in one.sentences]
    with Progress() as bar:
        task = bar.add_task(f"{len(sentences)} sentences", total=1.0)
        model = train(examples(sentences, chosen), chosen, lambda share: bar.update(task, completed=share))
    write(model, TARGET, [one.name for one in some], chosen["warmth"])
    print(f"{TARGET.name}: {len(model.columns)} features, {TARGET.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
