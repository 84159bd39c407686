"""The word graph of the starter model: written in OpenFst's format, and hearing what it was built from."""

from __future__ import annotations

import subprocess
import sys
from math import exp
from pathlib import Path
from struct import unpack_from

import pytest

from bot.hearing.settings import STARTER
from bot.hearing.units import BLANK, NUMBER, UNITS, units_of
from bot.hearing.words import ngrams
from bot.hearing.words.build import Own, Weights, build_words, read_classes
from bot.hearing.words.chains import chains, enter, stay
from bot.hearing.words.cutting import cutter
from bot.hearing.words.fst import ACCEPTOR, INPUT_SORTED, Machine
from tests.support.sounds import samples

HEAR = """
import json, sys, vosk
vosk.SetLogLevel(-1)
recognizer = vosk.KaldiRecognizer(vosk.Model(sys.argv[1]), 16000)
recognizer.AcceptWaveform(sys.stdin.buffer.read())
print(json.loads(recognizer.FinalResult())["text"].replace(" ", ""))
"""


def test_a_graph_of_other_sentences_hears_those(tmp_path: Path) -> None:
    build_words(["鹅在飞", "猫在跳"] * 5, tmp_path / "graph", Own(), Weights(trust=0.9))
    for name in ("am", "conf"):
        (tmp_path / name).symlink_to(STARTER / name)
    sound = samples("猫在跳", "m4")
    run = subprocess.run([sys.executable, "-c", HEAR, str(tmp_path)], input=sound, capture_output=True, check=True)
    assert run.stdout.decode().strip() == "猫在跳"


def test_a_machine_is_written_as_openfst_reads_it(tmp_path: Path) -> None:
    machine = Machine()
    first, last = machine.add_state(), machine.add_state()
    machine.finals[last] = 0.5
    machine.add(first, 7, 7, 1.0, last)
    machine.add(first, 3, 3, 2.0, last)
    machine.write(tmp_path / "x.fst", ACCEPTOR | INPUT_SORTED, order=0)
    data = (tmp_path / "x.fst").read_bytes()
    assert unpack_from("<ii6si8sii", data) == (2125659606, 6, b"vector", 8, b"standard", 2, 0)
    properties, start, states, arcs = unpack_from("<Qqqq", data, 34)
    assert (properties & ACCEPTOR, start, states, arcs) == (ACCEPTOR, 0, 2, 2)
    assert unpack_from("<fq", data, 66) == (float("inf"), 2)
    assert [unpack_from("<iifi", data, 78 + 16 * n) for n in range(2)] == [(3, 3, 2.0, 1), (7, 7, 1.0, 1)]


def test_words_are_written_in_sounds() -> None:
    assert [UNITS[unit] for unit in units_of("水管") or ()] == ["sh", "uei", "g", "uan"]
    assert [UNITS[unit] for unit in units_of("一五") or ()] == ["i", "u"]
    assert units_of("hello") is None and units_of("☂") is None
    assert units_of("嗯") and units_of("A")


def test_a_text_is_cut_into_its_likeliest_words() -> None:
    counts = {"水管": 50, "水": 90, "管": 40, "漏水": 60, "漏": 5, "了": 900}
    assert cutter(counts)("水管漏水了") == ["水管", "漏水", "了"]
    assert cutter(counts)("水☂管") == ["水", "管"]


def _paths(machine: Machine, units: list[int], state: int = 0, words: tuple[int, ...] = ()) -> set[tuple[int, ...]]:
    """Rows of words that a machine accepts for a row of transitions."""
    found = {words} if not units and state in machine.finals else set()
    for arc in machine.arcs[state]:
        more = (*words, arc.output) if arc.output else words
        if arc.input == 0:
            found |= _paths(machine, units, arc.to, more)
        elif units and arc.input == units[0]:
            found |= _paths(machine, units[1:], arc.to, more)
    return found


