"""Long readings at the command line: an output that can be gone on with, and a list of failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from menurut.contract import Analysis, Failure, Report
from menurut.desk.reading import Input, Write, as_input, complain
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.interface import ngettext
from menurut.reports.errors import ReportError
from menurut.reports.source import Given
from menurut.reports.sources import Cursor
from menurut.runs.failures import OTHER, failed, read_list, retrace
from menurut.runs.rows import Row
from menurut.runs.run import FailureList, Run

KINDS = {
    "fault": N_("a fault in menurut"),
    "died": N_("the process that read it died"),
    "extra": N_("an extra is not installed"),
    "no-article": N_("a page without an article"),
    "language": N_("a language that is not read"),
    "locked": N_("locked or encrypted"),
    "too-large": N_("too large or too deep"),
    "missing": N_("not there, or not to be opened"),
    "field": N_("a field that makes no sense"),
    "not-read": N_("of a kind that is not read"),
    "empty": N_("without any text"),
    "broken": N_("broken"),
    OTHER: N_("other"),
}
"""The kinds of failure in words."""


def row(given: Input, result: Analysis | Failure) -> Row:
    """What is kept of a report and its result."""
    found = given.found
    return Row(
        source=given.name,
        part=found.part.label if found else given.name,
        number=found.number if found else 1,
        report=given.item if isinstance(given.item, Report) else None,
        result=result,
    )


def open_run(out: str, failures: str | None, asked: Iterable[str], *, resume: bool) -> Run:
    """A run that is kept. Raises ``click.ClickException`` where it cannot be opened."""
    try:
        listed = Path(failures) if failures else None
        return Run(Path(out), listed, list(asked), resume=resume)
    except ReportError as error:
        raise click.ClickException(str(error)) from None


def keeping(run: Run) -> Write:
    """A writer into a run."""

    def write(given: Input, result: Analysis | Failure) -> None:
        run.keep(row(given, result), given.found.cursor if given.found else Cursor())

    return write


@contextmanager
def listing(failures: str | None, write: Write) -> Iterator[tuple[Write, Counter[str]]]:
    """A writer that also lists what failed, in a file where one is named, and counts its kinds."""
    counted: Counter[str] = Counter()
    try:
        listed = FailureList(Path(failures) if failures else None)
    except OSError as error:
        raise click.FileError(str(failures), error.strerror or "") from None

    def writing(given: Input, result: Analysis | Failure) -> None:
        write(given, result)
        if line := failed(row(given, result)):
            listed.note(line)
            counted[line.kind] += 1

    try:
        yield writing, counted
    finally:
        listed.settle(listed.mark())
        listed.close()


def again(listed: str, given: Given) -> Iterator[Input]:
    """What a list of failures names, taken from its sources once more.

    Raises ``click.ClickException`` where the list cannot be read.
    """
    try:
        lines = read_list(Path(listed))
    except ReportError as error:
        raise click.ClickException(str(error)) from None
    return map(as_input, retrace(lines, given))


def sum_up(failed: Mapping[str, int], *, kinds: bool) -> None:
    """How many reports failed, and of which kinds, on standard error."""
    total = sum(failed.values())
    words = ngettext("{n} report could not be read", "{n} reports could not be read", total)
    complain(words.format(n=total))
    for kind, count in sorted(failed.items(), key=lambda found: (-found[1], found[0])):
        if kinds:
            complain(f"{count:>8,}  {kind}: {_(KINDS[kind])}")
