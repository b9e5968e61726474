"""Holds the record of one annotated report against what careful readers expect of it.

    python -m evaluation.seed --seed FOLDER

The folder holds ``expected.json`` (the whole record) and ``gold.jsonl`` (one line: the report, and
its statements and events as they are scored). Times, actors, places and quantities are counted
right or wrong one by one, and each that is wrong is shown with the reason:

- a time is right by an overlapping span, its type and its value;
- an actor where one of ours covers half of its mentions or more and has its code;
- a place by an overlapping span and its country, a town with coordinates too;
- a quantity by an overlapping span and both bounds.

A listed alternative is as right. Statements and events are reckoned as ``evaluation/scores.py``
and ``evaluation/events.py`` do.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from evaluation.attribution import found as found_statements
from evaluation.events import GoldEvent, score_events
from evaluation.scores import Attribution, Score, score_statements, statement_scores
from menurut.contract import Actor, Analysis, Report, Span, Spans
from menurut.engines.local import read_reports
from menurut.reader.model import Model, shipped_model

Row = dict[str, Any]
_EITHER = re.compile(r" or | / ")


class SeedError(ValueError):
    """A seed folder that cannot be read; says what is missing."""


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


S = TypeVar("S", bound=_Spanned)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One expected item: its name, and why it is counted wrong (empty: it is right)."""

    item: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Seed:
    """An annotated report."""

    report: Report
    expected: Row
    gold: Row


def load(folder: Path) -> Seed:
    """Read the folder. Raises ``SeedError``."""
    try:
        expected = json.loads((folder / "expected.json").read_text("utf-8"))
        gold = json.loads((folder / "gold.jsonl").read_text("utf-8").splitlines()[0])
        fields = ("id", "text", "language", "published_at")
        report = Report(**{field: gold[field] for field in fields})
    except (OSError, ValueError, IndexError, KeyError) as error:
        raise SeedError(f"{folder}: no seed: {error}") from error
    return Seed(report, expected, gold)


