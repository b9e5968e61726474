"""The folder of Parquet files that many machines write: what is in it, and what it ends as.

Which reports it holds is told by its files alone, so a run goes on from them.
"""

from __future__ import annotations

import re
import shutil
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from menurut.contract import Failure
from menurut.reports.errors import ReportError, guarded
from menurut.reports.parts import parts
from menurut.runs.failures import Failed, kind_of
from menurut.runs.rows import (
    UNFINISHED,
    Row,
    files_of,
    is_parquet,
    line,
    read_rows,
    table_of,
    write_table,
)
from menurut.runs.run import SUFFIX, FailureList, Stopped, replace_file, stopped_at

Places = dict[tuple[str, str], bytes]
"""Source and part, and the numbers that are read of it, 64 bits each."""
_RUN = re.compile(r"part-(\d+)-\d+\.parquet")


@dataclass(frozen=True)
class Folder:
    """``out``: what was asked for; ``path``: the folder. ``run``: its number, from 1."""

    out: Path
    path: Path
    run: int
    asked: tuple[str, ...]
    done: bool


def open_folder(out: Path, asked: tuple[str, ...], *, resume: bool) -> Folder:
    """The folder of an output, for a new run or to go on with.

    Raises ``ReportError`` where it is there and ``resume`` is not asked, where it was begun with
    something else, or cannot be made.
    """
    stops = out.with_name(out.name + SUFFIX)
    stopped = stopped_at(out, stops, asked, resume)
    path = out if is_parquet(out) else out.with_name(out.name + ".parts")
    with guarded(f"the folder {path}"):
        path.mkdir(exist_ok=resume)
        for left in path.glob(f"*{UNFINISHED}"):
            left.unlink()
        runs = [int(found[1]) for file in files_of(path) if (found := _RUN.match(file.name))]
        replace_file(stops, stopped)
    return Folder(out, path, max(runs, default=0) + 1, asked, stopped.done)


def places_of(folder: Path) -> Places:
    """Which reports the files hold."""
    found: dict[tuple[str, str], array[int]] = {}
    for cells in _columns(folder, "source", "part", "number"):
        place = cells["source"], cells["part"]
        found.setdefault(place, array("q")).append(cells["number"])
    return {place: numbers.tobytes() for place, numbers in found.items()}


def _columns(folder: Path, *names: str) -> Iterator[dict[str, Any]]:
    """Some columns of all files, and nothing else of them."""
    from pyarrow import parquet

    for file in files_of(folder):
        with guarded(f"{file}"):
            for batch in parquet.ParquetFile(file).iter_batches(columns=list(names)):
                yield from batch.to_pylist()


def ending(folder: Folder, names: Sequence[str], failures: Path | None) -> Counter[str]:
    """Finish a run: folders that held nothing, the list of failures, a file of JSON Lines.

    Returns how many reports could not be read, by kind.
    """
    if not folder.done:
        _complete(folder, names)
        if not is_parquet(folder.out):
            _join(folder)
    stops = folder.out.with_name(folder.out.name + SUFFIX)
    if folder.done:
        return Counter(stopped_at(folder.out, stops, folder.asked, True).failed)
    failed = _list(folder.path, failures)
    replace_file(stops, Stopped(asked=folder.asked, failed=dict(failed), done=True))
    if not is_parquet(folder.out):
        shutil.rmtree(folder.path)
    return failed


def _complete(folder: Folder, names: Sequence[str]) -> None:
    """Add what one machine says of a folder or pattern that holds no report."""
    held = places_of(folder.path)
    rows, empty = [], True
    for part in (part for name in names for part in parts(name)):
        if part.otherwise is None:
            empty = empty and not (part.member and (part.source, part.label) in held)
            continue
        if empty and (part.source, part.label) not in held:
            failure = Failure(part.label, part.otherwise)
            rows.append(
                Row(source=part.source, part=part.label, number=1, report=None, result=failure)
            )
        empty = True
    if rows:
        write_table(folder.path / f"part-{folder.run:03d}-999999.parquet", table_of(rows))


def _join(folder: Folder) -> None:
    meanwhile = folder.out.with_name(folder.out.name + UNFINISHED)
    with meanwhile.open("wb") as stream:
        for file in files_of(folder.path):
            stream.writelines(map(line, read_rows(file)))
    meanwhile.replace(folder.out)


def _list(folder: Path, failures: Path | None) -> Counter[str]:
    failed: Counter[str] = Counter()
    try:
        listed = FailureList(failures)
    except OSError as error:
        raise ReportError(f"{failures} cannot be opened: {error.strerror}") from None
    for cells in _columns(folder, "source", "part", "number", "id", "error"):
        if cells["error"] is not None:
            found = msgspec.convert({**cells, "kind": kind_of(cells["error"])}, Failed)
            listed.note(found)
            failed[found.kind] += 1
    listed.settle(listed.mark())
    listed.close()
    return failed
