"""``menurut read`` as it was asked for: from which sources, by whom, and where the results go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
import msgspec

from menurut.desk import keeping, reading
from menurut.desk.progress import measuring
from menurut.desk.reading import Input, Write
from menurut.interface import gettext as _
from menurut.reports.errors import ReportError
from menurut.reports.parts import STDIN
from menurut.reports.source import Given
from menurut.reports.sources import Cursor

if TYPE_CHECKING:
    from menurut.desk.notebook import Notebook
    from menurut.runs.run import Run

WINDOW = ".copies"
"""What the file of the window of copies is called, after the output."""


@dataclass(frozen=True)
class Sources:
    """What is read: files, the samples, or what a list of failures names."""

    files: tuple[str, ...]
    sample: bool
    retry: str | None
    given: Given

    @property
    def names(self) -> tuple[str, ...]:
        """The files; standard input where nothing else is named."""
        return () if self.sample or self.retry else self.files or (STDIN,)

    def inputs(self, start: Cursor | None = None) -> Iterator[Input]:
        """What is in them, from ``start`` on.

        Raises ``click.ClickException`` where they have changed since.
        """
        if self.sample:
            return reading.samples(self.files)
        if self.retry is not None:
            return keeping.again(self.retry, self.given)
        return _plainly(reading.inputs(self.names, self.given, start))


@dataclass(frozen=True)
class Volume:
    """How it is read, as the options say."""

    out: str | None
    resume: bool
    failures: str | None
    copies: Literal["mark", "skip"] | None
    jobs: int | None
    engine: str
    address: str | None
    know: tuple[str, ...]
    learn: str | None


def check_files(sources: Sources, failures: str | None, out: str | None) -> None:
    """Raises ``click.UsageError`` where files do not go together."""
    named = [name for name in (failures, out, sources.retry) if name]
    if sources.retry and (sources.files or sources.sample):
        raise click.UsageError(_("--retry goes without files."))
    if len(named) > len({Path(name) for name in named}):
        raise click.UsageError(_("One file is named twice."))


def check(sources: Sources, asked: Volume) -> None:
    """Raises ``click.UsageError`` where options do not go together."""
    check_files(sources, asked.failures, asked.out)
    ray = asked.engine == "ray"
    wrong = (
        (asked.resume and not asked.out, _("--resume needs --out.")),
        (asked.resume and not sources.names, _("--resume goes with files alone.")),
        (ray and not asked.out, _("--engine ray needs --out.")),
        (
            ray and (not sources.names or STDIN in sources.names),
            _("--engine ray reads files alone."),
        ),
        (
            ray and bool(asked.copies or asked.know or asked.learn),
            _("--copies, --know and --learn need the order of the reports: --engine local."),
        ),
        (bool(asked.address) and not ray, _("--address needs --engine ray.")),
    )
    for is_wrong, words in wrong:
        if is_wrong:
            raise click.UsageError(words)


def read(
    sources: Sources, asked: Volume, book: Notebook | None, writer: Callable[[], Write]
) -> Mapping[str, int]:
    """Read as asked; how many reports could not be read, by kind."""
    if asked.engine == "ray":
        return _on_cluster(sources, asked)
    if asked.out:
        return _into_file(sources, asked, asked.out, book)
    with (
        measuring(sources.names) as advance,
        keeping.listing(asked.failures, writer()) as (write, failed),
    ):
        inputs = _watched(sources.inputs(), asked, None)
        reading.run(inputs, write, advance, asked.jobs, book)
    return failed


def _into_file(
    sources: Sources, asked: Volume, out: str, book: Notebook | None
) -> Mapping[str, int]:
    with keeping.open_run(out, asked.failures, _asked(sources, asked), resume=asked.resume) as run:
        if run.stopped.done:
            return run.failed
        with measuring(sources.names, to_file=True) as advance:
            inputs = _watched(sources.inputs(run.cursor), asked, run)
            reading.run(inputs, keeping.keeping(run), advance, asked.jobs, book)
        run.beside(WINDOW).unlink(missing_ok=True)
        return run.failed


def _on_cluster(sources: Sources, asked: Volume) -> Mapping[str, int]:
    from menurut.engines import cluster

    try:
        return cluster.read(
            sources.names,
            sources.given,
            Path(asked.out or ""),
            asked=_asked(sources, asked),
            failures=Path(asked.failures) if asked.failures else None,
            address=asked.address,
            readers=asked.jobs,
            resume=asked.resume,
        )
    except ReportError as error:
        raise click.ClickException(str(error)) from None


def _asked(sources: Sources, asked: Volume) -> tuple[str, ...]:
    """What a run that goes on must have been asked as well."""
    given = msgspec.json.encode(sources.given).decode()
    names = sources.names or ("--sample",) if sources.retry is None else ("--retry", sources.retry)
    return (*names, f"given={given}", f"copies={asked.copies}", f"engine={asked.engine}")


def _watched(inputs: Iterator[Input], asked: Volume, run: Run | None) -> Iterator[Input]:
    """The inputs, copies of earlier ones marked or not to be read, where that was asked."""
    if asked.copies is None:
        return inputs
    from menurut.desk.copies import watch
    from menurut.reports.copies import Window

    try:
        window = Window(run.beside(WINDOW) if run else None)
    except OSError as error:
        raise click.FileError(WINDOW, error.strerror or "") from None
    return watch(inputs, window, run.read if run else 0, skip=asked.copies == "skip")


def _plainly(inputs: Iterator[Input]) -> Iterator[Input]:
    try:
        yield from inputs
    except ReportError as error:
        wanted = _("The sources have changed since the run began: {error}")
        raise click.ClickException(wanted.format(error=error)) from None
