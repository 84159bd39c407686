"""How well danger is heard: the sentences of the project, kept-aside half and tuning half, misheard ones, talk, speed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench.sound import SENTENCES, percentile, sentences
from nlu.danger import signs
from nlu.sound.pinyin import known_foldings, syllables

DRAWS, SHARE = 20, 0.25
HOW = ("same", "similar", "random")
"""What a misheard character becomes: another of the same sound, of a similar one (regional foldings), or any."""


class Told(NamedTuple):
    """A sentence that tells of danger."""

    family: str
    tier: int | None
    """None where either is right."""
    text: str


def told(aside: bool) -> Iterator[Told]:
    """One half of the sentences with danger."""
    for path in sorted((SENTENCES / "danger").glob("*.txt")):
        for kept, line in sentences(path):
            if kept == aside:
                head, _, text = line.partition(" | ")
                sign, tier = head.split()
                family = sign.partition(".")[0] if "." in sign else path.stem
                yield Told(family, None if tier == "?" else int(tier), text)


def harmless(aside: bool) -> Iterator[str]:
    """One half of the look-alikes."""
    for path in sorted((SENTENCES / "lookalikes").glob("*.txt")):
        yield from (line for kept, line in sentences(path) if kept == aside)


@cache
def _common() -> str:
    """The 3,755 most common characters (GB 2312, level one)."""
    rows = (bytes([high, low]) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return "".join(row.decode("gb2312", "ignore") for row in rows)


@cache
def _by_sound(foldings: tuple[str, ...]) -> dict[str, str]:
    groups: dict[str, str] = {}
    for character in _common():
        (sound,) = syllables(character, foldings)
        groups[sound] = groups.get(sound, "") + character
    return groups


def _another(character: str, how: str, chance: random.Random) -> str:
    choices = _common()
    if how != "random":
        foldings = known_foldings() if how == "similar" else ()
        choices = _by_sound(foldings).get(syllables(character, foldings)[0], "")
    others = choices.replace(character, "")
    return chance.choice(others) if others else character


def misheard(text: str, how: str, chance: random.Random) -> str:
    """The text with a quarter of its Chinese characters replaced."""
    places = [at for at, character in enumerate(text) if "一" <= character <= "鿿"]
    heard = list(text)
    for at in chance.sample(places, round(SHARE * len(places))):
        heard[at] = _another(text[at], how, chance)
    return "".join(heard)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})"


def score(aside: bool) -> list[str]:
    """Report lines for one half as it was written."""
    half = "kept aside" if aside else "for tuning"
    results = [(sentence, signs.find(sentence.text)) for sentence in told(aside)]
    heard = [(sentence, found) for sentence, found in results if found]
    tiers = [found[0].tier == sentence.tier for sentence, found in heard if sentence.tier]
    families = [sentence.family in {sign.family for sign in found} for sentence, found in heard]
    asked = [signs.urgency(signs.find(text)) for text in harmless(aside)]
    return [
        f"signs: danger, {half}: {_share(len(heard), len(results))} found; of these the tier is right in "
        f"{_share(sum(tiers), len(tiers))}, the family in {_share(sum(families), len(families))}",
        f"signs: look-alikes, {half}: {asked.count('P0')} alarms, {_share(asked.count('P1'), len(asked))} questions",
    ]


def score_misheard(aside: bool, how: str, draws: int = DRAWS) -> str:
    """The share of one half that is found although a quarter of its characters is misheard."""
    chance = random.Random(f"{how} {aside}")
    found = [bool(signs.find(misheard(line.text, how, chance))) for line in told(aside) for _ in range(draws)]
    half = "kept aside" if aside else "for tuning"
    return f"signs: danger, {half}, a quarter misheard ({how}), {draws} draws: {_share(sum(found), len(found))} found"


def ordinary_talk(path: str) -> str:
    """Alarms and questions on ordinary talk (a file, one line each)."""
    lines = [line for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    urgencies = [signs.urgency(signs.find(line)) for line in lines]
    return (
        f"signs: ordinary talk, {len(lines)} lines: {urgencies.count('P0')} alarms, {urgencies.count('P1')} questions"
    )


def speed() -> list[str]:
    """Time of a check for messages as they come, of 200 and of 100,000 characters; danger costs more than talk."""
    danger = [line.text for aside in (True, False) for line in told(aside)]
    calm = [text for aside in (True, False) for text in harmless(aside)]
    lines = []
    for name, said in (("danger", danger), ("look-alikes", calm)):
        joined = ",".join(said)
        medium = [joined[start : start + 200] for start in range(0, len(joined) - 200, 211)]
        for size, texts in (
            ("as said", said),
            ("200 characters", medium),
            ("100,000 characters", [(joined * 20)[:100_000]]),
        ):
            lines.append(f"signs: check, {name}, {size}: 95 % within {percentile(signs.find, texts):.2f} ms")
    return lines


def run(*arguments: str) -> list[str]:
    """The report; arguments are files of ordinary talk to measure false alarms on."""
    lines = [line for aside in (True, False) for line in score(aside)]
    lines += [score_misheard(True, how) for how in HOW]
    return [*lines, *map(ordinary_talk, arguments), *speed()]
