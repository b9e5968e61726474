"""Measures the time expressions that menurut finds against texts annotated with TIMEX3.

    python -m evaluation.times CORPUS.jsonl [--errors N]
    python -m evaluation.times evaluation/data/times.id.txt [--half held] [--errors N]
    python -m evaluation.times --examples        how many examples stand beside the rules

A line of a corpus is ``{"doc", "dct", "lang", "text", "timexes": [{"start", "end", "type",
"value"}]}``; how our own sets are written is told at their head. The measures are TempEval-3's:
strict (same extent), relaxed (extents overlap), and value (relaxed, and the same TIMEX3 value).
An expression that is ``optional`` is neither rewarded nor punished.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from evaluation.halves import HALVES, half_of
from evaluation.scores import Score as Counts
from menurut.contract import Time
from menurut.record.times import find_times
from menurut.record.times.grammar import all_grammars

Gold = dict[str, Any]
PUBLISHED = "2024-06-19T09:00"
_BRACKETS = re.compile(r"[\[\]]")


class TimeSetError(ValueError):
    """A block of a set of our own that cannot be read; says which."""


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


def read_times(path: Path) -> list[dict[str, Any]]:
    """The texts of a set of our own, in the form of a corpus. Raises ``TimeSetError``."""
    language = path.name.split(".")[1]
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    blocks = [block.splitlines() for block in re.split(r"\n{2,}", "\n".join(lines).strip())]
    return [
        {
            "doc": f"{path.stem} {number}",
            "dct": PUBLISHED,
            "lang": language,
            "text": _BRACKETS.sub("", block[0]),
            "timexes": _timexes(block),
        }
        for number, block in enumerate(blocks)
    ]


def _timexes(block: Sequence[str]) -> list[Gold]:
    pieces = re.split(r"\[([^\]]*)\]", block[0])
    values = [cell.split() for cell in block[1].split(";")] if len(block) > 1 else []
    if len(pieces) != 2 * len(values) + 1 or any(len(value) < 2 for value in values):
        raise TimeSetError(f"as many values as brackets are needed: {block[0]}")
    found: list[Gold] = []
    for number, (kind, value, *optional) in enumerate(values):
        start = sum(map(len, pieces[: 2 * number + 1]))
        words = pieces[2 * number + 1]
        found.append(
            {
                "start": start,
                "end": start + len(words),
                "text": words,
                "type": kind,
                "value": value,
                "optional": bool(optional),
            }
        )
    return found


def own_time_scores(path: Path, half: str) -> dict[str, Counts]:
    """Relaxed, strict and value on a half of a set of our own."""
    total = score(half_of(read_times(path), half))
    return {
        name: Counts(getattr(total, name), total.found, total.gold)
        for name in ("strict", "relaxed", "value")
    }


def _without_optional(gold: Sequence[Gold], found: Sequence[Time]) -> tuple[list[Gold], list[Time]]:
    """The gold that counts, and what was found beside the rest."""
    optional = [timex for timex in gold if timex.get("optional")]
    taken = {j: i for i, j in pairs(gold, found)}
    kept = [
        time
        for j, time in enumerate(found)
        if not (
            gold[taken[j]].get("optional")
            if j in taken
            else any(t["start"] < time.span[1] and time.span[0] < t["end"] for t in optional)
        )
    ]
    return [timex for timex in gold if not timex.get("optional")], kept


def _count(total: Score, document: dict[str, Any], found: Sequence[Time]) -> None:
    gold, found = _without_optional(document["timexes"], found)
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


def _documents(path: Path, half: str | None) -> list[dict[str, Any]]:
    if path.suffix == ".txt":
        texts = read_times(path)
        return [*half_of(texts, half)] if half else texts
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def example_counts() -> dict[str, int]:
    """How many examples stand beside the rules of each language, and in all; each is a test."""
    counts = {g.language: sum(len(rule.examples) for rule in g.rules) for g in all_grammars()}
    return counts | {"all": sum(counts.values())}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--errors", type=int, default=0, help="how many errors to show")
    parser.add_argument("--half", choices=HALVES, help="of a set of our own")
    parser.add_argument("--examples", action="store_true", help="count the examples of the rules")
    options = parser.parse_args(arguments)
    if options.examples:
        print("\n".join(f"{language}: {count}" for language, count in example_counts().items()))
    if options.corpus is None:
        return
    total = score(_documents(options.corpus, options.half))
    for line in total.lines():
        print(line)
    for error in sorted(total.errors)[: options.errors]:
        print("  ".join(error))


if __name__ == "__main__":
    main()
