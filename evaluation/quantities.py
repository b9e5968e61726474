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
from dataclasses import dataclass

from evaluation.marked import Marked, MarkedError, Task
from menurut.contract import Quantity, Span

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


def _missed(text: str, gold: GoldQuantity) -> str:
    return text[slice(*gold.span)]


def _shown(text: str, found: Quantity) -> str:
    about = "~" if found.approximate else ""
    return f"[{text[slice(*found.span)]}={found.low}..{found.high}{about} {found.of}]"


TASK = Task(MEASURES, gold_of, lambda analysis: analysis.quantities, faults, _missed, _shown)


if __name__ == "__main__":
    sys.exit(TASK.main())
