"""Amounts: numbers in words or figures, rough ones, shares and ranges, with currency and bounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from menurut.record.quantities.numbers import number_table, parse_number
from menurut.record.quantities.phrases import HYPHENS, Pieces, phrases_of

BEFORE = ("more", "least", "less", "most", "about", "nearly", "barely")
_BEHIND = ("or_more", "or_less", "or_so")
_LONGEST_NUMBER = 12
_SMALLEST_PARTS = (20, 100, 1000)
SHARE = "%"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its bounds; ``start`` and ``end`` are indexes of pieces.

    ``currency``: an ISO 4217 code, or ``%`` of a share. ``figure``: the value without the scale
    at its end, which two numbers may share.
    """

    low: float | None
    high: float | None
    start: int
    end: int
    approximate: bool = False
    currency: str = ""
    figure: float | None = None
    basis: str = "number"

    @property
    def bounded(self) -> bool:
        return self.basis != "number" or self.low != self.high

    @property
    def vague(self) -> bool:
        return self.basis.startswith("vague")


def bounded(amount: Amount, kind: str) -> Amount:
    """The amount under a bound, or blurred."""
    match kind:
        case "more" | "least" | "or_more":
            return replace(amount, high=None)
        case "less" | "most" | "or_less":
            return replace(amount, low=None)
        case "nearly":
            return replace(amount, low=None, approximate=True)
        case "barely":
            return replace(amount, high=None, approximate=True)
        case _:
            return replace(amount, approximate=True)


@cache
def _openers(language: str) -> frozenset[str]:
    """The words that an amount may start with, beside figures."""
    phrases = phrases_of(language)
    kinds = ("between", "sign", "vague", "article", "share")
    words = {word for kind in kinds for word in phrases[kind].by_first}
    return frozenset(words | set(number_table(language).words))


