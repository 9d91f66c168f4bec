"""How a command ends: well, or with one sentence on standard error and a code that is not 0."""

import errno
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from sqlalchemy.exc import SQLAlchemyError

from app.backup_files import Trouble, reason
from app.settings import WrongSetting

STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
GRACE = 10  # seconds that one step of taking back what was begun may take
STAYING = ("run", "worker")  # they have ways of their own to stop


class Told(KeyboardInterrupt):
    """A signal said to stop. Everybody on the way out takes back what they began."""


class Command(click.Command):
    """One that ends so."""

    def invoke(self, ctx: click.Context) -> Any:
        """What it returns, which is nothing."""
        stops = () if self.name in STAYING else STOPS
        with _told_once(stops) as told, _in_a_sentence(told):
            return super().invoke(ctx)


class Commands(click.Group):
    """All of them."""

    command_class = Command


@contextmanager
def _told_once(stops: tuple[signal.Signals, ...]) -> Iterator[list[str]]:
    """The names of the signals that came: the first ends the command, and no other hurries it."""
    told: list[str] = []

    def stop(number: int, _: Any) -> NoReturn:
        for each in before:
            signal.signal(each, signal.SIG_IGN)
        told.append(signal.Signals(number).name)
        # A server that does not answer is not waited for; the next step is taken all the same.
        signal.signal(signal.SIGALRM, stop)
        signal.alarm(GRACE)
        raise Told

    # Whoever started it with nohup or in the background wants it to go on.
    before = {
        number: was for number in stops if (was := signal.getsignal(number)) is not signal.SIG_IGN
    }
    try:
        for number in before:
            signal.signal(number, stop)
        yield told
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        for number, was in before.items():
            signal.signal(number, was)


@contextmanager
def _in_a_sentence(told: list[str]) -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, Exception) as error:
        if told or isinstance(error, KeyboardInterrupt):
            number = signal.Signals[told[0]] if told else signal.SIGINT
            _end(128 + number, f"Stopped by {number.name}; what was not finished was taken back.")
        if isinstance(error, WrongSetting):
            _end(2, str(error))
        if isinstance(error, MemoryError):
            raise click.ClickException("There is not enough memory.") from error
        if isinstance(error, Trouble):
            raise click.ClickException(str(error)) from error
        if isinstance(error, OSError) and error.errno not in (None, errno.EPIPE):
            raise click.ClickException(f"{_where(error)}{error.strerror}.") from error
        raise


def _where(error: OSError) -> str:
    return f"{error.filename}: " if error.filename else ""


@contextmanager
def answering() -> Iterator[None]:
    """What goes wrong within is the database's fault, and is said so."""
    try:
        yield
    except (SQLAlchemyError, OSError, RuntimeError) as error:
        _end(1, f"DATABASE_URL: the database cannot be used: {reason(error)}")


def _end(code: int, sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(code)
