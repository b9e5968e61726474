"""Stretches of days that TIMEX3 values stand for."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_HALF = re.compile(r"(\d{4})-H([12])")
_SEASON = re.compile(r"(\d{4})-(?:SP|SU|FA|AU|WI)")
_YEAR = re.compile(r"\d{4}")
_DECADE = re.compile(r"(\d{3})X?")
_UNSAID = {"", ".."}


class Interval(NamedTuple):
    """Days from ``first`` to ``last``, both counted in, as ordinals of the proleptic calendar."""

    first: int
    last: int

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    def gap(self, other: Interval) -> int:
        """Days between two stretches: 0 where they touch or overlap."""
        return max(self.first - other.last, other.first - self.last, 0)


def _days(first: date, last: date) -> Interval:
    return Interval(first.toordinal(), last.toordinal())


def _months(year: int, first: int, last: int) -> Interval:
    return _days(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


@lru_cache(4096)
def interval(value: str | None, today: int | None = None) -> Interval | None:
    """The days of a TIMEX3 value, or None where it names none (``P3D``, ``PRESENT_REF``).

    A stretch given as ``from/to`` may leave the end open (``2006/``): then it lasts until
    ``today``, or is as long as its beginning. Times of day count as their day.
    """
    if not value:
        return None
    try:
        if "/" in value:
            first, _, last = value.partition("/")
            begins = interval(first)
            if begins is None:
                return None
            if last in _UNSAID:
                return Interval(begins.first, max(begins.last, today or 0))
            ends = interval(last)
            return Interval(begins.first, ends.last) if ends and ends.last >= begins.first else None
        return _single(value)
    except ValueError:
        return None


def _single(value: str) -> Interval | None:
    if m := _DAY.fullmatch(value):
        day = date(int(m[1]), int(m[2]), int(m[3]))
        return _days(day, day)
    if m := _WEEK.fullmatch(value):
        first = date.fromisocalendar(int(m[1]), int(m[2]), 6 if m[3] else 1)
        return _days(first, first + timedelta(days=1 if m[3] else 6))
    if m := _MONTH.fullmatch(value):
        return _months(int(m[1]), int(m[2]), int(m[2]))
    if m := _QUARTER.fullmatch(value):
        return _months(int(m[1]), 3 * int(m[2]) - 2, 3 * int(m[2]))
    if m := _HALF.fullmatch(value):
        return _months(int(m[1]), 6 * int(m[2]) - 5, 6 * int(m[2]))
    if m := _SEASON.fullmatch(value):
        return _months(int(m[1]), 1, 12)
    if _YEAR.fullmatch(value):
        return _months(int(value), 1, 12)
    if m := _DECADE.fullmatch(value):
        return _days(date(10 * int(m[1]), 1, 1), date(10 * int(m[1]) + 9, 12, 31))
    return None


def day_of(stamp: str | None) -> int | None:
    """The day of an ISO 8601 stamp, as an ordinal; None where there is no stamp."""
    if not stamp:
        return None
    try:
        return datetime.fromisoformat(stamp).date().toordinal()
    except ValueError:
        return None


def iso(day: int | None) -> str | None:
    """``YYYY-MM-DD`` of an ordinal."""
    return None if day is None else date.fromordinal(day).isoformat()


def month(day: int) -> int:
    """The month of an ordinal, counted from year 0."""
    when = date.fromordinal(max(day, 1))
    return when.year * 12 + when.month - 1
