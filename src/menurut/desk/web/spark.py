"""A spark of an incident: when it was told, those who deny it below the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from menurut.desk.phrases import time_words
from menurut.interface import ngettext
from menurut.ledger.intervals import iso
from menurut.ledger.queries.pulses import Beat

WIDTH, HEIGHT = 120, 28
_LINE = 18
_BAR = 4
_TALLEST = {"affirms": 16.0, "denies": 9.0, "doubts": 16.0}


class Bar(NamedTuple):
    """One bar of the drawing, in its own units; ``stance`` says how it is coloured."""

    x: float
    y: float
    height: float
    stance: str


class Spark(NamedTuple):
    """The drawing and what it says in words."""

    bars: tuple[Bar, ...]
    line: int
    words: str


def draw(beats: Sequence[Beat]) -> Spark | None:
    """The spark of an incident; None where no report of it is dated."""
    if not beats:
        return None
    first, last = beats[0].day, max(beat.day for beat in beats)
    most = max(beat.accounts for beat in beats)
    days = len({beat.day for beat in beats})
    bars = []
    for beat in beats:
        tall = max(3.0, _TALLEST[beat.stance] * (beat.accounts / most) ** 0.5)
        share = (beat.day - first) / (last - first) if last > first else 0.5
        x = round(share * (WIDTH - _BAR), 1)
        below = beat.stance == "denies"
        bars.append(
            Bar(x, _LINE + 1 if below else round(_LINE - tall, 1), round(tall, 1), beat.stance)
        )
    told = ngettext("told on {n} day, {days}", "told on {n} days, {days}", days)
    stretch = iso(first) if first == last else f"{iso(first)}/{iso(last)}"
    return Spark(tuple(bars), _LINE, told.format(n=days, days=time_words(stretch or "")))
