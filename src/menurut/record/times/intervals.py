"""The intervals that expressions and the words around them name: since, until, from one to other.

``2006/..``: since 2006; ``../2023``: until 2023; ``2024-06-24/2024-06-28``: from one to the other.
"""

from __future__ import annotations

from datetime import date

from menurut.contract import Time
from menurut.record.times.grammar import grammar
from menurut.record.times.patterns import REACH

OPEN = ".."
"""An end that is not named, as ISO 8601-2 writes it."""


def is_point(value: str) -> bool:
    """Whether a value is a date of the calendar, which may bound an interval."""
    return (value[:1].isdigit() or value.startswith("X")) and "/" not in value


def bounded(text: str, language: str, time: Time) -> str:
    """The value of an expression, as an open interval where the words before it say so."""
    rules = grammar(language)
    if rules is None or not is_point(time.value):
        return time.value
    start, end = time.span
    before = text[max(0, start - REACH) : start]
    if rules.since.search(before) or rules.since_then.match(text, start, end):
        return f"{time.value}/{OPEN}"
    return f"{OPEN}/{time.value}" if rules.until.search(before) else time.value


def joined(text: str, language: str, first: Time, second: Time) -> str | None:
    """The interval from one expression to the next, where the words between them say so (*to*) or
    they are two days running (*Tuesday and Wednesday*); None: they are no interval."""
    rules = grammar(language)
    if rules is None or not (is_point(first.value) and is_point(second.value)):
        return None
    between = first.span[1], second.span[0]
    if rules.ranges.fullmatch(text, *between) or (
        rules.list_words.fullmatch(text, *between) and _run_on(first.value, second.value)
    ):
        return f"{first.value}/{second.value}"
    return None


def _run_on(first: str, second: str) -> bool:
    """Whether one day follows the other."""
    try:
        return (date.fromisoformat(second[:10]) - date.fromisoformat(first[:10])).days == 1
    except ValueError:
        return False
