"""Reads on a Ray cluster: the same pipeline as a Ray Data job.

    parts of sources ─ unpack ─ read (an actor for each core) ─ Parquet files

Every machine must have menurut installed and see the sources and the output under the same paths
(a shared file system). Tasks may be run again wherever a worker or a machine is lost: what they
write is named by the task, written beside and put in its place whole, so nothing is lost or twice.
A report that kills the process that reads it costs two reports, as on one machine, not the job.
"""

from __future__ import annotations

import logging
import pickle
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from menurut.contract import Report
from menurut.engines.crew import Crew, Task
from menurut.engines.local import SHARE_REPORTS
from menurut.pipeline import Item, Results
from menurut.reports.errors import ReportError
from menurut.reports.parts import Part, parts
from menurut.reports.source import Given
from menurut.reports.sources import read_part
from menurut.runs.folders import Folder, Places, ending, open_folder, places_of
from menurut.runs.rows import Row, table_of

if TYPE_CHECKING:
    import pyarrow

BLOCK_BYTES = 1_000_000
"""Bytes of reports that are handed on, and read, together."""
UNPACKED = 8
"""Reports that are handed on at a time while a block grows."""
BATCH = 16
"""Reports that an actor is given at a time."""
_SHARE = 0.25
"""Of a core: what unpacking and writing ask for, so that they run beside the readers."""
_PATIENCE = 10.0
"""Seconds in which a cluster has to answer."""
_LOOK = 5.0
"""Seconds after which an actor looks whether its helper still lives."""


def read(
    names: Sequence[str],
    given: Given,
    out: Path,
    *,
    asked: Sequence[str] = (),
    failures: Path | None = None,
    address: str | None = None,
    readers: int | None = None,
    resume: bool = False,
) -> Mapping[str, int]:
    """Read sources into a folder of Parquet files, or one file of JSON Lines, in no order.

    ``asked``: what a run that goes on must have been asked as well. ``address``: of the cluster;
    without it one is started on this machine, unless one is connected already. ``readers``: actors
    that read; one for each core when left out. Returns how many reports could
    not be read, by kind. Raises ``ReportError`` without the extra, where the cluster cannot be
    had, and where the output cannot be gone on with.
    """
    folder = open_folder(out, tuple(asked), resume=resume)
    if not folder.done:
        done = places_of(folder.path)
        with _connected(address) as ray:
            _run(ray, _shards(names, done), given, folder, readers or _cores(ray))
    return ending(folder, names, failures)


@contextmanager
def _connected(address: str | None) -> Iterator[Any]:
    """Ray, connected; what was connected here is let go afterwards."""
    try:
        import ray
    except ModuleNotFoundError:
        raise ReportError("a cluster needs more: pip install 'menurut[ray]'") from None
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    own = not ray.is_initialized()
    if own:
        _knock(address)
        try:
            ray.init(address=address or "local", logging_level=logging.ERROR, log_to_driver=False)
        except (ConnectionError, ValueError, RuntimeError) as error:
            reason = str(error).strip().split("\n")[0]
            raise ReportError(f"the Ray cluster cannot be reached: {reason}") from None
    try:
        yield ray
    finally:
        if own:
            ray.shutdown()


def _knock(address: str | None) -> None:
    """Raises ``ReportError`` where nobody listens at an address, which Ray tells in minutes."""
    host, colon, port = (address or "").removeprefix("ray://").rpartition(":")
    if not colon:
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()
    except (OSError, ValueError, OverflowError) as error:
        raise ReportError(f"the Ray cluster cannot be reached: {address}: {error}") from None


def _cores(ray: Any) -> int:
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def _shards(names: Sequence[str], done: Places) -> list[dict[str, object]]:
    """A row for each part, with the numbers of those in it that are read already."""
    return [
        {"part": pickle.dumps(part), "done": done.get((part.source, part.label), b"")}
        for name in names
        for part in parts(name)
        if part.otherwise is None
    ]


def _run(
    ray: Any, shards: list[dict[str, object]], given: Given, folder: Folder, readers: int
) -> None:
    if not shards:
        return
    from menurut.engines.cluster_files import Files

    with _settings(ray):
        data = ray.data.from_items(shards, override_num_blocks=len(shards))
        data = data.map_batches(
            _Unpack(given), batch_size=1, batch_format="pyarrow", num_cpus=_SHARE
        )
        data = data.map_batches(
            Reader,
            batch_size=BATCH,
            batch_format="pyarrow",
            num_cpus=1 - _SHARE,
            compute=ray.data.ActorPoolStrategy(size=readers),
        )
        data.write_datasink(Files(folder.path, folder.run), ray_remote_args={"num_cpus": _SHARE})


@contextmanager
def _settings(ray: Any) -> Iterator[None]:
    """Ray's settings for small blocks, since a report takes long; a bar only for a person."""
    context = ray.data.DataContext.get_current()
    wanted = {
        "target_max_block_size": BLOCK_BYTES,
        "target_min_block_size": 0,
        "enable_progress_bars": sys.stderr.isatty(),
    }
    before = {name: getattr(context, name) for name in wanted}
    for name, value in wanted.items():
        setattr(context, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(context, name, value)


class _Unpack:
    """Opens a part and hands on its reports, some at a time."""

    def __init__(self, given: Given) -> None:
        self._given = given

    def __call__(self, shard: pyarrow.Table) -> Iterator[pyarrow.Table]:
        for row in shard.to_pylist():
            part = pickle.loads(row["part"])
            yield from _tables(part, self._given, set(memoryview(row["done"]).cast("q")))


def _tables(part: Part, given: Given, done: set[int]) -> Iterator[pyarrow.Table]:
    import pyarrow

    held: list[dict[str, object]] = []
    for number, item in enumerate(read_part(part, given), 1):
        if number in done:
            continue
        place = {"source": part.source, "part": part.label, "number": number}
        held.append({**place, "item": pickle.dumps(item)})
        if len(held) == UNPACKED:
            yield pyarrow.Table.from_pylist(held)
            held = []
    if held:
        yield pyarrow.Table.from_pylist(held)


class Reader:
    """An actor that reads in a helper process of its own, and outlives it."""

    def __init__(self) -> None:
        self._crew = Crew(1)

    def __call__(self, batch: pyarrow.Table) -> pyarrow.Table:
        rows = batch.to_pylist()
        items: list[Item] = [pickle.loads(row["item"]) for row in rows]
        tasks = [
            self._crew.give(items[at : at + SHARE_REPORTS])
            for at in range(0, len(items), SHARE_REPORTS)
        ]
        results = [result for task in tasks for result in self._done(task)]
        return table_of(
            Row(
                source=row["source"],
                part=row["part"],
                number=row["number"],
                report=item if isinstance(item, Report) else None,
                result=result,
            )
            for row, item, result in zip(rows, items, results, strict=True)
        )

    def _done(self, task: Task) -> Results:
        while True:
            try:
                return task.results.result(_LOOK)
            except TimeoutError:
                if not self._crew.is_staffed:
                    raise RuntimeError("the process that reads could not start") from None
