"""Stretches of the calendar and the arithmetic on them; rendered as TIMEX3 values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

Grain = str
"""century, decade, year, half, quarter, season, month, week, weekend or day."""

MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months a unit has; the units that are shifted by months."""

YEARS: Mapping[str, int] = {"year": 1, "decade": 10, "century": 100}
"""How many years a unit has."""

SEASONS: Mapping[str, int] = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The month in which each TIMEX3 season begins (north of the equator, as TimeBank has it)."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of the calendar: its first day, how long it is, and a clock part (``T14:30``)."""

    first: date
    grain: Grain
    clock: str = ""

    @property
    def value(self) -> str:
        """The TIMEX3 value."""
        return _calendar_value(self.first, self.grain) + self.clock

    def shift(self, n: int, unit: str) -> Moment:
        """The stretch of length ``unit`` that lies ``n`` units later (before, if negative).

        Raises ``OverflowError`` where it leaves the calendar.
        """
        try:
            return _shifted(self.first, n, unit)
        except ValueError as error:
            raise OverflowError(str(error)) from error

    def at(self, clock: str) -> Moment:
        return replace(self, clock=clock)

    def covering(self, grain: Grain) -> Moment:
        """The stretch of that grain which this one lies in."""
        return stretch(self.first, grain)


def stretch(day: date, grain: Grain) -> Moment:
    """The stretch of the calendar of that grain around a day."""
    if grain == "day":
        return Moment(day, grain)
    if grain == "season":
        winter = day.month < min(SEASONS.values())
        return Moment(date(day.year - winter, 12 if winter else day.month // 3 * 3, 1), grain)
    if grain in ("week", "weekend"):
        monday = day - timedelta(days=day.weekday())
        return Moment(monday, grain)
    if grain in YEARS:
        years = YEARS[grain]
        return Moment(date(max(day.year - day.year % years, 1), 1, 1), grain)
    months = MONTHS[grain]
    return Moment(date(day.year, (day.month - 1) // months * months + 1, 1), grain)


def days_in_month(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def on_weekday(day: date, weekday: int, turn: int, include: bool) -> date:
    """The nearest day with that weekday (1: Monday) before (turn -1) or after (turn 1) a day.

    ``include``: the day itself counts.
    """
    distance = (day.isoweekday() - weekday) % 7 if turn < 0 else (weekday - day.isoweekday()) % 7
    if not distance and not include:
        distance = 7
    return day + timedelta(days=distance * (-1 if turn < 0 else 1))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth Monday (1) to Sunday (7) of a month; -1: the last."""
    if nth < 0:
        return on_weekday(date(year, month, days_in_month(year, month)), weekday, -1, include=True)
    first = on_weekday(date(year, month, 1), weekday, 1, include=True)
    return first + timedelta(weeks=nth - 1)


def _shifted(day: date, n: int, unit: str) -> Moment:
    if unit == "day":
        return Moment(day + timedelta(days=n), "day")
    if unit in ("week", "weekend"):
        return stretch(day + timedelta(weeks=n), "weekend" if unit == "weekend" else "week")
    if unit in ("decade", "century"):
        return stretch(date(day.year + n * YEARS[unit], 1, 1), "year")
    months = day.year * 12 + day.month - 1 + n * MONTHS[unit]
    return stretch(date(months // 12, months % 12 + 1, 1), unit)


def _calendar_value(day: date, grain: Grain) -> str:
    year = f"{day.year:04d}"
    if grain == "day":
        return day.isoformat()
    if grain in ("week", "weekend"):
        iso = day.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if grain == "weekend" else "")
    if grain == "season":
        return f"{year}-{next(s for s, month in SEASONS.items() if month == day.month)}"
    return {
        "century": year[:2] + "XX",
        "decade": year[:3] + "X",
        "year": year,
        "half": f"{year}-H{(day.month + 5) // 6}",
        "quarter": f"{year}-Q{(day.month + 2) // 3}",
        "month": f"{year}-{day.month:02d}",
    }[grain]
