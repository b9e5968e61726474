"""The commands of the ledger: arguments to calls, nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from menurut.cli_calls import plainly, print_lines, snapshot_of, terminal_page
from menurut.cli_options import (
    OPTIONS,
    of_as_of,
    of_failures,
    of_filter,
    of_ledger,
    of_limit,
    of_question,
    of_reports,
)
from menurut.export import FORMATS
from menurut.interface import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from menurut.desk.reading import Input
    from menurut.desk.volume import Sources
    from menurut.ledger.queries import Filter


def _filter(options: dict[str, Any]) -> Filter:
    from menurut.ledger.queries import Filter

    return Filter(**options)


@click.command(
    "add",
    short_help=_("Add reports to the ledger."),
    help=_(
        "Add reports to the ledger, which links what they tell to what is known. FILE is text or "
        "HTML, or JSON Lines (.jsonl); - is standard input. What the ledger has already is passed "
        "over, so a run that was cut off can be started again."
    ),
    options_metavar=OPTIONS,
)
@click.argument("files", nargs=-1, metavar=_("[FILE]..."))
@click.option(
    "--sample",
    is_flag=True,
    help=_("Add the sample dossier that comes with menurut; FILE names a report of it."),
)
@click.option(
    "--analyses",
    metavar=_("FILE"),
    help=_(
        "Analyses made before: JSON Lines, or the Parquet of read --out, which needs no "
        "FILE beside."
    ),
)
@of_failures
@click.option("--again", is_flag=True, help=_("Read anew what the ledger has, and link it again."))
@click.option("--jsonl", is_flag=True, help=_("JSON Lines: reports in, what was done out."))
@of_reports
@of_ledger
@click.pass_context
@plainly
def add_command(
    context: click.Context,
    files: tuple[str, ...],
    sample: bool,
    analyses: str | None,
    again: bool,
    jsonl: bool,
    language: str | None,
    published: str | None,
    where: str,
    failures: str | None,
    retry: str | None,
) -> None:
    if not (files or sample or analyses or retry) and sys.stdin.isatty():
        click.echo(context.get_help())
        return
    from menurut.desk import keeping, ledger_adding, reading
    from menurut.desk.progress import measuring
    from menurut.desk.volume import Sources, check_files
    from menurut.ledger.store import Ledger

    sources = Sources(files, sample, retry, reading.given(jsonl, language, published))
    check_files(sources, failures, None)
    tell = ledger_adding.lines() if jsonl else ledger_adding.sentences()
    with (
        Ledger(where) as ledger,
        measuring(sources.names) as advance,
        keeping.listing(failures, ledger_adding.complaint) as (fail, failed),
    ):
        inputs = _to_add(sources, analyses)
        ledger_adding.run(ledger, inputs, again, tell, fail, advance)
    if failed and failures:
        keeping.sum_up(failed, kinds=True)
    context.exit(1 if failed else 0)


def _to_add(sources: Sources, analyses: str | None) -> Iterable[Input]:
    """What is added: reports, to be read or with analyses made before."""
    from menurut.desk import ledger_adding, reading

    made = ledger_adding.open_analyses(analyses) if analyses else None
    if made is not None and not (sources.files or sources.sample or sources.retry):
        return ledger_adding.rows_of(made, str(analyses))
    inputs = reading.dossier(sources.files) if sources.sample else sources.inputs()
    return inputs if made is None else ledger_adding.with_analyses(inputs, made)


@click.command(
    "incidents", help=_("List incidents, the newest known first."), options_metavar=OPTIONS
)
@of_filter
@of_limit
@of_question
@plainly
def incidents_command(
    where: str, as_of: str | None, jsonl: bool, limit: int, **options: Any
) -> None:
    _list(where, as_of, jsonl, limit, options, by_day=False)


@click.command(
    "timeline",
    help=_("List incidents in the order in which they happened."),
    options_metavar=OPTIONS,
)
@of_filter
@of_limit
@of_question
@plainly
def timeline_command(
    where: str, as_of: str | None, jsonl: bool, limit: int, **options: Any
) -> None:
    _list(where, as_of, jsonl, limit, options, by_day=True)


def _list(
    where: str, as_of: str | None, jsonl: bool, limit: int, options: dict[str, Any], by_day: bool
) -> None:
    from menurut.ledger.queries import page_incidents

    with snapshot_of(where, as_of) as snapshot:
        found = page_incidents(snapshot, _filter(options), limit, None, by_day)
    if jsonl:
        print_lines(found.items)
        return
    page = terminal_page()
    page.incidents(found.items, _("No incident."))
    if found.after is not None:
        page.note(_("There are more: --limit says how many are shown."))


@click.command(
    "show",
    help=_("Show an incident: everyone's account of it, side by side."),
    options_metavar=OPTIONS,
)
@click.argument("id", metavar=_("ID"))
@of_question
@plainly
def show_command(id: str, where: str, as_of: str | None, jsonl: bool) -> None:
    from menurut.ledger.queries import show

    with snapshot_of(where, as_of) as snapshot:
        found = show(snapshot, id)
    if jsonl:
        print_lines([found])
    else:
        terminal_page().shown(found)


@click.command(
    "who",
    help=_("Show what an actor did, said, is accused of and denied."),
    options_metavar=OPTIONS,
)
@click.argument("name", metavar=_("NAME"))
@of_question
@plainly
def who_command(name: str, where: str, as_of: str | None, jsonl: bool) -> None:
    from menurut.ledger.queries import who

    with snapshot_of(where, as_of) as snapshot:
        found = who(snapshot, name)
    if jsonl:
        print_lines([found])
    else:
        terminal_page().dossier(found)


@click.command(
    "search",
    short_help=_("Find reports by their words, in any form."),
    help=_("Find reports by their words, in any form, the closest and newest first."),
    options_metavar=OPTIONS,
)
@click.argument("query", nargs=-1, required=True, metavar=_("WORD..."))
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, metavar="N", help=_("At most so many.")
)
@of_question
@plainly
def search_command(
    query: tuple[str, ...], limit: int, where: str, as_of: str | None, jsonl: bool
) -> None:
    from menurut.ledger.queries import search

    with snapshot_of(where, as_of) as snapshot:
        found = search(snapshot, " ".join(query), limit)
    if jsonl:
        print_lines(found)
    else:
        terminal_page().hits(found)


@click.command(
    "compare",
    help=_("Compare two reports: what each has alone, where they differ."),
    options_metavar=OPTIONS,
)
@click.argument("first", metavar=_("REPORT"))
@click.argument("second", metavar=_("REPORT"))
@of_question
@plainly
def compare_command(first: str, second: str, where: str, as_of: str | None, jsonl: bool) -> None:
    from menurut.ledger.queries import compare_reports

    with snapshot_of(where, as_of) as snapshot:
        found = compare_reports(snapshot, first, second)
    if jsonl:
        print_lines([found])
    else:
        terminal_page().comparison(found)


@click.command("stats", help=_("Count what the ledger holds."), options_metavar=OPTIONS)
@of_question
@plainly
def stats_command(where: str, as_of: str | None, jsonl: bool) -> None:
    from menurut.ledger.queries import stats

    with snapshot_of(where, as_of) as snapshot:
        found = stats(snapshot)
    if jsonl:
        print_lines([found])
    else:
        terminal_page().stats(found)


@click.command(
    "export",
    short_help=_("Write incidents in the format of another program."),
    help=_("Write incidents in the format of another program; ID: these alone."),
    options_metavar=OPTIONS,
)
@click.argument("format", type=click.Choice(FORMATS), metavar=_("FORMAT"))
@click.argument("ids", nargs=-1, metavar=_("[ID]..."))
@of_as_of
@of_filter
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=_("At most so many, the newest; all when left out."),
)
@of_ledger
@plainly
def export_command(
    format: str,
    ids: tuple[str, ...],
    where: str,
    as_of: str | None,
    limit: int | None,
    **options: Any,
) -> None:
    from itertools import islice

    from menurut.export import exporter
    from menurut.ledger.queries import every_incident, show

    with snapshot_of(where, as_of) as snapshot:
        found = islice(every_incident(snapshot, _filter(options)), limit)
        chosen = ids or [incident.id for incident in found]
        written = exporter(format)([show(snapshot, id) for id in chosen])
    if format == "parquet" and sys.stdout.isatty():
        raise click.UsageError(_("Parquet is no text: send it to a file with > NAME.parquet."))
    sys.stdout.buffer.write(written)


COMMANDS = (
    add_command,
    incidents_command,
    show_command,
    timeline_command,
    who_command,
    search_command,
    compare_command,
    stats_command,
    export_command,
)
