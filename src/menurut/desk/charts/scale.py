"""A scale of days: where a day stands, and which dates stand beside the axis."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = (1, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_DAYS = (1, 2, 7, 14)
_DAY, _MONTH, _YEAR = 19, 16, 6
"""Letters of a date in words, at most, and a blank: a day, a month, a year."""
_LAST = date.max.toordinal()


class Tick(NamedTuple):
    """A date beside the axis. ``value``: the date as TIMEX3 has it."""

    x: float
    value: str


class Scale(NamedTuple):
    """Days from ``first`` to the end of ``last`` over ``left`` to ``right``."""

    first: int
    last: int
    left: float
    right: float

    def x(self, day: float) -> float:
        """Where a day begins."""
        share = (day - self.first) / (self.last + 1 - self.first)
        return self.left + share * (self.right - self.left)

    def inside(self, day: float) -> float:
        """Where a day begins, or the end of the scale that it lies beyond."""
        return min(max(self.x(day), self.left), self.right)

    @property
    def day(self) -> float:
        """How broad a day is."""
        return (self.right - self.left) / (self.last + 1 - self.first)

    def ticks(self, letter: float) -> list[Tick]:
        """Round dates, far enough apart for their words; ``letter``: how broad a letter is."""
        for ordinals, length, letters in _rhythms(self.first, self.last):
            if length * self.day >= letters * letter:
                return [
                    Tick(self.x(day), _value(day, letters))
                    for day in ordinals
                    if self.first <= day <= self.last
                ]
        return []


def _rhythms(first: int, last: int) -> Iterator[tuple[Iterator[int], float, int]]:
    """Rhythms of dates, the quickest first; at least how many days lie between two, and the letters
    that one takes with the blank after it."""
    for step in _DAYS:
        yield (day for day in range(first - first % step, last + 1, step)), step, _DAY
    begin, end = date.fromordinal(max(first, 1)), date.fromordinal(min(last, _LAST))
    for step in _MONTHS:
        months = range(begin.year * 12, (end.year + 1) * 12, step)
        yield (_ordinal(m // 12, m % 12 + 1) for m in months), 28 * step, _MONTH
    for step in _YEARS:
        years = range(begin.year - begin.year % step, end.year + 1, step)
        yield (_ordinal(year, 1) for year in years), 365 * step, _YEAR


def _ordinal(year: int, month: int) -> int:
    return date(min(max(year, 1), 9999), month, 1).toordinal()


def _value(day: int, letters: int) -> str:
    return date.fromordinal(day).isoformat()[: {_DAY: 10, _MONTH: 7, _YEAR: 4}[letters]]


def widened(first: int, last: int, least: int = 10) -> tuple[int, int]:
    """A window with a little room at both ends, at least so many days long, within the calendar."""
    span = max(last - first, 0)
    room = max(span // 40, (least - span + 1) // 2, 1)
    return max(first - room, 1), min(last + room, _LAST)


def moved(window: tuple[int, int], by: float, zoom: float) -> tuple[int, int]:
    """A window moved by a share of its length, and made so many times as long about its middle."""
    first, last = window
    length = last - first + 1
    middle = (first + last) / 2 + by * length
    half = max(length * zoom, 2) / 2
    return max(round(middle - half), 1), min(round(middle + half), _LAST)


def day_words(day: int) -> str:
    """A day as TIMEX3 has it."""
    return date.fromordinal(min(max(day, 1), _LAST)).isoformat()


def months_before(day: int, months: int) -> int:
    """The day so many months before."""
    when = date.fromordinal(day)
    month = when.year * 12 + when.month - 1 - months
    begin = date(max(month // 12, 1), month % 12 + 1, 1)
    return (begin + timedelta(days=min(when.day, 28) - 1)).toordinal()
