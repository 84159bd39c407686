"""Sets of sentences: faults are named by file and line, contradictions show both, weights belong to the sentences."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from bot import checks
from bot.config import ConfigError
from nlu import sentences
from nlu.meaning import scorer as scoring
from nlu.meaning.vocabulary import vocabulary
from nlu.sentences import Sentence, SentenceFault, bigrams, contradictions, overlap, read, sets
from tools.meaning import __main__ as learning

GOOD = "resident\tprivate\t-\tissue.report\tP2\tlight\t楼道灯不亮"


def written(folder: Path, *lines: str, name: str = "some.tsv") -> Path:
    file = folder / name
    file.write_text("\n".join(["# brief: somebody", *lines]) + "\n", encoding="utf-8")
    return file


def test_a_set_is_read(tmp_path: Path) -> None:
    one = read(written(tmp_path, GOOD, "resident\tprivate\tplace\t-\t-\t-\t今天\t今天"))
    assert (one.name, one.brief, one.sealed, len(one.sentences)) == ("some", "somebody", False, 2)
    assert one.sentences[0].label == "issue.report"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (GOOD.replace("issue.report", "issue.repot"), "unknown intent 'issue.repot'"),
        (GOOD.replace("resident", "neighbour"), "unknown role 'neighbour'"),
        (GOOD.replace("\t-\t", "\twhy\t", 1), "unknown open question 'why'"),
        (GOOD.replace("issue.report", ""), "no intent"),
        (GOOD.replace("light", "lamp"), "unknown category 'lamp'"),
        ("楼道灯不亮", "1 fields"),
        (GOOD.replace("P2", "-"), "urgency"),
        (GOOD.replace("楼道灯不亮", " "), "no sentence"),
    ],
)
def test_a_fault_is_named_by_file_and_line(tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(SentenceFault, match=rf"^some\.tsv:3: .*{fault}"):
        read(written(tmp_path, GOOD.replace("灯", "门"), line))


def test_a_double_is_named(tmp_path: Path) -> None:
    with pytest.raises(SentenceFault, match=r"some\.tsv:3: the same sentence stands in line 2"):
        read(written(tmp_path, GOOD, GOOD))


def test_a_contradiction_shows_both(tmp_path: Path) -> None:
    other = GOOD.replace("issue.report\tP2\tlight", "help.request\tP2\t-")
    pair = [read(written(tmp_path, GOOD, name="one.tsv")), read(written(tmp_path, other, name="two.tsv"))]
    assert list(contradictions(pair)) == ["one.tsv:2 issue.report and two.tsv:2 help.request: 楼道灯不亮"]
    assert overlap(*pair) == 1.0


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((GOOD.replace("light", "lamp"),), "sentences: one.tsv:2: unknown category 'lamp'"),
        ((GOOD, GOOD), "sentences: one.tsv:3: the same sentence stands in line 2"),
        (
            (GOOD, GOOD.replace("issue.report\tP2\tlight", "help.request\tP2\t-").replace("不亮", ",不亮")),
            "sentences contradict each other: one.tsv:2 issue.report and one.tsv:3 help.request",
        ),
    ],
)
def test_check_and_learning_end_with_two_and_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lines: tuple[str, ...],
    told: str,
) -> None:
    written(tmp_path, *lines, name="one.tsv")
    monkeypatch.setattr(sentences, "FOLDER", tmp_path)
    sets.cache_clear()
    try:
        assert learning.main() == 2
        assert told.removeprefix("sentences: ") in capsys.readouterr().err
        with pytest.raises(ConfigError) as fault:
            checks._meaning()
        assert str(fault.value).startswith(told)
    finally:
        sets.cache_clear()


EVERY = (*sets(), *sets(sealed=True))
INDEPENDENT = [one for one in EVERY if not one.name.startswith("own_")]
LINES = [sentence for one in INDEPENDENT for sentence in one.sentences]


def test_the_shipped_sets_are_whole_many_and_their_own() -> None:
    assert list(contradictions(EVERY)) == []
    assert all(one.brief for one in EVERY)
    assert len(INDEPENDENT) >= 30 and len(LINES) >= 12_000
    pairs = {one.name: bigrams(one) for one in INDEPENDENT}
    assert max(_shared(*some) for some in combinations(pairs.values(), 2)) < 0.7


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other))


def test_a_third_wants_nothing_and_a_sixth_answers() -> None:
    assert sum(not one.needs for one in LINES) * 3 >= len(LINES)
    assert sum(one.open != "-" for one in LINES) * 6 >= len(LINES)


@pytest.mark.parametrize("intent", vocabulary().intents)
def test_every_intent_has_sixty_lines_from_eight_sets(intent: str) -> None:
    found = [one.name for one in EVERY for sentence in one.sentences if _wants(sentence, intent)]
    assert len(found) >= 60 and len(set(found)) >= 8


def _wants(sentence: Sentence, intent: str) -> bool:
    return any(intent in need for need in sentence.needs)


def test_the_weights_belong_to_the_sentences() -> None:
    known, trouble = scoring.shipped()
    assert trouble == "", "run make meaning"
    assert known is not None
    assert set(known.learned) == {one.name for one in scoring.learnable()}


def test_other_sentences_and_damage_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Path(scoring.__file__).parent / "weights.npz"
    content = own.read_bytes()
    assert len(content) <= 4_000_000
    broken = tmp_path / "weights.npz"
    broken.write_bytes(content[: len(content) // 2])
    with pytest.raises(scoring.WeightsFault, match="cannot be read"):
        scoring.load(broken)
    monkeypatch.setattr(scoring, "fingerprint", lambda names: "other")
    with pytest.raises(scoring.WeightsFault, match="other sentences"):
        scoring.load(own)
