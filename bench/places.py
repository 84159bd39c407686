"""How many places are found rightly: the sentences of the project, kept-aside half and tuning half, and speed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.sound import SENTENCES, community, percentile, sentences
from models.meaning import Lexicon
from nlu.places import reading
from nlu.sound import repair

_FIELDS = {"b": "building", "u": "unit", "f": "floor", "r": "room", "s": "spot"}


def expected(written: str) -> tuple[dict[str, str], ...]:
    """The places that a line of the sentences expects: fields that are not None."""
    if written.strip() == "-":
        return ()
    pairs = ([pair.partition("=") for pair in place.split()] for place in written.split(";"))
    return tuple({_FIELDS[letter]: value for letter, _, value in place} for place in pairs)


def found(text: str, lexicon: Lexicon) -> tuple[dict[str, str], ...]:
    """The places found in a text: fields that are not None."""
    read = (reading.as_json(place) for place in reading.find(text, lexicon))
    return tuple({name: value for name, value in place.items() if value and name != "text"} for place in read)


def cases() -> Iterator[tuple[str, bool, str, tuple[dict[str, str], ...]]]:
    """File, kept aside, sentence and expected places of every line."""
    for path in sorted((SENTENCES / "places").glob("*.txt")):
        for aside, line in sentences(path):
            text, _, written = line.rpartition(" | ")
            yield path.stem, aside, text, expected(written)


def score(aside: bool) -> str:
    """One report line for one half of the sentences."""
    lexicon = community()
    right = [found(text, lexicon) == wanted for _, kept, text, wanted in cases() if kept == aside]
    half = "kept aside" if aside else "for tuning"
    return f"places: {half}: {sum(right)} of {len(right)} sentences right ({sum(right) / len(right):.1%})"


def speed(*paths: str) -> list[str]:
    """Time of a repair and of finding places, for several lengths; the sentences make the densest text there is."""
    lexicon = community()
    index = repair.vocabulary(lexicon)
    said = [text for _, _, text, _ in cases()]
    texts = {"sentences": "".join(said), "ordinary talk": "".join(map(_joined, paths))}
    sizes = {"as said": said} | {
        f"{length:,} characters of {name}": _cut(text, length)
        for name, text in texts.items()
        for length in (200, 4096)
        if text
    }

    def both(text: str) -> object:
        return reading.find(repair.repair(text, index)[0], lexicon)

    return [
        f"places: with repair, {name}: 95 % within {percentile(both, messages):.2f} ms"
        for name, messages in sizes.items()
    ]


def _joined(path: str) -> str:
    return "".join(Path(path).read_text(encoding="utf-8").split())


def _cut(text: str, length: int) -> list[str]:
    """At most a hundred messages of a length."""
    enough = text * (1 + 2 * length // len(text))
    return [enough[start : start + length] for start in range(0, len(enough) - length, max(37, len(enough) // 100))]


def ordinary_talk(path: str) -> str:
    """In how many lines of ordinary talk something is taken for a place."""
    lexicon = community()
    lines = [line.strip() for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    hits = sum(bool(reading.find(line, lexicon)) for line in lines)
    return f"places: ordinary talk, {len(lines)} lines: a place in {hits} ({hits / len(lines):.2%})"


def run(*arguments: str) -> list[str]:
    """The report; arguments are files of ordinary talk, one line each."""
    return [score(aside=True), score(aside=False), *map(ordinary_talk, arguments), *speed(*arguments)]
