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
from dataclasses import dataclass

from evaluation.marked import Marked, Task
from menurut.contract import Place, Span
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


def _missed(_text: str, gold: GoldPlace) -> str:
    return f"{gold.name} {gold.country}"


def _shown(text: str, found: Place) -> str:
    where = f"{found.country} {found.name}"
    return f"[{text[slice(*found.span)]}={where}] at {found.latitude} ({found.basis})"


TASK = Task(MEASURES, gold_of, lambda analysis: analysis.places, faults, _missed, _shown)


if __name__ == "__main__":
    sys.exit(TASK.main())
