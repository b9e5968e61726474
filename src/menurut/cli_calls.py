"""What several commands do alike: open a ledger, complain plainly, write lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from menurut.interface import gettext as _

if TYPE_CHECKING:
    from menurut.desk.ledger_pages import Page
    from menurut.ledger.store import Ledger, Snapshot

Command = Callable[..., Any]


def plainly(command: Command) -> Command:
    """Turns what the ledger complains of into a message."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        from menurut.ledger.errors import LedgerError

        try:
            return command(*arguments, **options)
        except LedgerError as error:
            raise complaint(error) from None

    return run


def complaint(error: Exception) -> click.ClickException:
    """What is wrong, in the reader's language, with nothing in it that a terminal obeys."""
    from menurut.desk.disarm import disarm
    from menurut.desk.ledger_words import error_words
    from menurut.ledger.errors import LedgerError

    words = error_words(error) if isinstance(error, LedgerError) else _(str(error))
    return click.ClickException(disarm(words))


@contextmanager
def snapshot_of(where: str, as_of: str | None) -> Iterator[Snapshot]:
    from menurut.ledger.store import Ledger

    with Ledger(where, create=False) as ledger, ledger.read(as_of) as snapshot:
        yield snapshot


@contextmanager
def opened(where: str) -> Iterator[Ledger]:
    from menurut.ledger.store import Ledger

    with Ledger(where, create=False) as ledger:
        yield ledger


def print_lines(found: Iterable[object]) -> None:
    import msgspec

    encoder = msgspec.json.Encoder()
    for item in found:
        sys.stdout.buffer.write(encoder.encode(item) + b"\n")


def terminal_page() -> Page:
    from menurut.desk.ledger_pages import Page

    return Page()
