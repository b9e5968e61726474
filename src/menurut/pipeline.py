"""Reports in, analyses out: layout, reader and record in one line.

Reports are read some at a time; the order is kept, and what cannot be read stands in its place as
a ``Failure``. Who reads which of them, and where, is for ``menurut.engines`` to say.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from menurut.contract import (
    Analysis,
    Damage,
    Explained,
    Explanation,
    Failure,
    Report,
    Span,
)
from menurut.reader.document import Document
from menurut.reader.model import Model, shipped_model
from menurut.reader.read import Text, read_texts
from menurut.record.actors import Knowledge, taught
from menurut.record.analyse import Record, make_record
from menurut.record.grounds import explain_record, find_unread
from menurut.reports.damage import find_damage
from menurut.reports.errors import ReportError
from menurut.reports.languages import detect_language
from menurut.reports.layout import Layout, lay_out
from menurut.reports.stamp import check_stamp
from menurut.reports.story import is_withdrawn
from menurut.reports.told_day import told_day
from menurut.tables import languages

_LOG = logging.getLogger(__name__)
NO_DATE = "no publication date: times that depend on it stay relative"
DAY_TOLD = "no publication date: taken to be the last day that the report itself dates"
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
    dated_by_text: bool = False

    @property
    def text(self) -> Text:
        return Text(self.report.text, self.language, self.layout.blocks)


Read = tuple[Sheet, Document]
Unread = Analysis | Failure
"""What stands in the place of a report that is not read: it is withdrawn, or cannot be read."""
Item = Report | Unread
"""What goes in; what is not to be read passes through in its place."""
Batch = Sequence[Item]
Results = list[Analysis | Failure]


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
    stamp = report.published_at or layout.published_at
    told = None if stamp else told_day(report.text, layout.blocks)
    return Sheet(report, layout, primary, stamp or told, dated_by_text=told is not None)


def _prose(text: str, layout: Layout) -> str:
    body = [text[slice(*b.span)] for b in layout.blocks if b.kind in ("body", "headline")]
    return "\n".join(body) or text


def read_batch(model: Model, batch: Batch, threads: int) -> Results:
    """The results of some reports, in their order."""
    return [recorded(read) for read in read_documents(model, batch, threads)]


def read_documents(model: Model, batch: Batch, threads: int) -> list[Read | Unread]:
    prepared = [_prepared(report) for report in batch]
    texts = [sheet.text for sheet in prepared if isinstance(sheet, Sheet)]
    documents = iter(read_texts(model, texts, threads))
    return [(p, next(documents)) if isinstance(p, Sheet) else p for p in prepared]


def recorded(
    read: Read | Unread, knowledge: Knowledge | None = None, learning: bool = False
) -> Analysis | Failure:
    found = _analysed(*read, knowledge) if isinstance(read, tuple) else read
    if learning and knowledge is not None and isinstance(found, Analysis):
        for fact in taught(found):
            knowledge.add(fact)
    return found


def _analysed(sheet: Sheet, document: Document, knowledge: Knowledge | None) -> Analysis | Failure:
    """The analysis; a fault of ours costs one report, is logged whole, and the stream goes on."""
    try:
        return analyse(sheet, document, knowledge)
    except Exception as error:
        _LOG.exception("report %s", sheet.report.id)
        return Failure(sheet.report.id, f"a fault in menurut: {type(error).__name__}: {error}")


def _prepared(report: Item) -> Sheet | Unread:
    if not isinstance(report, Report):
        return report
    try:
        if is_withdrawn(report):
            return unread(report, WITHDRAWN)
        return prepare(report)
    except ReportError as error:
        return Failure(report.id, str(error))


def unread(report: Report, note: str) -> Analysis:
    """What a report leaves that is not read: that it came, from whom, and why it is not read.

    Raises ``ReportError`` for a malformed time.
    """
    return Analysis(
        id=report.id,
        language=report.language or UNKNOWN_LANGUAGE,
        published_at=report.published_at and check_stamp(report.published_at),
        title=report.title,
        byline=report.byline,
        publisher=report.publisher,
        edition=report.edition,
        notes=(note,),
    )


def analyse(sheet: Sheet, document: Document, knowledge: Knowledge | None = None) -> Analysis:
    """The analysis of a read report."""
    return _analysis(sheet, _record(sheet, document, knowledge))


def _record(sheet: Sheet, document: Document, knowledge: Knowledge | None = None) -> Record:
    stamp = sheet.published_at
    published_at = datetime.fromisoformat(stamp) if stamp else None
    datelines = [block.span for block in sheet.layout.blocks if block.kind == "dateline"]
    return make_record(document, published_at, datelines, knowledge)


def _analysis(sheet: Sheet, record: Record) -> Analysis:
    report, layout, stamp = sheet.report, sheet.layout, sheet.published_at
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
        notes=tuple(_notes(sheet)),
        sentences=record.sentences,
        names=record.names,
        actors=record.actors,
        times=record.times,
        places=record.places,
        quantities=record.quantities,
        statements=record.statements,
        events=record.events,
        votes=record.votes,
    )


def _notes(sheet: Sheet) -> Iterator[str]:
    """What a person must know of a report before its record."""
    edition = sheet.report.edition
    if edition is not None:
        if edition.status == "withheld":
            yield WITHHELD
        if edition.notice == "correction":
            yield CORRECTION
    if sheet.published_at is None:
        yield NO_DATE
    elif sheet.dated_by_text:
        yield DAY_TOLD


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


def explain(report: Report, spans: Sequence[Span] | None = None) -> tuple[Analysis, Explanation]:
    """Read one report, and say of each value which rules and words it comes from.

    ``spans``: explain only what is read at these words, and why nothing is where that can be said.
    Raises ``ReportError`` where the report cannot be read.
    """
    sheet = prepare(report)
    record = _record(sheet, read_texts(shipped_model(), [sheet.text])[0])
    explained = explain_record(record)
    if spans is None:
        return _analysis(sheet, record), Explanation(id=report.id, explained=explained)
    return _analysis(sheet, record), Explanation(
        id=report.id,
        explained=tuple(value for value in explained if _touches(value, spans)),
        unread=tuple(find_unread(record, sheet.layout.blocks, spans)),
    )


def _touches(value: Explained, spans: Sequence[Span]) -> bool:
    words = (*value.words, *(span for ground in value.grounds for span in ground.words))
    return any(a < end and start < b for a, b in words for start, end in spans)
