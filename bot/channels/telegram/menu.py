"""Keyboards: buttons under a message, and the menu that stays below the line where people type."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from models.outgoing import Rows

DATA_LIMIT = 64
"""Bytes, not characters."""


def keyboard(rows: Rows) -> InlineKeyboardMarkup:
    """Buttons under a message; raises ``ValueError`` when a button's data is longer than 64 bytes."""
    for button in (button for row in rows for button in row):
        if not 1 <= len(button.data.encode()) <= DATA_LIMIT:
            raise ValueError("callback data must have 1 to 64 bytes")
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in rows if row]
    )


def menu(labels: tuple[str, ...], wide: int = 2) -> ReplyKeyboardMarkup:
    """The doors, two to a line so that the letters stay large; a press types the label."""
    rows = [labels[start : start + wide] for start in range(0, len(labels), wide)]
    return ReplyKeyboardMarkup(rows, is_persistent=True, resize_keyboard=True)
