"""Quantities on our own sentences, through the whole pipeline.

``evaluation/data/quantities.<language>.txt``, each mark ``[words=low..high~ of]`` (see
``evaluation/marked.py``). A quantity is found by an overlapping span; of those found its bounds,
whether it is rough, and the words of what is counted are compared. ``none``: how many sentences
without quantities were given none.

    python -m evaluation.quantities FILE    the faults of the half that may be tuned on
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.marked import Marked, MarkedError, analysed, half_of, overlap, read_marked
from evaluation.scores import Score, pair
from menurut.contract import Analysis, Quantity, Span
from menurut.reader.model import Model, shipped_model

MEASURES = ("found", "span", "bounds", "of", "full")
_VALUE = re.compile(r"([\d.]*?)\.\.([\d.]*)(~?)(?: (.+))?")
_NEAR = 0.1
"""Shares are written to a tenth of a percent."""


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    span: Span
    low: float | None
    high: float | None
    approximate: bool
    of: str | None


def gold_of(sentence: Marked) -> list[GoldQuantity]:
    """The quantities that a sentence is marked with. Raises ``MarkedError``."""
    return [_gold(span, value) for span, value in sentence.marks]


def _gold(span: Span, value: str) -> GoldQuantity:
    match = _VALUE.fullmatch(value)
    if not match:
        raise MarkedError(f"no quantity: {value}")
    low, high = (float(bound) if bound else None for bound in match.group(1, 2))
    return GoldQuantity(span, low, high, bool(match[3]), match[4])


def faults(gold: GoldQuantity, found: Quantity) -> set[str]:
    """Which measures a quantity of ours does not meet."""
    wrong = set()
    if gold.span != found.span:
        wrong.add("span")
    same = _same(gold.low, found.low) and _same(gold.high, found.high)
    if not same or gold.approximate != found.approximate:
        wrong.add("bounds")
    if (gold.of or "").lower() != (found.of or "").lower():
        wrong.add("of")
    return wrong | ({"full"} if wrong & {"bounds", "of"} else set())


def _same(a: float | None, b: float | None) -> bool:
    return a == b if a is None or b is None else abs(a - b) < _NEAR


def score_quantities(gold: list[GoldQuantity], found: Iterable[Quantity]) -> Counter[str]:
    """Counts for one sentence."""
    ours = list(found)
    counts: Counter[str] = Counter(gold=len(gold), ours=len(ours))
    for g, q in pair(gold, ours, lambda g, q: overlap(g.span, q.span)):
        wrong = faults(g, q)
        counts.update(measure for measure in MEASURES if measure not in wrong)
    if not gold:
        counts.update(empty=1, kept_empty=int(not ours))
    return counts


def quantity_scores(model: Model, path: Path, half: str) -> dict[str, Score]:
    """The measures over one half of a set."""
    counts: Counter[str] = Counter()
    sentences = half_of(read_marked(path), half)
    for sentence, analysis in analysed(model, sentences, path.name.split(".")[1]):
        counts += score_quantities(gold_of(sentence), analysis.quantities)
    scores = {name: Score(counts[name], counts["ours"], counts["gold"]) for name in MEASURES}
    return scores | {"none": Score(counts["kept_empty"], counts["empty"], counts["empty"])}


def told_faults(sentence: Marked, analysis: Analysis) -> Iterator[str]:
    """A line for each quantity missed, wrong, or not there."""
    gold, ours = gold_of(sentence), list(analysis.quantities)
    pairs = pair(gold, ours, lambda g, q: overlap(g.span, q.span))
    for g, q in pairs:
        if wrong := faults(g, q):
            span = sentence.text[slice(*q.span)]
            about = "~" if q.approximate else ""
            yield f"{'/'.join(sorted(wrong))}: [{span}={q.low}..{q.high}{about} {q.of}] for {g}"
    for g in gold:
        if all(g is not a for a, _ in pairs):
            yield f"missed: {sentence.text[slice(*g.span)]}"
    for q in ours:
        if all(q is not b for _, b in pairs):
            yield f"not there: [{sentence.text[slice(*q.span)]}={q.low}..{q.high} {q.of}]"


def main() -> int:
    path = Path(sys.argv[1])
    sentences = half_of(read_marked(path), "tuned")
    for sentence, analysis in analysed(shipped_model(), sentences, path.name.split(".")[1]):
        if told := list(told_faults(sentence, analysis)):
            print(sentence.text, *told, sep="\n    ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
