"""Whether the texts fit the code that says them: every key it names is there, and holds no value it does not hand over.

The code itself is read, so nothing is listed anywhere; ``linsheng check`` and a test look.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter

SAYING = {"text": 0, "answer": 0, "lead": 0, "say": 1}
"""Method of a turn → which argument is the key of a text."""
NAMED = frozenset({"value", "thing", "what", "place"})
"""What titles and read-backs fill in."""


def faults(texts: Mapping[str, str], slots: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Key and expectation of every text that does not fit; ``slots`` are those of the flows."""
    said, given = _said()
    known = given | slots | NAMED
    for key, values in said.items():
        if key not in texts:
            yield key, "missing: the code says it"
        elif values is not None:
            yield from ((key, f"{{{one}}} is none of {_list(values)}") for one in _fields(texts[key]) - values)
    for key, text in texts.items():
        yield from ((key, f"{{{one}}} is handed over nowhere") for one in _fields(text) - known)


def _list(values: frozenset[str]) -> str:
    return ", ".join(f"{{{one}}}" for one in sorted(values)) or "nothing: it takes no value"


def _fields(text: str) -> frozenset[str]:
    return frozenset(name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(text) if name)


def _said() -> tuple[dict[str, frozenset[str] | None], frozenset[str]]:
    """Key of a text → the values it gets wherever it is said (None: not to be told), and all names of values."""
    said: dict[str, frozenset[str] | None] = {}
    given: set[str] = set()
    for node in _nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            given.add(node.value)  # a value may be handed over by its name
        if not isinstance(node, ast.Call):
            continue
        names = [one.arg for one in node.keywords]
        given |= {name for name in names if name}
        place = SAYING.get(node.func.attr) if isinstance(node.func, ast.Attribute) else None
        key = node.args[place] if place is not None and len(node.args) > place else None
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and "." in key.value:
            values = None if None in names else frozenset(name for name in names if name)
            before = said.get(key.value, values)
            said[key.value] = None if before is None or values is None else before & values
    return said, frozenset(given)


def _nodes() -> Iterator[ast.AST]:
    for room in ("handlers", "storage", "bot.make"):
        for source in _modules(files(room)):
            yield from ast.walk(ast.parse(source.read_bytes()))


def _modules(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _modules(entry)
        elif entry.name.endswith(".py"):
            yield entry
