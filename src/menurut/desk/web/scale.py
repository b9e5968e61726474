"""The figures that sources give for an incident, side by side on one scale, never added up."""

from __future__ import annotations

from collections.abc import Iterable
from math import log10
from typing import NamedTuple

from menurut.contract import Quantity
from menurut.desk.phrases import number_words, quantity_words
from menurut.interface import language
from menurut.ledger.queries import Account
from menurut.ledger.tellings import Said

_WIDE = 30
"""How many times as much the largest is as the smallest where a scale of powers reads better."""


class Row(NamedTuple):
    """A figure and all who give it. ``left``, ``right``: hundredths of the scale; None: open."""

    words: str
    bounds: str
    language: str
    left: float | None
    right: float | None
    accounts: tuple[Account, ...]


class Scale(NamedTuple):
    """``ticks``: where on the scale, in hundredths, and the number there."""

    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, str], ...]
    powers: bool


def compare(accounts: Iterable[Account]) -> Scale | None:
    """Everyone's figures on one scale, the smallest first; None where nobody gives any."""
    held: dict[tuple[float | None, float | None], list[tuple[Said, Account]]] = {}
    for account in accounts:
        for said in account.figures:
            if account.stance != "denies" and (said.low, said.high) != (None, None):
                held.setdefault((said.low, said.high), []).append((said, account))
    if not held:
        return None
    numbers = [n for bounds in held for n in bounds if n is not None]
    smallest, largest = max(min(numbers), 0.0), max(numbers)
    powers = smallest > 0 and largest / smallest > _WIDE
    top = 10 ** _ceiling(largest) if powers else _round_top(largest)
    bottom = 10 ** _floor(smallest) if powers else 0.0

    def at(number: float | None) -> float | None:
        if number is None:
            return None
        if powers:
            share = (log10(number) - log10(bottom)) / (log10(top) - log10(bottom))
        else:
            share = number / top if top else 0.0
        return round(100 * min(max(share, 0.0), 1.0), 2)

    order = sorted(held, key=lambda b: (b[0] if b[0] is not None else b[1] or 0, b[1] or 0))
    rows = tuple(_row(held[bounds], at(bounds[0]), at(bounds[1])) for bounds in order)
    marks = _powers(bottom, top) if powers else [0.0, top / 2, top]
    ticks = tuple((at(mark) or 0.0, number_words(mark)) for mark in marks)
    return Scale(rows, ticks, powers)


def _row(told: list[tuple[Said, Account]], left: float | None, right: float | None) -> Row:
    said, account = next((t for t in told if t[1].language == language()), told[0])
    quantity = Quantity(
        id="q", span=(0, 0), low=said.low, high=said.high, approximate=said.approximate, of=said.of
    )
    by_source: dict[str, Account] = {}
    for _said, given in told:
        known = by_source.setdefault(given.source, given)
        if known.language != language() == given.language:
            by_source[given.source] = given
    accounts = tuple(by_source.values())
    return Row(said.words, quantity_words(quantity), account.language, left, right, accounts)


def _ceiling(number: float) -> int:
    power = log10(number)
    return int(power) if power == int(power) else int(power) + 1


def _floor(number: float) -> int:
    power = log10(number)
    return int(power) if power >= 0 or power == int(power) else int(power) - 1


def _powers(bottom: float, top: float) -> list[float]:
    return [10**power for power in range(_floor(bottom), _ceiling(top) + 1)]


def _round_top(number: float) -> float:
    """The next round number: 1, 2 or 5 times a power of ten."""
    if number <= 0:
        return 1.0
    power = 10.0 ** _floor(number)
    return next(step * power for step in (1, 2, 5, 10) if step * power >= number)
