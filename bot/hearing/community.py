"""Makes a community's own services, places and names audible: the starter model's word graph, built again with them."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

from bot.hearing.settings import STARTER, HearingSettings
from bot.hearing.words.build import Own, build_words
from models.meaning import Lexicon

_FOLDER = ".starter-words"


def own_words(lexicon: Lexicon) -> Own:
    """The spoken words of a community by class."""
    services = [word for words in lexicon.services.values() for word in words]
    spots = [word for name, words in lexicon.spots.items() for word in (name, *words)]
    learned = [word for pair in lexicon.learned.items() for word in pair]
    groups = {"service": services, "spot": [*spots, *learned], "person": list(lexicon.people)}
    return Own({name: tuple(dict.fromkeys(words)) for name, words in groups.items() if words})


async def own_model(settings: HearingSettings) -> Path:
    """The folder of the model to load; the bundled one where nothing is to be added or nothing can be written."""
    own = own_words(settings.words)
    if not settings.is_starter or not own.words:
        return settings.path
    wanted = json.dumps(asdict(own), ensure_ascii=False, sort_keys=True)
    folder = settings.spool / _FOLDER / _key(wanted)
    if not (folder / "graph" / "words.txt").is_file():
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.hearing.community",
            str(folder),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await process.communicate(wanted.encode())
    return folder if (folder / "graph" / "words.txt").is_file() else STARTER


def _key(wanted: str) -> str:
    """A name for the words and for the bundled data they are added to."""
    digest = hashlib.sha256(wanted.encode())
    for name in ("lexicon.tsv", "sentences.txt", "classes.toml", "am/final.mdl"):
        digest.update(str((STARTER / name).stat().st_size).encode())
    return digest.hexdigest()[:16]


def make(folder: Path, own: Own) -> None:
    """Write a model folder beside the older ones, which go."""
    draft = folder.with_suffix(".new")
    shutil.rmtree(folder.parent, ignore_errors=True)
    sentences = (STARTER / "sentences.txt").read_text("utf-8").splitlines()
    build_words(sentences, draft / "graph", own)
    for name in ("am", "conf"):
        (draft / name).symlink_to(STARTER / name)
    draft.rename(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]), Own({name: tuple(words) for name, words in json.load(sys.stdin)["words"].items()}))
