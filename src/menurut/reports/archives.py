"""Reads the members of ZIP and tar archives. Nothing is laid on disk under a member's name."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO
from zipfile import ZipFile, ZipInfo

from menurut.contract import Failure
from menurut.reports.errors import ReportError, guarded
from menurut.reports.source import Items, Source, counted, seekable
from menurut.reports.sources import read_stream

_ENCRYPTED = 0x1


def read_zip(stream: IO[bytes], source: Source) -> Items:
    """The reports of an archive's members, in its own order."""
    with seekable(stream) as file:
        with guarded("the ZIP archive"):
            archive = ZipFile(file)
        with archive:
            names = {info.filename for info in archive.infolist()}
            if "mimetype" in names or "[Content_Types].xml" in names:
                raise ReportError("an office file or e-book of a kind that is not read")
            for info in archive.infolist():
                if not info.is_dir():
                    yield from _member(info.filename, source, _opener(archive, info))


def _opener(archive: ZipFile, info: ZipInfo) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        if info.flag_bits & _ENCRYPTED:
            raise ReportError("it is encrypted")
        return archive.open(info)

    return opened


def read_tar(stream: IO[bytes], source: Source) -> Items:
    """The reports of an archive's files, in its own order; links and devices are passed over."""
    with guarded("the tar archive"):
        archive = tarfile.open(fileobj=stream, mode="r|")  # noqa: SIM115 (closed below)
    with archive:
        while (info := _next(archive)) is not None:
            if info.isreg():
                yield from _member(info.name, source, _extractor(archive, info))


def _extractor(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        found = archive.extractfile(info)
        assert found is not None, "regular files alone are asked for"
        return found

    return opened


def _next(archive: tarfile.TarFile) -> tarfile.TarInfo | None:
    with guarded("the tar archive"):
        found = archive.next()
    archive.members = []  # type: ignore[attr-defined] # else every member's head is kept
    return found


def _member(name: str, source: Source, opened: Callable[[], IO[bytes]]) -> Items:
    """The reports of one member. A broken one fails alone."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if any(part.startswith(".") and part != ".." for part in parts) or "__MACOSX" in parts:
        return
    try:
        member = source.inside(name)
        if not parts or ".." in parts or parts[0] == "/" or parts[0].endswith(":"):
            raise ReportError("its name leads out of the archive")
        with guarded("the member"):
            inner = opened()
        stream = counted(inner, source.meter.make, "the member")
    except ReportError as error:
        yield Failure(f"{source.name}/{name}", str(error))
        return
    yield from read_stream(stream, member, member=True)
