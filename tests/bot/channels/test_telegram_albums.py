"""Words under pictures, films and documents, and albums, through the real client; killed between the parts of one too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.telegram_app import Town, town
from tests.support.telegram_standin import Person


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as it:
        yield it


def heard(place: Town, who: str) -> list[str]:
    person = place.people[who]
    return [str(call.params.get("text", "")) for call in place.server.calls("sendMessage") if call.chat == person.id]


def shown(place: Town) -> list[list[str]]:
    return [json.loads(row["pictures"]) for row in place.rows("SELECT pictures FROM ticket ORDER BY id")]


def test_words_under_a_film_or_a_document_are_a_report_and_danger_alarms(place: Town) -> None:
    place.start()
    wang, chen = place.people["王奶奶"], place.people["陈阿婆"]
    chen.sends_file("document", "三号楼电梯坏了", name="IMG_1.HEIC", mime="image/heic")
    place.settle()
    assert any("3号楼，电梯故障" in line for line in heard(place, "陈阿婆"))
    for kind, words in (("video", "着火了快来人"), ("animation", "救命")):
        wang.sends_file(kind, words)
        place.settle()
    assert any(line.startswith("急 第1次") for line in heard(place, "刘姐"))
    assert place.rows("SELECT count(*) AS n FROM incident")[0]["n"] == 1


def test_an_album_is_one_event_with_one_answer(place: Town) -> None:
    place.start()
    chen = place.people["陈阿婆"]
    chen.sends_album(4, "5号楼门口垃圾没人收")
    place.settle()
    assert len(heard(place, "陈阿婆")) == 1
    chen.says("对")
    place.settle()
    assert [len(files) for files in shown(place)] == [4]


@pytest.mark.parametrize("words", ["5号楼门口垃圾没人收", ""])
def test_an_album_is_whole_when_the_process_is_killed_between_its_parts(place: Town, words: str) -> None:
    place.start("stored:1:KILL")
    chen = place.people["陈阿婆"]
    _part(chen, words, "77", 0)
    assert place.process is not None
    place.process.wait()
    _part(chen, "", "77", 1)
    place.start()
    place.settle()
    _part(chen, "", "77", 2)  # late: it goes where the album went, and nobody is told again
    place.settle()
    assert len(heard(place, "陈阿婆")) == 1
    if not words:
        chen.says("5号楼门口垃圾没人收")
        place.settle()
    chen.says("对")
    place.settle()
    assert [len(files) for files in shown(place)] == [3]


def _part(person: Person, words: str, album: str, number: int) -> None:
    person.sends_photo(b"jpeg%d" % number, words, album=album)