def test_a_blank_is_required_between_equal_sounds_only() -> None:
    seven, one = units_of("七") or (), units_of("一") or ()
    machine = chains([(1, seven), (2, one)], word_cost=0.0)
    plain, blank = [enter(unit) for unit in (*seven, *one)], enter(NUMBER[BLANK])
    assert _paths(machine, plain[:2]) == {(1,)}
    assert _paths(machine, plain) == set()
    assert _paths(machine, [*plain[:2], blank, *plain[2:]]) == {(1, 2)}
    assert _paths(machine, [blank, blank]) == {()}


def test_a_sound_may_last_and_another_sound_is_impossible() -> None:
    machine = chains([(1, units_of("妈") or ())], word_cost=0.5)
    start, vowel = NUMBER["m"], NUMBER["a"]
    assert _paths(machine, [enter(start), stay(start), enter(vowel), stay(vowel), stay(vowel)]) == {(1,)}
    assert _paths(machine, [enter(start), enter(NUMBER["o"])]) == set()
    assert [arc.cost for arcs in machine.arcs for arc in arcs if arc.output] == [0.5]


def test_chances_after_every_history_add_up_to_one() -> None:
    rows = [["厨房", "漏水"], ["厨房", "停电"], ["D", "D", "漏水"], ["漏水"]]
    general = {"厨房": 0.25, "漏水": 0.25, "停电": 0.25, "水": 0.25}
    counts = ngrams.Counts(ngrams.count(rows), general, trust=0.6, classes={"D": {"一": 0.5, "二": 0.5}})
    numbers = {word: n for n, word in enumerate(["厨房", "漏水", "停电", "水", "一", "二"], 1)}
    machine = ngrams.grammar(counts, numbers, 1.0)
    ends = {state: exp(-cost) for state, cost in machine.finals.items()}
    for state in range(len(machine.arcs)):
        chances = _chances(machine, ends, state)
        assert sum(chances.values()) == pytest.approx(1.0, abs=0.02)
        assert chances.get(4, 0) > 0 or len(chances) == 2, "what was never seen here stays possible, classes aside"


def _chances(machine: Machine, ends: dict[int, float], state: int) -> dict[int, float]:
    """The best chance of each next word, 0 being the end, straight or by forgetting what came before."""
    found = {0: ends[state]} if state in ends else {}
    for arc in machine.arcs[state]:
        weight = exp(-arc.cost)
        further = {arc.input: 1.0} if arc.input else _chances(machine, ends, arc.to)
        for word, chance in further.items():
            found[word] = max(found.get(word, 0.0), weight * chance)
    return found


def test_a_word_of_a_class_is_expected_wherever_the_class_is() -> None:
    rows = [["去", "SPOT", "看看"]]
    counts = ngrams.Counts(
        ngrams.count(rows), {"去": 0.5, "看看": 0.5}, classes={"SPOT": {"凉亭": 0.5, "枫林晚亭": 0.5}}
    )
    machine = ngrams.grammar(counts, {"去": 1, "看看": 2, "凉亭": 3, "枫林晚亭": 4}, 1.0)
    after_spot = [arc for arcs in machine.arcs for arc in arcs if arc.input == 4]
    assert after_spot and {arc.to for arc in after_spot} == {
        arc.to for arcs in machine.arcs for arc in arcs if arc.input == 3
    }


def test_own_words_join_their_class() -> None:
    assert "打铁花" in read_classes(Own({"service": ("打铁花",)}))["SERVICE"]
    assert "打铁花" not in read_classes(Own())["SERVICE"]


def test_the_bundled_model_is_small() -> None:
    assert sum(path.stat().st_size for path in STARTER.rglob("*") if path.is_file()) <= 8_000_000


@pytest.mark.parametrize("name", ["HCLr.fst", "Gr.fst"])
def test_the_bundled_graph_is_sorted(name: str) -> None:
    data = (STARTER / "graph" / name).read_bytes()
    _, _, states, _ = unpack_from("<Qqqq", data, 34)
    place, field = 66, 4 if name == "HCLr.fst" else 0
    for _ in range(min(states, 3000)):
        _, size = unpack_from("<fq", data, place)
        labels = [unpack_from("<i", data, place + 12 + 16 * n + field)[0] for n in range(size)]
        assert labels == sorted(labels)
        place += 12 + 16 * size
