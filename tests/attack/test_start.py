"""A3, A13, A18, A20: a start that fails ends in one line; odd side files stop nothing; a lost database is no new town."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest

from tests.attack.town import RESIDENT, Town
from tests.conftest import count


def refused(place: Town) -> str:
    """The one line with which a start ends, by itself and within a minute."""
    ended = place.command("run")
    assert ended.returncode == 2, ended.stderr
    last = ended.stderr.strip().splitlines()[-1]
    assert last.startswith("linsheng: ") and "Traceback" not in ended.stderr
    return last


def test_a_port_that_is_taken(place: Town) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", place.port))
        taken.listen()
        assert "in use" in refused(place)


def test_the_webhooks_port_is_taken(place: Town) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        text = place.config.read_text().replace(
            "poll_timeout = 1",
            f'mode = "webhook"\nwebhook_url = "https://x.example/y"\nport = {taken.getsockname()[1]}',
        )
        place.config.write_text(text)
        place.environment = lambda known=place.environment: {**known(), "LINSHENG_TELEGRAM__WEBHOOK_SECRET": "abc"}  # type: ignore[method-assign]
        assert "in use" in refused(place)


def test_a_folder_where_the_socket_should_be(place: Town) -> None:
    place.configure("[local]\nenabled = true\n")
    (place.data / "socket").mkdir()
    assert "socket" in refused(place)


@pytest.mark.parametrize("folder", ["/proc/nothing", "/dev/null"])
def test_a_folder_that_cannot_be(place: Town, folder: str) -> None:
    place.config.write_text(place.config.read_text().replace(str(place.data), folder))
    assert folder in refused(place)


ODD = {
    "left.jsonl": ["5", "x" * 100_000, '[99999999999999999999, 1, "a"]', "[" * 100_000, "\x00\x01"],
    "alarms.jsonl": [
        '{"tried": [1, 2, "2026-03-02T09:00:00+00:00", []]}',
        '{"tried": ["1", 2, "2026-03-02T09:00:00", []]}',
        "[" * 100_000,
        "7",
        '{"alarm": {"mark": 5}}',
        '{"tried": ["1", 1, "2026-03-02T09:00:00+00:00", [[]]]}',
    ],
    "ladder.json": [
        "[" * 100_000,
        "5",
        '{"rungs": [[{"who": "desk"}, [{"person": "x", "channel": 1, "address": 2}]]], "staff": [[1]]}',
        "\x00",
    ],
}


def test_odd_side_files_stop_nothing_and_are_named(place: Town) -> None:
    for name, lines in ODD.items():
        (place.data / name).write_text("\n".join(lines) if name.endswith("l") else lines[0])
    place.start()
    place.wire.say(RESIDENT, "您好")
    place.wire.until(lambda: place.wire.to(RESIDENT))
    assert place.end() == 0
    for name in ODD:
        assert f"{name}: " in place.log() and list(place.data.glob(f"{name}.aside-*"))
    for content in ODD["ladder.json"][1 : count(2, 9)]:
        (place.data / "ladder.json").write_text(content)
        place.start()
        assert place.end() == 0


def test_folders_where_side_files_should_be(place: Town) -> None:
    for name in ODD:
        (place.data / name).unlink(missing_ok=True)
        (place.data / name).mkdir()
    place.start()
    place.wire.say(RESIDENT, "您好")
    place.wire.until(lambda: place.wire.to(RESIDENT))


def test_an_empty_or_damaged_database_is_no_new_town(place: Town) -> None:
    database = place.data / "linsheng.db"
    (place.data / "ladder.json").write_text("{}")
    whole = database.read_bytes()
    database.write_bytes(whole[:8192] + bytes(range(256)) * 64 + whole[8192 + 16384 :])
    assert "damaged" in refused(place)
    database.write_bytes(b"")
    assert "empty" in refused(place)
    database.unlink()
    assert "gone" in refused(place)
    database.write_bytes(whole)
    place.start()


def test_rights_are_its_owners_whoever_made_the_folder(place: Town) -> None:
    place.data.chmod(0o755)
    (place.data / "linsheng.db").chmod(0o644)
    (place.data / "linsheng.before-0002.db").touch(0o644)
    (place.data / "pictures").mkdir(0o755)
    (place.data / "pictures").chmod(0o755)
    place.start()
    place.wire.say(RESIDENT, "您好")
    place.wire.until(lambda: place.wire.to(RESIDENT))
    open_to_others = [path for path in place.data.rglob("*") if _mode(path) & 0o077]
    assert open_to_others == [] and _mode(place.data) == 0o700


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)
