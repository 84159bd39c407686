"""Files that are no voice notes, pretend to be, lie, break off, never end, or name other files and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from random import Random
from struct import pack

from tests.support.sounds import KINDS_OF_FILE, voice_note

NOT_SOUND = {
    "empty": b"",
    "one-byte": b"O",
    "text": "厨房水管漏水了".encode() * 50,
    "json": b'{"a": 1}',
    "zip": b"PK\x03\x04" + bytes(200),
    "gzip": b"\x1f\x8b\x08" + bytes(200),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "html": b"<html><audio src=x></html>",
    "zeros": bytes(5000),
    "ones": b"\xff" * 5000,
    "webp": b"RIFF\x24\0\0\0WEBPVP8 " + bytes(200),
}
HEADS = {
    "ogg": b"OggS",
    "webm": b"\x1aE\xdf\xa3",
    "mp4": b"\0\0\0\x18ftypisom",
    "amr": b"#!AMR\n",
    "wav": b"RIFF\xff\xff\xff\xffWAVE",
    "mp3": b"ID3\x04\0\0\x7f\x7f\x7f\x7f",
}


def naming(path: Path, port: int) -> dict[str, bytes]:
    """Files that ask to read another file or to call an address on this machine."""
    address = f"http://127.0.0.1:{port}/canary.ogg"
    lists = {
        "sdp": f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {port} RTP/AVP 0\n",
        "sdp-http": f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\na=control:{address}\nm=audio {port} RTP/AVP/TCP 97\n",
        "m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}\n#EXTINF:10,\n{path}\n#EXT-X-ENDLIST\n",
        "concat": f"ffconcat version 1.0\nfile '{path}'\nfile '{address}'\n",
        "pls": f"[playlist]\nFile1={address}\nFile2=file://{path}\nNumberOfEntries=2\n",
        "asx": f'<asx version="3.0"><entry><ref href="{address}"/></entry></asx>',
        "dash": f'<?xml version="1.0"?><MPD><Period><BaseURL>{address}</BaseURL></Period></MPD>',
        "url": address,
        "file": f"file:{path}",
        "pipe": f"concat:{path}|{path}",
        "subfile": f"subfile,,start,0,end,0,,:{path}",
    }
    plain = {name: text.encode() for name, text in lists.items()}
    behind = {f"{name}-behind-{kind}": HEADS[kind] + data for name, data in plain.items() for kind in ("ogg", "wav")}
    return {**plain, **behind, "movie-of-other-files": _movie(str(path)), "movie-of-addresses": _movie(address)}


def _movie(target: str) -> bytes:
    """A film file whose sound track says that its data lie elsewhere."""
    good = voice_note("今天下雨", "mp4")
    place = good.find(b"url \0\0\0\x01")
    named = target.encode() + b"\0"
    moved = pack(">I", 12 + len(named)) + b"url \0\0\0\0" + named
    return good[: place - 4] + moved + good[place + 8 :]


def bombs() -> dict[str, bytes]:
    """Small files that unpack to hours."""
    tone = b"\x0c" + bytes(12)
    head = pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 0xFFFFFFFF, b"WAVE", b"fmt ", 16, 1, 1, 1, 2, 2, 16, b"data", 0xFFFFFFFF)
    return {
        "amr-of-hours": b"#!AMR\n" + b"\x7c" * 400_000,
        "amr-of-silence": b"#!AMR\n" + tone * 30_000,
        "wav-of-days": head + bytes(300_000),
    }


def lies() -> dict[str, bytes]:
    """Headers that promise what cannot be."""
    made = {}
    for number, (channels, rate, bits) in enumerate(
        [(0, 8000, 16), (65535, 8000, 16), (1, 0, 16), (1, 0xFFFFFFFF, 16), (1, 8000, 0), (9, 48000, 64)]
    ):
        fmt = pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, rate, 2, 2, bits)
        made[f"wav-lie-{number}"] = (
            b"RIFF" + pack("<I", 3000) + b"WAVE" + fmt + pack("<4sI", b"data", 2000) + bytes(2000)
        )
    for kind, head in HEADS.items():
        made[f"{kind}-head-only"] = head
        made[f"{kind}-head-and-noise"] = head + Random(kind).randbytes(4000)
    return made


def spoiled(random: Random) -> Iterator[tuple[str, bytes]]:
    """Good voice notes cut off, given another kind's head, or changed in places, without end."""
    for number, kind in enumerate(cycle(KINDS_OF_FILE)):
        data = bytearray(voice_note("今天下雨", kind))
        way = number // len(KINDS_OF_FILE) % 3
        if way == 0:
            data = data[: random.randrange(1, len(data))]
        elif way == 1:
            other = random.choice(sorted(HEADS))
            data[: len(HEADS[other])] = HEADS[other]
        else:
            for _ in range(random.choice([1, 10, 200])):
                data[random.randrange(len(data))] = random.randrange(256)
        yield f"spoiled-{number}-{('cut', 'head', 'changed')[way]}.{kind}", bytes(data)


def hostile(count: int, path: Path, port: int) -> dict[str, bytes]:
    """``count`` hostile files by name; those that name other files and the bombs are always among them."""
    fixed = {**naming(path, port), **bombs(), **NOT_SOUND, **lies()}
    kept = dict(islice(fixed.items(), count))
    return {**kept, **dict(islice(spoiled(Random(11)), max(0, count - len(kept))))}
