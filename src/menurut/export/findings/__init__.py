"""A report on what would bear on measures, in the order that panels of experts use.

    board + cases ─ composing ─ document ─┬─ markdown
                       │                  ├─ html
                     annex                └─ docx

Every sentence names the entries of the annex that it rests on. Those that name none are the same
in every report: they tell the method.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from menurut.export.findings.document import Document

FORMATS = ("markdown", "html", "docx")
FILES = {
    "markdown": ("md", "text/markdown"),
    "html": ("html", "text/html"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
"""How the files of each format end, and their media types."""


def renderer(format: str) -> Callable[[Document], bytes]:
    """The function of a format. Raises ``LedgerError`` where its library is missing."""
    render: Callable[[Document], bytes] = import_module(f"{__name__}.{format}").render
    return render
