"""The signs and styles that tell apart what stands on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rich.console import Console

Role = Literal["source", "cue", "content", "trigger"]

STYLES: dict[str, str] = {
    "source": "bold cyan",
    "cue": "italic magenta",
    "content": "",
    "trigger": "bold yellow",
    "context": "dim",
    "code": "cyan",
    "id": "dim",
    "heading": "bold",
    "denial": "red",
    "warning": "yellow",
    "actual": "green",
    "planned": "blue",
    "possible": "yellow",
    "denied": "red",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs of the page, in what the terminal's encoding can write.

    ``roles``: the marks before and behind words of a role; ``status``: the sign of an event's.
    """

    roles: dict[Role, tuple[str, str]]
    status: dict[str, str]
    arrow: str
    dot: str
    dash: str
    gap: str
    quotes: tuple[str, str]
    times: str
    line: str


_UNICODE = Marks(
    roles={
        "source": ("‹", "›"),
        "cue": ("_", "_"),
        "content": ("«", "»"),
        "trigger": ("*", "*"),
    },
    status={"actual": "●", "planned": "◔", "possible": "◌", "denied": "✗"},
    arrow="→",
    dot=" · ",
    dash="–",
    gap="…",
    quotes=("“", "”"),
    times="×",
    line="─",
)
_ASCII = Marks(
    roles={
        "source": ("<", ">"),
        "cue": ("_", "_"),
        "content": ("[", "]"),
        "trigger": ("*", "*"),
    },
    status={"actual": "*", "planned": "+", "possible": "?", "denied": "x"},
    arrow="->",
    dot=" - ",
    dash="-",
    gap="...",
    quotes=('"', '"'),
    times="x",
    line="-",
)


def marks_for(console: Console) -> Marks:
    """The marks that a console can write."""
    return _UNICODE if console.encoding.lower().startswith("utf") else _ASCII
