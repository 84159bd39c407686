"""How well misheard words are put right: the sentences of the project, kept-aside half and tuning half, and speed."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from models.meaning import Building, Lexicon, PlaceExpression
from nlu.grammar import table
from nlu.sound import repair

SENTENCES = Path(__file__).parent.parent / "tests" / "sentences" / "zh"


def community() -> Lexicon:
    """The invented community in which the sentences are said."""
    data = tomllib.loads((SENTENCES / "community.toml").read_text(encoding="utf-8"))
    buildings = (
        Building(number, group["units"], group["floors"], group["rooms"])
        for group in data["buildings"]
        for number in group["numbers"]
    )
    return Lexicon(
        buildings=tuple(buildings),
        spots={name: tuple(nicknames) for name, nicknames in data["spots"].items()},
        services={key: tuple(words) for key, words in data["services"].items()},
        people=tuple(data["people"]["names"]),
        home=PlaceExpression("", **data["home"]),
        foldings=tuple(data["foldings"]),
    )


def sentences(path: Path) -> Iterator[tuple[bool, str]]:
    """The lines of a file of sentences with whether they are kept aside (the even ones)."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    for number, line in enumerate((line for line in lines if line and not line.startswith("#")), 1):
        yield number % 2 == 0, line


def mishearings() -> Iterator[tuple[str, bool, str, str]]:
    """File, kept aside, heard and meant of every sentence; ordinary talk means what it says."""
    for path in sorted((SENTENCES / "mishearings").glob("*.txt")):
        for aside, line in sentences(path):
            heard, _, meant = line.partition(" → ")
            yield path.stem, aside, heard, meant or heard


def percentile(call: Callable[[str], object], texts: Iterable[str], share: float = 0.95) -> float:
    """Milliseconds of one core within which ``share`` of the calls end; each call is the best of three."""
    times = [min(_spent(call, text) for _ in range(3)) for text in texts]
    return sorted(times)[int(len(times) * share)]


def _spent(call: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    call(text)
    return (time.process_time() - start) * 1000


def _failures(aside: bool, index: repair.Index) -> Iterator[tuple[str, bool]]:
    for name, kept, heard, meant in mishearings():
        if kept == aside:
            repaired, _ = repair.repair(heard, index)
            ordinary = name == "ordinary"
            yield ("ordinary" if ordinary else "misheard"), repaired == meant


def score(aside: bool) -> list[str]:
    """Report lines for one half of the sentences."""
    index = repair.vocabulary(community())
    results = list(_failures(aside, index))
    half = "kept aside" if aside else "for tuning"
    lines = []
    for name in ("misheard", "ordinary"):
        right = [good for kind, good in results if kind == name]
        lines.append(f"sound: {name} words, {half}: {sum(right)} of {len(right)} right ({sum(right) / len(right):.1%})")
    return lines


def generated() -> Iterator[tuple[str, str]]:
    """Every word that is listened for, with one character written as another that sounds the same, in a request."""
    kinds = table("vocabulary")
    words = [word for kind in kinds.values() for names in kind.values() for word in names if len(word) > 1]
    foldings = community().foldings
    alike: dict[str, list[str]] = {}
    for character in sorted({c for _, _, heard, meant in mishearings() for c in heard + meant} | set("".join(words))):
        alike.setdefault(repair.syllables(character, foldings)[0], []).append(character)
    for word in words:
        for position, syllable in enumerate(repair.syllables(word, foldings)):
            others = [other for other in alike.get(syllable, ()) if other != word[position]]
            if others:
                other = others[len(word) * position % len(others)]
                yield f"我想问问{word[:position]}{other}{word[position + 1 :]}怎么办", f"我想问问{word}怎么办"


def generated_score() -> str:
    """The share of generated mishearings that are repaired."""
    index = repair.vocabulary(community())
    right = [repair.repair(heard, index)[0] == meant for heard, meant in generated()]
    return f"sound: generated mishearings: {sum(right)} of {len(right)} right ({sum(right) / len(right):.1%})"


def ordinary_talk(path: str) -> list[str]:
    """How many lines of ordinary talk (a file, one line each) are changed."""
    index = repair.vocabulary(community())
    lines = [line.strip() for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    changed = sum(bool(repair.repair(line, index)[1]) for line in lines)
    return [f"sound: ordinary talk, {len(lines)} lines: {changed} changed ({changed / len(lines):.2%})"]


def speed() -> list[str]:
    """Time of a repair for messages as they come, of 200 and of 4,096 characters."""
    index = repair.vocabulary(community())
    said = [heard for _, _, heard, _ in mishearings()]
    joined = ",".join(said)
    medium = [joined[start : start + 200] for start in range(0, len(joined) - 200, 37)]
    long = [(joined * 2)[start : start + 4096] for start in range(0, len(joined), 200)]
    sizes = {"as said": said, "200 characters": medium, "4,096 characters": long}
    return [
        f"sound: repair, {name}: 95 % within {percentile(lambda text: repair.repair(text, index), texts):.2f} ms"
        for name, texts in sizes.items()
    ]


def run(*arguments: str) -> list[str]:
    """The report; arguments are files of ordinary talk to measure false repairs on."""
    lines = [*score(aside=True), *score(aside=False), generated_score()]
    for path in arguments:
        lines += ordinary_talk(path)
    return lines + speed()
