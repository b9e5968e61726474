"""Measures the time expressions that menurut finds against a corpus annotated with TIMEX3.

    python -m evaluation.times CORPUS.jsonl [--errors N]

A line of the corpus is ``{"doc", "dct", "lang", "text", "timexes": [{"start", "end", "type",
"value"}]}``. The measures are TempEval-3's: strict (same extent), relaxed (extents overlap), and
value (relaxed, and the same TIMEX3 value).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from menurut.contract import Time
from menurut.record.times import find_times

Gold = dict[str, Any]


@dataclass
class Score:
    """Counts over a corpus; ``errors``: what went wrong, gold beside found."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0
    errors: list[tuple[str, ...]] = field(default_factory=list)

    def f1(self, right: int) -> float:
        total = self.gold + self.found
        return 200 * right / total if total else 0.0

    def precision(self, right: int) -> float:
        return 100 * right / self.found if self.found else 0.0

    def recall(self, right: int) -> float:
        return 100 * right / self.gold if self.gold else 0.0

    def lines(self) -> Iterator[str]:
        yield f"gold {self.gold}, found {self.found}"
        for name in ("strict", "relaxed", "value"):
            n: int = getattr(self, name)
            yield (
                f"{name:8}F1 {self.f1(n):5.1f}  P {self.precision(n):5.1f}  R {self.recall(n):5.1f}"
            )


def pairs(gold: Sequence[Gold], found: Sequence[Time]) -> list[tuple[int, int]]:
    """One gold expression to one found: same extents first, then the larger overlap, leftmost."""
    rows = []
    for i, timex in enumerate(gold):
        for j, time in enumerate(found):
            overlap = min(timex["end"], time.span[1]) - max(timex["start"], time.span[0])
            if overlap > 0:
                exact = (timex["start"], timex["end"]) == time.span
                rows.append((not exact, -overlap, timex["start"], time.span[0], i, j))
    taken: list[tuple[int, int]] = []
    for *_, i, j in sorted(rows):
        if all(i != a and j != b for a, b in taken):
            taken.append((i, j))
    return taken


def score(documents: Sequence[dict[str, Any]]) -> Score:
    """Find the times of each document and count what is right."""
    total = Score()
    for document in documents:
        published = datetime.fromisoformat(document["dct"])
        found = find_times(document["text"], document["lang"], published)
        _count(total, document, found)
    return total


def _count(total: Score, document: dict[str, Any], found: Sequence[Time]) -> None:
    gold: list[Gold] = [t for t in document["timexes"] if not t.get("optional")]
    taken = pairs(gold, found)
    total.gold += len(gold)
    total.found += len(found)
    total.relaxed += len(taken)
    name, text = document["doc"], document["text"]
    for i, j in taken:
        timex, time = gold[i], found[j]
        words = text[slice(*time.span)]
        same_extent = (timex["start"], timex["end"]) == time.span
        same_value = time.value in timex["value"].split("|")
        total.strict += same_extent
        total.value += same_value
        if not same_value:
            around = text[max(0, time.span[0] - 60) : time.span[1] + 30].replace("\n", " ")
            total.errors.append(
                ("value", name, document["dct"], words, time.value, timex["value"], around)
            )
        elif not same_extent:
            total.errors.append(("extent", name, words, timex["text"]))
    for i in {i for i, _ in enumerate(gold)} - {i for i, _ in taken}:
        around = text[max(0, gold[i]["start"] - 40) : gold[i]["end"] + 30].replace("\n", " ")
        total.errors.append(("missed", name, gold[i]["text"], gold[i]["value"], around))
    for j in {j for j, _ in enumerate(found)} - {j for _, j in taken}:
        span = found[j].span
        around = text[max(0, span[0] - 40) : span[1] + 30].replace("\n", " ")
        total.errors.append(("false", name, text[slice(*span)], found[j].value, around))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="how many errors to show")
    options = parser.parse_args(arguments)
    with options.corpus.open(encoding="utf-8") as lines:
        total = score([json.loads(line) for line in lines])
    for line in total.lines():
        print(line)
    for error in sorted(total.errors)[: options.errors]:
        print("  ".join(error))


if __name__ == "__main__":
    main()
