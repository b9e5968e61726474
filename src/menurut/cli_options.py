"""Options that several commands have alike."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from menurut.interface import gettext as _
from menurut.tables import languages

C = TypeVar("C", bound=Callable[..., Any])
OPTIONS = _("[OPTIONS]")
LEDGER = "menurut.db"
_STATUSES = ("contested", "acknowledged", "corroborated", "single-source", "planned", "due")


def moment(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    try:
        if value is not None:
            datetime.fromisoformat(value)
    except ValueError:
        wanted = _("{value!r} is no date, as 2024-06-19, or time, as 2024-06-19T01:01+07:00.")
        raise click.BadParameter(wanted.format(value=value)) from None
    return value


def of_reports(command: C) -> C:
    """``--language`` and ``--published``: what reports may not say themselves."""
    published = click.option(
        "--published",
        metavar=_("DATE"),
        callback=moment,
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


def of_ledger(command: C) -> C:
    """Adds ``--ledger``."""
    return click.option(
        "--ledger",
        "where",
        default=LEDGER,
        show_default=True,
        envvar="MENURUT_LEDGER",
        metavar=_("FILE|URL"),
        help=_("The ledger: a file, or postgresql://... ($MENURUT_LEDGER)."),
    )(command)


def of_question(command: C) -> C:
    """Adds what every question has: ``--ledger``, ``--as-of``, ``--jsonl``."""
    lines = click.option("--jsonl", is_flag=True, help=_("JSON Lines, for a pipe."))
    return of_ledger(of_as_of(lines(command)))


def of_as_of(command: C) -> C:
    """``--as-of``: the ledger as it was known."""
    return click.option(
        "--as-of",
        metavar=_("DATE"),
        callback=moment,
        help=_("The ledger as it was known at this date or time, as 2024-06-19."),
    )(command)


def of_decision(command: C) -> C:
    """Adds what every decision has: ``--ledger``, ``--author``, ``--reason``."""
    for option in (
        click.option("--reason", metavar=_("TEXT"), help=_("Why.")),
        click.option(
            "--author",
            metavar=_("NAME"),
            default=user,
            help=_("Who decides; the name of the user when left out."),
        ),
    ):
        command = option(command)
    return of_ledger(command)


def of_filter(command: C) -> C:
    """Adds the filters of incidents."""
    for option in (
        click.option(
            "--acts",
            is_flag=True,
            help=_("Also accusations and denials that are about an incident in the ledger."),
        ),
        click.option("--publisher", metavar=_("NAME"), help=_("Told by this outlet.")),
        click.option(
            "--to",
            "last",
            metavar=_("DATE"),
            callback=_day,
            help=_("Begun by this day, as 2024-06-19."),
        ),
        click.option(
            "--from",
            "first",
            metavar=_("DATE"),
            callback=_day,
            help=_("Not over before this day, as 2024-06-19."),
        ),
        click.option("--place", metavar=_("NAME"), help=_("In this country or place.")),
        click.option("--status", type=click.Choice(_STATUSES), help=_("Standing so.")),
        click.option("--type", metavar=_("TYPE"), help=_("Of this PLOVER type.")),
        click.option("--actor", metavar=_("NAME"), help=_("With this party: a name or a code.")),
    ):
        command = option(command)
    return command


def of_limit(command: C) -> C:
    """``--limit``: how many of a list are shown."""
    return click.option(
        "--limit",
        type=click.IntRange(min=1),
        default=50,
        show_default=True,
        metavar="N",
        help=_("At most so many."),
    )(command)


def user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "user"


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    from menurut.ledger.intervals import day_of

    day = day_of(value)
    if day is None:
        wanted = _("{value!r} is no date, as 2024-06-19, or time, as 2024-06-19T01:01+07:00.")
        raise click.BadParameter(wanted.format(value=value))
    return day


def of_sample(command: C) -> C:
    """``--sample``: reports that come with the program."""
    told = _("Read the sample reports that come with menurut; FILE names one of them.")
    return click.option("--sample", is_flag=True, help=told)(command)


def of_failures(command: C) -> C:
    """``--failures`` and ``--retry``: what could not be read, listed and read again."""
    failures = click.option(
        "--failures", metavar=_("FILE"), help=_("List what could not be read in FILE, and why.")
    )
    retry = click.option(
        "--retry",
        metavar=_("FILE"),
        help=_("Instead of files: what a list of failures names, once more."),
    )
    return failures(retry(command))


def of_volume(command: C) -> C:
    """How much is read, by whom, and where it goes."""
    options = (
        click.option(
            "--out",
            metavar=_("FILE"),
            help=_(
                "Write analyses into FILE as JSON Lines, or, where its name ends in .parquet, "
                "reports and analyses into a folder of Parquet files."
            ),
        ),
        click.option(
            "--resume",
            is_flag=True,
            help=_("Go on with --out where an earlier run with the same sources stopped."),
        ),
        of_failures,
        click.option(
            "--copies",
            type=click.Choice(["mark", "skip"]),
            help=_(
                "Find copies of earlier reports in the same words: mark them, or do not read them."
            ),
        ),
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            metavar="N",
            help=_(
                "Cores to read on, all by default; with many reports each has a process of its own."
            ),
        ),
        click.option(
            "--engine",
            type=click.Choice(["local", "ray"]),
            default="local",
            help=_("Who reads: this machine, or a Ray cluster, into --out (menurut[ray])."),
        ),
        click.option(
            "--address",
            metavar=_("ADDRESS"),
            help=_("The Ray cluster, host:port or auto; one is started here when left out."),
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def of_screening(command: C) -> C:
    """``--least``: how alike a name in a report and one of a list must be."""
    return click.option(
        "--least",
        type=click.FloatRange(0.5, 1.0),
        default=0.85,
        show_default=True,
        help=_("How alike names must be, from 0.5 to 1."),
    )(command)
