"""The page of one report, its sections from top to bottom."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console, Group, RenderableType
from rich.text import Text

from menurut.contract import Analysis, Report
from menurut.desk.terminal.console import print_page
from menurut.desk.terminal.events import events
from menurut.desk.terminal.head import head
from menurut.desk.terminal.marks import marks_for
from menurut.desk.terminal.pen import Pen
from menurut.desk.terminal.statements import statements
from menurut.desk.terminal.tables import actors, figures
from menurut.desk.terminal.votes import votes
from menurut.desk.view import View

_SECTIONS: tuple[Callable[[Pen], RenderableType | None], ...] = (
    head,
    statements,
    events,
    votes,
    figures,
    actors,
)


def render(console: Console, report: Report, analysis: Analysis) -> None:
    """Print the record of one report."""
    pen = Pen(View(report, analysis), marks_for(console))
    sections = [found for section in _SECTIONS if (found := section(pen)) is not None]
    print_page(console, Group(*sections, Text()))
