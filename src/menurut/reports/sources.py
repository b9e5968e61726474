"""The one door to reports: a file, a folder, a pattern or standard input, in any format.

``read_source`` never raises for what it is given to read: whatever cannot be read is a
``Failure`` in its place, and the rest goes on.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from glob import has_magic, iglob
from pathlib import Path
from typing import IO

import msgspec

from menurut.contract import Failure, Report
from menurut.reports.errors import ExpansionError, ReportError
from menurut.reports.formats import FORMATS, HEAD, Format, recognise, suffix_of
from menurut.reports.source import Given, Items, Meter, Source, counted, read_head, rewound

STDIN = "-"
_PIPES = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")


def read_source(name: str | Path, given: Given | None = None) -> Items:
    """The reports of a file, a folder, a pattern (``news/**/*.xml``), or ``-``, standard input.

    In a folder or an archive, what no format claims by its name or its beginning is passed over.
    A report keeps the language and the time that it states; others take those ``given``.
    """
    given = given or Given()
    for item in _items(str(name), given):
        yield item if isinstance(item, Failure) else _filled(item, given)


def _filled(report: Report, given: Given) -> Report:
    language = report.language or given.language
    published_at = report.published_at or given.published_at
    if (language, published_at) == (report.language, report.published_at):
        return report
    return msgspec.structs.replace(report, language=language, published_at=published_at)


def _items(name: str, given: Given) -> Items:
    path = Path(name)
    if name == STDIN:
        yield from _standard_input(given)
    elif path.is_dir():
        yield from _folder(path, given)
    elif has_magic(name) and not path.exists():
        yield from _pattern(name, given)
    else:
        yield from _file(path, path.name, given)


def _standard_input(given: Given) -> Items:
    meter = Meter()
    stream = counted(sys.stdin.buffer, meter.take, "standard input")
    yield from read_stream(stream, Source(STDIN, given, meter))


def _folder(folder: Path, given: Given) -> Items:
    within = replace(given, fallback=None)
    empty = True
    for path in _walk(folder):
        label = Path(folder.name, path.relative_to(folder)).as_posix()
        for item in _file(path, label, within, member=True):
            empty = False
            yield item
    if empty:
        yield Failure(folder.name, "there are no reports in this directory")


def _walk(folder: Path) -> Iterator[Path]:
    """The files under a folder by name, hidden ones and linked folders left out."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # reading it tells what is wrong
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def _pattern(pattern: str, given: Given) -> Items:
    """The files that match, by name; a folder that matches is read whole."""
    fixed = next(i for i, part in enumerate(Path(pattern).parts) if has_magic(part))
    root = Path(*Path(pattern).parts[:fixed])
    found = sorted(iglob(pattern, recursive=True))  # noqa: PTH207 (pathlib leaves files out of **)
    for match in found:
        path = Path(match)
        if not path.is_dir():
            yield from _file(path, path.relative_to(root).as_posix(), given)
        elif "**" not in pattern:
            yield from _folder(path, given)
    if not found:
        yield Failure(pattern, "no file matches")


def _file(path: Path, label: str, given: Given, *, member: bool = False) -> Items:
    try:
        size = _size(path)
        with path.open("rb") as stream:
            meter = Meter(taken=size)
            whole = stream if size else counted(stream, meter.take, "the file")
            yield from read_stream(whole, Source(label, given, meter), member=member)
    except ReportError as error:
        yield Failure(label, str(error))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Failure(label, f"cannot be read: {reason}")


def _size(path: Path) -> int:
    """The bytes of a regular file; 0 for a pipe that a shell hands over.

    Raises ``ReportError`` for what is neither.
    """
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise ReportError("there is no such file") from None
    if stat.S_ISFIFO(found.st_mode) and str(path).startswith(_PIPES):
        return 0
    if not stat.S_ISREG(found.st_mode):
        raise ReportError("this is not a regular file")
    return found.st_size


def read_stream(stream: IO[bytes], source: Source, *, member: bool = False) -> Items:
    """The reports of a stream; where it cannot be read (any further), a ``Failure``.

    ``member``: it is one of many, and is passed over where no format claims it. Raises
    ``ExpansionError`` inside a container, which is then not read further.
    """
    try:
        yield from open_stream(stream, source, member=member)
    except ExpansionError as error:
        if source.depth:
            raise
        yield Failure(source.name, str(error))
    except ReportError as error:
        yield Failure(source.name, str(error))


def open_stream(stream: IO[bytes], source: Source, *, member: bool = False) -> Items:
    """``read_stream`` for a stream that is the whole of its source: faults are raised."""
    head = read_head(stream, HEAD)
    stream = rewound(head, stream)
    found = recognise(source.name, head, source.given) or _unclaimed(source, head, member)
    if found is not None:
        yield from found.load()(stream, source)


def _unclaimed(source: Source, head: bytes, member: bool) -> Format | None:
    """What to read a stream as that no format claims; None: it is passed over."""
    suffix = suffix_of(source.name)
    if member and (suffix or b"\0" in head or not head):
        return None
    if suffix == ".xml":
        raise ReportError("an XML file of a kind that is not read")
    return FORMATS["text"]
