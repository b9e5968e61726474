"""How many measures were read against public texts, counted from the regimes themselves."""

from __future__ import annotations

from collections.abc import Iterator

from menurut.obligations.regimes import Measure, regimes

MARK = "<!-- measures: checked -->"
_ASPECTS = ("paragraph", "duty", "dates")
_HEAD = (
    "| regime | measures | number | what it asks | dates | by no text |",
    "| --- |" + 5 * " --- |",
)


def with_checks(markdown: str) -> str:
    """Puts the table of what was checked in the place of its mark."""
    return markdown.replace(MARK, "\n".join(_table()))


def confirmed(measure: Measure) -> set[str]:
    """What public texts confirm of a measure."""
    return {aspect for check in measure.checked for aspect in check.confirms}


def _table() -> Iterator[str]:
    yield from _HEAD
    for regime in regimes():
        yield _row(regime.title.en, regime.measures)
    yield _row("all", [measure for regime in regimes() for measure in regime.measures])


def _row(name: str, measures: tuple[Measure, ...] | list[Measure]) -> str:
    held = [confirmed(measure) for measure in measures]
    counts = [len(held), *(sum(a in one for one in held) for a in _ASPECTS), held.count(set())]
    return f"| {name} | " + " | ".join(map(str, counts)) + " |"
