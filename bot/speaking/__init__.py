"""Answers aloud: a text of ours becomes a voice note, on this machine alone."""

from bot.speaking.speaker import Mute, Speaker

__all__ = ["Mute", "Speaker"]
