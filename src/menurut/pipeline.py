"""Reports in, analyses out: intake, reader and record in one line.

Reports are read some at a time, so that every core has windows to read; the order is kept, and
what cannot be read stands in its place as a ``Failure``.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from menurut.contract import Analysis, Damage, Edition, Failure, Report
from menurut.reader.document import Document
from menurut.reader.model import Model, shipped_model
from menurut.reader.read import Text, read_texts
from menurut.record.analyse import make_record
from menurut.reports.damage import find_damage
from menurut.reports.errors import ReportError
from menurut.reports.languages import detect_language
from menurut.reports.layout import Layout, lay_out
from menurut.reports.stamp import check_stamp
from menurut.reports.story import is_withdrawn
from menurut.tables import languages

BATCH_REPORTS = 8
_LOG = logging.getLogger(__name__)
NO_DATE = "no publication date: times that depend on it stay relative"
WITHDRAWN = "withdrawn by its sender: the report is not read"
WITHHELD = "withheld by its sender: not for use"
CORRECTION = "the sender marks it as a correction"
UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report made ready for the reader."""

    report: Report
    layout: Layout
    language: str
    published_at: str | None

    @property
    def text(self) -> Text:
        return Text(self.report.text, self.language, self.layout.blocks)


Read = tuple[Sheet, Document]
Unread = Analysis | Failure
"""What stands in the place of a report that is not read: it is withdrawn, or cannot be read."""


def prepare(report: Report) -> Sheet:
    """Lay a report out and settle its language and time.

    Raises ``ReportError`` for an empty text, an unread language, or a malformed time.
    """
    if not report.text.strip():
        raise ReportError("the report has no text")
    if report.published_at is not None:
        check_stamp(report.published_at)
    layout = lay_out(report)
    language = report.language or detect_language(_prose(report.text, layout))
    read = sorted(languages())
    if language is None:
        raise ReportError(f"the language cannot be told; name it: {' or '.join(read)}")
    primary = language.split("-")[0].lower()
    if primary not in read:
        raise ReportError(
            f"the language seems to be {language}; menurut reads {' and '.join(read)} so far"
        )
    return Sheet(report, layout, primary, report.published_at or layout.published_at)


def _prose(text: str, layout: Layout) -> str:
    body = [text[slice(*b.span)] for b in layout.blocks if b.kind in ("body", "headline")]
    return "\n".join(body) or text


def read_reports(
    reports: Iterable[Report | Failure], *, model: Model | None = None
) -> Iterator[Analysis | Failure]:
    """Read a stream of reports; failures pass through in their place.

    The first batch has all cores; after it each core reads one, while the records of those before
    are made: the model waits for the interpreter at either end of a window, and another goes on.
    """
    reader = model or shipped_model()
    with ThreadPoolExecutor(reader.threads) as pool:
        reading: deque[Future[list[Read | Unread]]] = deque()
        for number, batch in enumerate(_batches(reports, BATCH_REPORTS)):
            threads = 1 if number else reader.threads
            reading.append(pool.submit(_read, reader, batch, threads))
            if len(reading) > reader.threads:
                yield from map(_recorded, reading.popleft().result())
        while reading:
            yield from map(_recorded, reading.popleft().result())


def _read(model: Model, reports: list[Report | Failure], threads: int) -> list[Read | Unread]:
    prepared = [_prepared(report) for report in reports]
    texts = [sheet.text for sheet in prepared if isinstance(sheet, Sheet)]
    documents = iter(read_texts(model, texts, threads))
    return [(p, next(documents)) if isinstance(p, Sheet) else p for p in prepared]


def _recorded(read: Read | Unread) -> Analysis | Failure:
    return _analysed(*read) if isinstance(read, tuple) else read


def _analysed(sheet: Sheet, document: Document) -> Analysis | Failure:
    """The analysis; a fault of ours costs one report, is logged whole, and the stream goes on."""
    try:
        return analyse(sheet, document)
    except Exception as error:
        _LOG.exception("report %s", sheet.report.id)
        return Failure(sheet.report.id, f"a fault in menurut: {type(error).__name__}: {error}")


def _batches(reports: Iterable[Report | Failure], size: int) -> Iterator[list[Report | Failure]]:
    batch: list[Report | Failure] = []
    for report in reports:
        batch.append(report)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _prepared(report: Report | Failure) -> Sheet | Unread:
    if isinstance(report, Failure):
        return report
    try:
        if is_withdrawn(report):
            return _withdrawal(report)
        return prepare(report)
    except ReportError as error:
        return Failure(report.id, str(error))


def _withdrawal(report: Report) -> Analysis:
    """What a kill leaves: that it came, from whom, and what it takes back."""
    return Analysis(
        id=report.id,
        language=report.language or UNKNOWN_LANGUAGE,
        published_at=report.published_at and check_stamp(report.published_at),
        title=report.title,
        byline=report.byline,
        publisher=report.publisher,
        edition=report.edition,
        notes=(WITHDRAWN,),
    )


def analyse(sheet: Sheet, document: Document) -> Analysis:
    """The analysis of a read report."""
    report, layout = sheet.report, sheet.layout
    stamp = sheet.published_at
    published_at = datetime.fromisoformat(stamp) if stamp else None
    datelines = [block.span for block in layout.blocks if block.kind == "dateline"]
    record = make_record(document, published_at, datelines)
    return Analysis(
        id=report.id,
        language=sheet.language,
        published_at=stamp,
        title=report.title or layout.headline,
        byline=report.byline or layout.byline,
        publisher=report.publisher or layout.publisher,
        place=layout.place,
        edition=report.edition,
        blocks=layout.blocks,
        damage=_damage(sheet),
        notes=tuple(_notes(report.edition, stamp)),
        sentences=record.sentences,
        names=record.names,
        actors=record.actors,
        times=record.times,
        places=record.places,
        quantities=record.quantities,
        statements=record.statements,
        events=record.events,
    )


def _notes(edition: Edition | None, stamp: str | None) -> Iterator[str]:
    """What a person must know of a report before its record."""
    if edition is not None:
        if edition.status == "withheld":
            yield WITHHELD
        if edition.notice == "correction":
            yield CORRECTION
    if stamp is None:
        yield NO_DATE


def _damage(sheet: Sheet) -> tuple[Damage, ...]:
    return find_damage(sheet.report.text, sheet.layout.blocks, sheet.language)


def read(
    text: str,
    *,
    id: str = "report",
    language: str | None = None,
    published_at: str | None = None,
    title: str | None = None,
) -> Analysis:
    """Read one report. Raises ``ReportError`` where it cannot be read."""
    report = Report(id=id, text=text, title=title, language=language, published_at=published_at)
    sheet = prepare(report)
    return analyse(sheet, read_texts(shipped_model(), [sheet.text])[0])
