"""What is still there of somebody, in any file below a folder."""

from __future__ import annotations

import json
from pathlib import Path


def found(folder: Path, needles: list[str]) -> list[str]:
    """Which of these stand in any file below a folder, in UTF-8, UTF-16 or as JSON escapes."""
    forms = [(n, form) for n in needles for form in (n.encode(), n.encode("utf-16-le"), json.dumps(n)[1:-1].encode())]
    hits = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes() + path.name.encode()
            hits += [f"{path.name}: {needle}" for needle, form in forms if form in content]
    return hits
