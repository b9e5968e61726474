"""Exports: one module a format, each a function from incidents with their accounts to bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module

from menurut.ledger.queries import Shown

Export = Callable[[Iterable[Shown]], bytes]
FORMATS = (
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
)


def exporter(format: str) -> Export:
    """The function of a format."""
    export: Export = import_module(f"menurut.export.{format}").export
    return export
