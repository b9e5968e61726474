"""Tells a report's furniture from its body."""

from menurut.reports.layout.laying import lay_out
from menurut.reports.layout.sheet import Layout

__all__ = ["Layout", "lay_out"]
