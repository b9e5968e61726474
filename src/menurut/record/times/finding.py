"""Finds the time expressions of a text: scan, join, resolve."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from menurut.contract import Span, Time
from menurut.reader.document import Document
from menurut.record.times.grammar import Grammar, Rule, grammar
from menurut.record.times.moments import Grain, Moment
from menurut.record.times.patterns import FIGURES, REACH, Pattern
from menurut.record.times.readings import READERS, Reading, possible
from menurut.record.times.stretches import CLOCK_FIELDS, Context
from menurut.record.times.tense import direction_in_clause, direction_in_text, sentence_end

_TOKEN = re.compile(r"\w+")
_NO_START = re.compile(r"(?:[$€£¥#]|\d[.:/]|(?<!\d{3})\d[,-])\Z")
"""What a figure may not follow: a currency, another figure's point (but a year's comma)."""
_COMPOUND = re.compile(r"[^\W\d_][-/]\Z")
"""A letter and a hyphen or slash: the figure is part of a name (F-16, XXI/2023), save after *mid*
and the like."""

YEARS_KNOWN = range(1000, 9000)
"""The years of publication that are taken at their word."""

_YEAR_FIELDS = {"year", "year_turn", "turn"}
_POINTING = {"turn", "past_turn", "day_turn", "week_turn", "year_turn"}
"""What points from the day of the report."""

_QUANTITY_MODS = {"APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"}
"""What words of quantity mean; before a weekday they are prepositions (up to Monday)."""
_POINT_MODS = {
    (-1, "MORE_THAN"): "BEFORE",
    (-1, "LESS_THAN"): "AFTER",
    (-1, "EQUAL_OR_MORE"): "ON_OR_BEFORE",
    (-1, "EQUAL_OR_LESS"): "ON_OR_AFTER",
}
"""More than a year ago lies before the point a year ago (TimeML annotation guidelines 1.2.1)."""


@dataclass(frozen=True, slots=True)
class _Match:
    rule: Rule
    start: int
    end: int
    fields: Mapping[str, Any]


def find_times(
    text: str,
    language: str,
    published_at: datetime | None,
    document: Document | None = None,
    spans: Sequence[Span] | None = None,
) -> tuple[Time, ...]:
    """The time expressions of a text as TIMEX3, in text order.

    ``published_at``: what relative times are resolved against; without it they stay relative.
    ``document``: its trees tell past clauses from future ones, its names keep persons out.
    ``spans``: the stretches to look in (all of the text if None).
    """
    rules = grammar(language)
    if rules is None:
        return ()
    now = published_at if published_at and published_at.year in YEARS_KNOWN else None
    stretches = [
        (start, _matches(text, start, end, rules, document))
        for start, end in (spans if spans is not None else [(0, len(text))])
    ]
    history = _is_history([match for _, matches in stretches for match in matches], now)
    times: list[Time] = []
    previous: Moment | None = None
    named: dict[Grain, Moment] = {}
    for start, matches in stretches:
        for number, match in enumerate(matches):
            context = Context(
                now=now,
                previous=previous,
                direction=partial(_direction, text, match, document, rules),
                listed=_listed(text, matches, number, rules),
                named=named,
                history=history or _follows_past_year(text, matches, number, now),
            )
            reading = READERS[match.rule.read](match.fields, context)
            if reading.moment:
                previous = named[reading.moment.grain] = reading.moment
            free = max(match.start - REACH, times[-1].span[1] if times else start, start)
            times.append(_time(f"t{len(times) + 1}", text, free, match, reading, rules))
    return tuple(times)


def _matches(
    text: str, start: int, end: int, rules: Grammar, document: Document | None
) -> list[_Match]:
    matches = _joined(text, list(_scan(text, start, end, rules)), rules)
    matches = _with_years(text, matches, rules)
    if document:
        matches = [m for m in matches if not _is_person(m, document)]
    return matches


def _is_history(matches: Sequence[_Match], now: datetime | None) -> bool:
    """Whether a text tells of past years and never points from its own day (yesterday, last week,
    on Monday): its days without a year, the fewer, lie in the year that was named last."""
    past = undated = 0
    for match in matches:
        fields = match.fields.keys()
        if _bare_weekday(match) or ("base" not in fields and fields & _POINTING):
            return False
        year = match.fields.get("year", 0)
        past += year > 99 and (now is None or year < now.year - 1)
        undated += "month" in fields and "year" not in fields
    return past >= max(2, undated)


def _follows_past_year(
    text: str, matches: Sequence[_Match], number: int, now: datetime | None
) -> bool:
    """Whether a past year, with its month, was named before in the same sentence."""
    if not number:
        return False
    before, here = matches[number - 1], matches[number]
    year = before.fields.get("year", 0)
    return (
        "month" in before.fields
        and year > 99
        and (now is None or year < now.year - 1)
        and sentence_end(text, before.end, here.start) is None
    )


def _scan(text: str, start: int, end: int, rules: Grammar) -> Iterator[_Match]:
    """The longest match at each word that a rule may begin with, left to right."""
    index, resume = rules.index, start
    for token in _TOKEN.finditer(text, start, end):
        at = token.start()
        if at < resume:
            continue
        key = FIGURES if text[at].isdigit() else token[0].lower()
        rows = index.get(key)
        if rows is None or (key == FIGURES and _within_figure(text, at, rules)):
            continue
        best = _longest(text, at, end, rows)
        if best is None:
            continue
        resume = best.end
        if best.rule.read != "nothing" and possible(best.fields):
            yield best


def _within_figure(text: str, at: int, rules: Grammar) -> bool:
    """Whether a figure is only part of a larger one, of a sum of money, or of a name."""
    before = max(0, at - 2)
    if _NO_START.search(text, before, at):
        return True
    compound = _COMPOUND.search(text, before, at) is not None
    return compound and not rules.modifier.search(text, max(0, at - REACH), at)


def _longest(text: str, at: int, end: int, rows: Sequence[tuple[Rule, Pattern]]) -> _Match | None:
    """The longest match; of two as long, that which says it is no time, or knows what stands
    before, or else the rule that comes first."""
    best: _Match | None = None
    rank = (0, False, False)
    for rule, pattern in rows:
        found = pattern.match(text, at, end)
        if not found:
            continue
        stop, fields = found
        here = (stop, rule.read == "nothing", pattern.before is not None)
        if here > rank:
            best, rank = _Match(rule, at, stop, {**rule.fields, **fields}), here
    return best


def _joined(text: str, matches: list[_Match], rules: Grammar) -> list[_Match]:
    """Matches with those put together that are one expression: a day and an hour, a weekday and
    its date."""
    found: list[_Match] = []
    for match in matches:
        before = found[-1] if found else None
        if (
            before
            and _one_expression(before, match)
            and rules.joins.fullmatch(text, before.end, match.start)
        ):
            fields = {**before.fields, **match.fields}
            if "weekday" in fields and "month" in fields:
                fields.pop("turn", None)
            day = match if before.fields.keys() <= CLOCK_FIELDS else before
            found[-1] = _Match(day.rule, before.start, match.end, fields)
        else:
            found.append(match)
    return found


def _one_expression(a: _Match, b: _Match) -> bool:
    if a.rule.read != "calendar" or b.rule.read != "calendar":
        return False
    if a.fields.keys() & b.fields.keys():
        return False
    clocks = (a.fields.keys() <= CLOCK_FIELDS, b.fields.keys() <= CLOCK_FIELDS)
    if clocks == (False, False):
        return a.fields.keys() <= {"weekday", "turn"} and "day" in b.fields
    day = b if clocks[0] else a
    return clocks != (True, True) and bool(day.fields.keys() & {"day", "weekday", "day_turn"})


def _with_years(text: str, matches: list[_Match], rules: Grammar) -> list[_Match]:
    """Matches where a month without a year takes that of the month after it in a list:
    from December *to January 2021*."""
    found = matches[:]
    for number in range(len(found) - 2, -1, -1):
        here, after = found[number], found[number + 1]
        if (
            "month" in here.fields
            and "month" in after.fields
            and "year" in after.fields
            and not here.fields.keys() & _YEAR_FIELDS
            and here.rule.read == after.rule.read == "calendar"
            and rules.list_words.fullmatch(text, here.end, after.start)
        ):
            year = after.fields["year"] - (here.fields["month"] > after.fields["month"])
            found[number] = replace(here, fields={**here.fields, "year": year})
    return found


def _direction(text: str, match: _Match, document: Document | None, rules: Grammar) -> int:
    if document:
        return direction_in_clause(document, match.start, match.end, rules.tense)
    return direction_in_text(text, match.start, match.end, rules.tense)


def _listed(text: str, matches: list[_Match], number: int, rules: Grammar) -> tuple[int, ...]:
    """The weekdays that follow a weekday in a list: Tuesday *and Wednesday*."""
    found: list[int] = []
    here = matches[number]
    if not _bare_weekday(here):
        return ()
    for after in matches[number + 1 : number + 7]:
        if not _bare_weekday(after) or not rules.list_words.fullmatch(text, here.end, after.start):
            break
        found.append(after.fields["weekday"])
        here = after
    return tuple(found)


def _is_bare_day(match: _Match) -> bool:
    return match.rule.read == "calendar" and match.fields.keys() <= {"weekday", "turn", "day_turn"}


def _bare_weekday(match: _Match) -> bool:
    return match.fields.keys() - CLOCK_FIELDS == {"weekday"} and match.rule.read == "calendar"


def _is_person(match: _Match, document: Document) -> bool:
    """A month or weekday that is part of a longer name of a person (April Jones)."""
    if any(char.isdigit() for char in document.text[match.start : match.end]):
        return False
    first, last = document.words_in((match.start, match.end))
    return any(
        name.label == "PER"
        and name.start <= first
        and last <= name.end
        and last - first < name.end - name.start
        for name in document.names
    )


def _time(
    identity: str, text: str, free: int, match: _Match, reading: Reading, rules: Grammar
) -> Time:
    """The time, with the modifier that stands before it; the text is free from ``free`` on."""
    start, mod = match.start, match.fields.get("mod")
    found = rules.modifier.search(text, free, start)
    if found and reading.type != "SET" and match.rule.read != "reference":
        here = rules.modifiers[" ".join(found[1].lower().split())]
        if here not in _QUANTITY_MODS or not _is_bare_day(match):
            start, mod = found.start(1), here or mod
    if mod:
        mod = _POINT_MODS.get((reading.turn, mod), mod)
    return Time(
        id=identity,
        span=(start, match.end),
        type=reading.type,
        value=reading.value,
        mod=mod,
        basis=match.rule.basis,
    )
