"""Sets of sentences: faults are named by file and line, contradictions show both, weights belong to the sentences."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from nlu.meaning import scorer as scoring
from nlu.sentences import SentenceFault, contradictions, overlap, read, sets

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
    assert list(contradictions(pair)) == ["one:2 issue.report and two:2 help.request: 楼道灯不亮"]
    assert overlap(*pair) == 1.0


def test_the_shipped_sets_are_whole_many_and_their_own() -> None:
    every = (*sets(), *sets(sealed=True))
    assert list(contradictions(sets())) == []
    assert len(sets(sealed=True)) == 6
    independent = [one for one in every if not one.name.startswith("own_")]
    assert all(one.brief for one in every)
    assert len(independent) >= 25
    assert max(overlap(*pair) for pair in combinations(independent[::3], 2)) < 0.7


def test_a_third_wants_nothing_and_a_sixth_answers() -> None:
    lines = [
        one for each in (*sets(), *sets(sealed=True)) if not each.name.startswith("own_") for one in each.sentences
    ]
    assert sum(not one.needs for one in lines) >= 0.3 * len(lines)
    assert sum(one.open != "-" for one in lines) >= 0.14 * len(lines)


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
