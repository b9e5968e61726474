"""What a watch does, as lines: for a person on standard error, or JSON Lines for a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click
import msgspec

from menurut.desk import ledger_words as words
from menurut.desk.disarm import disarm
from menurut.desk.phrases import label
from menurut.interface import gettext as _
from menurut.watching.watch import News

Tell = Callable[[News], None]


def lines() -> Tell:
    """A teller in JSON Lines."""
    encoder = msgspec.json.Encoder()

    def tell(news: News) -> None:
        sys.stdout.buffer.write(encoder.encode(news._asdict()) + b"\n")
        sys.stdout.buffer.flush()

    return tell


def sentences() -> Tell:
    """A teller for a person."""

    def tell(news: News) -> None:
        what = ": ".join(filter(None, (news.feed, news.report)))
        click.echo(f"{disarm(what)}: {disarm(_what(news))}", err=True)

    return tell


def _what(news: News) -> str:
    if news.added is None:
        return _(news.trouble) if news.trouble else ""
    copy = news.added.copy_of
    change = label(words.CHANGES, news.added.change)
    copied = _("copy of {report}").format(report=copy)
    return f"{change}, {copied}" if copy else change
