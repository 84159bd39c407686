"""Telephone, identity and card numbers in a text, also said digit by digit, and how to hide them."""

from __future__ import annotations

import re

from nlu.grammar import table

_NUMBERS = table("numbers")
_RULES: dict[str, str] = _NUMBERS["sensitive"]
_KINDS = ("identity", "identity_old", "card", "mobile", "hotline", "landline", "local")
_SHOWN = {"identity_old": "identity", "hotline": "landline", "local": "landline"}
_HEAD = {"identity": 3, "card": 4, "mobile": 3, "landline": 3}
_TAIL = 4
_SINGLE = {**_NUMBERS["digit"], **_NUMBERS["called"]}
_TO_DIGIT = str.maketrans({**{c: str(n) for c, n in _SINGLE.items()}, **{chr(0xFF10 + n): str(n) for n in range(10)}})
_RUN = re.compile(rf"\d(?:{_RULES['pause']}\d){{6}}")


def _compiled(kind: str) -> re.Pattern[str]:
    rule = _RULES[kind].replace("_", _RULES["pause"])
    return re.compile(rule + r"(?!\d)" if kind == "local" else rf"(?<!\d){rule}(?!\d)")


_PATTERNS = {kind: _compiled(kind) for kind in _KINDS}


def sensitive(text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Kind and span of every number that names a person: ``mobile``, ``landline``, ``identity`` or ``card``."""
    plain = text.translate(_TO_DIGIT)
    if not _RUN.search(plain):
        return ()
    found: list[tuple[str, tuple[int, int]]] = []
    for kind in _KINDS:
        for match in _PATTERNS[kind].finditer(plain):
            span = match.span("number") if kind == "local" else match.span()
            if all(span[1] <= start or end <= span[0] for _, (start, end) in found):
                found.append((_SHOWN.get(kind, kind), span))
    return tuple(sorted(found, key=lambda item: item[1]))


def mask(text: str) -> str:
    """The text with every such number hidden but for its ends: 138****1234."""
    plain = text.translate(_TO_DIGIT)
    for kind, (start, end) in reversed(sensitive(text)):
        number = re.sub(r"[^\dXx叉]", "", plain[start:end])[-11 if kind == "mobile" else 0 :]
        head = _HEAD[kind] if len(number) > 8 else 0
        hidden = "*" * (len(number) - head - _TAIL)
        text = text[:start] + number[:head] + hidden + number[-_TAIL:] + text[end:]
    return text
