"""Voice through Telegram: ogg/opus from the real client's socket to a rated ticket; processes that die while they hear."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import SOAK, count
from tests.support import sounds
from tests.support.telegram_app import Town, town
from tests.support.telegram_load import ENDS, LINES, Load, check, finish, wait_for_the_end
from tests.support.telegram_player import Player
from tests.support.telegram_standin import Person
from tests.support.transcripts import by_chat

FILES = sorted((Path(__file__).parents[2] / "conversations" / "voice").glob("*.chat"))
VOICE = "m4"
HEARING = "enabled = true\nthreads = 2"
STEPS = {"decoding": 2, "recognizing": 2, "heard": 2, "committed": 2, "taken": 3}
"""Step → at which passing the process ends."""
USUAL = {("decoding", "KILL"), ("recognizing", "KILL"), ("heard", "TERM")}
"""The others are tried by ``make soak``."""


def spoken(words: str, voice: str = sounds.VOICES[0]) -> bytes:
    """A recording as Telegram's own programs make it; no words are three seconds of silence."""
    return sounds.voice_note(words, "ogg", voice) if words else sounds.encode(bytes(96_000), 16_000, "ogg")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path, privacy=False) as found:
        found.configure(hearing=HEARING)
        yield found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_a_spoken_conversation_is_the_same_on_telegram(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    played, kept = await asyncio.to_thread(_played, text, tmp_path)
    assert by_chat(played) == by_chat(text)
    assert len(kept) == text.count("(说) >\n"), "only what the bot did not understand is kept"


def _played(text: str, folder: Path) -> tuple[str, list[Path]]:
    """The conversation as Telegram showed it, and the recordings that are left."""
    with town(folder, privacy=False) as place:
        place.configure(hearing=HEARING)
        place.start()
        played = Player(place, spoken).play(text)
        left = recordings(place)
        assert all("kept" in file.parts for file in left), "a recording that is neither heard nor kept"
        return played, left


def recordings(place: Town) -> list[Path]:
    """Every recording that still lies anywhere in the data folder."""
    return [file for file in (place.folder / "data").rglob("*") if file.suffix in (".ogg", ".oga", ".part", ".wav")]


def test_with_privacy_mode_on_a_spoken_answer_to_the_card_claims_it(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.configure(hearing=HEARING)
        place.start()
        wang, li, group = place.people["王奶奶"], place.people["小李"], place.groups["志愿者群"]
        for words in ("厨房水管漏水了", "对"):
            wang.sends_voice(spoken(words, VOICE))
            place.settle()
        [card] = [post for post in place.server.messages(group) if "我去" in post.labels]
        assert li.sends_voice(spoken("接一号", VOICE), group).update_id is None, "what is no answer never arrives"
        li.sends_voice(spoken("我去", VOICE), group, reply_to=card)
        place.settle()
        [ticket] = place.rows("SELECT p.name, t.status FROM ticket t JOIN person p ON p.id = t.owner")
        assert tuple(ticket) == ("小李", "accepted")


class Spoken(Load):
    """The same people with the same reports, spoken."""

    def say(self, lines: int) -> None:
        """So many more recordings, each person's in order."""
        for _ in range(lines):
            waiting = [n for n, left in self._left.items() if left]
            if waiting:
                n = self.chance.choice(waiting)
                words = self._left[n].pop(0)
                self.people[n].sends_voice(spoken(SAID.get(words, words), VOICE))


SAID = {f"{n}号楼": f"{word}号楼" for n, word in enumerate("一二三四五六七八九", 1)}


def crowd(place: Town, people: int, seed: int) -> Spoken:
    """At most nine people, each with another building."""
    return Spoken(place, people, random.Random(seed))


def check_heard(load: Load, kills: int) -> None:
    """Nothing lost, nothing heard into two tickets, one repeat for a kill, and no sound left behind."""
    check(load, kills)
    assert recordings(load.town) == []
    tickets = load.town.rows("SELECT reporter, place FROM ticket WHERE flow = 'issue'")
    assert len(tickets) == len(load.people), "each building's own"


@pytest.mark.parametrize(
    ("step", "how"), [(step, how) for step in STEPS for how in ENDS if SOAK or (step, how) in USUAL]
)
def test_the_end_while_hearing(step: str, how: str, place: Town) -> None:
    load = crowd(place, 3, 11)
    load.say(4)
    place.start(f"{step}:{STEPS[step]}:{how}")
    code = wait_for_the_end(load)
    assert code == (-signal.SIGKILL if how == "KILL" else 0)
    place.start()
    finish(load)
    check_heard(load, 1 if how == "KILL" else 0)


def test_random_kills_while_hearing(place: Town) -> None:
    kills, people = count(2, 20), count(4, 9)
    load = crowd(place, people, 5)
    for _ in range(kills):
        load.say(load.chance.randint(1, max(2, 2 * len(LINES) * people // kills)))
        place.start()
        load.until_sent(load.chance.randint(1, 2))
        place.kill()
    place.start()
    finish(load)
    check_heard(load, kills)


MODULES = {"decode": "decode", "recognize": "engines.vosk"}


def family(place: Town, kind: str) -> list[int]:
    """The service's children of one kind: ``decode`` (the nursery and whom it forked) or ``recognize``."""
    assert place.process is not None
    members = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            group = int((folder / "stat").read_text().rpartition(")")[2].split()[2])
        except (OSError, IndexError, ValueError):
            continue
        if group == place.process.pid and f"bot.hearing.{MODULES[kind]}".encode() in words:
            members.append(int(folder.name))
    return members


def until(place: Town, found: Callable[[], list[int]]) -> list[int]:
    """Wait for processes."""
    return place.server.wait_for(found, 60)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up as Linux shows them")
def test_both_children_killed_in_the_middle(place: Town) -> None:
    """Halted before the notes come and killed once the notes wait in them: the bot goes on and answers every note."""
    place.start()
    first = place.server.person("先来的")
    talked(place, first, "谢谢")
    people = [place.server.person(f"居民{n}") for n in range(4)]
    for kind in ("decode", "recognize"):
        [victim, *_] = until(place, lambda kind=kind: family(place, kind))  # type: ignore[misc]
        os.kill(victim, signal.SIGSTOP)
        before = {person: len(place.server.said(person)) for person in people}
        for person in people:
            person.sends_voice(spoken("谢谢", VOICE))
        place.server.wait_for(lambda: place.health().get("lanes") == len(people), 60)
        for child in family(place, kind):
            os.kill(child, signal.SIGKILL)
        place.settle()
        assert all(len(place.server.said(person)) > before[person] for person in people)
        assert family(place, kind) and victim not in family(place, kind), "another has taken its place"
    assert place.health()["ok"]
    left = recordings(place)
    assert all("kept" in file.parts for file in left), "a note that ran out of time is kept for the desk, no other"
    assert place.end() == 0
    assert family(place, "decode") + family(place, "recognize") == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up as Linux shows them")
def test_children_end_with_a_killed_service(place: Town) -> None:
    place.start()
    talked(place, place.server.person("谁"), "谢谢")
    assert family(place, "decode") and family(place, "recognize")
    place.kill()
    place.server.wait_for(lambda: not family(place, "decode") + family(place, "recognize"), 60)


def talked(place: Town, person: Person, words: str) -> None:
    """Somebody says something and is answered."""
    person.sends_voice(spoken(words, VOICE))
    place.settle()
    assert place.server.said(person)
