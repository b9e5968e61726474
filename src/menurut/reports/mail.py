"""Reads e-mail: one message, or a mailbox (mbox) message by message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from io import BytesIO
from typing import IO, cast

from menurut.contract import Failure, Report
from menurut.reports.decode import LARGEST, decode
from menurut.reports.errors import ReportError, guarded
from menurut.reports.markup import fragment_paragraphs
from menurut.reports.source import Items, Source, lines, read_whole
from menurut.reports.sources import read_stream
from menurut.reports.story import compose, edition, one_line, subjects, told

MOST_PARTS = 1_000
_QUOTED_FROM = re.compile(rb"^>(?=>*From )")
_SIGNATURE = "-- "
_BODIES = ("plain", "html")


def read_message(stream: IO[bytes], source: Source) -> Items:
    """The report that a message is, then those of the files attached to it."""
    yield from _message(read_whole(stream), source, source.name)


def read_mailbox(stream: IO[bytes], source: Source) -> Items:
    """The reports of a mailbox's messages. A message too large fails alone.

    Raises ``ReportError`` where there is none.
    """
    number = 0
    for number, data in enumerate(_messages(stream), 1):
        id = source.numbered(number)
        if data is None:
            yield Failure(id, f"the message is too large: the most is {LARGEST / 1e6:.0f} MB")
            continue
        try:
            yield from _message(data, source, id)
        except ReportError as error:
            yield Failure(id, str(error))
    if number == 0:
        raise ReportError("there is no message in it")


def _messages(stream: IO[bytes]) -> Iterator[bytes | None]:
    """The messages, each between two ``From`` lines that follow an empty line; None: too large."""
    held: list[bytes] = []
    size, begun, blank = 0, False, True
    for line in lines(stream, LARGEST):
        opens = line is not None and blank and line.startswith(b"From ")
        if opens and begun:
            yield b"".join(held) if size <= LARGEST else None
        if opens:
            held, size, begun, blank = [], 0, True, False
            continue
        size += LARGEST + 1 if line is None else len(line)
        blank = line is not None and not line.strip()
        if size <= LARGEST and line is not None:
            held.append(_QUOTED_FROM.sub(b"", line))
    if begun:
        yield b"".join(held) if size <= LARGEST else None


def _message(data: bytes, source: Source, id: str) -> Items:
    with guarded("the message"):
        message = message_from_bytes(data, policy=policy.default)
        attached = _attached(message)
        report = _report(message, id, bool(attached))
    yield from report
    for name, held in attached:
        yield from read_stream(BytesIO(held), source.inside(name), member=True)


def _report(message: EmailMessage, id: str, attached: bool) -> list[Report]:
    """The message as a report; none where it has no words but files that may have them."""
    title = _header(message, "Subject")
    body = _body(message)
    if not body and attached:
        return []
    name, address = parseaddr(_header(message, "From") or "")
    return [
        told(
            Report(
                id=(_header(message, "Message-ID") or "").strip("<> ") or id,
                text=compose(title, body),
                title=title,
                published_at=_date(message),
                publisher=_header(message, "Organization") or name or address or None,
                edition=edition(
                    replaces=(_header(message, "Supersedes") or "").strip("<> "),
                    subjects=subjects((_header(message, "Keywords") or "").split(",")),
                ),
            )
        )
    ]


def _header(message: EmailMessage, name: str) -> str | None:
    """A header's words. A header that cannot be parsed says nothing."""
    try:
        value = message.get(name)
    except Exception:  # the header parser breaks on hostile values in unforeseen ways
        return None
    return None if value is None else one_line(str(value).replace("\ufffd", ""))


def _date(message: EmailMessage) -> str | None:
    try:
        moment = getattr(message.get("Date"), "datetime", None)
    except Exception:  # as above
        return None
    return moment.isoformat() if isinstance(moment, datetime) else None


def _body(message: EmailMessage) -> list[str]:
    """The paragraphs of the message's own text: as plain text, else as HTML."""
    for kind in _BODIES:
        part = message.get_body((kind,))
        if part is None:
            continue
        text = _text(cast(EmailMessage, part))
        found = fragment_paragraphs(text) if kind == "html" else _unsigned(text.splitlines())
        if any(line.strip() for line in found):
            return found
    return []


def _unsigned(lines: list[str]) -> list[str]:
    """The lines above the signature, which a line of its own parts off (RFC 3676, 4.3)."""
    return lines[: lines.index(_SIGNATURE)] if _SIGNATURE in lines else lines


def _text(part: EmailMessage) -> str:
    """The text of a part, by the character set it names where that one holds."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data:
        return ""
    return decode(data, part.get_content_charset())


def _attached(message: EmailMessage) -> list[tuple[str, bytes]]:
    """The named files of a message, and the messages it forwards.

    Raises ``ReportError`` for a message of too many parts.
    """
    found: list[tuple[str, bytes]] = []
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            raise ReportError(f"the message has more than {MOST_PARTS} parts")
        name = part.get_filename()
        held = part.get_payload(decode=True) if name and not part.is_multipart() else None
        if name and isinstance(held, bytes):
            found.append((name.replace("\\", "/").rsplit("/", 1)[-1], held))
    return found
