"""Reads Parquet tables, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
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
            names = parquet.read_schema(file).names
        columns = map_columns(names, source.given)
        wanted = list(dict.fromkeys(columns.of_field.values()))
        with guarded("the Parquet table"):
            # As a dictionary, a value that many rows repeat is held once.
            table = parquet.ParquetFile(file, pre_buffer=False, read_dictionary=wanted)
        _check(table, wanted, source)
        for number, row in enumerate(_rows(table, wanted), 1):
            yield columns.report(row, source, number)


def _rows(table: ParquetFile, wanted: list[str]) -> Iterator[dict[str, object]]:
    batches = table.iter_batches(batch_size=ROWS, columns=wanted, use_threads=False)
    while True:
        with guarded("the Parquet table"):
            batch = next(batches, None)
        if batch is None:
            return
        for number in range(batch.num_rows):
            with guarded("the Parquet table"):
                row = {name: batch.column(name)[number].as_py() for name in wanted}
            yield row


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
