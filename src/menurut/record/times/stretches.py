"""From the fields of an expression to the stretch of the calendar that it names.

Where the year or the week is not named, the publication and the clause's tense say which is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import inf
from typing import Any

from menurut.record.times.moments import (
    SEASONS,
    Grain,
    Moment,
    days_in_month,
    nth_weekday,
    on_weekday,
    stretch,
)

Fields = Mapping[str, Any]

REFS = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}
CLOCK_FIELDS = frozenset(
    {"hour", "minute", "second", "hhmm", "ampm", "part", "zone", "clock", "hour2", "minute2"}
)
FUTURE_WEIGHT = {-1: 3.0, 0: 2.0, 1: 0.125}
"""By the clause's tense: how many times nearer the coming June must be than the last one to be
the one that is meant. News looks back, and names the year of what is far off."""
HALF_A_YEAR = 183
LONG_FUTURE_WEIGHT = {-1: inf, 0: inf, 1: 1.0}
"""The same for quarters, halves and seasons: their results are told when they are over."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the words are read against.

    ``now``: when the report was published. ``previous``: the last named stretch of the calendar;
    ``named``: the last one of each grain.
    ``direction``: the clause's tense (-1 past, 1 future, 0 unknown), asked for only when needed.
    ``listed``: weekdays that follow this one in a list. ``history``: the text tells of past years.
    """

    now: datetime | None
    previous: Moment | None
    direction: Callable[[], int]
    listed: tuple[int, ...] = ()
    named: Mapping[Grain, Moment] = field(default_factory=dict)
    history: bool = False


def stretch_of(f: Fields, c: Context) -> Moment | str | None:
    """The stretch of the calendar; a string: an underspecified value; None: a clock time alone."""
    for name, read in _STRETCHES:
        if name in f:
            return read(f, c)
    return None


def _century(f: Fields, c: Context) -> Moment:  # noqa: ARG001
    century: int = f["century"]
    first = century if century > 99 else (century - 1) * 100
    return Moment(date(first or 1, 1, 1), "century")


def _decade(f: Fields, c: Context) -> Moment:  # noqa: ARG001
    decade: int = f["decade"]
    return Moment(date(decade if decade > 99 else 1900 + decade, 1, 1), "decade")


def _day_turn(f: Fields, c: Context) -> Moment | str:
    turn: int = f["day_turn"]
    if c.now is None:
        return REFS[(turn > 0) - (turn < 0)] if not clock_of(f) else "XXXX-XX-XX"
    return Moment(c.now.date() + timedelta(days=turn), "day")


def _month(f: Fields, c: Context) -> Moment | str:
    month: int = f["month"]
    day: int | None = f.get("day")
    grain: Grain = "day" if day or "nth" in f else "month"

    def at(year: int) -> date | None:
        if "nth" in f:
            return nth_weekday(year, month, f["weekday"], f["nth"])
        if day and day > days_in_month(year, month):
            return None
        return date(year, month, day or 1)

    unknown = f"XXXX-{month:02d}" + (f"-{day:02d}" if day else "")
    return _recurring(f, c, at, grain, unknown)


def _quarter(f: Fields, c: Context) -> Moment | str:
    quarter: int = f["quarter"]
    return _recurring(
        f, c, lambda year: date(year, quarter * 3 - 2, 1), "quarter", f"XXXX-Q{quarter}"
    )


def _half(f: Fields, c: Context) -> Moment | str:
    half: int = f["half"]
    return _recurring(f, c, lambda year: date(year, half * 6 - 5, 1), "half", f"XXXX-H{half}")


def _season(f: Fields, c: Context) -> Moment | str:
    season: str = f["season"]
    month = SEASONS[season]
    return _recurring(f, c, lambda year: date(year, month, 1), "season", f"XXXX-{season}")


def _year(f: Fields, c: Context) -> Moment | str:
    year = _known_year(f, c)
    return Moment(date(year, 1, 1), "year") if year else "XXXX"


def _weekday(f: Fields, c: Context) -> Moment | str:
    weekday: int = f["weekday"]
    if c.now is None:
        return f"XXXX-WXX-{weekday}"
    today = c.now.date()
    if "week_turn" in f or f.get("turn") == 0:
        weeks = f.get("week_turn", 0) * 7
        return Moment(today + timedelta(days=weeks + weekday - today.isoweekday()), "day")
    turn = f.get("turn") or c.direction() or -1
    days = [weekday, *c.listed]
    day = on_weekday(today, days[-1], turn, include="turn" not in f)
    for earlier in reversed(days[:-1]):
        day = on_weekday(day, earlier, -1, include=False)
    return Moment(day, "day")


_STRETCHES: tuple[tuple[str, Callable[[Fields, Context], Moment | str]], ...] = (
    ("century", _century),
    ("decade", _decade),
    ("day_turn", _day_turn),
    ("month", _month),
    ("quarter", _quarter),
    ("half", _half),
    ("season", _season),
    ("weekday", _weekday),
    ("year", _year),
)


def _known_year(f: Fields, c: Context) -> int | None:
    if "year" in f:
        return full_year(f["year"])
    if "year_turn" in f and c.now:
        return int(c.now.year + f["year_turn"])
    return None


def _recurring(
    f: Fields, c: Context, at: Callable[[int], date | None], grain: Grain, unknown: str
) -> Moment | str:
    """That which comes once a year, in the year that is named or meant."""
    year = _known_year(f, c)
    if year:
        return Moment(at(year) or date(year, 3, 1), grain)
    if c.history and c.previous and not f.keys() & {"year_turn", "turn"} and c.direction() <= 0:
        return _within_history(c.previous, at, grain)
    if c.now is None or "year_turn" in f:
        return unknown
    today = stretch(c.now.date(), grain).first
    turn: int | None = f.get("turn")
    if turn == 0:
        return Moment(at(today.year) or today, grain)
    years = range(today.year - 4, today.year + 5)
    days = [day for year in years if (day := at(year)) and (turn is None or day != today)]
    past = max(day for day in days if day <= today)
    ahead = min(day for day in days if day >= today)
    if turn:
        return Moment(ahead if turn > 0 else past, grain)
    weights = FUTURE_WEIGHT if grain in ("day", "month") else LONG_FUTURE_WEIGHT
    coming = (ahead - today).days * weights[c.direction()] < (today - past).days
    return Moment(ahead if coming else past, grain)


def _within_history(previous: Moment, at: Callable[[int], date | None], grain: Grain) -> Moment:
    """In the year that was named last, or the next one where that is half a year back."""
    year = previous.first.year
    day = at(year) or date(year, 3, 1)
    if previous.grain in ("day", "month") and (previous.first - day).days > HALF_A_YEAR:
        day = at(year + 1) or day
    return Moment(day, grain)


def clock_day(c: Context) -> Moment | str:
    """The day that a clock time alone lies in: the last one named, else that of publication."""
    if c.previous and c.previous.grain == "day":
        return c.previous.at("")
    return Moment(c.now.date(), "day") if c.now else ""


def clock_of(f: Fields) -> str:
    """The part of the day as TIMEX3 has it: ``T14:30``, ``TNI``, or nothing."""
    if "clock" in f:
        return str(f["clock"])
    part: str = f.get("part", "")
    if "hhmm" in f:
        return f"T{f['hhmm'] // 100:02d}:{f['hhmm'] % 100:02d}{f.get('zone', '')}"
    if "hour" not in f:
        return part
    hour: int = f["hour"]
    if "ampm" in f:
        hour = hour % 12 + f["ampm"]
    elif part in ("TAF", "TEV", "TNI") and hour < 12:
        hour += 12
    time = f"T{hour:02d}:{f.get('minute', 0):02d}"
    if "second" in f:
        time += f":{f['second']:02d}"
    return f"{time}{f.get('zone', '')}"


def full_year(year: int) -> int:
    """A year of two figures lies between 1930 and 2029."""
    return year if year > 99 else year + (2000 if year < 30 else 1900)
