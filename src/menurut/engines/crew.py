"""Other processes that read a share of a stream: the rules need the interpreter, one for each core.

A helper is ``menurut.engines.helper`` in a process and a session of its own, fed with pickled
batches through its standard input. A key that interrupts the parent does not reach it; it ends
when its input does, so none outlives the parent, however that one ends.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
import threading
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import BinaryIO, Self, cast

from menurut.contract import Failure, Report
from menurut.pipeline import Batch, Results

READY = "ready"
_PROGRAM = (
    "import sys; sys.path += [p for p in sys.argv[1:] if p not in sys.path]; "
    "from menurut.engines.helper import main; main()"
)
_GONE = (EOFError, OSError, pickle.UnpicklingError)
_LOG = logging.getLogger(__name__)


class Task:
    """A batch that waits to be read, and then its results in the same order."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.results: Future[Results] = Future()


class Crew:
    """Some helpers, and the tasks that nobody has begun: whoever is free takes the oldest.

    The caller works too (``take``). Nobody waits for a helper that is still loading its model, and
    one that cannot start is only missed. A helper that dies at a batch fails the reports of that
    batch and is replaced.
    """

    def __init__(self, helpers: int) -> None:
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._closed = threading.Event()
        self._helpers: list[_Helper] = []
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(helpers)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._closed.set()
        for _ in self._threads:
            self._tasks.put(None)
        for helper in [*self._helpers]:
            helper.end()
        for thread in self._threads:
            thread.join()

    def give(self, batch: Batch) -> Task:
        """Put a batch at the end of the line."""
        task = Task(batch)
        self._tasks.put(task)
        return task

    def take(self) -> Task | None:
        """The oldest batch that nobody has begun, for the caller to read."""
        try:
            return self._tasks.get_nowait()
        except Empty:
            return None

    @property
    def is_staffed(self) -> bool:
        """Whether helpers read, or may still begin to."""
        return any(thread.is_alive() for thread in self._threads)

    def _serve(self) -> None:
        """Let a helper read until nothing more is to come; another follows one that dies."""
        while helper := self._ready():
            with helper:
                while task := self._tasks.get():
                    try:
                        task.results.set_result(helper.read(task.batch))
                    except _GONE:
                        task.results.set_result(_lost(task.batch, helper.end()))
                        break
                    except Exception as error:
                        task.results.set_exception(error)
            if task is None or self._closed.is_set():
                return

    def _ready(self) -> _Helper | None:
        """A helper with its model loaded; None where none can be had, or the crew is closed."""
        try:
            helper = _Helper()
        except OSError as error:
            _LOG.warning("a helper process could not start: %s", error)
            return None
        self._helpers.append(helper)
        if self._closed.is_set():
            helper.end()
        if helper.is_ready():
            return helper
        with helper:
            status = helper.end()
        if not self._closed.is_set():
            _LOG.warning("a helper process could not start: it ended with status %d", status)
        return None


def _lost(batch: Batch, status: int) -> Results:
    """What stands in the place of reports whose reading killed the process."""
    reason = f"the process that read it died with status {status}"
    return [Failure(item.id, reason) if isinstance(item, Report) else item for item in batch]


class _Helper:
    """One process, and the pipes to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM, *filter(None, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._given = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)

    def is_ready(self) -> bool:
        """Wait until the model is loaded; False where the process ends before."""
        try:
            return bool(pickle.load(self._answers) == READY)
        except _GONE:
            return False

    def read(self, batch: Batch) -> Results:
        """The results of a batch, in order. Raises one of ``_GONE`` where the process dies."""
        pickle.dump(batch, self._given, pickle.HIGHEST_PROTOCOL)
        self._given.flush()
        results: Results = pickle.load(self._answers)
        return results

    def end(self) -> int:
        """End the process, which holds nothing that is worth a wait; its exit status."""
        self._process.kill()
        return self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.end()
        for pipe in (self._given, self._answers):
            with suppress(OSError):  # what was still to be sent
                pipe.close()
