"""From the fields that a rule's words gave to a TIMEX3 type and value.

A reader takes the fields of a match and a ``Context`` and returns a ``Reading``. Where the day of
publication is not known, values stay relative (``XXXX-06-18``, ``PAST_REF``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from menurut.contract import TimeType
from menurut.record.times.moments import MONTHS, YEARS, Grain, Moment, days_in_month
from menurut.record.times.stretches import (
    REFS,
    Context,
    Fields,
    clock_day,
    clock_of,
    full_year,
    stretch_of,
)

UNITS = {"day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y"}
CLOCK_UNITS = {"hour": "H", "minute": "M", "second": "S"}
LONG_UNITS: Mapping[str, str] = {"decade": "DE", "century": "CE"}
HALVES = {"year": "6M", "hour": "30M", "minute": "30S"}
"""Half a unit in the next smaller one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A TIMEX3 type and value. ``moment``: where it lies, if that is known."""

    type: TimeType
    value: str
    moment: Moment | None = None
    turn: int = 0


Reader = Callable[[Fields, Context], Reading]


def calendar(f: Fields, c: Context) -> Reading:
    """A stretch of the calendar, with or without a part of the day; or a range of two."""
    if any(name.endswith("2") for name in f):
        return _range(f, c)
    clock = clock_of(f)
    place = stretch_of(f, c)
    if place is None:
        place = clock_day(c)
    kind: TimeType = "TIME" if clock else "DATE"
    if isinstance(place, str):
        return Reading(kind, place + clock)
    moment = place.at(clock) if clock else place
    if "within" in f:
        moment = moment.covering(f["within"])
    return Reading(kind, moment.value, moment)


def shift(f: Fields, c: Context) -> Reading:
    """Some units before or after the publication, or (``base``) the last named time.

    Without a ``turn`` the clause's tense says whether the last unit is meant or this one.
    """
    turn: int = f["turn"] if "turn" in f else 0 if c.direction() > 0 else -1
    n = f.get("n", 1)
    if "fraction" in f and n != "X":
        n += f["fraction"]
    base = _base(f, c)
    unit: str = f["unit"]
    if f.get("base") == "previous" and _unanchored(f, turn, base, c):
        return Reading("DURATION", period(n, unit, 0))
    if n == "X" or base is None:
        return Reading("DATE", REFS[turn])
    if unit in CLOCK_UNITS:
        return _shift_clock(turn * n, unit, c, base)
    try:
        moment = _shift_calendar(base, turn * n, unit)
    except OverflowError:
        return Reading("DATE", REFS[turn])
    if unit in LONG_UNITS and "n" not in f:
        moment = moment.covering(unit)
    anchor = None if f.get("base") == "quarter" else moment
    if clock := clock_of(f):
        return Reading("TIME", moment.value + clock, moment.at(clock), turn)
    return Reading("DATE", moment.value, anchor, turn)


def duration(f: Fields, c: Context) -> Reading:  # noqa: ARG001
    """A length of time, of one unit or of two (``two years and eight months``)."""
    value = period(f.get("n", 1), f["unit"], f.get("fraction", 0))
    if "unit2" in f:
        more = period(f["n2"], f["unit2"], 0)
        value += more[1:].replace("T", "", 1) if "T" in value else more[1:]
    return Reading("DURATION", value)


def repeated(f: Fields, c: Context) -> Reading:  # noqa: ARG001
    """A set: every so many units, every Monday, every March, every 17 August."""
    if "weekday" in f:
        return Reading("SET", f"XXXX-WXX-{f['weekday']}")
    if "month" in f:
        day = f"-{f['day']:02d}" if "day" in f else ""
        return Reading("SET", f"XXXX-{f['month']:02d}{day}")
    if "season" in f:
        return Reading("SET", f"XXXX-{f['season']}")
    if "part" in f:
        return Reading("SET", f"XXXX-XX-XX{f['part']}")
    return Reading("SET", period(f.get("n", 1), f["unit"], 0))


def reference(f: Fields, c: Context) -> Reading:  # noqa: ARG001
    """A fixed value: ``PRESENT_REF``, ``PAST_REF``, ``FUTURE_REF``, ``PXD``."""
    value: str = f["value"]
    return Reading("DURATION" if value.startswith("PX") else "DATE", value)


def counted_by_era(f: Fields, c: Context) -> Reading:  # noqa: ARG001
    """A year or century with its era: ``BC0480``, ``BC03XX``; ``0070`` (A.D. 70)."""
    value = f"{f['year']:04d}" if "year" in f else f"{f['century'] - 1:02d}XX"
    return Reading("DATE", f.get("era", "") + value)


def again(f: Fields, c: Context) -> Reading:
    """The last named time, or the unit that it lies in: ``since then``, ``that year``.

    ``now``: the report's own such unit where none is named.
    """
    moment = _last(f.get("unit"), c)
    if moment is None and "now" in f and c.now:
        moment = Moment(c.now.date(), "day")
    if moment is None:
        return Reading("DATE", f.get("value", "PAST_REF"))
    moment = moment.at("")
    return Reading("DATE", moment.value, moment)


READERS: dict[str, Reader] = {
    "calendar": calendar,
    "shift": shift,
    "duration": duration,
    "repeated": repeated,
    "reference": reference,
    "again": again,
    "counted_by_era": counted_by_era,
}


def possible(f: Fields) -> bool:
    """Whether the calendar has such a day (no 31 February) or such a range of years at all."""
    if "day" in f and "month" in f:
        year = f.get("year", 2000)
        return bool(f["day"] <= days_in_month(full_year(year), f["month"]))
    if "year2" in f:
        return bool(_end_year(f["year"], f["year2"]) > f["year"])
    return True


def _end_year(year: int, end: int) -> int:
    """The year that ends a range: ``2023-24``."""
    return end if end > 99 else year - year % 100 + end


def period(n: int | float | str, unit: str, fraction: float) -> str:
    """The TIMEX3 value of a length of time: ``P24Y``, ``PT30M``, ``PXM``."""
    if n == "X":
        return "P" + ("T" if unit in CLOCK_UNITS else "") + f"X{_letter(unit)}"
    assert not isinstance(n, str)
    amount = float(n + fraction)
    if unit in YEARS:
        amount, unit = amount * YEARS[unit], "year"
    rest = ""
    if amount % 1 == 0.5 and unit in HALVES:
        rest, amount = HALVES[unit], amount - 0.5
    figure = f"{amount:.10g}{_letter(unit)}" if amount else ""
    return f"P{'T' if unit in CLOCK_UNITS else ''}{figure}{rest}"


def _letter(unit: str) -> str:
    return {**UNITS, **CLOCK_UNITS, **LONG_UNITS}[unit]


def _last(unit: Grain | None, c: Context) -> Moment | None:
    """The last named time; with a unit, that which it lies in, else the last such unit named."""
    if c.previous is None or unit is None or c.previous.grain == unit:
        return c.previous
    if unit != "quarter" and _longer(unit, c.previous.grain):
        return c.previous.covering(unit)
    return c.named.get(unit)


def _longer(unit: Grain, grain: Grain) -> bool:
    order = ["day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade"]
    return unit in order and grain in order and order.index(unit) > order.index(grain)


def _range(f: Fields, c: Context) -> Reading:
    """Two stretches parted by a dash or a word: ``19-20 June``. The end is read first."""
    begin = {name: meaning for name, meaning in f.items() if not name.endswith("2")}
    finish = begin | {n[:-1]: meaning for n, meaning in f.items() if n.endswith("2")}
    if "year2" in f:
        finish["year"] = _end_year(f["year"], f["year2"])
    end = calendar(finish, c)
    if end.moment is None:
        start = calendar(begin, c)
        return Reading(end.type, f"{start.value}/{end.value}")
    last = end.moment.first
    if "month" in begin and ("year" not in begin or "year2" not in f):
        begin["year"] = last.year
    start = calendar(begin, c)
    if start.moment and start.moment.first > last:
        start = calendar(begin | {"year": begin["year"] - 1}, c)
    return Reading(end.type, f"{start.value}/{end.value}", end.moment)


def _unanchored(f: Fields, turn: int, base: Moment | None, c: Context) -> bool:
    """Whether it cannot be said where a time lies that words place after or before another: what
    came *two years later* is not to be reckoned from a report that tells of the past."""
    if f.get("n") == "X" or base is None:
        return True
    return "n" in f and turn > 0 and c.previous is None and c.direction() <= 0


def _base(f: Fields, c: Context) -> Moment | None:
    """What a shift counts from: the last named time where the words point back at it."""
    now = Moment(c.now.date(), "day") if c.now else None
    back: str = f.get("base", "now")
    if back == "quarter":
        return c.named.get("quarter", now)
    return now if back == "now" or c.previous is None else c.previous


def _shift_calendar(base: Moment, n: int | float, unit: str) -> Moment:
    if not isinstance(n, int):
        if unit in LONG_UNITS:
            return base.shift(round(n * YEARS[unit]), "year")
        return base.shift(round(n * MONTHS[unit]), "month") if unit in MONTHS else base
    if unit == "year" and base.grain in ("quarter", "half", "month"):
        return base.shift(n * 12 // MONTHS[base.grain], base.grain)
    return base.shift(n, unit)


def _shift_clock(n: int | float, unit: str, c: Context, base: Moment) -> Reading:
    """Hours and minutes from publication; only the day where its hour is not known."""
    if c.now is None or base.first != c.now.date() or c.now.time() == datetime.min.time():
        return Reading("DATE", base.at("").value, base.at(""))
    then = c.now + timedelta(**{unit + "s": n})
    moment = Moment(then.date(), "day", then.strftime("T%H:%M"))
    return Reading("TIME", moment.value, moment)
