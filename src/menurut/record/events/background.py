"""Whether an event is told as history: its own time lies well before the report's.

A calendar value is read to the end of its period; a season, a duration or a reference such as
``PAST_REF`` says nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

NEWS = timedelta(days=60)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_YEARS = re.compile(r"(\d{2,4})(X*)")
_SUNDAY = 7
_DECEMBER = 12


def is_history(value: str | None, published: date | None) -> bool:
    """Whether a TIMEX3 value ends more than ``NEWS`` before the day of publication."""
    if value is None or published is None:
        return False
    end = _end(value.split("/")[-1])
    return end is not None and end < published - NEWS


def is_ahead(value: str | None, published: date | None) -> bool:
    """Whether a TIMEX3 value begins after the day of publication."""
    if value is None or published is None:
        return False
    start = _start(value.split("/")[0])
    return start is not None and start > published


def _start(value: str) -> date | None:
    """The first day of a calendar value; None where it is no date of the calendar."""
    try:
        if found := _DAY.match(value):
            return date(*map(int, found.groups()))
        if found := _WEEK.fullmatch(value):
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        if found := _MONTH.fullmatch(value):
            return date(int(found[1]), int(found[2]), 1)
        if (found := _YEARS.fullmatch(value)) and not found[2]:
            return date(int(found[1]), 1, 1)
    except ValueError:
        return None
    return None


def _end(value: str) -> date | None:
    """The last day of a calendar value; None where it is no date of the calendar."""
    try:
        if found := _DAY.match(value):
            return date(*map(int, found.groups()))
        if found := _WEEK.fullmatch(value):
            return date.fromisocalendar(int(found[1]), int(found[2]), _SUNDAY)
        if found := _MONTH.fullmatch(value):
            year, month = int(found[1]), int(found[2])
            return date(year, month, monthrange(year, month)[1])
        if found := _YEARS.fullmatch(value):
            return date(int(found[1].ljust(4, "9")), _DECEMBER, 31)
    except ValueError:
        return None
    return None
