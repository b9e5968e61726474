"""Reports in, analyses out: intake, reader and record in one line.

Reports are read some at a time, so that every core has windows to read; the order is kept, and
what cannot be read stands in its place as a ``Failure``.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain, islice

from menurut.contract import (
    Analysis,
    Damage,
    Edition,
    Explained,
    Explanation,
    Failure,
    Report,
    Span,
)
from menurut.crew import Batch, Crew, Results, Task
from menurut.reader.document import Document
from menurut.reader.model import Model, cores, shipped_model
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
from menurut.tables import languages

BATCH_REPORTS = 8
FEW = 32
"""Reports that one process has read before others would be ready to help."""
SHARE_REPORTS = 2
"""The reports of a batch for one process; as many are lost where it dies."""
AHEAD = 8
"""Batches for each process that may wait, read or to be read."""
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
    reports: Iterable[Report | Failure],
    *,
    model: Model | None = None,
    jobs: int | None = None,
    knowledge: Knowledge | None = None,
    learning: bool = False,
) -> Iterator[Analysis | Failure]:
    """Read a stream of reports; failures pass through in their place.

    ``jobs``: the most cores to read on. With several, and more reports than ``FEW``, each is given
    to a process of its own (see ``menurut.crew``), this one among them. Without it, or with a
    model of the caller's own, all is done in this process, on the cores that the model has.

    ``knowledge``: what is known of people already; with ``learning`` each report adds to it, and
    those after it in the stream are read with what it has taught, in this process.
    """
    stream = iter(reports)
    if model is None and knowledge is None and jobs and min(jobs, cores()) > 1:
        first = list(islice(stream, FEW + 1))
        if len(first) > FEW:
            return _read_in_crew(chain(first, stream), min(jobs, cores()))
        stream = iter(first)
    reader = model or shipped_model()
    record = partial(_recorded, knowledge=knowledge, learning=learning)
    return _read_here(reader, stream, min(jobs or reader.threads, reader.threads), record)


def _read_here(
    model: Model,
    reports: Iterable[Report | Failure],
    threads: int,
    record: Callable[[Read | Unread], Analysis | Failure],
) -> Iterator[Analysis | Failure]:
    """Read in this process.

    The first batch has all threads; after it each thread reads one, while the records of those
    before are made: the model waits for the interpreter at either end of a window, and another
    goes on.
    """
    with ThreadPoolExecutor(threads) as pool:
        reading: deque[Future[list[Read | Unread]]] = deque()
        for number, batch in enumerate(_batches(reports, BATCH_REPORTS)):
            reading.append(pool.submit(_read, model, batch, 1 if number else threads))
            if len(reading) > threads:
                yield from map(record, reading.popleft().result())
        while reading:
            yield from map(record, reading.popleft().result())


def _read_in_crew(
    reports: Iterable[Report | Failure], processes: int
) -> Iterator[Analysis | Failure]:
    """Read in this process and in others, each with a reader of one thread.

    While the oldest batch is not done this process reads what nobody has begun.
    """
    with Crew(processes - 1) as crew:
        model = shipped_model(1)
        given: deque[Task] = deque()
        for batch in _batches(reports, SHARE_REPORTS):
            given.append(crew.give(batch))
            if len(given) > AHEAD * processes:
                yield from _done(given.popleft(), crew, model)
        while given:
            yield from _done(given.popleft(), crew, model)


def _done(first: Task, crew: Crew, model: Model) -> Results:
    """The results of a task, this process helping until it is done."""
    while not first.results.done() and (task := crew.take()):
        task.results.set_result(read_batch(model, task.batch, 1))
    return first.results.result()


def read_batch(model: Model, batch: Batch, threads: int) -> Results:
    """The results of some reports, in their order."""
    return [_recorded(read) for read in _read(model, batch, threads)]


def _read(model: Model, batch: Batch, threads: int) -> list[Read | Unread]:
    prepared = [_prepared(report) for report in batch]
    texts = [sheet.text for sheet in prepared if isinstance(sheet, Sheet)]
    documents = iter(read_texts(model, texts, threads))
    return [(p, next(documents)) if isinstance(p, Sheet) else p for p in prepared]


def _recorded(
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
        notes=tuple(_notes(report.edition, stamp)),
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
