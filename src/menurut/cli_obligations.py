"""The commands of obligations: arguments to calls, nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from menurut.cli_calls import complaint, opened, plainly, print_lines
from menurut.cli_options import OPTIONS, of_as_of, of_ledger, of_page, of_question, of_screening
from menurut.interface import gettext as _

if TYPE_CHECKING:
    from menurut.desk.terminal import Color
    from menurut.ledger.store import Snapshot
    from menurut.obligations.evidence import Case
    from menurut.screening.candidates import Candidate

_FORMATS = ("markdown", "html", "docx")
_REGIME = click.option(
    "--regime", metavar=_("NAME"), help=_("Of this regime (charter, dprk, iran, libya).")
)
_MEASURE = click.option("--measure", metavar="ID", help=_("This measure alone (1718.8b)."))


@click.group(
    "obligations",
    short_help=_("List measures, and the incidents that would bear on them."),
    help=_(
        "List the measures of sanctions regimes, and under each the incidents that would bear on "
        "it if they happened as told, with the reasons and with what is left open. Nothing here "
        "says that anybody broke a measure."
    ),
    options_metavar=OPTIONS,
    subcommand_metavar=_("[report]"),
    invoke_without_command=True,
)
@_REGIME
@_MEASURE
@click.option("--all", "whole", is_flag=True, help=_("Also measures on which nothing bears."))
@click.option(
    "--gaps", "lacking", is_flag=True, help=_("Each incident with what its evidence lacks.")
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    metavar="N",
    help=_("Under each measure the newest incidents, at most so many."),
)
@of_question
@of_page
@click.pass_context
@plainly
def obligations_command(
    context: click.Context,
    where: str,
    as_of: str | None,
    jsonl: bool,
    regime: str | None,
    measure: str | None,
    whole: bool,
    lacking: bool,
    limit: int,
    color: Color,
    width: int | None,
) -> None:
    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return
    if lacking:
        _gaps(where, as_of, jsonl, regime, measure, limit, color, width)
        return
    from menurut.obligations import board

    with _snapshot(where, as_of) as snapshot:
        found = board(snapshot, regime, measure, limit)
    listed = [one for one in found.listed if one.count or whole or measure]
    if jsonl:
        print_lines(listed)
    else:
        from menurut.desk.obligations_pages import BoardPage

        BoardPage(color, width).board(found, listed)


def _refuse_options(context: click.Context) -> None:
    """Options in front of a command would be passed over without a word."""
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if source is click.core.ParameterSource.COMMANDLINE:
            told = _("{option} belongs behind {command}.")
            name = context.invoked_subcommand
            raise click.UsageError(told.format(option=parameter.opts[0], command=name))


def _gaps(
    where: str,
    as_of: str | None,
    jsonl: bool,
    regime: str | None,
    measure: str | None,
    limit: int,
    color: Color,
    width: int | None,
) -> None:
    from menurut.obligations.gaps import weighed

    with _snapshot(where, as_of) as snapshot:
        found = [weighed(case) for case in _cases(snapshot, regime, measure, limit)]
    if jsonl:
        print_lines(found)
    else:
        from menurut.desk.evidence_pages import EvidencePage

        EvidencePage(color, width).cases(found)


def _cases(snapshot: Snapshot, regime: str | None, measure: str | None, limit: int) -> list[Case]:
    from menurut.obligations import page
    from menurut.obligations.evidence import cases

    return cases(snapshot, page(snapshot, regime, measure, limit))


@contextmanager
def _snapshot(where: str, as_of: str | None) -> Iterator[Snapshot]:
    """A ledger in which what bears on measures is up to date."""
    from menurut.obligations import bring_up_to_date

    with opened(where) as ledger:
        bring_up_to_date(ledger)
        with ledger.read(as_of) as snapshot:
            yield snapshot


@obligations_command.command(
    "report",
    short_help=_("Write a report in the order that panels of experts use."),
    help=_(
        "Write a report: summary, findings by measure, evidence, responses and challenges, votes, "
        "gaps, and an annex with the exact words of every source. Every sentence names the entries "
        "of the annex on which it rests."
    ),
    options_metavar=OPTIONS,
)
@click.option(
    "--format",
    type=click.Choice(_FORMATS),
    default="markdown",
    show_default=True,
    help=_("What to write."),
)
@click.option(
    "--output",
    "-o",
    metavar=_("FILE"),
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Where to write it; standard output when left out."),
)
@_REGIME
@_MEASURE
@click.option(
    "--list",
    "lists",
    multiple=True,
    metavar=_("FILE"),
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("A sanctions list: adds names in the reports that it may have (menurut screen)."),
)
@click.option(
    "--decisions",
    metavar=_("FILE"),
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("What was decided of these names (menurut screen --judge)."),
)
@of_screening
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="N",
    help=_("On the newest incidents, at most so many."),
)
@of_as_of
@of_ledger
@plainly
def report_command(
    format: str,
    output: Path | None,
    where: str,
    as_of: str | None,
    regime: str | None,
    measure: str | None,
    lists: tuple[Path, ...],
    limit: int,
    **screened: Any,
) -> None:
    if format == "docx" and output is None and sys.stdout.isatty():
        raise click.UsageError(_("A Word document is no text: give it a name with -o NAME.docx."))
    from menurut.export.findings import renderer
    from menurut.export.findings.reporting import report

    render = renderer(format)
    with _snapshot(where, as_of) as snapshot:
        found = _candidates(snapshot, lists, **screened) if lists else None
        written = render(report(snapshot, regime, measure, found, limit))
    if output is None:
        sys.stdout.buffer.write(written)
    else:
        try:
            output.write_bytes(written)
        except OSError as error:
            raise click.ClickException(f"{output}: {error.strerror}") from None


def _candidates(
    snapshot: Snapshot, lists: tuple[Path, ...], decisions: Path | None, least: float
) -> list[Candidate]:
    from menurut.ledger.names_told import names_told
    from menurut.screening.candidates import screen
    from menurut.screening.decisions import DecisionError, read_decisions
    from menurut.screening.entries import ListError, read_list
    from menurut.screening.matching import Index, available

    try:
        available()
        index = Index(entry for path in lists for entry in read_list(path))
        return list(screen(names_told(snapshot), index, read_decisions(decisions), least))
    except (ListError, DecisionError) as error:
        raise complaint(error) from None


COMMANDS = (obligations_command,)
