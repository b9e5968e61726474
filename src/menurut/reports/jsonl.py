"""Reads the contract's input: one report a line, in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from menurut.contract import Failure, Report
from menurut.reports.decode import LARGEST
from menurut.reports.errors import ReportError
from menurut.reports.paragraphs import BLANKS
from menurut.reports.source import Source, lines
from menurut.reports.stamp import check_stamp
from menurut.reports.story import is_withdrawn

_UNTEXT = re.compile("[\x00\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def read_jsonl(stream: IO[bytes], _source: Source | None = None) -> Iterator[Report | Failure]:
    """The reports of a stream in order; a line that cannot be read gives a ``Failure``.

    Blank lines are passed over and unknown fields ignored. Zero characters and lone surrogates
    in the text become U+FFFD, so that offsets still hold for the text that was sent.
    """
    decoder = msgspec.json.Decoder(Report)
    for number, line in enumerate(lines(stream, LARGEST), 1):
        if line is None:
            yield Failure(None, f"line {number}: longer than {LARGEST / 1e6:.0f} MB")
        elif line.strip():
            yield _read(decoder, line, number)


def _read(decoder: msgspec.json.Decoder[Report], line: bytes, number: int) -> Report | Failure:
    if number == 1:
        line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        return _checked(decoder.decode(line))
    except ReportError as error:
        return Failure(_id(line), f"line {number}: {error}")
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        pass
    try:
        return _checked(msgspec.convert(_mended(json.loads(line)), Report))
    except (ReportError, msgspec.ValidationError) as error:
        return Failure(_id(line), f"line {number}: {error}")
    except UnicodeDecodeError as error:
        return Failure(None, f"line {number}: not UTF-8 at byte {error.start}")
    except RecursionError:
        return Failure(None, f"line {number}: JSON nested too deeply")
    except ValueError as error:
        return Failure(None, f"line {number}: not JSON: {error}")


def read_record(fields: Any, source: Source, number: int) -> Report | Failure:
    """One report of the contract from its parsed JSON; ``number``: its place in the stream."""
    try:
        return _checked(msgspec.convert(_mended(fields), Report))
    except (ReportError, msgspec.ValidationError) as error:
        return Failure(source.numbered(number), str(error))


def _mended(fields: Any) -> Any:
    """The object with lone surrogates replaced in its strings."""
    if not isinstance(fields, dict):
        return fields
    return {key: _mend(value) for key, value in fields.items() if isinstance(key, str)}


def _mend(value: Any) -> Any:
    return _UNTEXT.sub("\ufffd", value) if isinstance(value, str) else value


def _id(line: bytes) -> str | None:
    """The id of a line that failed, where it can still be made out."""
    try:
        found = json.loads(line).get("id")
    except (ValueError, RecursionError, AttributeError):
        return None
    return _mend(found) if isinstance(found, str) else None


def _checked(report: Report) -> Report:
    """The report with its text mended. Raises ``ReportError`` where a field makes no sense."""
    if not report.text.strip(BLANKS) and not is_withdrawn(report):
        raise ReportError("the text is empty")
    if report.language is not None and not _LANGUAGE.fullmatch(report.language):
        raise ReportError(f"language is no BCP 47 tag: {report.language[:40]!r}")
    stamp = report.published_at
    if stamp is not None:
        stamp = check_stamp(stamp)
    if "\0" not in report.text and stamp == report.published_at:
        return report
    return msgspec.structs.replace(report, text=_mend(report.text), published_at=stamp)
