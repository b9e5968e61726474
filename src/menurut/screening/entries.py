"""The entries of a sanctions list: FollowTheMoney lines, OpenSanctions' table, the UN's XML."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

import msgspec

from menurut.reports.errors import ReportError
from menurut.reports.markup import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

Kind = Literal["person", "organisation", "vessel", "unknown"]
LARGEST = 400_000_000
"""Bytes of a list that is read whole (XML); lines are read one at a time."""
_LONGEST_LINE = 20_000_000
_SCHEMATA: dict[str, Kind] = {
    "Person": "person",
    "Organization": "organisation",
    "Company": "organisation",
    "LegalEntity": "unknown",
    "PublicBody": "organisation",
    "Vessel": "vessel",
    "Airplane": "vessel",
}


class ListError(Exception):
    """What is wrong with a list, and where."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something that is listed. Weak aliases are left out: they name too many."""

    id: str
    kind: Kind
    names: tuple[str, ...]
    countries: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    since: str | None = None
    list: str


def read_list(path: Path) -> Iterator[Entry]:
    """The entries of a list. Raises ``ListError`` where the file is no list that is known."""
    try:
        with path.open("rb") as stream:
            yield from _reader(stream.read(400))(stream, path.name)
    except OSError as error:
        raise ListError(f"{path}: cannot be read: {error.strerror}") from None
    except (ReportError, ListError) as error:
        raise ListError(f"{path}: {error}") from None


def _reader(head: bytes) -> Callable[[IO[bytes], str], Iterator[Entry]]:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return _from_lines
    if start.startswith(b"<"):
        return _from_un
    if b"schema" in start.partition(b"\n")[0]:
        return _from_table
    raise ListError("neither FollowTheMoney lines, nor OpenSanctions' table, nor the UN's XML")


def _from_lines(stream: IO[bytes], name: str) -> Iterator[Entry]:
    """FollowTheMoney entities, one a line (``entities.ftm.json``)."""
    stream.seek(0)
    for number, line in enumerate(stream, 1):
        if len(line) > _LONGEST_LINE:
            raise ListError(f"line {number} is too long")
        if not line.strip():
            continue
        try:
            entity = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"), type=_Entity)
        except msgspec.MsgspecError as error:
            raise ListError(f"line {number}: no entity: {error}") from None
        kind = _SCHEMATA.get(entity.schema)
        names = _distinct([entity.caption, *_values(entity, "name", "alias", "previousName")])
        if kind is not None and names:
            yield Entry(
                id=entity.id,
                kind=kind,
                names=names,
                countries=_distinct(_values(entity, "country", "nationality", "flag")),
                programs=_distinct(_values(entity, "program", "programId", "topics")),
                since=min(_values(entity, "createdAt"), default=None),
                list=", ".join(entity.datasets) or name,
            )


class _Entity(msgspec.Struct):
    id: str
    schema: str
    caption: str = ""
    properties: dict[str, list[str]] = {}
    datasets: tuple[str, ...] = ()


def _values(entity: _Entity, *names: str) -> list[str]:
    return [value for name in names for value in entity.properties.get(name, ())]


def _from_table(stream: IO[bytes], name: str) -> Iterator[Entry]:
    """OpenSanctions' ``targets.simple.csv``: several values in a cell, parted by semicolons."""
    stream.seek(0)
    lines = (line.decode("utf-8", "replace").removeprefix("\ufeff") for line in stream)
    rows = csv.DictReader(lines)
    if not {"id", "schema", "name"} <= set(rows.fieldnames or ()):
        raise ListError("a table without the columns id, schema and name")
    for row in rows:
        kind = _SCHEMATA.get(row["schema"] or "")
        names = _distinct([row["name"] or "", *_cells(row, "aliases")])
        if kind is not None and names and row["id"]:
            yield Entry(
                id=row["id"],
                kind=kind,
                names=names,
                countries=_distinct(_cells(row, "countries")),
                programs=_distinct(_cells(row, "program_ids") or _cells(row, "sanctions")),
                since=(row.get("first_seen") or "")[:10] or None,
                list=row.get("dataset") or name,
            )


def _cells(row: dict[str, str], column: str) -> list[str]:
    return [part.strip() for part in (row.get(column) or "").split(";")]


def _from_un(stream: IO[bytes], _name: str) -> Iterator[Entry]:
    """The Security Council's consolidated list (``consolidated.xml``)."""
    stream.seek(0)
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ListError(f"larger than {LARGEST / 1e6:.0f} MB")
    root = parse_xml(data)
    if root.tag != "CONSOLIDATED_LIST":
        raise ListError("XML, but not the consolidated list of the Security Council")
    for element in root.iter("INDIVIDUAL", "ENTITY"):
        entry = _listed(element)
        if entry is not None:
            yield entry


def _listed(element: _Element) -> Entry | None:
    parts = (_text(element, f"{which}_NAME") for which in ("FIRST", "SECOND", "THIRD", "FOURTH"))
    main = " ".join(filter(None, parts))
    aliases = [a for a in element.iter(f"{element.tag}_ALIAS") if _text(a, "QUALITY") != "Low"]
    others = [_text(element, "NAME_ORIGINAL_SCRIPT"), *(_text(a, "ALIAS_NAME") for a in aliases)]
    if not main:
        return None
    nations = ("".join(value.itertext()) for value in element.iterfind("NATIONALITY/VALUE"))
    return Entry(
        id=_text(element, "REFERENCE_NUMBER") or _text(element, "DATAID"),
        kind="person" if element.tag == "INDIVIDUAL" else "organisation",
        names=_distinct([main, *others]),
        countries=_distinct(nations),
        programs=_distinct([_text(element, "UN_LIST_TYPE")]),
        since=_text(element, "LISTED_ON")[:10] or None,
        list="UN Security Council",
    )


def _text(element: _Element, tag: str) -> str:
    found = element.find(tag)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in (" ".join(v.split()) for v in values) if v))
