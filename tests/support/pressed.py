"""What must not change when somebody presses what is not theirs, and what they must not read."""

from __future__ import annotations

TABLES = (
    "ticket",
    "claim",
    "question",
    "dialogue",
    "relay",
    "incident",
    "case_file",
    "case_side",
    "role",
    "person",
    "money",
)


SECRETS = ("5550 0101", "501", "暗号「")
