"""Answers aloud: a text of ours becomes a voice note, on this machine alone."""

from bot.speaking.manner import Manner
from bot.speaking.speaker import Mute, Speaker
from bot.speaking.voices import commands

__all__ = ["Manner", "Mute", "Speaker", "commands"]
