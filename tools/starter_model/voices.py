"""Which voices train the starter model, and which are kept for measuring it and for the tests."""

from __future__ import annotations

LEFT_OUT = (
    "f3",
    "m4",
    "m7",
    "klatt3",
    "Annie",
    "grandpa",
    "steph2",
    "Michael",
    "antonio",
    "belinda",
    "rob",
    "iven2",
)
"""Voices that training never hears."""
