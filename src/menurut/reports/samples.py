"""The reports that ship with menurut, to try it on."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from menurut.contract import Report
from menurut.reports.load import read_bytes
from menurut.tables import data_file


def sample_files() -> tuple[Traversable, ...]:
    """The sample files, by name: ``<name>.<language>.txt``."""
    files = (f for f in data_file("samples").iterdir() if f.name.endswith(".txt"))
    return tuple(sorted(files, key=lambda f: f.name))


def samples() -> tuple[Report, ...]:
    """The sample reports, read."""
    return tuple(read_bytes(f.read_bytes(), f.name, suffix=".txt") for f in sample_files())