class Amounts:
    """Reads the amounts of one sentence of ``text``."""

    def __init__(self, text: str, pieces: Pieces) -> None:
        self.text = text
        self.pieces = pieces
        self.language = pieces.language
        self.numbers = number_table(pieces.language)
        self.openers = _openers(pieces.language)

    def at(self, at: int) -> Amount | None:
        """The amount that starts at a piece: one number, two ends of a range, or a share."""
        first = self.pieces[at].lower
        if first not in self.openers and not first[0].isdigit() and "-" not in first:
            return None
        if size := self.pieces.match("between", at):
            found = self._between(at, at + size)
            if found:
                return found
        number, share = self.single(at), self._share(at)
        if number is None or (share and share.end >= number.end):
            return share
        return self._one_in(number) or self._ranged(number) or number

    def _between(self, start: int, at: int) -> Amount | None:
        first = self.single(at)
        if first is None:
            return None
        size = self.pieces.match("and", first.end) or self.pieces.match("range", first.end)
        second = self.single(first.end + size) if size else None
        return self._range(first, second, start) if second else None

    def _ranged(self, first: Amount) -> Amount | None:
        """The range whose first end is read already."""
        size = self.pieces.match("range", first.end)
        second = self.single(first.end + size) if size else None
        if second is None or second.vague != first.vague:
            return None
        if self.pieces.match_before("from", first.start):
            return None
        return self._range(first, second, first.start)

    def _range(self, first: Amount, second: Amount, start: int) -> Amount | None:
        """Both ends as one amount; a scale said once (5-10 million) is meant of both."""
        low, high = first.low, second.high
        if first.vague and low is not None and low < (second.low or 0):
            return replace(first, high=high, end=second.end, start=start)
        if low is None or high is None:
            return None
        if second.figure and low == first.figure and low < second.figure:
            low *= high / second.figure
        if low >= high:
            return None
        currency = first.currency or second.currency
        return Amount(low, high, start, second.end, currency=currency, basis="range")

    def single(self, at: int) -> Amount | None:
        """One number at a piece, with the sign of its currency before it."""
        pieces = self.pieces
        if not 0 <= at < len(pieces):
            return None
        currency, start = "", at
        if size := pieces.match("sign", at):
            currency = pieces.value("sign", at, size)
            at += size
            if not pieces.is_figure(at):
                return None
        if not currency and (rough := self._vague(at) or self._lone(at)):
            return rough
        words = [piece.lower for piece in pieces.all[at : at + _LONGEST_NUMBER]]
        found = parse_number(words, self.language)
        if found is None or (pieces.is_figure(at) and not self._stands_free(at, currency)):
            return None
        value, size = found
        figure = self._unscaled(words[:size], value)
        return Amount(value, value, start, at + size, currency=currency, figure=figure)

    def _unscaled(self, words: list[str], value: float) -> float:
        """The value of a number without the scale that it ends with (3 of three million)."""
        if len(words) < 2 or self.numbers.words.get(words[-1], ("",))[0] != "scale":
            return value
        found = parse_number(words[:-1], self.language)
        return found[0] if found else value

    def _lone(self, at: int) -> Amount | None:
        """One that a bound makes a number of an article (setidaknya seorang)."""
        size = self.pieces.match("article", at)
        return Amount(1.0, 1.0, at, at + size) if size and self.bound_before(at) else None

    def _vague(self, at: int) -> Amount | None:
        """A word for a rough number, with the scales behind it (tens of thousands)."""
        size = self.pieces.match("vague", at)
        if not size:
            return None
        words = self.pieces.joined(at, at + size)
        low, _, high = self.pieces.value("vague", at, size).partition("..")
        bounds = [float(low) if low else None, float(high) if high else None]
        end = at + size
        while step := self._scale(end):
            factor, taken = step
            bounds = [bound and bound * factor for bound in bounds]
            end += taken
        return Amount(bounds[0], bounds[1], at, end, True, basis=f"vague: {words}")

    def _scale(self, at: int) -> tuple[float, int] | None:
        """A scale behind a vague word, plain or in the plural (of thousands)."""
        skipped = self.pieces.match("of", at)
        for size in dict.fromkeys((0, skipped)):
            if at + size >= len(self.pieces):
                continue
            word = self.pieces[at + size].lower
            kind, value = self.numbers.words.get(word, ("", 0.0))
            if kind in ("scale", "power", "dozen"):
                return value, size + 1
            vague = self.pieces.phrases["vague"].values
            if size and word in vague:
                return float(vague[word].partition("..")[0]), size + 1
        return None

    def _share(self, at: int) -> Amount | None:
        """A part of a whole, in percent (two-thirds of, separuh): of something, or bounded."""
        size = self.pieces.match("share", at)
        if not size:
            return None
        end = at + size
        if self.pieces.match("time_unit", end) or self.pieces.match("no_share", end):
            return None
        led = self.pieces.match("share_of", end)
        if self.pieces.phrases["share_of"].values and not (led or self.bound_before(at)):
            return None
        value = float(self.pieces.value("share", at, size))
        words = self.pieces.joined(at, end)
        whole = self._scaled(end + led) if led else None
        if whole and whole.low:
            low = value * whole.low / 100
            return replace(whole, low=low, high=low, start=at, basis=f"share: {words}")
        return Amount(value, value, at, end, currency=SHARE, basis=f"share: {words}")

    def _scaled(self, at: int) -> Amount | None:
        """A scale with an article, of which there is a part (a quarter of a million)."""
        one = at < len(self.pieces) and self.numbers.words.get(self.pieces[at].lower, ("",))[0]
        return self.single(at) if one == "one" else None

    def _one_in(self, first: Amount) -> Amount | None:
        """A share told as so many out of so many (one in four)."""
        size = self.pieces.match("out_of", first.end)
        second = self.single(first.end + size) if size else None
        if second is None or first.vague or not first.low or not second.high:
            return None
        known = second.high <= _SMALLEST_PARTS[0] / 2 or second.high in _SMALLEST_PARTS
        if not known or first.low >= second.high or self.pieces.match("time_unit", second.end):
            return None
        value = 100 * first.low / second.high
        words = self.pieces.joined(first.start, second.end)
        return Amount(
            value, value, first.start, second.end, currency=SHARE, basis=f"share: {words}"
        )

    def _stands_free(self, at: int, currency: str) -> bool:
        """Whether a figure is no part of a name, a date, a clock or a score (F-16, 38th, 01:01)."""
        text, piece = self.text, self.pieces[at]
        before = text[piece.start - 1 : piece.start]
        after = text[piece.end : piece.end + 1]
        if before and not currency and (before.isalnum() or before in "_/:#"):
            return False
        if before in HYPHENS and piece.start > 1 and text[piece.start - 2].isalpha():
            return False
        if after.isalpha():
            glued = self.pieces[at + 1].lower
            known = self.numbers.words.get(glued, ("",))[0] == "scale"
            percent = self.pieces.match("percent", at + 1)
            return known or bool(percent) or glued in self.numbers.about
        return not (after in ("/", ":") and text[piece.end + 1 : piece.end + 2].isdigit())

    # Bounds

    def bound_before(self, at: int) -> int:
        """How many pieces the longest bound takes that ends before a piece, 0 for none."""
        return max(self.pieces.match_before(kind, at) for kind in BEFORE)

    def with_bounds(self, amount: Amount) -> Amount:
        """The amount with the bounds before it and right behind it."""
        while True:
            size, kind = max(
                (self.pieces.match_before(kind, amount.start), kind) for kind in BEFORE
            )
            start = amount.start - size
            if not size or (kind == "most" and self._tells_change(start)):
                return self._bound_behind(amount)
            words = self.pieces.joined(start, amount.start)
            amount = replace(bounded(amount, kind), start=start, basis=f"{kind}: {words}")

    def _tells_change(self, at: int) -> bool:
        """Whether a number stands just before: from 20 up to 50."""
        if at <= 0:
            return False
        return parse_number([self.pieces[at - 1].lower], self.language) is not None

    def _bound_behind(self, amount: Amount) -> Amount:
        for kind in _BEHIND:
            at = amount.end + int(self.pieces.hyphened(amount.end))
            size = self.pieces.match(kind, at) or self.pieces.match(kind, amount.end)
            at = at if self.pieces.match(kind, at) else amount.end
            if size and not self._leads_on(at + size):
                return replace(bounded(amount, kind), end=at + size)
        return amount

    def bound_at_end(self, amount: Amount, end: int) -> tuple[Amount, int]:
        """The bound behind what is counted, which ends at a place of the text (50 orang lebih)."""
        at = self.pieces.index(end)
        size = self.pieces.match("or_more", at)
        if not size or self.pieces.is_figure(at + size) or self._leads_on(at + size):
            return amount, end
        return bounded(amount, "or_more"), self.pieces[at + size - 1].end

    def _leads_on(self, end: int) -> bool:
        """Whether the last piece of a bound behind opens the next one (and more than 20)."""
        return bool(self.pieces.match("more", end - 1))
