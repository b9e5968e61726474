"""Reads JSON: ninjs, a JSON Feed, reports of the contract; alone, in an array, or one a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import chain
from typing import IO, Any

from menurut.contract import Failure
from menurut.reports.decode import LARGEST, decode
from menurut.reports.errors import ReportError, guarded
from menurut.reports.json_feed import is_json_feed, read_json_feed
from menurut.reports.jsonl import read_record
from menurut.reports.ninjs import is_ninjs, read_ninjs
from menurut.reports.source import Items, Source, lines, read_head, read_whole, rewound

_FIRST_LINE = 1 << 20
Object = dict[str, Any]


def read_json(stream: IO[bytes], source: Source) -> Items:
    """The reports of a JSON document, or of one document a line."""
    for number, document in enumerate(_documents(stream), 1):
        if isinstance(document, ReportError):
            yield Failure(source.numbered(number), str(document))
        else:
            yield from _read(document, source, number)


def _read(document: Any, source: Source, number: int) -> Items:
    """The reports of one document of a kind that is known."""
    read = _reader(document)
    if read is None:
        yield Failure(source.numbered(number), "JSON of a kind that is not read")
        return
    with guarded("the JSON"):
        found = list(read(document, source, number))
    yield from found


def _reader(document: Any) -> Callable[[Object, Source, int], Items] | None:
    if not isinstance(document, dict):
        return None
    if is_json_feed(document):
        return read_json_feed
    if is_ninjs(document):
        return read_ninjs
    if "text" in document:
        return lambda fields, source, n: iter([read_record(fields, source, n)])
    return None


def _documents(stream: IO[bytes]) -> Iterator[Any]:
    """The documents of a stream: one a line, else the elements of an array, else the whole."""
    head = read_head(stream, _FIRST_LINE)
    stream = rewound(head, stream)
    first, newline, after = head.partition(b"\n")
    if newline and after.strip() and isinstance(_parsed(first), dict):
        for line in lines(stream, LARGEST):
            if line is None:
                yield ReportError(f"the line is longer than {LARGEST / 1e6:.0f} MB")
            elif line.strip():
                yield _parsed(line)
        return
    whole = _parsed(read_whole(stream))
    if isinstance(whole, ReportError):
        raise whole
    yield from chain(whole) if isinstance(whole, list) else (whole,)


def _parsed(data: bytes) -> Any:
    """The value, or a ``ReportError`` that says why there is none."""
    try:
        return json.loads(decode(data))
    except ReportError as error:
        return error
    except RecursionError:
        return ReportError("JSON nested too deeply")
    except ValueError as error:
        return ReportError(f"not JSON: {error}")
