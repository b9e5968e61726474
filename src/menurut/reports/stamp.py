"""Reads publication stamps: the line of a report that says when it came out.

The words (months, weekdays, zones) are the ``stamps.tsv`` tables of all languages together:
an outlet writes the stamp in its own language, whatever the report is in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from menurut.contract import Span
from menurut.reports.errors import ReportError
from menurut.tables import Row, language_table, languages

_LONGEST_LINE = 300
_REACH = 48


@dataclass(frozen=True)
class _Words:
    """The tables, and the patterns made of them."""

    months: dict[str, int]
    zones: dict[str, Row]
    dates: tuple[re.Pattern[str], ...]
    after: re.Pattern[str]
    before: re.Pattern[str]
    bare: re.Pattern[str]


def stamp_rows() -> list[Row]:
    """The rows of the stamp tables of all languages."""
    return [row for language in sorted(languages()) for row in language_table(language, "stamps")]


def _any_of(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(set(forms), key=lambda f: (-len(f), f)))


@cache
def _words() -> _Words:
    rows = stamp_rows()
    forms = {
        kind: _any_of([row["form"] for row in rows if row["kind"] == kind])
        for kind in ("month", "weekday", "zone", "link")
    }
    month = rf"(?P<name>{forms['month']})\b\.?"
    weekday = rf"\b(?:{forms['weekday']})\b\.?"
    day = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
    lead = rf"(?:{weekday},?\s*\(?\s*)?"
    link = rf"[\s,|;•·@()–—-]*(?:(?:{forms['link']})\b\.?)?[\s:]*"
    zone = rf"(?P<zone>(?:UTC|GMT)?\s?[+-]\d{{1,2}}(?::?\d\d)?(?!\d)|(?:{forms['zone']})\b)"
    time = (
        r"(?:(?P<h>\d{1,2})[:.](?P<min>\d\d)(?:[:.](?P<s>\d\d)(?:\.\d+)?)?(?!\d)"
        r"|(?P<h2>\d{1,2})(?=\s*[ap]\.?m\b)|(?P<h4>\d{2})(?P<min4>\d\d)(?=\s*(?:GMT|UTC)\b))"
        rf"\s*(?P<half>[ap]\.?m\b\.?)?(?:\s*\(?{zone}\)?)?"
    )
    dates = (
        rf"{lead}(?<![\d-])(?P<y>\d{{4}})[-/.](?P<m>\d\d)[-/.](?P<d>\d\d)(?!\d)",
        rf"{lead}(?<![\w/]){day}[\s-]+{month},?[\s-]+(?P<y>\d{{4}})(?!\d)",
        rf"{lead}\b{month}\s+{day},?\s+(?P<y>\d{{4}})(?!\d)",
        rf"{lead}(?<![\w/.-])(?P<d>\d{{1,2}})(?P<sep>[/.-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}})(?!\d)",
    )
    unnamed = re.sub(r"\?P<\w+>", "?:", rf"{month}\s*{day}|{day}\s*{month}")
    figures = r"\d{1,2}/\d{1,2}(?:/\d{2,4})?"
    bare = rf"(?:{weekday})?[\s,(]*(?:(?:{unnamed})(?:,?\s*\d{{4}})?|{figures})?[\s)]*"
    flags = re.IGNORECASE
    return _Words(
        months={r["form"].lower(): int(r["value"]) for r in rows if r["kind"] == "month"},
        zones={r["form"].lower(): r for r in rows if r["kind"] == "zone"},
        dates=tuple(re.compile(pattern, flags) for pattern in dates),
        after=re.compile(rf"(?:{link}|T){time}", flags),
        before=re.compile(rf"(?<![\d:.]){time}{link}$", flags),
        bare=re.compile(bare, flags),
    )


def is_date(words: str) -> bool:
    """Whether the words are nothing but a weekday, a day of a month, or both: ``June 18``."""
    return bool(words.strip()) and _words().bare.fullmatch(words) is not None


def parse_stamp(line: str) -> tuple[str, Span] | None:
    """The first date of a line, with the time and the zone beside it where there are any.

    Gives it in ISO 8601 (a bare date if the line gives no time, no offset if it gives no zone),
    and the span of its words in the line. A date without a year is no stamp.
    """
    words = _words()
    head = line[:_LONGEST_LINE]
    dates = [match for pattern in words.dates if (match := pattern.search(head))]
    for date in sorted(dates, key=lambda match: match.start()):
        after = words.after.match(head, date.end())
        start = max(0, date.start() - _REACH)
        before = None if after else words.before.search(head[start : date.start()])
        if (value := _value(date, after or before)) is None:
            continue
        first = start + before.start() if before else date.start()
        return value, _with_bracket(head, first, after.end() if after else date.end())
    return None


def _with_bracket(line: str, start: int, end: int) -> Span:
    opened = line.count("(", start, end) > line.count(")", start, end)
    return start, end + 1 if opened and line[end : end + 1] == ")" else end


def _value(date: re.Match[str], time: re.Match[str] | None) -> str | None:
    """ISO 8601 for a date and a time; the time is dropped where it is none."""
    zone = _words().zones.get((time["zone"] or "").lower()) if time else None
    day = _day(date, month_first=zone is not None and zone["order"] == "mdy")
    if day is None:
        return None
    clock = _clock(time) if time else None
    if time is None or clock is None:
        return f"{day:%Y-%m-%d}"
    return f"{day:%Y-%m-%d}T{clock}{_offset(time['zone'] or '')}"


def _day(date: re.Match[str], *, month_first: bool) -> datetime | None:
    groups = date.groupdict()
    day, year = int(groups["d"]), int(groups["y"])
    if name := groups.get("name"):
        month = _words().months[name.lower()]
    else:
        month = int(groups["m"])
        if groups.get("sep") and (month > 12 or (month_first and day <= 12)):
            day, month = month, day
    try:
        return datetime(year, month, day)
    except ValueError:
        return None


def _clock(time: re.Match[str]) -> str | None:
    hour = int(time["h"] or time["h2"] or time["h4"])
    minute, second = int(time["min"] or time["min4"] or 0), int(time["s"] or 0)
    if half := time["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return f"{hour:02}:{minute:02}:{second:02}"


def _offset(zone: str) -> str:
    if row := _words().zones.get(zone.lower()):
        return row["value"]
    figures = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", zone)
    if figures is None or int(figures[2]) > 14 or int(figures[3] or 0) > 59:
        return ""
    return f"{figures[1]}{int(figures[2]):02}:{figures[3] or '00'}"


def check_stamp(value: str) -> str:
    """An ISO 8601 date or date and time, as given (blanks around it aside).

    Raises ``ReportError`` where it is none.
    """
    stamp = value.strip()
    try:
        datetime.fromisoformat(stamp)
    except ValueError:
        raise ReportError(f"published_at is no ISO 8601 date: {value[:40]!r}") from None
    return stamp
