"""Offline hearing: any voice note to words, on this machine alone."""

from bot.hearing.service import Hearing
from bot.hearing.settings import HearingSettings

__all__ = ["Hearing", "HearingSettings"]
