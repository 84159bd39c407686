"""Answers aloud: a text of ours becomes a voice note, on this machine alone."""

from bot.speaking.speaker import Manner, Mute, Speaker

__all__ = ["Manner", "Mute", "Speaker"]
