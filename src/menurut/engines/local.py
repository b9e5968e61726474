"""Reads on this machine: in this process, or shared out to one for each core.

The order is kept, whoever reads what.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import chain, islice

from menurut.contract import Analysis, Failure
from menurut.engines.crew import Crew, Task
from menurut.pipeline import Item, Read, Results, Unread, read_batch, read_documents, recorded
from menurut.reader.model import Model, cores, shipped_model
from menurut.record.actors import Knowledge

BATCH_REPORTS = 8
FEW = 32
"""Reports that one process has read before others would be ready to help."""
SHARE_REPORTS = 2
"""The reports of a batch for one process; as many are lost where it dies."""
AHEAD = 8
"""Batches for each process that may wait, read or to be read."""


def read_reports(
    reports: Iterable[Item],
    *,
    model: Model | None = None,
    jobs: int | None = None,
    knowledge: Knowledge | None = None,
    learning: bool = False,
) -> Iterator[Analysis | Failure]:
    """Read a stream of reports; failures, and analyses made before, pass through in their place.

    ``jobs``: the most cores to read on. With several, and more reports than ``FEW``, each is given
    to a process of its own (see ``menurut.engines.crew``), this one among them. Without it, or
    with a model of the caller's own, all is done in this process, on the cores that the model has.

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
    record = partial(recorded, knowledge=knowledge, learning=learning)
    return _read_here(reader, stream, min(jobs or reader.threads, reader.threads), record)


def _read_here(
    model: Model,
    reports: Iterable[Item],
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
            reading.append(pool.submit(read_documents, model, batch, 1 if number else threads))
            if len(reading) > threads:
                yield from map(record, reading.popleft().result())
        while reading:
            yield from map(record, reading.popleft().result())


def _read_in_crew(reports: Iterable[Item], processes: int) -> Iterator[Analysis | Failure]:
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


def _batches(reports: Iterable[Item], size: int) -> Iterator[list[Item]]:
    batch: list[Item] = []
    for report in reports:
        batch.append(report)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
