"""The command line: a contract that scripts rely on. Exit codes: 0 fine, 1 not as it should be, 2 wrong usage."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from models.faults import Fault

try:
    from bot import config, model_commands, people_commands
    from bot.config import WRONG, ConfigError, Settings
    from bot.options import ConfigFile, required
except Fault as fault:  # a table is broken that is read with its module
    print(f"linsheng: {fault}", file=sys.stderr)
    sys.exit(2)

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="邻声: a community helper."
)
app.add_typer(model_commands.app, name="model")
app.add_typer(people_commands.app, name="people")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def main() -> None:
    """Run the command line; whatever is wrong is said in one line."""
    try:
        app()
    except WRONG as error:
        _end(str(error), 2)
    except KeyboardInterrupt:
        _end("interrupted", 1)


def _end(line: str, code: int) -> None:
    print(f"linsheng: {' '.join(line.split())}", file=sys.stderr)
    sys.exit(code)


@app.command("try")
def try_(
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes any.")] = 8760,
    data: Annotated[Path | None, typer.Option(help="Keep everything in this folder.")] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page.")] = True,
) -> None:
    """Everything on this machine, no token, no account."""
    from bot import tryout

    logging.basicConfig(level=logging.WARNING)
    try:
        asyncio.run(tryout.run(port, data, lambda url: _welcome(url, browser)))
    except OSError as error:
        _end(str(error), 1)


def _welcome(url: str, browser: bool) -> None:
    """One screen that says what to do next."""
    import webbrowser

    print(
        f"\n  邻声 is running:  {url}\n\n"
        "  1. On the left phone 王奶奶 says: 厨房水管漏水了   (then 对, when it is read back)\n"
        "  2. On the middle phone press 我去 under the card in 志愿者群, then 出发了 and 弄完了 in 小李's own chat.\n"
        "  3. Put the clock on by an hour: 王奶奶 is asked whether it is really fixed, and how satisfied she is.\n"
        "  4. On the right phone 张主任 asks: 今天的情况\n\n"
        "  Ctrl-C ends it. With --data DIR everything is kept.\n",
        flush=True,
    )
    if browser:
        webbrowser.open(url)


@app.command()
def run(
    config_file: ConfigFile = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Log every event's number; still no names and no words.")
    ] = False,
) -> None:
    """The service, with the channels its configuration names."""
    gc.disable()  # nothing is garbage before the words are read: ``warm`` enables it again
    from bot import listening, service
    from bot.flow.faults import where

    settings = required(config_file)
    service.quiet_logs(logging.DEBUG if debug else logging.INFO)
    ears = listening.configured(settings)
    try:
        asyncio.run(service.serve(settings, ears, lambda: print("linsheng: ready", flush=True)))
    except ConfigError as error:
        _end_now(str(error), 2)
    except Exception as fault:
        _end_now(f"ended by {type(fault).__name__} at {where(fault)}", 2)


def _end_now(line: str, code: int) -> None:
    """End whatever still runs: a process that failed must not stay, or nothing starts it again."""
    print(f"linsheng: {' '.join(line.split())}", file=sys.stderr, flush=True)
    logging.shutdown()
    os._exit(code)


@app.command()
def check(config_file: ConfigFile = None) -> None:
    """What is configured, what works, what is missing; exit 1 if not ready."""
    from bot import checks

    findings = asyncio.run(checks.all_of(config.load(config_file)))
    for fine, line in findings:
        print(f"{'ok  ' if fine else 'FAIL'}  {line}")
    raise typer.Exit(0 if all(fine for fine, _ in findings) else 1)


@app.command()
def invite(role: str, config_file: ConfigFile = None) -> None:
    """A one-time code that gives a role to whoever sends it to the bot."""
    from models.people import ROLES

    if role not in ROLES:
        raise ConfigError(f"role: {role} is not one of {', '.join(ROLES)}")
    code = "".join(secrets.choice(LETTERS) for _ in range(4)) + "-" + "".join(secrets.choice(LETTERS) for _ in range(4))
    asyncio.run(_invite(required(config_file), role, code))
    print(code)


async def _invite(settings: Settings, role: str, code: str) -> None:
    from bot import service
    from bot.app import Folders
    from bot.flow.clock import RealClock
    from storage import invitations

    database = await service.open_folder(Folders(settings.data.folder))
    try:
        await database.transaction(lambda tx: invitations.invite(tx, code, role, RealClock().now()))
    finally:
        await database.close()


@app.command()
def backup(file: Path, config_file: ConfigFile = None) -> None:
    """Database and pictures in one file; the service may run meanwhile."""
    from bot.keeping import upkeep

    print(upkeep.backup(required(config_file), file))


@app.command()
def restore(file: Path, config_file: ConfigFile = None) -> None:
    """Put a backup back; nothing old is sent, and who was erased since is erased again."""
    from bot.keeping import upkeep

    print(asyncio.run(upkeep.restore(required(config_file), file)))


@app.command()
def erase(person: str, config_file: ConfigFile = None) -> None:
    """Erase a person, by number or by name; cannot be undone."""
    from bot.keeping import upkeep

    print(asyncio.run(upkeep.erase(required(config_file), person)))


@app.command()
def dismiss(person: str, role: str, config_file: ConfigFile = None) -> None:
    """Take a role back from a person, by number or by name; at once, also while the service runs."""
    from bot.keeping import upkeep
    from models.people import ROLES

    if role not in ROLES:
        raise ConfigError(f"role: {role} is not one of {', '.join(ROLES)}")
    print(asyncio.run(upkeep.dismiss(required(config_file), person, role)))


@app.command()
def hear(
    audio: Annotated[list[Path], typer.Argument(help="Recordings.")],
    as_json: Annotated[bool, typer.Option("--json", help="One object per file.")] = False,
    model: Annotated[str, typer.Option(help="A model's name or folder.")] = "starter",
    config_file: ConfigFile = None,
) -> None:
    """What the recognizer heard in a file."""
    from bot import listening
    from bot.hearing import commands

    raise typer.Exit(commands.hear_files(audio, as_json, listening.with_model(config_file, model)))


@app.command()
def understand(
    text: Annotated[
        list[str] | None, typer.Argument(help="Sentences; - reads one per line from standard input.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One object per line.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Name the words that decided.")] = False,
    now: Annotated[str | None, typer.Option(help="Local time, e.g. 2026-03-02T09:00.")] = None,
    config_file: ConfigFile = None,
) -> None:
    """What a sentence means."""
    house = config.load(config_file).house()
    lines: Iterable[str] = text or ["-"]
    if list(lines) == ["-"]:
        lines = (line.decode("utf-8", "replace").rstrip("\r\n") for line in sys.stdin.buffer)
    from bot import understanding

    moment = understanding.moment(now, house.community.zone)
    for told in understanding.told(lines, moment, house.lexicon(), as_json, why):
        print(told, flush=True)


@app.command()
def talk(
    files: Annotated[list[Path], typer.Argument(help="Conversations as data.")],
    rewrite: Annotated[bool, typer.Option("--rewrite", help="Write the files anew from what happens.")] = False,
) -> None:
    """Replay conversations through the real core and compare."""
    from bot.replay import compare

    raise typer.Exit(compare.files(files, rewrite))


if __name__ == "__main__":
    main()
