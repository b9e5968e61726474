"""The reports that ship with menurut, to try it on."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from menurut.contract import Failure, Report
from menurut.reports.jsonl import read_jsonl
from menurut.reports.load import read_bytes
from menurut.tables import data_file


def sample_files() -> tuple[Traversable, ...]:
    """The sample files, by name: ``<name>.<language>.txt``."""
    files = (f for f in data_file("samples").iterdir() if f.name.endswith(".txt"))
    return tuple(sorted(files, key=lambda f: f.name))


def samples() -> tuple[Report, ...]:
    """The sample reports, read."""
    return tuple(read_bytes(f.read_bytes(), f.name, suffix=".txt") for f in sample_files())


def dossier() -> tuple[Report, ...]:
    """The sample dossier: reports of several outlets on two stories, by date."""
    with data_file("samples/dossier.jsonl").open("rb") as stream:
        found = tuple(read_jsonl(stream))
    assert not any(isinstance(item, Failure) for item in found)
    return tuple(item for item in found if isinstance(item, Report))
