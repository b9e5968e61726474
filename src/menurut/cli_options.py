"""Options that several commands have alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from menurut.interface import gettext as _
from menurut.tables import languages

C = TypeVar("C", bound=Callable[..., Any])


def _moment(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    try:
        if value is not None:
            datetime.fromisoformat(value)
    except ValueError:
        wanted = _("{value!r} is not an ISO 8601 date or time.")
        raise click.BadParameter(wanted.format(value=value)) from None
    return value


def of_reports(command: C) -> C:
    """``--language`` and ``--published``: what reports may not say themselves."""
    published = click.option(
        "--published",
        metavar="ISO",
        callback=_moment,
        help=_(
            "When the reports were published, where they do not say: "
            "2024-06-19 or 2024-06-19T01:01+07:00."
        ),
    )
    language = click.option(
        "--language",
        type=click.Choice(sorted(languages())),
        help=_(
            "Language of the reports, where they do not name their own; detected when left out."
        ),
    )
    return language(published(command))


def of_page(command: C) -> C:
    """``--color`` and ``--width``: how a page for a person looks."""
    width = click.option(
        "--width", type=click.IntRange(min=40), metavar="N", help=_("Columns of the page.")
    )
    color = click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help=_("Colour the page; auto: on a terminal."),
    )
    return color(width(command))
