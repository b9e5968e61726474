"""What a format's reader is handed beside the bytes, and how the bytes are bounded."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from menurut.contract import Failure, Report
from menurut.reports.decode import LARGEST
from menurut.reports.errors import ExpansionError, ReportError, guarded

DEEPEST = 4
"""The most containers (archives, compressed files, messages) that lie in one another."""
FREE = 64_000_000
"""Bytes that any source may unpack to."""
MOST_EXPANSION = 250
"""The most times its size that a source may unpack to beyond ``FREE``; news takes up to 30."""
LARGEST_SPOOL = 4_000_000_000
"""The most bytes that are laid on disk for a format that must be read back and forth."""
_IN_MEMORY = 16_000_000
_CHUNK = 1 << 16


@dataclass(slots=True)
class Meter:
    """Counts the bytes of one source, and what they unpack to in all its layers."""

    taken: int = 0
    made: int = 0

    def take(self, size: int) -> None:
        """Count bytes of the source itself."""
        self.taken += size

    def make(self, size: int) -> None:
        """Count unpacked bytes. Raises ``ExpansionError`` where they are out of all measure."""
        self.made += size
        if self.made > FREE and self.made > MOST_EXPANSION * self.taken:
            raise ExpansionError(
                f"unpacks to more than {MOST_EXPANSION} times its size and is not read further"
            )


@dataclass(frozen=True, slots=True)
class Given:
    """What the person at the screen says about sources.

    ``format``: its name, where the file's own name does not tell. ``columns``: for tables, the
    column of each field. ``fallback``: the format of files whose names tell none.
    """

    language: str | None = None
    published_at: str | None = None
    format: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes come from. ``name``: what a report of them is called that has no id."""

    name: str
    given: Given = field(default_factory=Given)
    meter: Meter = field(default_factory=Meter)
    depth: int = 0

    def inside(self, member: str) -> Source:
        """The source of a member of an archive.

        Raises ``ReportError`` where too many containers lie in one another.
        """
        given = replace(self.given, fallback=None)
        return replace(self._deeper(), name=f"{self.name}/{member}", given=given)

    def unpacked(self, name: str) -> Source:
        """The source of what a compressed file unpacks to. Raises as ``inside`` does."""
        return replace(self._deeper(), name=name)

    def _deeper(self) -> Source:
        if self.depth == DEEPEST:
            raise ReportError(f"more than {DEEPEST} archives lie in one another")
        return replace(self, depth=self.depth + 1)

    def numbered(self, number: int) -> str:
        """An id for a report without one, by its place."""
        return f"{self.name}#{number}"


Items = Iterator[Report | Failure]
Read = Callable[[IO[bytes], Source], Items]
"""Reads a format: the reports of a stream in order, with a ``Failure`` in the place of each that
cannot be read. Raises ``ReportError`` where no more of the stream can be read."""


class Counted(io.RawIOBase):
    """A stream whose bytes are counted, and whose faults are told in plain words."""

    def __init__(self, inner: IO[bytes], count: Callable[[int], None], what: str) -> None:
        self._inner = inner
        self._count = count
        self._what = what

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(cast(bytearray, buffer))
        with guarded(self._what):
            data = self._inner.read(len(view))
        self._count(len(data))
        view[: len(data)] = data
        return len(data)


def counted(inner: IO[bytes], count: Callable[[int], None], what: str) -> IO[bytes]:
    """A buffered stream of ``inner`` that tells ``count`` of all bytes read.

    Reading raises ``ReportError`` about ``what`` where ``inner`` is broken.
    """
    return io.BufferedReader(Counted(inner, count, what), _CHUNK)


class _Rewound(io.RawIOBase):
    """A stream with the bytes that were read off it laid before the rest."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(cast(bytearray, buffer))
        data = self._head[: len(view)] if self._head else self._rest.read(len(view))
        self._head = self._head[len(data) :] if self._head else self._head
        view[: len(data)] = data
        return len(data)


def rewound(head: bytes, rest: IO[bytes]) -> IO[bytes]:
    """The stream that ``head`` was read off, from its beginning."""
    if rest.seekable():
        rest.seek(-len(head), io.SEEK_CUR)
        return rest
    return io.BufferedReader(_Rewound(head, rest), _CHUNK)


def read_head(stream: IO[bytes], size: int) -> bytes:
    """The first bytes of a stream, fewer only where there are no more."""
    head = b""
    while len(head) < size and (more := stream.read(size - len(head))):
        head += more
    return head


def read_whole(stream: IO[bytes], most: int = LARGEST) -> bytes:
    """All bytes of a stream. Raises ``ReportError`` for none, and for more than ``most``."""
    data = read_head(stream, most + 1)
    if len(data) > most:
        raise ReportError(f"the file is too large: the most is {most / 1e6:.0f} MB")
    if not data:
        raise ReportError("the file is empty")
    return data


@contextmanager
def seekable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The stream itself where it can be read back and forth, else a copy on disk, for as long.

    Raises ``ReportError`` where a copy would be too large.
    """
    if stream.seekable():
        yield stream
        return
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        size = 0
        while data := stream.read(_CHUNK):
            size += len(data)
            if size > LARGEST_SPOOL:
                raise ReportError(f"too large to unpack: the most is {LARGEST_SPOOL / 1e9:.0f} GB")
            copy.write(data)
        copy.seek(0)
        yield cast(IO[bytes], copy)


def lines(stream: IO[bytes], most: int) -> Iterator[bytes | None]:
    """The lines, none longer than ``most``: a longer one is passed over and gives None."""
    while line := stream.readline(most + 1):
        if len(line) <= most:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(most)
        yield None
