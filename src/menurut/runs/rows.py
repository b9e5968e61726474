"""What a run keeps of each report, and how it stands in files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec

from menurut.contract import Analysis, Failure, Report
from menurut.reports.errors import ReportError, guarded
from menurut.reports.formats import missing

if TYPE_CHECKING:
    import pyarrow

SUFFIXES = (".parquet", ".pq")
"""Names of files of Parquet end so."""
_ROWS = 32
_COMPRESSION = "zstd"
UNFINISHED = ".unfinished"
"""What the name of a file ends in while it is written."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A report and what became of it. ``number``: its place in the ``part`` of the ``source``,
    from 1. ``report`` is None where nothing could be taken from there. ``fault``: it is the row
    itself that is wrong."""

    source: str
    part: str
    number: int
    report: Report | None
    result: Analysis | Failure
    fault: bool = False


_encode = msgspec.json.encode


def line(row: Row) -> bytes:
    """The result as a line of the contract."""
    return _encode(row.result) + b"\n"


def is_parquet(path: Path) -> bool:
    """Whether a file or folder of this name holds Parquet."""
    return path.suffix.lower() in SUFFIXES


def _schema() -> pyarrow.Schema:
    arrow = _arrow()
    text = arrow.string()
    columns = {
        "source": text,
        "part": text,
        "number": arrow.int64(),
        "id": text,
        "language": text,
        "published_at": text,
        "report": text,
        "analysis": text,
        "error": text,
    }
    return arrow.schema(columns)


def _arrow() -> Any:
    try:
        import pyarrow
    except ModuleNotFoundError as error:
        raise missing(error) from None
    return pyarrow


def _cells(row: Row) -> dict[str, object]:
    result = row.result
    read = result if isinstance(result, Analysis) else None
    return {
        "source": row.source,
        "part": row.part,
        "number": row.number,
        "id": result.id,
        "language": read and read.language,
        "published_at": read and read.published_at,
        "report": row.report and _encode(row.report).decode(),
        "analysis": read and _encode(read).decode(),
        "error": result.error if isinstance(result, Failure) else None,
    }


def table_of(rows: Iterable[Row]) -> pyarrow.Table:
    """Rows as a table. Raises ``ReportError`` without the extra."""
    return _arrow().Table.from_pylist([_cells(row) for row in rows], _schema())


def write_table(path: Path, table: pyarrow.Table) -> None:
    """Write a table of rows as one Parquet file, whole or not at all."""
    from pyarrow import parquet

    meanwhile = path.with_name(path.name + UNFINISHED)
    parquet.write_table(table, meanwhile, compression=_COMPRESSION, row_group_size=_ROWS)
    meanwhile.replace(path)


def files_of(path: Path) -> list[Path]:
    """The files of a run's output, in order: one, or the parts of a folder."""
    if not path.is_dir():
        return [path]
    return sorted(part for part in path.iterdir() if part.suffix.lower() in (*SUFFIXES, ".jsonl"))


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of one Parquet file, some held at a time.

    A report or an analysis that is none stands there as a failure. Raises ``ReportError`` where the
    file cannot be read, or was not written by ``write_table``.
    """
    _arrow()
    from pyarrow import parquet

    with guarded(f"{path.name}"):
        table = parquet.ParquetFile(path)
        if not set(_schema().names) <= set(table.schema_arrow.names):
            raise ReportError("these are no analyses: columns are missing")
    batches = table.iter_batches(batch_size=_ROWS, use_threads=False)
    rows = (cells for batch in batches for cells in batch.to_pylist())
    for place, cells in enumerate(rows, 1):
        with guarded(f"{path.name}"):
            yield _row(cells, f"{path}: row {place}")


def _row(cells: dict[str, Any], where: str) -> Row:
    held, made = cells["report"], cells["analysis"]
    result: Analysis | Failure
    fault = False
    if made is None:
        result = Failure(cells["id"], cast(str, cells["error"]))
    else:
        try:
            result = msgspec.json.decode(made, type=Analysis)
        except msgspec.MsgspecError as error:
            result, fault = Failure(cells["id"], f"{where}: no analysis: {error}"), True
    return Row(
        source=cells["source"],
        part=cells["part"],
        number=cells["number"],
        report=None if held is None else msgspec.json.decode(held, type=Report),
        result=result,
        fault=fault,
    )
