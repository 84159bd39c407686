"""Voice notes in voices that the starter model was not trained on become words, through real PyAV and real Vosk."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio

from bot.hearing import Hearing, HearingSettings
from bot.hearing.decode import Sound
from bot.hearing.engine import EngineProcess, Heard
from bot.hearing.judging import Bar, phrases, transcript
from bot.hearing.service import _rank
from bot.hearing.settings import STARTER
from models.meaning import Lexicon, Question
from models.transcripts import Transcript, Word
from tests.support.sounds import KINDS_OF_FILE, VOICES, samples, voice_note, write_note
from tools.starter_model.codecs import encode
from tools.starter_model.measure import noises
from tools.starter_model.phrases import test_lines as lines_of_the_tests

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAID = (
    "厨房水管漏水了",
    "三号楼二单元五零一",
    "救命",
    "接三十七",
    "不对",
    "满意",
    "弄完了",
    "今天的情况",
    "我想约明天下午理发",
    "电梯坏了",
    "修好了",
    "帮我买点菜",
    "取消",
    "第一个",
)


@pytest.fixture(scope="module")
def spool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spool")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hearing(spool: Path) -> AsyncIterator[Hearing]:
    ears = Hearing(HearingSettings(spool=spool))
    await ears.start()
    yield ears
    await ears.close()


async def heard(hearing: Hearing, data: bytes, path: Path, question: Question | None = None) -> Transcript:
    path.write_bytes(data)
    return await hearing.hear(path, question=question)


@pytest.mark.parametrize("text", SAID)
async def test_what_people_say_is_heard_in_unknown_voices(text: str, hearing: Hearing, tmp_path: Path) -> None:
    """In most of six voices; one synthetic voice or another may always slip."""
    notes = [voice_note(text, "ogg", voice) for voice in VOICES[:6]]
    found = [(await heard(hearing, note, tmp_path / f"{n}.ogg")).text for n, note in enumerate(notes)]
    assert found.count(text) >= 4, found


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
async def test_every_kind_of_file_is_heard(kind: str, hearing: Hearing, tmp_path: Path) -> None:
    transcript = await heard(hearing, voice_note("厨房水管漏水了", kind, "m4"), tmp_path / f"note.{kind}")
    assert transcript.text == "厨房水管漏水了"
    assert transcript.error is None and transcript.confidence > 0.5 and transcript.model == "starter"
    assert transcript.seconds == pytest.approx(len(samples("厨房水管漏水了", "m4")) / 32000, abs=0.2)
    assert "".join(word.text for word in transcript.words) == transcript.text
    assert all(0 <= word.start < word.end <= transcript.seconds for word in transcript.words)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (bytes(64000), "silence"),
        (bytes(3000), "short"),
        (b"\x05\x00\xfb\xff" * 8000, "silence"),
        ((b"\x00\x10" * 40 + b"\x00\xf0" * 40) * 400, "noise"),
        ((b"\x80\x01" * 40 + b"\x80\xfe" * 40) * 400, "quiet"),
    ],
)
async def test_what_holds_no_words_says_why(data: bytes, error: str, hearing: Hearing, tmp_path: Path) -> None:
    transcript = await heard(hearing, encode(data, 16000, "wav"), tmp_path / "note.wav")
    assert (transcript.text, transcript.error) == ("", error)


@pytest.mark.parametrize("data", [b"", b"not a sound", b"OggS" + bytes(100), b"#EXTM3U\nhttp://127.0.0.1/x"])
async def test_what_is_no_sound_file_is_broken(data: bytes, hearing: Hearing, tmp_path: Path) -> None:
    assert (await heard(hearing, data, tmp_path / "note")).error == "broken"
    assert (await hearing.hear(tmp_path / "absent.ogg")).error == "broken"


async def test_a_long_note_is_heard_up_to_the_limit(tmp_path: Path) -> None:
    ears = Hearing(HearingSettings(spool=tmp_path, max_seconds=2.5))
    await ears.start()
    try:
        transcript = await ears.hear(write_note("厨房水管漏水了,修好了修好了修好了修好了", tmp_path / "note.ogg", "m4"))
        assert transcript.text.startswith("厨房水管漏水") and transcript.seconds == 2.5
        silent = await heard(ears, encode(bytes(320000) + b"\x00\x10" * 40, 16000, "wav"), tmp_path / "long.wav")
        assert silent.error == "silence"
    finally:
        await ears.close()


BUILDINGS = Question("building", "choice", {"4": ("4号楼", "四号"), "10": ("10号楼", "十号")})
YES_NO = Question("ok", "yesno", {"yes": ("对", "是的", "好"), "no": ("不对", "不是", "不要")})


@pytest.mark.parametrize(
    ("text", "question"),
    [("四号楼", BUILDINGS), ("十号楼", BUILDINGS), ("是的", YES_NO), ("不对", YES_NO), ("对", YES_NO)],
)
async def test_an_answer_is_heard_among_the_possible_ones(
    text: str, question: Question, hearing: Hearing, tmp_path: Path
) -> None:
    note = voice_note(text, "ogg", "m7")
    plain = await heard(hearing, note, tmp_path / "note.ogg")
    asked = await heard(hearing, note, tmp_path / "note.ogg", question)
    assert plain.alternative is None and asked.alternative == text
    if plain.text == text:
        assert asked.text == text and asked.confidence >= plain.confidence


@pytest.mark.parametrize(
    ("free", "among", "text", "confidence", "alternative"),
    [
        ("四号楼", "四号楼", "四号楼", 0.8, "四号楼"),
        ("事好楼", "四号楼", "事好楼", 0.6, "四号楼"),
        ("十号楼", "四号楼", "十号楼", 0.6, "四号楼"),
        ("是号楼", "十号楼", "十号楼", 0.8, "十号楼"),
        ("厨房漏水了", "四号楼", "厨房漏水了", 0.6, None),
        ("四号楼", "", "四号楼", 0.6, None),
    ],
)
async def test_agreement_makes_surer_and_another_answer_is_kept_beside(
    free: str, among: str, text: str, confidence: float, alternative: str | None
) -> None:
    words = [(Word(said, 0.6, 0.0, 1.0),) if said else () for said in (free, among)]
    found = transcript(Sound(1.0, 9000, 5000), Heard(words[0], words[1]), "starter", Bar(0.2))
    assert (found.text, found.confidence, found.alternative) == (text, confidence, alternative)


async def test_the_starter_model_keeps_two_thirds_of_what_it_was_not_made_from(
    hearing: Hearing, tmp_path: Path
) -> None:
    """The bar that keeps human voices out (`python -m bench hearing --voices DIR`) leaves most synthetic notes in."""
    lines = Random(3).sample(lines_of_the_tests(kept_aside=True), 24)
    notes = [voice_note(line, "ogg", VOICES[number % 6]) for number, line in enumerate(lines)]
    found = [await heard(hearing, note, tmp_path / f"{n}.ogg") for n, note in enumerate(notes)]
    assert sum(bool(one.text) for one in found) >= 16, [one.error for one in found]
    assert {one.error for one in found} <= {None, "unsure"}


async def test_noise_hum_and_tunes_never_become_words(hearing: Hearing, tmp_path: Path) -> None:
    found = [await heard(hearing, encode(sound, 16000, "wav"), tmp_path / "n.wav") for sound in noises(Random(5))]
    assert {(said.text, said.error) for said in found} <= {("", "silence"), ("", "quiet"), ("", "noise")}


async def test_unsure_words_in_a_noise_are_no_words() -> None:
    mumble = Heard((Word("啊", 0.1, 0.0, 1.0),))
    assert transcript(Sound(1.0, 9000, 5000), mumble, "starter", Bar(0.2)).error == "noise"
    assert transcript(Sound(1.0, 900, 500), mumble, "starter", Bar(0.2)).error == "quiet"
    assert transcript(Sound(1.0, 9000, 5000, cut=True), Heard(()), "starter", Bar(0.2)).error == "long"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("13号楼", "十三号楼"),
        ("10号", "十号"),
        ("501", "五零一 五百零一"),
        ("3", "三"),
        ("20", "二十"),
        ("对", "对"),
        ("接137号", "接一三七号 接一百三十七号"),
        ("接210号", "接二一零号 接二百一十号"),
        ("300", "三零零 三百"),
        ("1001", "一零零一"),
    ],
)
async def test_figures_of_answers_are_listened_for_as_they_are_said(written: str, said: str) -> None:
    assert phrases(Question("x", "choice", {"a": (written,)})) == tuple(said.split())


async def test_a_question_with_many_answers_or_none_gets_no_second_recognizer() -> None:
    assert phrases(None) == () == phrases(Question("x", "text"))
    assert phrases(Question("x", "choice", {str(n): (f"{n}号楼",) for n in range(41)})) == ()


async def test_something_else_than_an_answer_stays_what_it_is(hearing: Hearing, tmp_path: Path) -> None:
    transcript = await heard(hearing, voice_note("厨房水管漏水了", "ogg", "m4"), tmp_path / "note.ogg", YES_NO)
    assert (transcript.text, transcript.alternative) == ("厨房水管漏水了", None)


async def test_the_recognizer_killed_in_the_middle_loses_no_note(tmp_path: Path) -> None:
    engine = EngineProcess("bot.hearing.engines.vosk", STARTER, 1)
    engine.start()
    try:
        sound = samples("厨房水管漏水了", "m4")
        before = await engine.hear(sound)
        assert engine.pid is not None
        os.kill(engine.pid, signal.SIGSTOP)
        waiting = [asyncio.create_task(engine.hear(sound)) for _ in range(3)]
        while len(engine._waiting) < 3:
            await asyncio.sleep(0)
        first = engine.pid
        os.kill(first, signal.SIGKILL)
        assert await asyncio.gather(*waiting) == [before] * 3
        assert engine.pid != first and engine.ready
    finally:
        await engine.close()


async def test_a_sound_that_kills_the_recognizer_twice_is_given_up(tmp_path: Path, hearing: Hearing) -> None:
    ears = Hearing(HearingSettings(spool=tmp_path, threads=1))
    await ears.start()
    try:
        note = write_note("厨房水管漏水了", tmp_path / "note.ogg", "m4")
        assert (await ears.hear(note)).error is None
        engine = ears._engine
        assert isinstance(engine, EngineProcess)
        first = await _stopped(engine)
        answer = asyncio.create_task(ears.hear(note))
        await _killed(engine, first)
        await _killed(engine, await _stopped(engine))
        assert (await answer).error == "broken"
        assert (await ears.hear(note)).error is None
    finally:
        await ears.close()


async def _stopped(engine: EngineProcess) -> int:
    """The recognizer's process, loaded and then halted."""
    while engine.pid is None or not engine.ready:
        await asyncio.sleep(0)
    os.kill(engine.pid, signal.SIGSTOP)
    return engine.pid


