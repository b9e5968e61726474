"""Reading at the command line: names to reports, results to the screen."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

import menurut
from menurut import reports
from menurut.contract import Analysis, Failure, Report
from menurut.desk.disarm import disarm
from menurut.desk.progress import Advance
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.pipeline import Item
from menurut.reader.model import cores
from menurut.reports import Given
from menurut.reports.columns import FIELDS
from menurut.reports.sources import Cursor, Found, trace

if TYPE_CHECKING:
    from menurut.desk.notebook import Notebook
    from menurut.desk.terminal import Color

REASONS = (
    N_("there is no such file"),
    N_("this is a directory, not a file"),
    N_("there are no reports in this directory"),
    N_("no file matches"),
    N_("there are no words in it"),
    N_("its name leads out of the archive"),
    N_("it is encrypted"),
    N_("an XML file of a kind that is not read"),
    N_("the PDF has no text: its pages hold pictures alone"),
    N_("the PDF is locked with a password"),
    N_("this is not a regular file"),
    N_("cannot be read: Permission denied"),
    N_("the file is empty"),
    N_("the file holds nothing but blanks"),
    N_("the file is binary: it is full of control characters"),
    N_("the text is empty"),
)
"""What ``menurut.reports`` and the system most often say of a bad file, for the catalogues."""


@dataclass(frozen=True)
class Input:
    """What came from a name: a report, or what is wrong (with a line, or with the file itself).

    ``note``: what the analysis is to say of the report beside what is read;
    ``instead``: its result, where it is not read.
    """

    name: str
    item: Report | Failure
    unreadable: bool = False
    found: Found | None = None
    note: str | None = None
    instead: Analysis | Failure | None = None

    @property
    def read(self) -> int:
        """Bytes of the sources that have been read with it."""
        return self.found.read if self.found else 0


Write = Callable[[Input, Analysis | Failure], None]


def run(
    inputs: Iterable[Input],
    write: Write,
    advance: Advance,
    jobs: int | None = None,
    notebook: Notebook | None = None,
) -> int:
    """Read every report and write every result, in order; how many could not be read.

    ``jobs``: the most cores to read on; all that this process may use if None. ``notebook``: what
    is known of people, and where what the reports teach goes.
    """
    waiting: deque[Input] = deque()

    def items() -> Iterator[Item]:
        for given in inputs:
            waiting.append(given)
            yield given.instead or given.item

    failed = 0
    read = partial(menurut.read_reports, jobs=jobs or cores())
    if notebook is not None:
        read = partial(read, knowledge=notebook.knowledge, learning=notebook.learning)
    for result in read(items()):
        given = waiting.popleft()
        if given.note is not None and isinstance(result, Analysis):
            result = msgspec.structs.replace(result, notes=(*result.notes, given.note))
        write(given, result)
        if notebook is not None:
            notebook.note(result)
        failed += isinstance(result, Failure)
        advance(given.read)
    return failed


def samples(names: Sequence[str] = ()) -> Iterator[Input]:
    """The reports that ship with menurut, or those of some names."""
    return _called(reports.samples(), names)


def dossier(names: Sequence[str] = ()) -> Iterator[Input]:
    """The dossier that ships with menurut: reports of several outlets on two stories; or those of
    some names."""
    return _called(reports.dossier(), names)


def _called(known: Sequence[Report], names: Sequence[str]) -> Iterator[Input]:
    """Raises ``click.UsageError`` for a name that none of the reports has."""
    found = {report.id: report for report in known}
    if unknown := next((name for name in names if name not in found), None):
        said = _("There is no sample {name}. There are: {names}.")
        raise click.UsageError(said.format(name=unknown, names=", ".join(found)))
    return iter([Input(name, found[name]) for name in names or found])


def inputs(names: Iterable[str], given: Given, start: Cursor | None = None) -> Iterator[Input]:
    """What the names lead to, in order; what cannot be read is a ``Failure`` in its place.

    ``start``: what was read by then is left out.
    """
    return map(as_input, trace(names, given, start))


def as_input(found: Found) -> Input:
    """What was found in a source."""
    name, item = found.part.source, found.item
    whole = isinstance(item, Failure) and item.id in (name, Path(name).name)
    return Input(name, item, whole, found)


def given(
    jsonl: bool,
    language: str | None,
    published: str | None,
    format: str | None = None,
    columns: str | None = None,
) -> Given:
    """What the options say of the sources. With ``jsonl``, what no name tells is JSON Lines."""
    return Given(
        language=language,
        published_at=published,
        format=format,
        columns=_columns(columns),
        fallback="jsonl" if jsonl else None,
    )


def _columns(words: str | None) -> dict[str, str]:
    """``text=body,title=headline`` as a mapping. Raises ``ValueError`` with what is wrong."""
    found: dict[str, str] = {}
    for pair in words.split(",") if words else ():
        field, equals, column = pair.partition("=")
        if field.strip() not in FIELDS or not equals or not column.strip():
            raise ValueError(pair.strip())
        found[field.strip()] = column.strip()
    return found


def reason(error: str) -> str:
    """What is wrong with a file, in the interface language where it has the words."""
    return _(error)


def os_reason(error: OSError) -> str:
    """What is wrong with a file that the system will not open or write."""
    if isinstance(error, FileNotFoundError):
        return _("there is no such file")
    if isinstance(error, IsADirectoryError):
        return _("this is a directory, not a file")
    return _(f"cannot be read: {error.strerror}")


def lines() -> Write:
    """A writer of JSON Lines. A file that cannot be read is named on standard error too."""
    stream = sys.stdout.buffer
    encoder = msgspec.json.Encoder()

    def write(given: Input, result: Analysis | Failure) -> None:
        stream.write(encoder.encode(result) + b"\n")
        stream.flush()
        if given.unreadable and isinstance(result, Failure):
            complain_of(given.name, result)

    return write


def pages(color: Color, width: int | None) -> Write:
    """A writer of pages for a person; what could not be read goes to standard error."""
    from menurut.desk.terminal import open_console, render

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    console = open_console(sys.stdout, color, width)

    def write(given: Input, result: Analysis | Failure) -> None:
        if isinstance(result, Analysis) and isinstance(given.item, Report):
            render(console, given.item, result)
        elif isinstance(result, Failure):
            complain_of(given.name, result)

    return write


def complain_of(name: str, failure: Failure) -> None:
    """One line on standard error: the file, the report where the file has several, the reason."""
    named = failure.id in (None, name, Path(name).name)
    complain(": ".join([name, *([] if named else [str(failure.id)]), reason(failure.error)]))


def complain(message: str) -> None:
    """A message on standard error, with nothing of a report's in it that a terminal obeys."""
    click.echo(f"menurut: {disarm(message)}", err=True)
