"""How far a reading has come, on standard error, where a person looks on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Advance = Callable[[int], None]
"""Called after each report with the bytes of the sources that have been read by then."""
_WINDOW = 120.0
"""Seconds over which the pace is measured."""
_REPORTS = N_("{n} reports")


@contextmanager
def counting(files: int) -> Iterator[Callable[[], None]]:
    """A bar that counts files, where there are several."""
    if files < 2 or not _watched(to_file=False):
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TimeRemainingColumn

    with _bar(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()) as bar:
        task = bar.add_task("", total=files)
        yield lambda: bar.update(task, advance=1)


@contextmanager
def measuring(names: Sequence[str], *, to_file: bool = False) -> Iterator[Advance]:
    """A bar of the bytes of some sources; the time that remains is told only where all are known.

    ``to_file``: the results go to a file, so that a bar does not lie across them.
    """
    if not names or not _watched(to_file=to_file):
        yield lambda _read: None
        return
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

    total = size(names)
    text = TextColumn("{task.description}")
    known = (BarColumn(), TaskProgressColumn(), text, TimeRemainingColumn())
    with _bar(*(known if total else (text,))) as bar:
        yield _advance(bar, total)


def size(names: Sequence[str]) -> int | None:
    """The bytes of some sources together; None where those of one cannot be told."""
    from menurut.reports.parts import parts

    sizes = [part.size for name in names for part in parts(name)]
    return None if None in sizes else sum(size or 0 for size in sizes)


def _advance(bar: Progress, total: int | None) -> Advance:
    task: TaskID | None = None
    count = 0

    def advance(read: int) -> None:
        nonlocal task, count
        count += 1
        told = _(_REPORTS).format(n=count)
        if task is None:  # what an earlier run read is no measure of the pace of this one
            task = bar.add_task(told, total=total, completed=read)
        bar.update(task, completed=read, description=told)

    return advance


def _watched(*, to_file: bool) -> bool:
    return sys.stderr.isatty() and (to_file or not sys.stdout.isatty())


def _bar(*columns: object) -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, speed_estimate_period=_WINDOW)  # type: ignore[arg-type]