async def _killed(engine: EngineProcess, pid: int) -> None:
    """End a halted process once a note waits in it."""
    while not engine._waiting:
        await asyncio.sleep(0)
    os.kill(pid, signal.SIGKILL)
    while engine.pid == pid:
        await asyncio.sleep(0)


def _broken(folder: Path) -> None:
    (folder / "am" / "final.mdl").write_bytes(b"\0B<TransitionModel> and nothing more")


def _empty(folder: Path) -> None:
    shutil.rmtree(folder / "graph")


def _foreign(folder: Path) -> None:
    (folder / "graph" / "words.txt").write_text("<eps> 0\nhello 1\nworld 2\n")


@pytest.mark.parametrize(
    ("spoil", "fault"), [(shutil.rmtree, "missing"), (_empty, "broken"), (_broken, "broken"), (_foreign, "language")]
)
async def test_without_a_usable_model_hearing_says_so_at_once(spoil: object, fault: str, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(STARTER, folder)
    assert callable(spoil)
    spoil(folder)
    ears = Hearing(HearingSettings(spool=tmp_path, model=str(folder)))
    await ears.start()
    try:
        note = write_note("厨房水管漏水了", tmp_path / "note.ogg")
        assert (await ears.hear(note)).error == "unavailable"
        status = ears.status()
        assert (status["error"], status["ready"], status["is_starter"]) == (fault, False, False)
        assert str(folder) in str(status["sentence"])
        assert (await ears.hear(note)).error == "unavailable"
    finally:
        await ears.close()


async def test_an_unknown_engine_never_stops_the_service(tmp_path: Path) -> None:
    ears = Hearing(HearingSettings(spool=tmp_path, engine="oracle"))
    await ears.start()
    assert (await ears.hear(write_note("对", tmp_path / "note.ogg"))).error == "unavailable"
    assert ears.status()["error"] == "engine"
    await ears.close()


async def test_the_status_names_the_starter_model_and_the_way_to_a_real_one(hearing: Hearing, tmp_path: Path) -> None:
    await hearing.hear(write_note("对", tmp_path / "note.ogg"))
    status = hearing.status()
    assert status["is_starter"] and status["ready"] and status["error"] is None
    assert "合成语音" in str(status["note"]) and "linsheng model get" in str(status["note"])


async def test_the_communitys_own_words_become_audible(tmp_path: Path) -> None:
    words = Lexicon(services={"iron": ("打铁花",)}, spots={"枫林晚亭": ()})
    spool = tmp_path / "spool"
    spool.mkdir()
    note = write_note("我想约打铁花", tmp_path / "note.ogg", "m4")
    place = write_note("在枫林晚亭", tmp_path / "place.ogg", "m4")
    for lexicon, expected in ((Lexicon(), False), (words, True), (words, True)):
        ears = Hearing(HearingSettings(spool=spool, words=lexicon))
        await ears.start()
        found = [(await ears.hear(note)).text, (await ears.hear(place)).text]
        await ears.close()
        assert ("打铁花" in found[0] and "枫林晚亭" in found[1]) is expected, found


async def test_no_room_for_the_communitys_words_leaves_the_bundled_ones(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    spool.write_text("a file where a folder should be")
    ears = Hearing(HearingSettings(spool=spool, words=Lexicon(spots={"枫林晚亭": ()})))
    await ears.start()
    assert (await ears.hear(write_note("厨房水管漏水了", tmp_path / "note.ogg", "m4"))).text == "厨房水管漏水了"
    await ears.close()


async def test_danger_is_heard_first_and_short_notes_before_long_ones(tmp_path: Path) -> None:
    ears = Hearing(HearingSettings(spool=tmp_path, threads=1))
    await ears.start()
    note, order = write_note("对", tmp_path / "note.ogg"), list[str]()

    async def hear(name: str, urgent: bool, seconds: float) -> None:
        await ears.hear(note, urgent=urgent, seconds=seconds)
        order.append(name)

    arrivals = [
        ("first", False, 3),
        ("long", False, 90),
        ("short", False, 5),
        ("danger", True, 80),
        ("short too", False, 6),
    ]
    await asyncio.gather(*(hear(*arrival) for arrival in arrivals))
    assert order.index("danger") < order.index("short") < order.index("short too") < order.index("long")
    await ears.close()


async def test_a_note_of_unknown_length_is_ranked_by_its_size(tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(bytes(1000))
    large.write_bytes(bytes(200_000))
    assert [
        _rank(small, False, None),
        _rank(large, False, None),
        _rank(large, True, None),
        _rank(small, False, 60),
    ] == [1, 2, 0, 2]


async def test_more_notes_than_may_wait_are_turned_away(tmp_path: Path) -> None:
    ears = Hearing(HearingSettings(spool=tmp_path, threads=1, waiting=3))
    await ears.start()
    note = write_note("对", tmp_path / "note.ogg")
    answers = await asyncio.gather(*(ears.hear(note) for _ in range(8)))
    assert [answer.error for answer in answers].count("unavailable") == 5
    await ears.close()


async def test_closing_answers_everybody(tmp_path: Path) -> None:
    ears = Hearing(HearingSettings(spool=tmp_path, threads=1))
    await ears.start()
    note = write_note("厨房水管漏水了", tmp_path / "note.ogg")
    waiting = [asyncio.create_task(ears.hear(note)) for _ in range(6)]
    await asyncio.sleep(0)
    await ears.close()
    assert {answer.error for answer in await asyncio.gather(*waiting)} == {"unavailable"}
    assert (await ears.hear(note)).error == "unavailable"


async def test_an_idle_model_is_put_away_and_comes_back(tmp_path: Path) -> None:
    ears = Hearing(HearingSettings(spool=tmp_path, idle=0.01))
    await ears.start()
    note = write_note("厨房水管漏水了", tmp_path / "note.ogg", "m4")
    first = await ears.hear(note)
    while ears._engine is not None:
        await asyncio.sleep(0.01)
    assert await ears.hear(note) == first
    await ears.close()
