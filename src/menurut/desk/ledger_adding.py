"""Adding at the command line: files to reports, reports to the ledger, a line for each."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import click
import msgspec

import menurut
from menurut.contract import Analysis, Failure, Report
from menurut.desk import ledger_words as words
from menurut.desk.disarm import disarm
from menurut.desk.phrases import label
from menurut.desk.progress import Advance
from menurut.desk.reading import Input, Write, complain_of
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.ledger.adding import Added, add, known_reports
from menurut.ledger.errors import LedgerError
from menurut.ledger.store import Ledger
from menurut.obligations import bring_up_to_date
from menurut.pipeline import Item
from menurut.reader.model import cores
from menurut.reports.errors import ReportError
from menurut.runs.made import Analyses

NO_ANALYSIS = N_("it has no analysis in the file")
Tell = Callable[[Added], None]


def run(
    ledger: Ledger,
    inputs: Iterable[Input],
    again: bool,
    tell: Tell,
    fail: Write,
    advance: Advance,
) -> None:
    """Add every report and tell of each when it is safely kept; ``fail`` hears of the others.

    A report that the ledger has in these words is not read again, so a run that was cut off goes
    on where it stopped; nor is one that comes with its analysis. At the end the board of measures
    is brought up to date.
    """
    waiting: deque[Input] = deque()

    def new() -> Iterator[Item]:
        for given in inputs:
            item = given.item
            if isinstance(item, Report) and not again and known_reports(ledger, [item]):
                tell(Added(report=item.id, change="unchanged"))
                advance(given.read)
                continue
            waiting.append(given)
            yield given.instead or item

    for result in menurut.read_reports(new(), jobs=cores()):
        given = waiting.popleft()
        item = given.item
        if isinstance(result, Failure):
            fail(given, result)
        elif isinstance(item, Report):
            try:
                tell(add(ledger, item, result))
            except LedgerError as error:
                fail(given, Failure(item.id, str(error)))
        advance(given.read)
    bring_up_to_date(ledger)


def with_analyses(inputs: Iterable[Input], made: Analyses) -> Iterator[Input]:
    """Reports, each with its analysis; a report without a sound one is a failure, and so is each
    line that names no report.

    Raises ``LedgerError`` where the analyses cannot be read.
    """
    for given in inputs:
        if isinstance(given.item, Failure):
            yield given
        else:
            taken = _taken(made, given.item)
            yield replace(given, instead=taken or Failure(given.item.id, NO_ANALYSIS))
        yield from _broken(made)
    made.rest()
    yield from _broken(made)


def _broken(made: Analyses) -> Iterator[Input]:
    """The lines that name no report, each once."""
    found, made.broken = made.broken, []
    for failure in found:
        name, _colon, told = failure.error.partition(": ")
        yield Input(name, Failure(failure.id, told))


def _taken(made: Analyses, report: Report) -> Analysis | Failure | None:
    try:
        return made.take(report.id, report.text)
    except ReportError as error:
        raise LedgerError(str(error)) from None


def open_analyses(name: str) -> Analyses:
    """The analyses of a file or folder. Raises ``LedgerError`` where there is none."""
    try:
        return Analyses(name)
    except ReportError as error:
        raise LedgerError(str(error)) from None


def rows_of(made: Analyses, name: str) -> Iterator[Input]:
    """The reports that lie beside their analyses; what could not be read then is left out.

    Raises ``LedgerError`` where there are analyses alone, or they cannot be read.
    """
    rows = made.rows()
    if rows is None:
        raise LedgerError(f"{name} holds analyses alone: name the reports as well")
    try:
        for row in rows:
            if row.fault and isinstance(row.result, Failure):
                yield Input(name, row.result)
            elif row.report is not None and isinstance(row.result, Analysis):
                yield Input(row.source, row.report, instead=row.result)
    except ReportError as error:
        raise LedgerError(str(error)) from None


def complaint(given: Input, result: Analysis | Failure) -> None:
    """Name what could not be added on standard error."""
    if isinstance(result, Failure):
        complain_of(given.name, Failure(result.id or given.item.id, result.error))


def lines() -> Tell:
    """A teller in JSON Lines."""
    encoder = msgspec.json.Encoder()

    def tell(added: Added) -> None:
        sys.stdout.buffer.write(encoder.encode(added) + b"\n")
        sys.stdout.buffer.flush()

    return tell


def sentences() -> Tell:
    """A teller for a person."""

    def tell(added: Added) -> None:
        facts = [label(words.CHANGES, added.change)]
        if added.copy_of:
            facts.append(_("copy of {report}").format(report=added.copy_of))
        if added.change != "unchanged":
            facts.append(_("joined {n} incidents").format(n=len(added.joined)))
            facts.append(_("opened {n}").format(n=len(added.opened)))
        click.echo(f"{disarm(added.report)}: {disarm(', '.join(facts))}")

    return tell
