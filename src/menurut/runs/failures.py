"""What could not be read: a list in JSON Lines, its kinds, and reading it again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from menurut.contract import Failure
from menurut.reports.errors import ReportError
from menurut.reports.parts import parts
from menurut.reports.source import Given
from menurut.reports.sources import Cursor, Found, read_part
from menurut.runs.rows import Row

KINDS = {
    "fault": r"a fault in menurut",
    "died": r"the process that read it died",
    "extra": r"this format needs more",
    "no-article": r"page holds no article",
    "language": r"the language (cannot be told|seems to be)",
    "locked": r"encrypted|locked with a password",
    "too-large": r"too large|longer than|more than|nested too deeply",
    "missing": r"no such file|no file matches|no reports in this directory|not a regular file"
    r"|is a directory|Permission denied",
    "field": r"no ISO 8601|no BCP 47|is no date|is none of|column|leads out of the archive"
    r"|missing required|Expected `|has no uri|there is no format|has no analysis",
    "not-read": r"of a kind that is not read|is no text but|binary|not text or HTML|is no feed"
    r"|is no DOCX|entities of its own|encoding is not read",
    "empty": r"empty|no words|no text|nothing but blanks|no body|no headline|no items|no message"
    r"|no news item|no WARC record",
    "broken": r"broken|cut off|cannot be (read|parsed)|not JSON|not UTF-8|no HTTP response"
    r"|tell its length|JSON|cannot be opened",
}
"""Kinds of failure, and what their messages say; the first that fits counts."""
OTHER = "other"


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list. ``number``: its place in the ``part`` of the ``source``, from 1."""

    source: str
    part: str
    number: int
    id: str | None
    kind: str
    error: str


def kind_of(error: str) -> str:
    """The kind of a failure, by its message."""
    return next((kind for kind, said in KINDS.items() if re.search(said, error)), OTHER)


def failed(row: Row) -> Failed | None:
    """The line that a row gives; None where it was read."""
    if not isinstance(row.result, Failure):
        return None
    return Failed(
        source=row.source,
        part=row.part,
        number=row.number,
        id=row.result.id,
        kind=kind_of(row.result.error),
        error=row.result.error,
    )


def read_list(path: Path) -> list[Failed]:
    """The lines of a list. Raises ``ReportError`` where one is none, or it cannot be opened."""
    decoder = msgspec.json.Decoder(Failed)
    found: list[Failed] = []
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise ReportError(f"{path} cannot be read: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        try:
            found += [decoder.decode(line)] if line.strip() else []
        except msgspec.MsgspecError as error:
            raise ReportError(f"{path}: line {number}: no line of failures: {error}") from None
    return found


def retrace(listed: Iterable[Failed], given: Given | None = None) -> Iterator[Found]:
    """What is on a list, taken from its sources once more, in their order.

    Where a part could not be read from some place on, all from there on is taken.
    """
    wanted: dict[str, dict[str, list[Failed]]] = {}
    for line in listed:
        wanted.setdefault(line.source, {}).setdefault(line.part, []).append(line)
    done = 0
    for source, labels in wanted.items():
        for part in parts(source):
            lines = labels.get(part.label)
            if lines and part.otherwise is None:
                numbers = {line.number for line in lines}
                whole = [line.number for line in lines if line.id == line.part]
                after = min(whole, default=None)
                for number, item in enumerate(read_part(part, given), 1):
                    if number in numbers or (after is not None and number >= after):
                        yield Found(part, number, item, Cursor(), done)
                done += part.size or 0


def count(rows: Iterable[Row]) -> Counter[str]:
    """How many rows failed, by kind."""
    return Counter(line.kind for row in rows if (line := failed(row)))
