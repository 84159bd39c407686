"""What a slot holds, in words: for read-backs, titles and those who get the ticket."""

from __future__ import annotations

from collections.abc import Mapping

from models.dialogues import Flow, Slot
from models.places import decode_place
from nlu.places import reading

COUNTED = ("choice", "number", "person")
"""Kinds whose words may have been a button or a bare number: whoever gets the ticket is told them."""


def said(slot: Slot, value: str) -> str:
    """A value as it is read back; empty where the flow's data say that it is not."""
    if value in slot.named:
        return slot.named[value]
    return slot.said.format(value=_words(slot, value)) if value else ""


def _words(slot: Slot, value: str) -> str:
    if slot.kind == "place":
        place = decode_place(value)
        return reading.spell(place) or place.text
    return slot.answers[value][0] if value in slot.answers else value


def named(flow: Flow, known: Mapping[str, str]) -> dict[str, str]:
    """Every slot of a flow in words, empty where nothing is known: what a title is made of."""
    return {slot.name: _words(slot, known[slot.name]) if slot.name in known else "" for slot in flow.slots}


def counted(flow: Flow, known: Mapping[str, str]) -> str:
    """What was chosen or counted and is kept, in one line."""
    slots = (slot for slot in flow.slots if slot.kind in COUNTED and slot.name in flow.kept and slot.name in known)
    return "，".join(filter(None, (said(slot, known[slot.name]) for slot in slots)))
