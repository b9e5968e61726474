"""The day of a report that gives no publication date: the last that it dates in full.

Papers that print no stamp still date the news beside its weekday: ``Rabu (12/11/2025)``,
``Friday, June 6, 2025``. A report is not older than the last such day of its opening, and
seldom a day younger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from menurut.contract import Block
from menurut.reports.stamp import parse_stamp, stamp_rows

_OPENING = 5
_BETWEEN = r"(?:\s+[a-z]+){0,2}\s*,?\s*\(?\s*"
_REACH = 40


@cache
def _weekday() -> re.Pattern[str]:
    forms = {row["form"] for row in stamp_rows() if row["kind"] == "weekday"}
    names = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\b\.?{_BETWEEN}(?=[\dA-Z])")


def told_day(text: str, blocks: Iterable[Block]) -> str | None:
    """The last day with its weekday beside it in the opening paragraphs, in ISO 8601."""
    body = [block.span for block in blocks if block.kind == "body"][:_OPENING]
    days = [day for start, end in body for day in _days(text[start:end])]
    return max(days, default=None)


def _days(paragraph: str) -> Iterable[str]:
    for weekday in _weekday().finditer(paragraph):
        found = parse_stamp(paragraph[weekday.end() : weekday.end() + _REACH])
        if found is not None and found[1][0] == 0:
            yield date.fromisoformat(found[0][:10]).isoformat()
