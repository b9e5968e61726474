"""What goes wrong with a report."""

from __future__ import annotations


class ReportError(Exception):
    """A report that cannot be read. The message says in plain words what is wrong, and where."""
