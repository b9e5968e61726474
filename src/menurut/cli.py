"""The command line: arguments to calls, and results to the screen."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from menurut import (
    __version__,
    cli_api,
    cli_desk,
    cli_judging,
    cli_ledger,
    cli_obligations,
    cli_screen,
    cli_watch,
)
from menurut.cli_options import of_page, of_reports, of_sample, of_volume
from menurut.interface import gettext as _
from menurut.interface import translate_click
from menurut.tables import languages

if TYPE_CHECKING:
    from menurut.desk.notebook import Notebook
    from menurut.desk.reading import Write
    from menurut.desk.terminal import Color

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells count it: 128 and the number of the signal."""
_CANNOT_WRITE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
FORMATS = [
    "text",
    "html",
    "jsonl",
    "json",
    "ninjs",
    "feed",
    "sitemap",
    "warc",
    "newsml",
    "nitf",
    "email",
    "mailbox",
    "pdf",
    "docx",
    "csv",
    "parquet",
    "zip",
    "tar",
    "gzip",
    "bzip2",
    "xz",
    "zstd",
]
"""``menurut.reports.FORMATS`` by name, which would take too long to import for ``--help``."""
HANDOVER = 0.0005
"""Seconds after which a thread lets others run: the model works outside the interpreter and comes
back for an instant after every window; with ten times as long, its core would stand still."""


