"""The running service on Telegram: its menu, groups in privacy mode, its log, its figures, and ``linsheng check``."""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.telegram_app import Town, town
from tests.support.telegram_standin import Person

CANARIES = {"name": "金丝雀奶奶", "phone": "13912345678", "room": "6099", "text": "绿毛鹦鹉", "code": "QXQX-7777"}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as found:
        yield found


def talk(place: Town, person: Person, *lines: str) -> list[str]:
    """What somebody says, one line after another; the bot's answers to the last."""
    for line in lines:
        before = len(place.server.said(person))
        person.says(line)
        place.settle()
    return place.server.said(person)[before:]


def test_a_resident_gets_the_menu_and_its_doors_open(place: Town) -> None:
    place.start()
    stranger = place.server.person("新来的")
    talk(place, stranger, "/start")
    menus = [post.menu for post in place.server.messages(stranger) if post.menu]
    labels = [label for row in menus[-1] for label in row]
    assert labels[0] == "报修" and labels[-2:] == ["找人", "急"]
    for door in labels[:-2]:
        assert talk(place, stranger, door, "算了"), door
    before = len(place.server.said(place.groups["服务台群"]))
    talk(place, stranger, "找人")
    assert len(place.server.said(place.groups["服务台群"])) > before
    assert talk(place, stranger, "急")
    helper = place.people["小李"]
    talk(place, helper, "/start")
    assert not any(post.menu for post in place.server.messages(helper)), "who works here has no use for it"


def report(place: Town, who: str, where: str) -> None:
    talk(place, place.people[who], "垃圾桶满了", where, "对")


def owners(place: Town) -> list[str]:
    rows = place.rows(
        "SELECT p.name FROM ticket t LEFT JOIN person p ON p.id = t.owner WHERE t.flow = 'issue' ORDER BY t.id"
    )
    return [row["name"] for row in rows]


def test_with_privacy_mode_on_a_task_can_still_be_claimed(place: Town) -> None:
    place.start()
    group, li, zhang = place.groups["志愿者群"], place.people["小李"], place.people["小张"]
    talk(place, li, "你好")
    talk(place, zhang, "你好")
    for number in range(1, 6):
        report(place, "王奶奶", f"{number}号楼")
    cards = [post for post in place.server.messages(group) if "我去" in post.labels]
    assert len(cards) == 5 and "回复这条" in cards[0].text
    assert li.says("接 1", group).update_id is None, "a bare line never arrives"
    li.replies(cards[0], "接")
    li.says("/claim 2", group)
    zhang.says("/接 3", group)
    zhang.says("@linsheng_bot 接 4", group)
    zhang.presses("我去", group, cards[4])
    place.settle()
    assert owners(place) == ["小李", "小李", "小张", "小张", "小张"]


def test_a_log_of_everything_tells_nothing_about_anyone(tmp_path: Path) -> None:
    with town(tmp_path, token="7000000001:canary-TOKEN_do-not-log") as place:
        place.start("", "--debug")
        someone = place.server.person(CANARIES["name"])
        said = f"{CANARIES['text']}飞了,厨房水管漏水了,电话{CANARIES['phone']}"
        talk(place, someone, "/start", said, f"3号楼2单元{CANARIES['room']}", "没有", "对", CANARIES["code"])
        someone.sends_voice(b"OggS" + CANARIES["text"].encode())
        someone.sends_photo(CANARIES["text"].encode(), caption=CANARIES["text"])
        someone.sends_sticker()
        someone.sends_location(31.2, 121.4)
        place.server.strange(message={"chat": {"id": someone.id}, "from": {"id": someone.id}, "text": said})
        place.settle()
        faults = [
            place.server.inject(kind, method)
            for kind in ("status", "cut_after", "garbage", "shapeless", "retry_after")
            for method in ("sendMessage", "getUpdates")
        ]
        someone.says(f"救命,{CANARIES['text']}")
        place.server.wait_for(lambda: place.clock.go(0.5) or sum(fault.hits for fault in faults) >= 7, 60)
        place.server.faults.clear()
        place.server.wait_for(lambda: place.clock.go(0.5) or not place.server.unconfirmed(), 60)
        place.settle()
        talk(place, place.people["刘姐"], f"你好,{CANARIES['text']}")
        someone.blocks()
        place.settle()
        assert place.end() == 0
        log = place.log()
        assert " DEBUG bot.app event " in log and "telegram: " in log, "there is something in the log"
        canaries = {**CANARIES, "token": "canary-TOKEN", "account": str(someone.id), "folder": "voice/file_"}
        assert [name for name, canary in canaries.items() if canary in log] == []


def get(place: Town, path: str) -> tuple[int, str]:
    """What the local port answers."""
    connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode()
    connection.close()
    return found


def test_health_and_metrics(place: Town) -> None:
    place.start()
    talk(place, place.people["王奶奶"], "垃圾桶满了", "3号楼", "对")
    status, told = get(place, "/health")
    assert status == 200 and '"ok": true' in told
    status, figures = get(place, "/metrics")
    found = dict(line.rsplit(" ", 1) for line in figures.splitlines() if not line.startswith("#"))
    assert status == 200 and found["linsheng_events_total"] == "3.0" and found["linsheng_healthy"] == "1.0"
    sent = sum(float(number) for name, number in found.items() if name.startswith("linsheng_sent_total"))
    assert sent == len(place.server.state.sent) >= 3
    for name in ("inbox", "outbox", "due", "late", "retries_total", "refusals_total"):
        assert found[f"linsheng_{name}"] == "0.0", name
    ids = [str(person.id) for person in place.people.values()] + [str(group.id) for group in place.groups.values()]
    assert not [number for number in ids if number in figures or number in told]
    assert get(place, "/")[0] == 404


def checked(place: Town, **environment: str) -> tuple[int, list[str]]:
    """Exit code and lines of ``linsheng check``."""
    ran = subprocess.run(
        [sys.executable, "-m", "bot.cli", "check", "--config", str(place.config)],
        capture_output=True,
        text=True,
        env=place.environment(**environment),
        check=False,
    )
    assert place.server.token not in ran.stdout + ran.stderr and "Traceback" not in ran.stderr
    return ran.returncode, ran.stdout.splitlines()


def test_check_says_what_works_and_what_is_missing(place: Town) -> None:
    code, lines = checked(place)
    assert code == 0, lines
    for line in (
        "channels: telegram",
        "telegram connection: 127.0.0.1 answers",
        "telegram token: belongs to @linsheng_bot",
        "telegram updates: by polling",
        "telegram privacy mode: on",
        "telegram clock: ",
    ):
        assert [found for found in lines if found.startswith(f"ok    {line}")], line
    assert sum(found.startswith("ok    telegram group ") for found in lines) == 3
    place.groups["志愿者群"].bot_becomes("left", place.people["小李"])
    code, lines = checked(place)
    assert code == 1 and [found for found in lines if found.startswith("FAIL") and "not a member" in found]
    place.server.token = "7000000001:another"
    code, lines = checked(place, LINSHENG_TELEGRAM__TOKEN="7000000001:wrong")
    assert code == 1 and [found for found in lines if found.startswith("FAIL  telegram token: refused")]
