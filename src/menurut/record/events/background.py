"""Whether an event is told as history: its own time lies well before the report's, or words say it.

A calendar value is read to the end of its period; a season, a duration or a reference such as
``PAST_REF`` says nothing. Words count where no date of the last weeks stands beside them:
``since the invasion``, ``the anniversary of the raid``, ``once attacked``, and in the reporter's
own voice the past perfect. The words are rows of ``status.tsv`` (``history``, ``history:marker``,
``history:governor``, ``history:perfect``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from menurut.reader.document import Document
from menurut.record.events.circumstances import When
from menurut.record.events.rules import LONG_AGO, TOLD_AS_PAST
from menurut.record.events.signs import lemma_of, status_of_form
from menurut.record.events.syntax import NOMINAL
from menurut.record.events.tellings import Telling

_NOMINAL = frozenset({"nmod", "obj", "obl", "acl"})
_BESIDE = frozenset({"aux", "advmod"})
_MAX_CLIMB = 2
NEWS = timedelta(days=60)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_YEARS = re.compile(r"(\d{2,4})(X*)")
_SUNDAY = 7
_DECEMBER = 12


class Past(NamedTuple):
    """Why an event is history: the rule, and the word that says so (-1: its date does)."""

    rule: str
    word: int = -1
    row: str = ""


def background(
    document: Document, telling: Telling, when: When | None, published: date | None
) -> Past | None:
    """Why a telling is history, or None where it is news, or not done."""
    if telling.judgement.status not in ("actual", "denied"):
        return None
    dated = when if when is not None and when.basis != "report" else None
    if dated is not None and _end(dated.value.split("/")[-1]) is not None:
        return Past(LONG_AGO) if is_history(dated.value, published) else None
    return next(words_of_past(document, telling), None) if _is_done(telling) else None


def _is_done(telling: Telling) -> bool:
    """A denial has words of its own: ``denied that it ever``."""
    return telling.judgement.status == "actual"


def words_of_past(document: Document, telling: Telling) -> Iterator[Past]:
    word = telling.word
    for child in document.children[word]:
        if document.relations[child] in _BESIDE:
            kinds = ["history"]
            if telling.told_by is None and not telling.headline and telling.act_of is None:
                kinds.append("history:perfect")
            yield from _rows(document, child, kinds)
    for _ in range(_MAX_CLIMB):
        for child in document.children[word]:
            marks = "case" if document.upos[word] in NOMINAL else "mark"
            if document.relations[child] == marks:
                yield from _rows(document, child, ["history:marker"])
        head = document.heads[word]
        if head < 0 or document.relations[word] not in _NOMINAL:
            return
        if lemma := lemma_of(document, head, "history:governor"):
            yield Past(TOLD_AS_PAST, head, f"history:governor {lemma}")
        word = head


def _rows(document: Document, word: int, kinds: list[str]) -> Iterator[Past]:
    form = document.lower[word]
    for kind in kinds:
        if status_of_form(form, kind, document.language):
            yield Past(TOLD_AS_PAST, word, f"{kind} {form}")


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
