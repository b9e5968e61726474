"""Unpacks compressed files: gzip, bzip2, xz, Zstandard; what is inside may be in any format."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
from collections.abc import Callable
from typing import IO, Protocol, cast

from menurut.reports.formats import missing, suffix_of
from menurut.reports.source import Items, Source, counted
from menurut.reports.sources import open_stream

XZ_MEMORY = 256_000_000
"""The most bytes of memory that unpacking xz may take; a file can ask for 4 GB."""
_CHUNK = 1 << 16
_TARS = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


class Decompressor(Protocol):
    """What the decompressors of ``bz2``, ``lzma`` and ``zstd`` have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Unpacked(io.RawIOBase):
    """A compressed stream unpacked: its members (frames) one after the other."""

    def __init__(self, packed: IO[bytes], make: Callable[[], Decompressor]) -> None:
        self._packed = packed
        self._make = make
        self._member = make()
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(cast(bytearray, buffer))
        data = b""
        while not data:
            if self._member.eof:
                rest = self._member.unused_data or self._packed.read(_CHUNK)
                if not rest.strip(b"\0"):
                    return 0
                self._member = self._make()
            else:
                rest = self._packed.read(_CHUNK) if self._member.needs_input else b""
                if self._member.needs_input and not rest:
                    raise EOFError("the data are cut off")
            data = self._member.decompress(rest, len(view))
        view[: len(data)] = data
        return len(data)


def _read(inner: IO[bytes], what: str, source: Source) -> Items:
    suffix = suffix_of(source.name)
    name = source.name[: len(source.name) - len(suffix)] + _TARS.get(suffix, "")
    stream = counted(inner, source.meter.make, f"the {what} data")
    yield from open_stream(stream, source.unpacked(name or source.name))


def read_gzip(stream: IO[bytes], source: Source) -> Items:
    """The reports of what is packed with gzip."""
    return _read(cast(IO[bytes], gzip.GzipFile(fileobj=stream, mode="rb")), "gzip", source)


def read_bzip2(stream: IO[bytes], source: Source) -> Items:
    """The reports of what is packed with bzip2."""
    return _read(_unpacked(stream, bz2.BZ2Decompressor), "bzip2", source)


def read_xz(stream: IO[bytes], source: Source) -> Items:
    """The reports of what is packed with xz."""
    return _read(_unpacked(stream, lambda: lzma.LZMADecompressor(memlimit=XZ_MEMORY)), "xz", source)


def read_zstd(stream: IO[bytes], source: Source) -> Items:
    """The reports of what is packed with Zstandard."""
    return _read(_unpacked(stream, _zstd()), "Zstandard", source)


def _unpacked(stream: IO[bytes], make: Callable[[], Decompressor]) -> IO[bytes]:
    return cast(IO[bytes], _Unpacked(stream, make))


def _zstd() -> Callable[[], Decompressor]:
    """The standard library's decompressor, or its twin for older Pythons."""
    try:
        if sys.version_info >= (3, 14):
            from compression.zstd import ZstdDecompressor
        else:
            from backports.zstd import ZstdDecompressor
    except ModuleNotFoundError as error:
        raise missing(error) from None
    return ZstdDecompressor
