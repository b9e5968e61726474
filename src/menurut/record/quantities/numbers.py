"""Reads numbers in words and figures, by the tables ``numbers.tsv`` of each language."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from menurut.tables import language_table

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_HALF = 0.5
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")


@dataclass(frozen=True, slots=True)
class NumberTable:
    """A language's number words (kind and value) and the signs in its figures."""

    words: dict[str, tuple[str, float]]
    thousands: str
    about: str


@cache
def number_table(language: str) -> NumberTable:
    """The table of a language; one with no words where the language has none."""
    rows = language_table(language, "numbers")
    signs = {row["kind"]: row["word"] for row in rows}
    words = {
        row["word"]: (row["kind"], float(row["value"]))
        for row in rows
        if row["kind"] not in ("thousands", "decimal", "about")
    }
    return NumberTable(words, signs.get("thousands", ","), signs.get("about", ""))


@lru_cache(maxsize=4096)
def parse_figure(form: str, language: str) -> float | None:
    """The value of a figure such as ``11.000`` or ``2,5``; None where it is none.

    A figure that can be read one way only (both signs, many groups, a group not of three) is read
    so; only one group of three leaves it to the language's sign for thousands.
    """
    if not _FIGURE.fullmatch(form):
        return None
    signs = [c for c in form if not c.isdigit()]
    if not signs:
        return float(form)
    if len(set(signs)) == 1 and _GROUPED.fullmatch(form):
        if len(signs) > 1 or signs[0] == number_table(language).thousands:
            return float(form.replace(signs[0], ""))
    elif len(set(signs)) == 1 and len(signs) > 1:
        return None
    whole, _, decimals = form.rpartition(signs[-1])
    if len(set(signs)) > 1 and not _GROUPED.fullmatch(whole):
        return None
    return float(re.sub(r"[.,]", "", whole) + "." + decimals)


def parse_number(words: Sequence[str], language: str) -> tuple[float, int] | None:
    """The number that a run of words starts with, and how many words it takes; None for none.

    ``parse_number(["dua", "ratus", "lima", "puluh", "orang"], "id") == (250.0, 4)``
    """
    numbers = number_table(language)
    first = words[0].lower() if words else ""
    known = first in numbers.words or first.partition("-")[0] in numbers.words
    if not known and parse_figure(first, language) is None:
        return None
    return _Reading(numbers, language).read([word.lower() for word in words])


class _Reading:
    """One number as it is read: what is done, the group in hand and the digit in hand.

    *Dua ratus lima puluh ribu*: digit 2, group 200, digit 5, group 250, done 250,000.
    """

    def __init__(self, numbers: NumberTable, language: str) -> None:
        self.numbers = numbers
        self.language = language
        self.done = 0.0
        self.group: float | None = None
        self.digit: float | None = None
        self.scale = math.inf
        self.figure = False

    def read(self, words: Sequence[str]) -> tuple[float, int] | None:
        at = taken = 0
        while at < len(words) and (step := self._step(words, at)):
            at += step
            if self.digit != _HALF:
                taken = at
        return (self._total(), taken) if taken else None

    def _total(self) -> float:
        half = self.digit if self.digit != _HALF else None
        return self.done + (self.group or 0.0) + (half or 0.0)

    def _kind(self, words: Sequence[str], at: int) -> str:
        return self.numbers.words.get(words[at], ("", 0.0))[0] if at < len(words) else ""

    def _step(self, words: Sequence[str], at: int) -> int:
        """Takes the words at a place into the number: how many, 0 where the number ends."""
        kind, value = self.numbers.words.get(words[at], ("", 0.0))
        if kind == "link":
            return self._link(words, at)
        if kind == "spoken_point":
            return self._decimals(words, at)
        if kind == "one":
            return int(self._one(self._kind(words, at + 1)))
        if not kind:
            return int(self._figure(words, at))
        return int(self._take(kind, value))

    def _take(self, kind: str, value: float) -> bool:
        match kind:
            case "digit" | "tens" | "whole":
                return self._add(kind, value)
            case "teen":
                return self._teen(value)
            case "power":
                return self._power(value)
            case "scale" | "dozen":
                return self._scale(value)
            case _:
                return self._half(value)

    def _add(self, kind: str, value: float) -> bool:
        if self.figure:
            return False
        if self.digit is not None:
            fits = kind == "digit" and 20 <= self.digit < 100 and self.digit % 10 == 0
            self.digit += value if fits else 0.0
            return fits
        if value >= 1000:
            fits = self.group is None and self.scale > value
            self.done += value if fits else 0.0
            return fits
        room = 10 if kind == "digit" else 10 ** len(str(int(value)))
        if self.group is not None and self.group % room:
            return False
        if value >= 100:
            self.group = (self.group or 0.0) + value
        else:
            self.digit = value
        return True

    def _teen(self, value: float) -> bool:
        if self.digit is None or not 1 < self.digit < 10:
            return False
        self.digit += value
        return True

    def _power(self, value: float) -> bool:
        if self.digit is None or (self.group or 0.0) % (10 * value):
            return False
        self.group = (self.group or 0.0) + self.digit * value
        self.digit, self.figure = None, False
        return True

    def _scale(self, value: float) -> bool:
        if (self.group is None and self.digit is None) or value >= self.scale:
            return False
        self.done += ((self.group or 0.0) + (self.digit or 0.0)) * value
        self.group = self.digit = None
        self.scale, self.figure = value, False
        return True

    def _half(self, value: float) -> bool:
        if self.digit is None and self.group is None and not self.done:
            self.digit = value
            return True
        if self.digit is None or self.digit % 1:
            return False
        self.digit += value
        return True

    def _one(self, following: str) -> bool:
        """An article counts one before a power, scale or dozen, and nothing behind a half."""
        if following not in ("power", "scale", "dozen"):
            return False
        if self.digit == _HALF:
            return True
        if self.digit is not None or self.group is not None or self.done:
            return False
        self.digit = 1.0
        return True

    def _link(self, words: Sequence[str], at: int) -> int:
        following = self._kind(words, at + 1)
        if words[at] == "-":
            tens = self.digit is not None and self.digit >= 20 and self.digit % 10 == 0
            return int(tens and following == "digit")
        if following == "one" and self._kind(words, at + 2) == "half" and self.digit is not None:
            self.digit += _HALF
            return 3
        open_group = self.digit is None and (self.group is not None or self.done > 0)
        return int(open_group and following in ("digit", "tens", "whole"))

    def _decimals(self, words: Sequence[str], at: int) -> int:
        if self.digit is None and self.group is None:
            return 0
        end, decimals = at + 1, ""
        while self._kind(words, end) == "digit":
            decimals += str(int(self.numbers.words[words[end]][1]))
            end += 1
        if not decimals:
            return 0
        self.digit = (self.digit or 0.0) + float("0." + decimals)
        return end - at

    def _figure(self, words: Sequence[str], at: int) -> bool:
        if self.digit is not None or self.group is not None:
            return False
        if self.done and self._kind(words, at + 1) != "scale":
            return False
        value = parse_figure(words[at], self.language)
        if value is None:
            value = self._hyphened(words[at])
        self.digit, self.figure = value, value is not None
        return value is not None

    def _hyphened(self, word: str) -> float | None:
        """The value of twenty-five where it stands as one word."""
        parts = word.replace("-", " - ").split()
        if len(parts) != 3 or parts[0] not in self.numbers.words:
            return None
        found = parse_number(parts, self.language)
        return found[0] if found and found[1] == len(parts) else None
