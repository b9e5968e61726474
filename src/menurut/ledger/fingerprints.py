"""Fingerprints of reports, by which copies of one agency story are known.

Within a language: min-wise hashes of runs of five words (Broder 1997), kept in bands, so that two
reports that share most of their text share a band. Across languages: what their records have in
common, for a translation shares no words but tells the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from itertools import islice

import numpy as np

from menurut.contract import Analysis, Report
from menurut.ledger.blocking import LOOSE
from menurut.ledger.intervals import day_of
from menurut.ledger.stems import words
from menurut.ledger.tellings import Telling
from menurut.tables import table

_RUN = 5
_BANDS = 16
_ROWS = 4
_LEAST = 40
"""Words that a text must have: shorter ones are alike by chance."""
_MERSENNE = (1 << 61) - 1
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
def _permutations() -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(20240619)
    size = _BANDS * _ROWS
    return (
        draw.integers(1, 1 << 31, size=size, dtype=np.uint64),
        draw.integers(0, 1 << 31, size=size, dtype=np.uint64),
    )


def runs(text: str) -> frozenset[int]:
    """The hashes, of 32 bits, of each run of five words."""
    found = words(text)
    joined = (" ".join(found[i : i + _RUN]) for i in range(len(found) - _RUN + 1))
    return frozenset(
        int.from_bytes(blake2b(run.encode(), digest_size=4).digest(), "big") for run in joined
    )


def signature(text: str) -> list[int]:
    """The bands of a text as signed 64-bit numbers; none for a text of under forty words."""
    held = runs(text)
    if len(held) < _LEAST:
        return []
    factor, shift = _permutations()
    hashes = np.fromiter(held, dtype=np.uint64, count=len(held))
    least = ((hashes[None, :] * factor[:, None] + shift[:, None]) % _MERSENNE).min(axis=1)
    return [_number(f"{band}", row.tobytes()) for band, row in enumerate(least.reshape(_BANDS, -1))]


def _number(name: str, held: bytes) -> int:
    digest = blake2b(name.encode() + held, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def shared_text(one: str, other: str) -> float:
    """How much of the shorter text stands in the other: shared runs among its runs, 0 to 1."""
    ours, theirs = runs(one), runs(other)
    least = min(len(ours), len(theirs))
    return len(ours & theirs) / least if least else 0.0


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
    chosen = islice(sorted(held, key=lambda trait: _number("t", trait.encode())), _TRAITS)
    days = (day, day + 1)
    return [_number(f"r|{agency}|{d}", trait.encode()) for trait in chosen for d in days]


def shared_record(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the smaller record the other holds too, 0 to 1."""
    least = min(len(one), len(other))
    return len(one & other) / least if least >= 4 else 0.0
