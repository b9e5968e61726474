"""Reads Parquet tables, some rows at a time."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from menurut.reports.columns import map_columns
from menurut.reports.errors import ReportError, guarded
from menurut.reports.formats import missing
from menurut.reports.source import Items, Source, seekable

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

ROWS = 32
"""Rows that are held at a time."""
LARGEST_CHUNK = 2_000_000_000
"""The most bytes that a column of one row group may unpack to."""


def read_parquet(stream: IO[bytes], source: Source) -> Items:
    """A report for each row. Columns that no field needs are not read.

    Raises ``ReportError`` where the table is broken, or no column holds the text.
    """
    try:
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise missing(error) from None
    with seekable(stream) as file:
        with guarded("the Parquet table"):
            table = parquet.ParquetFile(file, pre_buffer=False)
        yield from _rows(table, source)


def _rows(table: ParquetFile, source: Source) -> Items:
    columns = map_columns(table.schema_arrow.names, source.given)
    wanted = list(dict.fromkeys(columns.of_field.values()))
    _check(table, wanted, source)
    batches = table.iter_batches(batch_size=ROWS, columns=wanted, use_threads=False)
    number = 0
    while True:
        with guarded(f"the Parquet table after row {number}"):
            batch = next(batches, None)
            rows = [] if batch is None else batch.to_pylist()
        if batch is None:
            return
        for row in rows:
            number += 1
            yield columns.report(row, source, number)


def _check(table: ParquetFile, wanted: list[str], source: Source) -> None:
    """Raises ``ReportError`` where a row group would unpack to more than is held."""
    for group in range(table.metadata.num_row_groups):
        described = table.metadata.row_group(group)
        for number in range(described.num_columns):
            column = described.column(number)
            if column.path_in_schema.split(".")[0] not in wanted:
                continue
            source.meter.make(column.total_uncompressed_size)
            if column.total_uncompressed_size > LARGEST_CHUNK:
                raise ReportError(f"a row group unpacks to more than {LARGEST_CHUNK / 1e9:.0f} GB")
