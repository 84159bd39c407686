"""A stranger's flood: others are answered as before, the desk hears a resident at once, memory stays small."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from tests.attack.town import DESK, GROUP, RESIDENT, STRANGER, Town
from tests.conftest import count

LIMIT = 300


def answer_times(place: Town, first: int, number: int) -> list[float]:
    """How long people who write for the first time wait for their answer, in seconds."""
    waits = []
    for who in range(first, first + number):
        begun = time.monotonic()
        place.wire.say(who, "你是谁")
        place.wire.until(lambda w=who: place.wire.to(w))
        waits.append(time.monotonic() - begun)
    return waits


def test_a_stranger_who_writes_and_writes(place: Town) -> None:
    place.start()
    calm = answer_times(place, 10_000, count(5, 40))
    for number in range(count(60, 1000)):
        place.wire.say(STRANGER, f"呜哩哇啦{number}" * (1 if number % 10 else 400))
    flood = answer_times(place, 20_000, count(5, 40))
    place.wire.say(RESIDENT, "找人")
    begun = time.monotonic()
    place.wire.until(lambda: any("居民想跟人说话" in text for text in place.wire.to(DESK)), 60)
    assert time.monotonic() - begun < 20, "a resident reaches the desk through a flood"
    assert place.peak() < LIMIT
    assert statistics.median(flood) < max(20 * statistics.median(calm), 20)
    place.wire.until(lambda: not place.rows("SELECT 1 FROM inbox WHERE state IN ('new', 'heard')"), 120)
    desk = place.rows("SELECT count(*) AS n FROM ticket WHERE flow = 'desk' AND reporter NOT IN (1, 2, 3, 4)")[0]["n"]
    assert desk <= 3, "one conversation, not a ticket a line"


FORGED = (
    "cancel_yes:1:²",
    "fixed_yes:99999999999999999999:1",
    "rate_good:²:1",
    "doubt_yes:1:99999999999999",
    "erase_yes:0:²",
    "claim:1:0",
    "take:1:0",
    "hold:1:0",
    "x" * 300,
    "",
    ":::",
    "agree:\x00:1",
)


def test_forged_presses_and_odd_updates(place: Town) -> None:
    place.start()
    for data in FORGED * count(2, 20):
        place.wire.press(STRANGER, data)
        place.wire.press(STRANGER, data, message=None)
    for _ in range(count(20, 100)):
        place.wire.membership(STRANGER, STRANGER, "member", "kicked")
        place.wire.membership(STRANGER, STRANGER, "kicked", "member")
    for number in range(count(15, 100)):
        place.wire.membership(STRANGER, -5000 - number, "left", "member")
        place.wire.membership(STRANGER, -5000 - number, "member", "left")
    place.wire.say(STRANGER, "救\ud800命", at=time.time())
    place.wire.until(
        lambda: not place.wire.waiting() and not place.rows("SELECT 1 FROM inbox WHERE state IN ('new', 'heard')"), 120
    )
    assert place.rows("SELECT count(*) AS n FROM ticket WHERE flow = 'desk'")[0]["n"] <= 6
    assert not place.rows("SELECT 1 FROM inbox WHERE state = 'aside'")
    place.wire.say(RESIDENT, "你是谁")
    place.wire.until(lambda: place.wire.to(RESIDENT))
    assert place.health()[1]["aside"] == 0 and place.peak() < LIMIT


def test_kills_in_a_flood(place: Town) -> None:
    """Whatever was said is answered, nobody is put aside, and it is back within seconds."""
    people = range(30_000, 30_000 + count(6, 80))
    starts = []
    for kill in range(count(2, 30)):
        starts.append(place.start())
        for who in people:
            place.wire.say(who, f"你是谁{kill}" if kill else "你是谁")
        place.wire.until(lambda: place.rows("SELECT 1 FROM inbox"), 30)
        time.sleep(0.05 * (kill % 5))
        place.kill()
    place.start()
    place.wire.until(
        lambda: not place.wire.waiting() and not place.rows("SELECT 1 FROM inbox WHERE state IN ('new', 'heard')"), 120
    )
    assert not place.rows("SELECT 1 FROM inbox WHERE state = 'aside'")
    place.wire.until(lambda: all(place.wire.to(who) for who in people))
    print(f"starts after kills: median {statistics.median(starts):.1f} s")


def test_health_says_why(place: Town) -> None:
    place.start()
    assert place.health() == (200, {**place.health()[1], "ok": True, "reasons": []})
    place.wire.conflict = True
    place.wire.until(lambda: "conflict" in place.health()[1]["reasons"], 60)
    assert place.health()[0] == 503 and 'linsheng_trouble{kind="conflict"} 1.0' in place.metrics()
    place.wire.until(lambda: any("另有一个程序" in text for text in place.wire.to(DESK)), 60)
    assert place.tickets("conflict") == 1 and not place.rows("SELECT 1 FROM account WHERE account = ''")


def test_nothing_of_the_erased_is_left_in_folder_spool_or_backups(place: Town) -> None:
    canary, home = "紫色大象第七号", "13号楼4单元888"
    place.start()
    who = 40_000
    for line in ("您好", f"厨房水管漏水了，{home}，{canary}", "对", f"以后叫我{canary}", "对"):
        place.wire.say(who, line, name=canary)
        place.wire.until(
            lambda: not place.rows("SELECT 1 FROM inbox WHERE state IN ('new', 'heard')") and not place.wire.waiting()
        )
    place.wire.sound(who, 40_000, seconds=3)
    place.wire.until(lambda: list((place.data / "spool" / "kept").rglob("*.ogg")))
    before = place.folder / "before.zip"
    assert place.command("backup", str(before)).returncode == 0
    assert traces(place, canary), "the canary was never there: the test proves nothing"
    place.wire.say(who, "把我的都删了")
    place.wire.until(lambda: any("真" in text or "删" in text for text in place.wire.to(who)[-2:]))
    time.sleep(1)
    place.wire.say(who, "对")
    place.wire.until(lambda: not traces(place, canary), 60, "every file below the data folder")
    place.wire.until(lambda: not list((place.data / "spool" / "kept").rglob("*.ogg")))
    assert not traces(place, "888")
    after = place.folder / "after.zip"
    assert place.command("backup", str(after)).returncode == 0
    place.kill()
    for file in (before, after):
        assert place.command("restore", str(file)).returncode == 0
        assert not traces(place, canary) and not traces(place, str(who)), file.name
    assert GROUP < 0


def traces(place: Town, needle: str) -> list[str]:
    """Files below the data folder that hold this, in UTF-8 or as JSON escapes."""
    forms = (needle.encode(), needle.encode("utf-16-le"), needle.encode("unicode_escape"))
    files = (path for path in place.data.rglob("*") if path.is_file())
    return [path.name for path in files if any(form in _bytes(path) for form in forms)]


def _bytes(path: Path) -> bytes:
    """What a file holds; one that was removed while we looked holds nothing."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