def _meets(a: Sequence[int], b: Sequence[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _alternatives(row: Row) -> list[Row]:
    return [a for a in row.get("alternatives") or [] if isinstance(a, dict)]


def _overlapping(row: Row, found: Iterable[S]) -> list[S]:
    """What of ours overlaps an expected item, or the span of one of its alternatives."""
    spans = [row["span"], *(a["span"] for a in _alternatives(row) if "span" in a)]
    return [item for item in found if any(_meets(item.span, span) for span in spans)]


def _judged(item: str, near: Sequence[S], right: bool, tell: Callable[[S], str]) -> Verdict:
    if right:
        return Verdict(item)
    return Verdict(item, "; ".join(map(tell, near)) if near else "not found")


def time_verdicts(expected: Row, analysis: Analysis) -> Iterator[Verdict]:
    """Each expected time, against the types and values that overlap it."""
    for row in expected["times"]:
        wanted = {(row["type"], row["value"])}
        for other in _alternatives(row):
            wanted.add((other.get("type", row["type"]), other.get("value", row["value"])))
            for part in other.get("split", ()):
                wanted.add((row["type"], part.partition("=")[2].strip()))
        near = _overlapping(row, analysis.times)
        right = any((t.type, t.value) in wanted for t in near)
        item = f"{row['text']} ({row['type']} {row['value']})"
        yield _judged(item, near, right, lambda t: f"{t.type} {t.value}")


def place_verdicts(expected: Row, analysis: Analysis) -> Iterator[Verdict]:
    """Each expected place, against the countries and coordinates that overlap it."""
    for row in expected["places"]:
        near = _overlapping(row, analysis.places)
        right = any(p.country == row["country"] and p.latitude is not None for p in near)
        item = f"{row['text']} {row['span']} ({row['country']})"
        yield _judged(item, near, right, lambda p: f"{p.name} {p.country}, at {p.latitude}")


def quantity_verdicts(expected: Row, analysis: Analysis) -> Iterator[Verdict]:
    """Each expected quantity, against the bounds that overlap it."""
    for row in expected["quantities"]:
        wanted = {(row["low"], row["high"])}
        for other in _alternatives(row):
            wanted.add((other.get("low", row["low"]), other.get("high", row["high"])))
        near = _overlapping(row, analysis.quantities)
        right = any((q.low, q.high) in wanted for q in near)
        item = f"{row['of']} ({row['low']}..{row['high']})"
        yield _judged(item, near, right, lambda q: f"{q.of} {q.low}..{q.high}")


def actor_verdicts(expected: Row, analysis: Analysis) -> Iterator[Verdict]:
    """Each expected actor, against ours that cover most of its mentions."""
    for row in expected["actors"]:
        codes = _codes(row)
        covering = [(_covered(row["mentions"], actor), actor) for actor in analysis.actors]
        covering = sorted((c for c in covering if c[0]), key=lambda c: -c[0])
        half = len(row["mentions"]) / 2
        item = f"{row['id']} {row['name']} ({row['code']})"
        if any(number >= half and actor.code in codes for number, actor in covering):
            yield Verdict(item)
            continue
        told = [
            f"{actor.id} {actor.name} ({actor.code}) has {number} of {len(row['mentions'])}"
            for number, actor in covering[:3]
        ]
        yield Verdict(item, "; ".join(told) or f"none at {row['mentions']}")


def _covered(mentions: Sequence[Sequence[int]], actor: Actor) -> int:
    return sum(any(_meets(mention, own) for own in actor.mentions) for mention in mentions)


def _codes(row: Row) -> set[str | None]:
    """The codes that count as right; an unknown affiliation is null."""
    codes = {row["code"]}
    for other in _alternatives(row):
        if other.get("on") == "code":
            codes.update(_EITHER.split(other["other"]))
    return {None if code == "UNK" else code for code in codes}


def statement_counts(seed: Seed, analysis: Analysis) -> dict[str, Score]:
    """The measures of statements, against the gold line."""
    gold = [
        Attribution(
            _spans(row["source"]["spans"]),
            _spans(row["cue"]),
            _spans(row["content"]),
            bool(row.get("optional")),
        )
        for row in seed.gold["statements"]
    ]
    return statement_scores(score_statements(seed.report.text, gold, found_statements(analysis)))


def event_counts(seed: Seed, analysis: Analysis) -> dict[str, Score]:
    """The measures of events, against the gold line."""
    gold = [
        GoldEvent(
            row["type"],
            _spans(row["trigger"]),
            _countries(row["actor_code"]),
            _countries(row["recipient_code"]),
            row["status"],
            tuple(row.get("alt") or ()),
            bool(row.get("optional")),
        )
        for row in seed.gold["events"]
    ]
    counts: Counter[str] = score_events(analysis, gold)
    sizes = (counts["found"], counts["gold"])
    return {
        "type": Score(counts["type"], *sizes),
        "who": Score(counts["who"], *sizes),
        "full": Score(counts["full"], *sizes),
        "status": Score(counts["status"], counts["type"], counts["type"]),
    }


def _spans(stretches: Iterable[Sequence[int]]) -> Spans:
    return tuple((start, end) for start, end in stretches)


def _countries(codes: Iterable[str] | None) -> frozenset[str]:
    return frozenset(code.split(" ")[0] for code in codes or () if code)


VERDICTS: dict[str, Callable[[Row, Analysis], Iterator[Verdict]]] = {
    "times": time_verdicts,
    "actors": actor_verdicts,
    "places": place_verdicts,
    "quantities": quantity_verdicts,
}


def read(seed: Seed, model: Model) -> Analysis:
    """Our analysis of the report. Raises ``SeedError`` where it cannot be read."""
    (analysis,) = read_reports([seed.report], model=model)
    if not isinstance(analysis, Analysis):
        raise SeedError(f"{seed.report.id}: {analysis.error}")
    return analysis


def lines(seed: Seed, analysis: Analysis) -> Iterator[str]:
    """The lines to print: how many are right, every fault, and the measures."""
    for name, judge in VERDICTS.items():
        verdicts = list(judge(seed.expected, analysis))
        wrong = [v for v in verdicts if v.fault]
        yield f"{name}: {len(verdicts) - len(wrong)} of {len(verdicts)} right"
        yield from (f"    {v.item}: {v.fault}" for v in wrong)
    for name, scores in (
        ("statements", statement_counts(seed, analysis)),
        ("events", event_counts(seed, analysis)),
    ):
        for measure, score in scores.items():
            sizes = f"P {score.precision:.1f} R {score.recall:.1f}"
            yield f"{name} {measure}: {score.f1:.1f} ({sizes}, {score.hits} of {score.gold})"


def run(prog: str, about: str | None, told: Callable[[Seed], Iterator[str]]) -> int:
    """A program over the seed: reads it, and prints what is told of it; the exit status."""
    parser = argparse.ArgumentParser(
        prog=prog, description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=Path, required=True, help="the folder of the seed")
    try:
        print("\n".join(told(load(parser.parse_args().seed))))
    except SeedError as error:
        parser.exit(1, f"{error}\n")
    return 0


def main() -> int:
    def told(seed: Seed) -> Iterator[str]:
        return lines(seed, read(seed, shipped_model()))

    return run("python -m evaluation.seed", __doc__, told)


if __name__ == "__main__":
    raise SystemExit(main())
