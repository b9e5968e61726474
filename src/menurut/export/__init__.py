"""Exports: one module a format, each a function from incidents with their accounts to bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from menurut.ledger.queries import Shown

Export = Callable[[Iterable["Shown"]], bytes]
Format = Literal[
    "plover",
    "cameo",
    "csv",
    "parquet",
    "followthemoney",
    "annotations",
    "claimreview",
    "graphml",
    "markdown",
    "html",
]


class File(NamedTuple):
    """What a format is called, how its files end, and their media type."""

    name: str
    suffix: str
    media: str


FILES: dict[Format, File] = {
    "plover": File("PLOVER", "tsv", "text/tab-separated-values"),
    "cameo": File("CAMEO", "tsv", "text/tab-separated-values"),
    "csv": File("CSV", "csv", "text/csv"),
    "parquet": File("Parquet", "parquet", "application/vnd.apache.parquet"),
    "followthemoney": File("FollowTheMoney", "ftm.json", "application/jsonl"),
    "annotations": File("Web Annotation", "jsonld", "application/ld+json"),
    "claimreview": File("ClaimReview", "jsonld", "application/ld+json"),
    "graphml": File("GraphML", "graphml", "application/graphml+xml"),
    "markdown": File("Markdown", "md", "text/markdown"),
    "html": File("HTML", "html", "text/html"),
}
FORMATS: tuple[Format, ...] = tuple(FILES)


def exporter(format: str) -> Export:
    """The function of a format."""
    export: Export = import_module(f"menurut.export.{format}").export
    return export
