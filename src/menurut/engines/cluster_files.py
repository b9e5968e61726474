"""Where the tasks of a Ray Data job write: each into a Parquet file named after it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow
from ray.data import Datasink
from ray.data._internal.execution.interfaces import TaskContext

from menurut.runs.rows import write_table

FILE_ROWS = 500
"""The least rows of a file, but for the last ones."""


class Files(Datasink):  # type: ignore[misc]
    """The files of one run in a folder. A task that is run again writes the same file again."""

    def __init__(self, folder: Path, run: int) -> None:
        self._folder = folder
        self._run = run

    @property
    def min_rows_per_write(self) -> int:
        """For Ray: so many rows are gathered for a task."""
        return FILE_ROWS

    def write(self, blocks: Sequence[pyarrow.Table], ctx: TaskContext) -> None:
        """Write the rows of a task."""
        tables = [block for block in blocks if block.num_rows]
        if tables:
            name = f"part-{self._run:03d}-{ctx.task_idx:06d}.parquet"
            write_table(self._folder / name, pyarrow.concat_tables(tables))
