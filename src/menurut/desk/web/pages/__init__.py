"""The pages of the desk. A new page is a new module here."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import NamedTuple

from starlette.routing import BaseRoute


class Entry(NamedTuple):
    """A line of the navigation. ``label``: a message of the catalogue (``mark``)."""

    place: int
    path: str
    label: str


def found() -> tuple[list[BaseRoute], list[Entry]]:
    """The routes of all pages, and the navigation in its order."""
    modules = [import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
    routes = [route for module in modules for route in getattr(module, "routes", ())]
    entries = [module.entry for module in modules if hasattr(module, "entry")]
    return routes, sorted(entries)
