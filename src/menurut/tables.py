"""Reads the tables that hold what differs by language and what the world is like.

A table is a TSV file under ``menurut/data``: the first line that is no comment names the
columns, ``#`` starts a comment line, an empty cell is an empty string.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

Row = dict[str, str]


def data_file(name: str) -> Traversable:
    """A file of the package's data, by its path under ``menurut/data``."""
    return files("menurut").joinpath("data", name)


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of a table, each a dict from column to cell.

    Raises ``ValueError`` naming file and line where a row has more cells than there are columns.
    """
    return tuple(row for _line, row in numbered_rows(name))


def numbered_rows(name: str) -> tuple[tuple[int, Row], ...]:
    """The rows of a table with the numbers of their lines; ``ValueError`` as in ``table``."""
    columns: list[str] = []
    rows: list[tuple[int, Row]] = []
    for number, line in enumerate(data_file(name).read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not columns:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise ValueError(f"{name}:{number}: {len(cells)} cells for {len(columns)} columns")
        cells += [""] * (len(columns) - len(cells))
        rows.append((number, dict(zip(columns, cells, strict=True))))
    return tuple(rows)


def language_table(language: str, name: str) -> tuple[Row, ...]:
    """The rows of a language's table ``name``; none where the language has no such table."""
    path = f"languages/{language}/{name}.tsv"
    return table(path) if data_file(path).is_file() else ()


@cache
def word_list(language: str, name: str) -> frozenset[str]:
    """The column ``word`` of a language's table; no words where there is no such table."""
    return frozenset(row["word"] for row in language_table(language, name))


@cache
def languages() -> frozenset[str]:
    """The languages that have a folder of tables."""
    return frozenset(d.name for d in data_file("languages").iterdir() if d.is_dir())
