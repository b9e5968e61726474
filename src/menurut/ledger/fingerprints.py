"""Fingerprints of reports, by which copies of one agency story are known.

Within a language: their words (``menurut.reports.prints``). Across languages: what their records
have in common, for a translation shares no words but tells the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice

from menurut.contract import Analysis, Report
from menurut.ledger.blocking import LOOSE
from menurut.ledger.intervals import day_of
from menurut.ledger.tellings import Telling
from menurut.reports.prints import number
from menurut.tables import table

_CREDIT = 200
_TRAITS = 12
_MARKED = re.compile(r"\(([^()]{2,60})\)|/([A-Z][\w .-]{2,30})/")
_DATELINE = re.compile(r"^[A-Z][A-Z ,.'-]{2,40} \(([A-Z][\w .-]{1,30})\) +[-–—]", re.MULTILINE)
"""A place in capitals and a name in brackets: an agency, though the table may not have it."""
SAME_TEXT = 0.4
"""The least share of a text that stands in its copy."""
SAME_RECORD = 0.6
"""The least share of a record that its translation tells too."""


@cache
def _agencies() -> dict[str, str]:
    rows = (row for row in table("world/agencies.tsv") if row["kind"] == "agency")
    return {
        form: row["name"]
        for row in rows
        for form in (row["name"], *row["forms"].split("|"))
        if form
    }


@cache
def _agency_pattern() -> re.Pattern[str]:
    forms = sorted(_agencies(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w-])")


def agency_of(report: Report, analysis: Analysis) -> str | None:
    """The news agency that a report credits: in its byline, dateline, beginning or end."""
    captions = {"caption", "credit"}
    kept = [block for block in analysis.blocks if block.kind not in captions]
    body = [report.text[slice(*b.span)] for b in kept if b.kind in ("dateline", "byline", "body")]
    text = "\n".join(body) or report.text
    for stretch in (report.byline or "", *_brackets(text[:_CREDIT]), *_brackets(text[-_CREDIT:])):
        if match := _agency_pattern().search(stretch):
            return _agencies()[match[0]]
    return next((m[1] for m in _DATELINE.finditer(report.text[: 4 * _CREDIT])), None)


def _brackets(text: str) -> list[str]:
    """What stands in brackets or between slashes, and short lines."""
    marked = [round or slashed for round, slashed in _MARKED.findall(text)]
    return marked + [line for line in text.splitlines() if len(line) <= 60]


def traits(told: Iterable[Telling]) -> frozenset[str]:
    """What a report tells, without its words: who does what to whom, and which figures."""
    found: set[str] = set()
    for telling in told:
        for figure in telling.profile.figures:
            if (figure.low or figure.high or 0) > 2:
                found.add(f"n|{figure.low}|{figure.high}")
        if telling.type == LOOSE:
            continue
        actors, recipients = (",".join(sorted(s)) for s in _sides(telling))
        found.add(f"e|{telling.type}|{actors}|{recipients}")
        if telling.profile.when and telling.profile.when.days <= 31:
            found.add(f"d|{telling.type}|{telling.profile.when.first}")
        found.update(f"s|{v.stance}|{v.source.key}" for v in telling.voices if v.source)
    return frozenset(found)


def _sides(telling: Telling) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(telling.profile.actors), frozenset(telling.profile.recipients)


def record_bands(agency: str | None, stamp: str | None, held: frozenset[str]) -> list[int]:
    """Where reports that may be translations of one another meet: agency, day and one trait."""
    day = day_of(stamp)
    if agency is None or day is None:
        return []
    chosen = islice(sorted(held, key=lambda trait: number("t", trait.encode())), _TRAITS)
    days = (day, day + 1)
    return [number(f"r|{agency}|{d}", trait.encode()) for trait in chosen for d in days]


def shared_record(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the smaller record the other holds too, 0 to 1."""
    least = min(len(one), len(other))
    return len(one & other) / least if least >= 4 else 0.0
