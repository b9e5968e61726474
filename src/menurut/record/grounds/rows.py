"""Finds the table rows that a basis names.

A basis is a list of references, parted by ``; ``. Each is a table and a key
(``languages/en/reporting.tsv: accuse``), or a short name of one of those that the rules of places
and figures use (``geonames:1273294``, ``more: more than``), or plain words.
"""

from __future__ import annotations

import gzip
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from menurut.contract import Rule
from menurut.tables import Row, data_file, numbered_rows

_TABLE = re.compile(r"((?:languages|world)/[\w./-]+\.(?:tsv|toml)): (.+)")
_GAZETTEER = re.compile(r"geonames:(\d+)")
_KNOWN = re.compile(r"(countries|exonyms|regions):(.+)")
_RULE_NAME = re.compile(r'name = "(.+)"')
_EXAMPLES = ("yes", "example", "examples")
_NOT_SHOWN = frozenset({"no", *_EXAMPLES})

_KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "predicates": (("predicate", "pos"),),
    "status": (("relation", "words"),),
    "plover": (("kind", "name"),),
    "leaders": (("name",), ("alone",)),
    "quantities": (("kind", "words"),),
    "places": (("use", "words"),),
}
"""The columns whose cells make up a key, where that is not the first column alone."""

_GUESSED = {"quantity": "quantities", "place": "places"}
"""The table that a short reference of a sort of value means."""


def rules_of(basis: str | None, language: str, sort: str = "") -> tuple[Rule, ...]:
    """The rules that a basis names; ``sort``: of the value that has it."""
    return tuple(_rule(part, language, sort) for part in basis.split("; ")) if basis else ()


def rule(reference: str, line: int = 0) -> Rule:
    """The rule of one reference; its name alone where no table has it.

    ``line``: which row of several that go by the same key.
    """
    found = _TABLE.fullmatch(reference)
    rows = _find(found[1], found[2]) if found else ()
    return next(
        (row for row in rows if row.line == line), rows[0] if rows else Rule(name=reference)
    )


def _rule(reference: str, language: str, sort: str) -> Rule:
    if bearer := _GAZETTEER.match(reference):
        return _of_gazetteer(bearer[1]) or Rule(name=reference)
    if known := _KNOWN.fullmatch(reference):
        folder = "world" if known[1] == "regions" else f"languages/{language}"
        return rule(f"{folder}/{known[1]}.tsv: {known[2]}")
    if not _TABLE.fullmatch(reference) and sort in _GUESSED:
        key = reference.replace(": ", " ", 1)
        guess = rule(f"languages/{language}/{_GUESSED[sort]}.tsv: {key}")
        return guess if guess.line else Rule(name=reference)
    return rule(reference)


def _find(file: str, key: str) -> Sequence[Rule]:
    if not data_file(file).is_file():
        return ()
    index = _times(file) if file.endswith(".toml") else _rows(file)
    return index.get(key, ())


@cache
def _rows(file: str) -> dict[str, list[Rule]]:
    """The rows of a table by all the keys that they may go by."""
    found: dict[str, list[Rule]] = {}
    name = file.rpartition("/")[2].removesuffix(".tsv")
    for line, row in numbered_rows(file):
        for columns in _KEYS.get(name, (tuple(row)[:1],)):
            for key in _keys(row, columns):
                found.setdefault(key, []).append(_of_row(file, key, line, row))
    for line, row in numbered_rows(file):  # a capital, say, in a later column
        for cell in row.values():
            found.setdefault(cell, [_of_row(file, cell, line, row)])
    return found


def _keys(row: Row, columns: tuple[str, ...]) -> Iterator[str]:
    choices = [_choices(row.get(column, ""), column) for column in columns]
    yield from (" ".join(parts) for parts in product(*choices) if all(parts))


def _choices(cell: str, column: str) -> set[str]:
    """What a cell of alternatives may stand for: ``a|b``, ``call,phone by``, ``may might``."""
    if column == "predicate":
        return {" ".join(words) for words in product(*(w.split(",") for w in cell.split()))}
    return {
        cell,
        *cell.split("|"),
        *(cell.replace(",", " , ").split() if column == "words" else ()),
        *(cell.split(",") if column == "words" else ()),
    }


def _of_row(file: str, key: str, line: int, row: Row) -> Rule:
    shown = {column: cell for column, cell in row.items() if cell and column not in _NOT_SHOWN}
    example = next((row[column] for column in _EXAMPLES if row.get(column)), None)
    return Rule(name=f"{file}: {key}", file=file, line=line, cells=shown, example=example)


@cache
def _times(file: str) -> dict[str, list[Rule]]:
    """The rules of a grammar of times, by name."""
    text = data_file(file).read_text("utf-8")
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if named := _RULE_NAME.fullmatch(line.strip()):
            lines.setdefault(named[1], number)
    return {
        row["name"]: [
            Rule(
                name=f"{file}: {row['name']}",
                file=file,
                line=lines.get(row["name"]),
                cells={"read": row["read"], "patterns": " | ".join(row["patterns"])},
                example=next(iter(row.get("examples", ())), None),
            )
        ]
        for row in tomllib.loads(text)["rule"]
    }


def _of_gazetteer(number: str) -> Rule | None:
    """GeoNames' row; its line is that of the unpacked table."""
    file = "world/gazetteer.tsv.gz"
    text = _gazetteer()
    at = text.find(f"\t{number}\n")
    if at < 0:
        return None
    start = text.rfind("\n", 0, at) + 1
    first = next(line for line in text.split("\n", 20) if not line.startswith("#"))
    cells = text[start : text.index("\n", start)].split("\t")
    shown = {c: cell for c, cell in zip(first.split("\t"), cells, strict=False) if cell}
    line = text.count("\n", 0, start) + 1
    return Rule(name=f"{file}: {number}", file=file, line=line, cells=shown)


@cache
def _gazetteer() -> str:
    return gzip.decompress(data_file("world/gazetteer.tsv.gz").read_bytes()).decode()
