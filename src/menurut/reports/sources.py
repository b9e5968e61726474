"""The one door to reports: a file, a folder, a pattern or standard input, in any format.

``read_source`` never raises for what it is given to read: whatever cannot be read is a
``Failure`` in its place, and the rest goes on.
"""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from menurut.contract import Failure, Report
from menurut.reports.errors import ExpansionError, ReportError
from menurut.reports.formats import FORMATS, HEAD, Format, recognise, suffix_of
from menurut.reports.parts import STDIN, Part, parts
from menurut.reports.source import Given, Items, Meter, Source, counted, read_head, rewound

_PIPES = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")


class Gauge:
    """How many bytes of the parts have been read."""

    def __init__(self) -> None:
        self._before = 0
        self._most = 0
        self._stream: IO[bytes] | None = None

    @property
    def read(self) -> int:
        """Bytes of the parts that are done, and how far the one in hand has been read at most."""
        if self._stream is not None:
            self._most = max(self._most, self._stream.tell())
        return self._before + self._most

    @contextmanager
    def reading(self, stream: IO[bytes]) -> Iterator[None]:
        """Watch a file for as long as it is read."""
        self._stream = stream
        try:
            yield
        finally:
            self._stream = None

    def done(self, part: Part) -> None:
        """A part has been read, or passed over."""
        self._before, self._most = self._before + (part.size or 0), 0


class Cursor(NamedTuple):
    """How far sources have been read: parts that are done, and items of the next one.

    ``label``: what that part is called; empty before the first item. ``empty``: whether its folder
    has given nothing so far.
    """

    parts: int = 0
    items: int = 0
    label: str = ""
    empty: bool = True


class Found(NamedTuple):
    """A report or failure, where it stands, and how far all has been read with it.

    ``number``: its place in the part, from 1; ``read``: bytes of all parts.
    """

    part: Part
    number: int
    item: Report | Failure
    cursor: Cursor
    read: int


def read_source(name: str | Path, given: Given | None = None) -> Items:
    """The reports of a file, a folder, a pattern (``news/**/*.xml``), or ``-``, standard input.

    In a folder or an archive, what no format claims by its name or its beginning is passed over.
    A report keeps the language and the time that it states; others take those ``given``.
    """
    return (found.item for found in trace([str(name)], given))


def trace(
    names: Iterable[str], given: Given | None = None, start: Cursor | None = None
) -> Iterator[Found]:
    """The reports of some sources, each with where it stands; those before ``start`` left out.

    Parts that were done by then are not opened. Raises ``ReportError`` where the sources do not
    lead there any more.
    """
    start = start or Cursor()
    gauge, empty = Gauge(), start.empty
    listed = chain.from_iterable(map(parts, names))
    for at, part in enumerate(listed):
        if at >= start.parts:
            passed = start.items if at == start.parts else 0
            if passed and part.label != start.label:
                raise ReportError(f"{part.label} stands where {start.label} stood")
            for number, item in enumerate(_of(part, given, gauge, empty), 1):
                empty = empty and not part.member
                if number > passed:
                    cursor = Cursor(at, number, part.label, empty)
                    yield Found(part, number, item, cursor, gauge.read)
            empty = empty or part.otherwise is not None
        gauge.done(part)


def _of(part: Part, given: Given | None, gauge: Gauge, empty: bool) -> Items:
    if part.otherwise is None:
        yield from read_part(part, given, gauge)
    elif empty:
        yield Failure(part.label, part.otherwise)


def read_part(part: Part, given: Given | None = None, gauge: Gauge | None = None) -> Items:
    """The reports of one part of a source, as ``read_source`` gives them."""
    given = given or Given()
    if part.path is None:
        items = _standard_input(given)
    else:
        within = replace(given, fallback=None) if part.member else given
        items = _file(part.path, part.label, within, gauge, member=part.member)
    for item in items:
        yield item if isinstance(item, Failure) else _filled(item, given)


def _filled(report: Report, given: Given) -> Report:
    language = report.language or given.language
    published_at = report.published_at or given.published_at
    if (language, published_at) == (report.language, report.published_at):
        return report
    return msgspec.structs.replace(report, language=language, published_at=published_at)


def _standard_input(given: Given) -> Items:
    meter = Meter()
    stream = counted(sys.stdin.buffer, meter.take, "standard input")
    yield from read_stream(stream, Source(STDIN, given, meter))


def _file(path: Path, label: str, given: Given, gauge: Gauge | None, *, member: bool) -> Items:
    try:
        size = _size(path)
        with path.open("rb") as stream:
            meter = Meter(taken=size)
            whole = stream if size else counted(stream, meter.take, "the file")
            with gauge.reading(stream) if gauge and size else nullcontext():
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
