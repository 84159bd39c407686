"""The try page: three phones in one browser window, joined to the core as a channel."""

from bot.page.cast import Actor, Group
from bot.page.channel import PageChannel
from bot.page.controls import Controls
from bot.page.kept import Kept

__all__ = ["Actor", "Controls", "Group", "Kept", "PageChannel"]
