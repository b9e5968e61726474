"""Places on our own sentences, through the whole pipeline.

``evaluation/data/places.<language>.txt``, each mark ``[words=COUNTRY name]`` (see
``evaluation/marked.py``): the name where it is not all the words, ``-`` for a known place of no
one country, ``?`` for a place that the gazetteer does not hold. A place is found by an overlapping
span; of those found the span, the name and where it lies are compared: the country, with
coordinates, or neither. ``none``: how many sentences without places were given none.

    python -m evaluation.places FILE    the faults of the half that may be tuned on
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.marked import Marked, analysed, half_of, overlap, read_marked
from evaluation.scores import Score, pair
from menurut.contract import Analysis, Place, Span
from menurut.reader.model import Model, shipped_model
from menurut.record.places.gazetteer import fold

MEASURES = ("found", "span", "name", "where", "full")
NOWHERE = "-"
ABSENT = "?"


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """``country`` None: no one country; ``known``: the gazetteer holds it."""

    span: Span
    name: str
    country: str | None
    known: bool


def gold_of(sentence: Marked) -> list[GoldPlace]:
    """The places that a sentence is marked with."""
    found = []
    for span, value in sentence.marks:
        country, _, name = value.partition(" ")
        known = country != ABSENT
        code = country if country not in (NOWHERE, ABSENT) else None
        found.append(GoldPlace(span, name or sentence.text[slice(*span)], code, known))
    return found


def faults(gold: GoldPlace, found: Place) -> set[str]:
    """Which measures a place of ours does not meet."""
    wrong = set()
    if gold.span != found.span:
        wrong.add("span")
    if fold(gold.name) != fold(found.name):
        wrong.add("name")
    if gold.country != found.country or gold.known != (found.latitude is not None):
        wrong.add("where")
    return wrong | ({"full"} if wrong else set())


def score_places(gold: list[GoldPlace], found: Iterable[Place]) -> Counter[str]:
    """Counts for one sentence."""
    ours = list(found)
    counts: Counter[str] = Counter(gold=len(gold), ours=len(ours))
    for g, p in pair(gold, ours, lambda g, p: overlap(g.span, p.span)):
        wrong = faults(g, p)
        counts.update(measure for measure in MEASURES if measure not in wrong)
    if not gold:
        counts.update(empty=1, kept_empty=int(not ours))
    return counts


def place_scores(model: Model, path: Path, half: str) -> dict[str, Score]:
    """The measures over one half of a set."""
    counts: Counter[str] = Counter()
    sentences = half_of(read_marked(path), half)
    for sentence, analysis in analysed(model, sentences, path.name.split(".")[1]):
        counts += score_places(gold_of(sentence), analysis.places)
    scores = {name: Score(counts[name], counts["ours"], counts["gold"]) for name in MEASURES}
    return scores | {"none": Score(counts["kept_empty"], counts["empty"], counts["empty"])}


def told_faults(sentence: Marked, analysis: Analysis) -> Iterator[str]:
    """A line for each place missed, wrong, or not there."""
    gold, ours = gold_of(sentence), list(analysis.places)
    pairs = pair(gold, ours, lambda g, p: overlap(g.span, p.span))
    for g, p in pairs:
        if wrong := faults(g, p):
            told = f"[{sentence.text[slice(*p.span)]}={p.country} {p.name}] at {p.latitude}"
            yield f"{'/'.join(sorted(wrong))}: {told} for {g}"
    for g in gold:
        if all(g is not a for a, _ in pairs):
            yield f"missed: {g.name} {g.country}"
    for p in ours:
        if all(p is not b for _, b in pairs):
            yield f"not there: {sentence.text[slice(*p.span)]} {p.country} ({p.basis})"


def main() -> int:
    path = Path(sys.argv[1])
    sentences = half_of(read_marked(path), "tuned")
    for sentence, analysis in analysed(shipped_model(), sentences, path.name.split(".")[1]):
        if told := list(told_faults(sentence, analysis)):
            print(sentence.text, *told, sep="\n    ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
