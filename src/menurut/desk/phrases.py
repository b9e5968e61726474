"""The values of the contract in words for a person, in the interface language."""

from __future__ import annotations

import re
from datetime import date, datetime

from menurut.contract import Quantity
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.interface import ngettext

STATUSES = {
    "actual": N_("actual"),
    "planned": N_("planned"),
    "possible": N_("possible"),
    "denied": N_("denied"),
}
CERTAINTIES = {
    "high": N_("sure"),
    "moderate": N_("fairly sure"),
    "low": N_("unsure"),
}
STATEMENT_KINDS = {
    "say": N_("statement"),
    "accuse": N_("accusation"),
    "deny": N_("denial"),
    "confirm": N_("confirmation"),
    "conclude": N_("conclusion"),
    "estimate": N_("estimate"),
    "promise": N_("promise"),
    "demand": N_("demand"),
    "warn": N_("warning"),
    "worry": N_("worry"),
    "ask": N_("question"),
}
QUOTES = {
    "direct": N_("quoted"),
    "indirect": N_("indirect"),
    "mixed": N_("partly quoted"),
}
ACTOR_KINDS = {
    "person": N_("person"),
    "group": N_("group"),
    "government": N_("government"),
    "country": N_("country"),
    "organization": N_("organization"),
    "organisation": N_("organization"),
    "body": N_("body"),
    "people": N_("people"),
}
LANGUAGES = {"en": N_("English"), "id": N_("Indonesian")}
REMARKS = (
    N_("characters from a wrong encoding, or lost"),
    N_("the same words twice"),
    N_("a sentence's tail cut loose"),
    N_("a sentence that begins in small letters"),
    N_("a closing quotation mark without an opening one"),
    N_("a quotation mark never closed"),
    N_("a stray quotation mark"),
    N_("the text is cut off"),
    N_("no publication date: times that depend on it stay relative"),
    N_("no publication date: taken to be the last day that the report itself dates"),
    N_("withdrawn by its sender: the report is not read"),
    N_("withheld by its sender: not for use"),
    N_("the sender marks it as a correction"),
)
"""What the pipeline remarks on a report, for the catalogues."""
MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
PARTS_OF_DAY = {
    "MO": N_("{date}, morning"),
    "AF": N_("{date}, afternoon"),
    "EV": N_("{date}, evening"),
    "NI": N_("{date}, night"),
}
REFERENCES = {
    "PAST_REF": N_("in the past"),
    "PRESENT_REF": N_("now"),
    "FUTURE_REF": N_("in the future"),
}

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(.+))?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_DECADE = re.compile(r"(\d{3})X?")
_DURATION = re.compile(r"P(T?)(\d+|X)([YMWDHS])")
_CLOCK = re.compile(r"(\d\d):(\d\d)")


def label(table: dict[str, str], value: str) -> str:
    """The word for a value; the value itself where the table has none."""
    return _(table[value]) if value in table else value


def time_words(value: str) -> str:
    """A TIMEX3 value in words: ``18-19 June 2024``; what has no words stays as it is."""
    if value in REFERENCES:
        return _(REFERENCES[value])
    try:
        return _interval(*value.split("/")) if value.count("/") == 1 else _point(value)
    except ValueError:  # a day or week that no calendar has
        return value


def _interval(start: str, end: str) -> str:
    if end in ("", ".."):
        return _("since {time}").format(time=_point(start))
    if start in ("", ".."):
        return _("until {time}").format(time=_point(end))
    first, last = _DAY.fullmatch(start), _DAY.fullmatch(end)
    if first and last and first[4] is last[4] is None and start[:7] == end[:7]:
        return f"{int(first[3])}-{_point(end)}"
    return f"{_point(start)} - {_point(end)}"


def _point(value: str) -> str:
    if day := _DAY.fullmatch(value):
        return _day(date(int(day[1]), int(day[2]), int(day[3])), day[4])
    if month := _MONTH.fullmatch(value):
        return f"{_month(int(month[2]))} {month[1]}"
    if week := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return _("week of {date}").format(date=_day(monday))
    if decade := _DECADE.fullmatch(value):
        return _("the {year}s").format(year=decade[1] + "0")
    if duration := _DURATION.fullmatch(value):
        return _duration(*duration.groups())
    return value


def _month(number: int) -> str:
    if not 1 <= number <= len(MONTHS):
        raise ValueError(f"no month {number}")
    return _(MONTHS[number - 1])


def _day(day: date, clock: str | None = None) -> str:
    words = f"{day.day} {_month(day.month)} {day.year}"
    if clock is None:
        return words
    if clock in PARTS_OF_DAY:
        return _(PARTS_OF_DAY[clock]).format(date=words)
    time = _CLOCK.match(clock)
    return f"{words}, {_clock(int(time[1]), int(time[2]))}" if time else f"{words} T{clock}"


def _clock(hour: int, minute: int) -> str:
    return _("{hour}:{minute}").format(hour=f"{hour:02}", minute=f"{minute:02}")


def _duration(clock: str, count: str, unit: str) -> str:
    number = 2 if count == "X" else int(count)
    words = {
        "Y": ngettext("{n} year", "{n} years", number),
        "M": ngettext("{n} month", "{n} months", number),
        "W": ngettext("{n} week", "{n} weeks", number),
        "D": ngettext("{n} day", "{n} days", number),
        "TH": ngettext("{n} hour", "{n} hours", number),
        "TM": ngettext("{n} minute", "{n} minutes", number),
        "TS": ngettext("{n} second", "{n} seconds", number),
    }
    pattern = words.get(clock + unit)
    if pattern is None:
        return f"P{clock}{count}{unit}"
    return pattern.format(n=_("some") if count == "X" else count)


def moment_words(value: str) -> str:
    """When a report was published: ``Wednesday, 19 June 2024, 01:01 (UTC+07:00)``."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    words = f"{_(WEEKDAYS[moment.weekday()])}, {_day(moment.date())}"
    if len(value) > len("2024-06-19"):
        words += f", {_clock(moment.hour, moment.minute)}"
    return f"{words} ({moment.tzname()})" if moment.tzinfo else words


OUTCOMES = {
    "adopted": N_("adopted"),
    "rejected": N_("not adopted"),
    "vetoed": N_("vetoed"),
}
"""What came of a vote."""


def score_words(score: float | None) -> str:
    """How sure the reader model is; empty where it was not asked."""
    return "" if score is None else _("{percent}% sure").format(percent=round(100 * score))


def number_words(number: float) -> str:
    """A number as the reader writes it: ``11,000`` or ``11.000``."""
    plain = f"{number:,.0f}" if number == int(number) else f"{number:,.2f}".rstrip("0")
    point = _("{whole}.{fraction}").format(whole="", fraction="")
    comma = _("{thousands},{hundreds}").format(thousands="", hundreds="")
    return plain.translate({ord("."): point, ord(","): comma})


def quantity_words(quantity: Quantity) -> str:
    """The bounds of a figure: ``about 50 missiles``, ``at least 24 missiles``."""
    return " ".join(filter(None, (_bounds(quantity), quantity.of)))


def _bounds(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    about = _("about {n}") if quantity.approximate else "{n}"
    if low is None and high is None:
        return ""
    if high is None:
        return _("at least {n}").format(n=number_words(low or 0))
    if low is None:
        return _("at most {n}").format(n=number_words(high))
    if low == high:
        return about.format(n=number_words(low))
    return about.format(
        n=_("{low} to {high}").format(low=number_words(low), high=number_words(high))
    )
