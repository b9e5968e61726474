"""Exports: one module a format, each a function from incidents with their accounts to bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import NamedTuple

from menurut.ledger.queries import Shown

Export = Callable[[Iterable[Shown]], bytes]


class File(NamedTuple):
    """What a file of a format is called, after the point, and its media type."""

    suffix: str
    media: str


FILES = {
    "plover": File("tsv", "text/tab-separated-values"),
    "cameo": File("tsv", "text/tab-separated-values"),
    "csv": File("csv", "text/csv"),
    "parquet": File("parquet", "application/vnd.apache.parquet"),
    "followthemoney": File("jsonl", "application/jsonl"),
    "annotations": File("jsonld", "application/ld+json"),
    "claimreview": File("jsonld", "application/ld+json"),
    "graphml": File("graphml", "application/graphml+xml"),
    "markdown": File("md", "text/markdown"),
    "html": File("html", "text/html"),
}
FORMATS = tuple(FILES)


def exporter(format: str) -> Export:
    """The function of a format."""
    export: Export = import_module(f"menurut.export.{format}").export
    return export
