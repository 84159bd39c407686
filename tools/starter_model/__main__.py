"""``make starter-model``: sounds, training, files, and the error measured; under half an hour on two cores."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.hearing.settings import STARTER
from tools.starter_model import export, lexicon, measure, sounds, train, words
from tools.starter_model.voices import LEFT_OUT

_EXAMPLES, _LEFT_OUT_EXAMPLES, _LEFT_OUT_SHARD = 14_000, 400, 100_000


def main() -> None:
    """Make everything, keeping what is finished in a folder so that a second call goes on from there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("build/starter_model"))
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    spoken = {name: options.folder / f"{name}.npz" for name in ("train", "left_out")}
    if not spoken["train"].exists():
        sounds.save(sounds.make(_EXAMPLES, sounds.KNOWN), spoken["train"])
    if not spoken["left_out"].exists():
        sounds.save(sounds.make(_LEFT_OUT_EXAMPLES, LEFT_OUT, _LEFT_OUT_SHARD), spoken["left_out"])
    examples, left_out = (sounds.load(file) for file in spoken.values())
    net = train.train(examples, left_out, options.folder / "net.pt")
    export.export(net, STARTER / "am" / "final.mdl")
    lexicon.write_general(STARTER / "lexicon.tsv")
    words.rebuild()
    print("\n".join(measure.report()))


if __name__ == "__main__":
    main()
