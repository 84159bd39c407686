"""What is measured: the library's echo example, our channel with an inbox in memory, and the whole service."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.channels import Message
from bot.channels.telegram import TelegramSettings, open_channel
from bot.flow.clock import RealClock
from models.events import Received, Utterance


def example(api_url: str, token: str) -> None:
    """Application, Updater and one handler."""
    from telegram import Update
    from telegram.ext import Application, ContextTypes, MessageHandler, filters

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None and update.message.text:
            await update.message.reply_text(update.message.text)

    application = Application.builder().token(token).base_url(api_url).build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


async def channel(api_url: str, token: str, folder: Path) -> None:
    """Every text comes back, one after another, as the sender does it."""
    ours = open_channel(TelegramSettings(token, api_url), RealClock(), folder / "spool", folder / "pictures")
    waiting: asyncio.Queue[Utterance] = asyncio.Queue()

    async def accept(events: Sequence[Received]) -> None:
        for event in events:
            if isinstance(event, Utterance):
                waiting.put_nowait(event)

    async def answer() -> None:
        while True:
            event = await waiting.get()
            await ours.send(event.origin.chat, Message(event.text))

    tasks = [asyncio.create_task(ours.receive(accept)), asyncio.create_task(answer())]
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, tasks[0].cancel)
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    tasks[1].cancel()
    await ours.close()


def whole(config: Path, token: str) -> None:
    """``linsheng run`` without the limits that Telegram sets, which would be measured otherwise."""
    os.environ["LINSHENG_TELEGRAM__TOKEN"] = token
    from bot import config as configuration
    from bot import listening, service
    from bot.channels.telegram.channel import TelegramChannel
    from bot.flow.pace import Limits

    TelegramChannel.limits = Limits()
    settings = configuration.load(config)
    asyncio.run(service.serve(settings, listening.configured(settings)))


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    which, url, secret, where = sys.argv[1:5]
    if which == "example":
        example(url, secret)
    elif which == "linsheng":
        whole(Path(url), secret)
    else:
        asyncio.run(channel(url, secret, Path(where)))
