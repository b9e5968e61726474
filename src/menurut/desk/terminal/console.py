"""The terminal, or what stands in its place: colours, width, the lines as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TextIO

from rich.console import Console, RenderableType
from rich.segment import Segment, Segments

from menurut.desk.disarm import TIE

Color = Literal["auto", "always", "never"]

WIDEST = 100
"""Columns used on a wider terminal when no width is asked for: longer lines read badly."""


def open_console(stream: TextIO, color: Color = "auto", width: int | None = None) -> Console:
    """A console on a stream. ``auto`` colours a terminal and obeys ``NO_COLOR``."""
    forced = {"auto": None, "always": True, "never": False}[color]
    console = Console(
        file=stream,
        force_terminal=forced,
        no_color=None if forced is None else not forced,
        color_system="standard" if forced else "auto",
        highlight=False,
        markup=False,
        emoji=False,
        width=width,
    )
    if width is None:
        console.width = min(console.width, WIDEST)
    return console


def print_page(console: Console, page: RenderableType) -> None:
    """Print a page without the blanks that fill its lines up."""
    lines = console.render_lines(page, pad=False)
    console.print(Segments(_finished(lines)), soft_wrap=True, end="")


def _finished(lines: Iterable[list[Segment]]) -> Iterator[Segment]:
    """The lines without the blanks that fill them up, and with plain blanks in the codes."""
    for line in lines:
        while line and not line[-1].text.strip():
            line.pop()
        last = len(line) - 1
        for at, (text, style, _control) in enumerate(line):
            text = text.replace(TIE, " ")
            yield Segment(text.rstrip() if at == last else text, style)
        yield Segment.line()
