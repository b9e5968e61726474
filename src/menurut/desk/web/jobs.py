"""Long work beside the pages: reading what was dropped in, adding it, one job after another."""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import menurut
from menurut.contract import Analysis, Failure, Report
from menurut.ledger.adding import Change, add
from menurut.ledger.errors import LedgerError
from menurut.ledger.store import Ledger
from menurut.reports import Given, read_source

MOST_REPORTS = 200
"""Reports that are read of one file; who has more adds them at the command line."""
_KEPT = 12
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Draft:
    """A report that was dropped in. ``result``: None until it is read. ``change``: what adding it
    did; ``error``: why it could not be added."""

    report: Report | Failure
    result: Analysis | Failure | None = None
    change: Change | None = None
    error: str | None = None


@dataclass(slots=True)
class Job:
    """What was dropped in at once. ``doing``: ``opening``, ``reading``, ``adding`` or ``done``."""

    key: str
    name: str
    doing: str = "opening"
    drafts: list[Draft] = field(default_factory=list)
    more: bool = False

    @property
    def ready(self) -> int:
        """How many reports are through with what is being done."""
        if self.doing == "adding":
            return sum(bool(d.change or d.error) for d in self.drafts)
        return sum(d.result is not None for d in self.drafts)


Items = Callable[[], Iterator[Report | Failure]]


class Jobs:
    """The jobs of a desk: the newest are remembered, one is worked on at a time."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(1, "menurut-job")

    def find(self, key: str) -> Job | None:
        with self._lock:
            return self._jobs.get(key)

    def read_text(self, report: Report) -> Job:
        """Read a text that was pasted."""
        return self._begin(report.title or report.id, lambda: iter([report]))

    def read_file(self, name: str, folder: TemporaryDirectory[str], given: Given) -> Job:
        """Read a file that lies in a folder, which is removed when that is done."""

        def items() -> Iterator[Report | Failure]:
            with folder:
                yield from read_source(Path(folder.name, name), given)

        return self._begin(name, items)

    def _begin(self, name: str, items: Items) -> Job:
        job = Job(secrets.token_urlsafe(9), name)
        with self._lock:
            self._jobs[job.key] = job
            while len(self._jobs) > _KEPT:
                self._jobs.popitem(last=False)
        self._pool.submit(self._guarded, job, lambda: _read(job, items()))
        return job

    def add(self, job: Job, ledger: Ledger) -> None:
        """Add all reports of a job to the ledger."""
        job.doing = "adding"
        self._pool.submit(self._guarded, job, lambda: _add_all(job, ledger))

    def _guarded(self, job: Job, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # the page must be told, whatever it was
            _log.exception("a job failed")
            job.drafts.append(Draft(Failure(job.name, ""), Failure(job.name, str(error))))
        finally:
            job.doing = "done"

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _read(job: Job, items: Iterator[Report | Failure]) -> None:
    found = list(islice(items, MOST_REPORTS + 1))
    close = getattr(items, "close", None)
    if close is not None:
        close()
    job.more = len(found) > MOST_REPORTS
    job.drafts = [Draft(item) for item in found[:MOST_REPORTS]]
    job.doing = "reading"
    results = menurut.read_reports(draft.report for draft in job.drafts)
    for draft, result in zip(job.drafts, results, strict=True):
        draft.result = result


def _add_all(job: Job, ledger: Ledger) -> None:
    for draft in job.drafts:
        add_draft(draft, ledger)


def add_draft(draft: Draft, ledger: Ledger) -> None:
    """Add one report to the ledger; what stands against it is kept with it."""
    if not isinstance(draft.report, Report) or not isinstance(draft.result, Analysis):
        return
    try:
        draft.change, draft.error = add(ledger, draft.report, draft.result).change, None
    except LedgerError as error:
        draft.error = str(error)