def main() -> int:
    """The program; returns its exit status."""
    translate_click()
    sys.setswitchinterval(HANDOVER)
    try:
        status = cli.main(prog_name="menurut", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError as error:
        if error.filename is not None or error.errno not in _CANNOT_WRITE:
            raise
        said = _("what was found cannot be written: {reason}")
        click.echo(f"menurut: {said.format(reason=error.strerror)}", err=True)
        _drop_output()
        return 1
    return status if isinstance(status, int) else 0


def _drop_output() -> None:
    """Leaves nothing for the interpreter to flush at its end, which would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    help=_("Reads news reports and keeps the record: who did what to whom, according to whom."),
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("COMMAND [ARGUMENTS]..."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    __version__,
    message="%(prog)s %(version)s",
    help=_("Show the version and exit."),
)
def cli() -> None:
    pass


@cli.command(
    "schema",
    help=_("Print the JSON Schema of reports and analyses."),
    options_metavar=_("[OPTIONS]"),
)
def schema_command() -> None:
    import msgspec

    from menurut.contract import schema

    click.echo(msgspec.json.format(msgspec.json.encode(schema()), indent=2))


@cli.command(
    "read",
    short_help=_("Read reports and show what they say."),
    help=_(
        "Read reports and show what they say: who says what, what happened, according to whom. "
        "FILE is a file, a folder, a pattern such as 'news/**/*.xml', or - for standard input; "
        "text, HTML, JSON Lines, RSS and Atom, sitemaps, WARC, ninjs, NewsML-G2, NITF, e-mail, "
        "PDF, DOCX, CSV and Parquet, and all of these packed (ZIP, tar, gzip, bzip2, xz, zstd)."
    ),
    options_metavar=_("[OPTIONS]"),
)
@click.argument("files", nargs=-1, metavar=_("[FILE]..."))
@of_sample
@click.option("--jsonl", is_flag=True, help=_("JSON Lines: reports in, analyses out."))
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    metavar="NAME",
    help=_("Format of the files, where their names and beginnings do not tell: {formats}.").format(
        formats=", ".join(FORMATS)
    ),
)
@click.option(
    "--columns",
    metavar="FIELD=COLUMN,...",
    help=_("Columns of a table that hold the fields of a report: text=body,title=headline."),
)
@of_reports
@of_page
@click.option(
    "--know",
    multiple=True,
    metavar=_("FILE"),
    help=_("Resolve bare names by what earlier reports taught; may be given more than once."),
)
@click.option(
    "--learn",
    metavar=_("FILE"),
    help=_(
        "Add what the reports teach of people to FILE; named by --know as well, it counts for the "
        "reports that follow."
    ),
)
@of_volume
@click.pass_context
def read_command(
    context: click.Context,
    /,
    files: tuple[str, ...],
    sample: bool,
    jsonl: bool,
    format_: str | None,
    columns: str | None,
    language: str | None,
    published: str | None,
    color: Color,
    width: int | None,
    know: tuple[str, ...],
    learn: str | None,
    retry: str | None,
    failures: str | None,
    **volume: Any,
) -> None:
    if not files and not sample and retry is None and sys.stdin.isatty():
        click.echo(context.get_help())
        return
    from menurut.desk import keeping, reading
    from menurut.desk.volume import Sources, Volume, check, read

    try:
        given = reading.given(jsonl, language, published, format_, columns)
    except ValueError as error:
        wanted = _("{pair!r} is not FIELD=COLUMN with a field of a report.")
        raise click.BadParameter(wanted.format(pair=str(error)), param_hint="--columns") from None
    sources = Sources(files, sample, retry, given)
    asked = Volume(**volume, failures=failures, know=know, learn=learn)
    check(sources, asked)
    book = _notebook(know, learn)
    failed = read(sources, asked, book, lambda: _writer(jsonl, color, width))
    if failed and (jsonl or asked.out):
        keeping.sum_up(failed, kinds=asked.out is not None or failures is not None)
    context.exit(1 if failed or (book and book.failed) else 0)


def _writer(jsonl: bool, color: Color, width: int | None) -> Write:
    from menurut.desk import reading

    return reading.lines() if jsonl else reading.pages(color, width)


def _notebook(know: tuple[str, ...], learn: str | None) -> Notebook | None:
    if not know and learn is None:
        return None
    from menurut.desk.notebook import open_notebook

    return open_notebook(know, learn)


@cli.command(
    "know",
    short_help=_("Show what reports have taught of people."),
    help=_(
        "Show what reports have taught of people: who held which office, when and by whom it was "
        "told. FILE is what read --learn has written; NAME is a full or a short name."
    ),
    options_metavar=_("[OPTIONS]"),
)
@click.argument("file", metavar=_("FILE"))
@click.argument("name", default="", metavar=_("[NAME]"))
@click.pass_context
def know_command(context: click.Context, file: str, name: str) -> None:
    from menurut.desk.notebook import facts_of, shown

    facts, failed = facts_of(file)
    for line in shown(facts, name):
        click.echo(line)
    context.exit(1 if failed else 0)


@cli.command(
    "parse",
    short_help=_("Write the syntax of texts as CoNLL-U."),
    help=_(
        "Write words, parts of speech, trees and names as CoNLL-U. FILE is text or HTML, or a "
        "treebank (.conllu): its own words are kept, and what is seen in them is filled in. "
        "- is standard input."
    ),
    options_metavar=_("[OPTIONS]"),
)
@click.argument("files", nargs=-1, metavar=_("[FILE]..."))
@of_sample
@click.option(
    "--language",
    type=click.Choice(sorted(languages())),
    help=_("Language of the texts; detected when left out."),
)
@click.pass_context
def parse_command(
    context: click.Context, files: tuple[str, ...], sample: bool, language: str | None
) -> None:
    if not files and not sample and sys.stdin.isatty():
        click.echo(context.get_help())
        return
    from menurut.desk import parsing, progress, reading

    given = reading.samples(files) if sample else parsing.inputs(files or ("-",), language)
    with progress.counting(len(files)) as advance:
        failed = parsing.run(given, parsing.conllu(), advance)
    context.exit(1 if failed else 0)


@cli.command(
    "explain",
    short_help=_("Say which rule and which words each value comes from."),
    help=_(
        "Say of each value which row of a table, or which rule, and which words of the report it "
        "comes from. FILE is text or HTML, or JSON Lines (.jsonl); - is standard input."
    ),
    epilog=_(
        "Examples: menurut explain --sample --only events; "
        "menurut explain report.txt --find 'condemned the raid'; "
        "menurut explain report.txt --at 120 --jsonl"
    ),
    options_metavar=_("[OPTIONS]"),
)
@click.argument("files", nargs=-1, metavar=_("[FILE]..."))
@of_sample
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(["actors", "times", "places", "quantities", "statements", "events", "votes"]),
    help=_("Explain only these; may be given again."),
)
@click.option(
    "--at",
    type=click.IntRange(min=0),
    metavar=_("OFFSET"),
    help=_("Explain what is read at this character of the text, counted from 0."),
)
@click.option(
    "--find",
    metavar=_("WORDS"),
    help=_("Explain what is read at these words, or why nothing is."),
)
@click.option("--jsonl", is_flag=True, help=_("JSON Lines: reports in, explanations out."))
@of_reports
@of_page
@click.pass_context
def explain_command(
    context: click.Context,
    files: tuple[str, ...],
    sample: bool,
    only: tuple[str, ...],
    at: int | None,
    find: str | None,
    jsonl: bool,
    language: str | None,
    published: str | None,
    color: Color,
    width: int | None,
) -> None:
    if not files and not sample and sys.stdin.isatty():
        click.echo(context.get_help())
        return
    from menurut.desk import explaining, reading

    given = reading.given(jsonl, language, published)
    inputs = reading.samples(files) if sample else reading.inputs(files or ("-",), given)
    question = explaining.Question(frozenset(only), at, find)
    write, fail = (
        explaining.lines() if jsonl else (explaining.pages(color, width), explaining.complain)
    )
    context.exit(1 if explaining.run(inputs, question, write, fail) else 0)


for module in (cli_api, cli_desk, cli_judging, cli_ledger, cli_obligations, cli_screen, cli_watch):
    for command in module.COMMANDS:
        cli.add_command(command)
