"""The starter model, packed as a publisher would."""

from __future__ import annotations

import io
import zipfile

from bot.hearing.settings import STARTER

NAME = "vosk-model-tiny-cn-0.1"


def archive(*extra: zipfile.ZipInfo | tuple[str, bytes]) -> bytes:
    """The starter model as a publisher would pack it, and what else the test wants in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(path for path in STARTER.rglob("*") if path.is_file()):
            packed.write(file, f"{NAME}/{file.relative_to(STARTER)}")
        for item in extra:
            if isinstance(item, zipfile.ZipInfo):
                packed.writestr(item, "/etc/passwd")
            else:
                packed.writestr(*item)
    return out.getvalue()
