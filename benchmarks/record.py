"""How long the record and its event coder take beside the reader, on one core.

python -m benchmarks.record [--articles 60] [--rounds 3]

The articles are those of ``python -m benchmarks``. The reader reads them with one thread, then
their records are made; both by processor time, so that other work on the machine counts less.
*Coder*: the events of a record (``find_happenings`` and ``as_events``); *record*: all of it, the
coder's time too. The median of the rounds is printed. Exits with 1 where the coder takes longer
than the reader.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from benchmarks.__main__ import articles
from menurut.contract import Report
from menurut.pipeline import prepare
from menurut.reader.document import Document
from menurut.reader.model import Model, shipped_model
from menurut.reader.read import Text, read_texts
from menurut.record import analyse

CODER = ("find_happenings", "as_events")


class Times(NamedTuple):
    """Seconds of processor time; ``record`` holds ``coder``."""

    reader: float
    record: float
    coder: float


class Clock:
    """Adds up the processor time of the functions that it wraps."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: object) -> object:
            began = time.process_time()
            try:
                return function(*arguments)
            finally:
                self.seconds += time.process_time() - began

        return call


@contextmanager
def coder_timed() -> Iterator[Clock]:
    """A clock of the event coder, wherever a record is made."""
    clock = Clock()
    with ExitStack() as stack:
        for name in CODER:
            timed = clock.timed(getattr(analyse, name))
            stack.enter_context(patch.object(analyse, name, timed))
        yield clock


def measure(model: Model, texts: list[Text]) -> Times:
    """Read some texts and make their records, once."""
    began = time.process_time()
    documents = list(read_texts(model, texts, 1))
    read = time.process_time()
    coder = time_records(documents)
    return Times(read - began, time.process_time() - read, coder)


def time_records(documents: list[Document]) -> float:
    """Make the records of some documents; the seconds that their events took."""
    with coder_timed() as clock:
        for document in documents:
            analyse.make_record(document, None)
    return clock.seconds


def _text(row: dict[str, str]) -> Text:
    return prepare(Report(id=row["id"], text=row["text"], language=row["language"])).text


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.record",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    rows = list(articles(given.articles))
    words = sum(len(row["text"].split()) for row in rows)
    texts = [_text(row) for row in rows]
    model = shipped_model(1)
    time_records(list(read_texts(model, texts[:2], 1)))  # tables are read once
    rounds = [measure(model, texts) for _ in range(given.rounds)]
    reader, record, coder = map(statistics.median, zip(*rounds, strict=True))
    print(f"{given.articles} articles, {words} words, {given.rounds} rounds, medians; one core")
    for name, seconds in (("reader", reader), ("record", record), ("coder", coder)):
        rate, share = 1e6 * seconds / words, seconds / reader
        print(f"{name:6}  {seconds:6.2f} s  {rate:5.0f} µs/word  {share:5.2f} of the reader")
    return 0 if coder < reader else 1


if __name__ == "__main__":
    sys.exit(main())
