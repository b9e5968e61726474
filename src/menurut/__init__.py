"""menurut: who did what to whom, when and where, and according to whom.

    >>> import menurut
    >>> analysis = menurut.read(text, published_at="2024-06-19T01:01:00+07:00")
    >>> for statement in analysis.statements: ...

``read`` reads one report, ``read_reports`` a stream of them. What they take and give back is
typed and immutable: ``Report``, ``Analysis`` and its parts, ``Failure``. Reading loads the model
on first use; importing ``menurut`` does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from menurut.contract import Analysis, Failure, Report
    from menurut.engines.local import read_reports
    from menurut.pipeline import read
    from menurut.reports.errors import ReportError

__all__ = ["Analysis", "Failure", "Report", "ReportError", "read", "read_reports"]
__version__ = "0.1.0"

_HOMES = {
    "Analysis": "menurut.contract",
    "Failure": "menurut.contract",
    "Report": "menurut.contract",
    "ReportError": "menurut.reports.errors",
    "read": "menurut.pipeline",
    "read_reports": "menurut.engines.local",
}


def __getattr__(name: str) -> Any:
    """Import the public names on first use, so that ``import menurut`` stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'menurut' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
