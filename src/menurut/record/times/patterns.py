"""The small language in which the rules of ``times.toml`` are written, and its compiler.

====================  =========================================================================
``word``              the word, in any case; ``Word``: with a capital
blank, ``~``          blanks within a line; blanks or a hyphen
``{class}``           a word or figure of a vocabulary class, kept as the field of that name
``{field:class}``     the same, kept under another name
``(a|b)``, ``(a)?``   choice; may be missing
``before <words>``    what must stand before; it is no part of the expression
``(?!…)``, ``(?=…)``  what must not, or must, follow: a regular expression without classes
``[…]``, ``\\.``       a set of characters, a character taken literally
====================  =========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

BLANK = r"[^\S\n]+"
FIGURES = "#"
"""Stands in an index of first words for every word that begins with a digit."""

REACH = 40
"""How many characters before an expression are looked at."""

_END = r"(?!\w|[.:/]\d|,\d(?!\d{3}(?!\d))|-\d(?!\d?[^\S\n](?-i:[A-Z]))|[^\S\n]?%)"
"""What may not follow: more of the same figure. A list of years (1936,1938) and a range of days
(1999-31 Desember) may."""
_WORD = re.compile(r"\w+")
_PLACE = re.compile(r"\{(?:(\w+):)?(\w+)\}")


@dataclass(frozen=True)
class Vocabulary:
    """A class of words: what may stand in a ``{place}`` and what each of them means.

    ``words``: meaning by form (a form with a capital is only met with a capital). ``figures``: a
    regular expression whose digits are read as a number from ``low`` to ``high``. ``numerals``:
    words that are strung together to a number, with their kind (see ``numeral``). ``decimal``: the
    decimal mark.
    """

    words: Mapping[str, Any] = field(default_factory=dict)
    figures: str = ""
    low: int = 0
    high: int = 10**9
    numerals: Mapping[str, int] = field(default_factory=dict)
    decimal: str = "."

    @cached_property
    def lower(self) -> dict[str, Any]:
        return {word.lower(): meaning for word, meaning in self.words.items()}

    def regex(self) -> str:
        choices = [_form(word) for word in sorted(self.words, key=len, reverse=True)]
        if self.numerals:
            one = "|".join(re.escape(w) for w in sorted(self.numerals, key=len, reverse=True))
            choices.append(rf"(?:{one})(?:(?:{BLANK}|-)(?:and{BLANK})?(?:{one})(?!\w)){{0,6}}")
        shape = f"(?:{'|'.join(choices)})(?!\\w)" if choices else ""
        if self.figures:
            shape = f"(?:{shape}|(?:{self.figures})(?!\\d))" if shape else f"(?:{self.figures})"
        return shape

    def firsts(self) -> set[str]:
        """The lower-case words with which a member may begin."""
        begins = [_WORD.findall(word.lower())[0] for word in (*self.words, *self.numerals)]
        found = {FIGURES if word[0].isdigit() else word for word in begins}
        return found | ({FIGURES} if self.figures else set())

    def meaning(self, text: str) -> Any:
        """What a matched text means; None: it is no member after all (a 45th day)."""
        form = " ".join(text.lower().split())
        if form in self.lower:
            return self.lower[form]
        if form[0].isdigit():
            return self._figure(form)
        number = numeral(re.split(r"[\s-]+", form), self.numerals)
        return number if number and self.low <= number <= self.high else None

    def _figure(self, form: str) -> int | float | None:
        digits = re.match(r"\d+(?:[.,]\d+)*", form)
        assert digits is not None
        grouping = "," if self.decimal == "." else "."
        number = float(digits[0].replace(grouping, "").replace(self.decimal, "."))
        if not self.low <= number <= self.high:
            return None
        return int(number) if number.is_integer() else number


def numeral(words: list[str], values: Mapping[str, int]) -> int | None:
    """The number that words say: ``two hundred twenty four``, ``dua puluh lima``.

    A value below zero is added to the words before it and its sign dropped (``belas`` -10), a value
    of 100 or more, or ``puluh`` as 10 after a digit, multiplies them.
    """
    total = group = digit = 0
    for word in words:
        if word not in values:
            continue
        value = values[word]
        if value < 0:
            digit -= value
        elif value >= 1000:
            total, group, digit = total + (group + digit or 1) * value, 0, 0
        elif value >= 100 or (value == 10 and 0 < digit < 10):
            group, digit = group + (digit or 1) * value, 0
        elif digit >= 10 and value >= 10:
            group, digit = digit * 100, value
        else:
            digit += value
    return total + group + digit or None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: what it matches, where each field comes from, how it may begin."""

    regex: re.Pattern[str]
    before: re.Pattern[str] | None
    groups: tuple[tuple[str, str, Vocabulary], ...]
    firsts: frozenset[str]

    def match(self, text: str, at: int, end: int) -> tuple[int, dict[str, Any]] | None:
        """Where the expression that begins at ``at`` ends (by ``end``), and its fields; None:
        there is none."""
        found = self.regex.match(text, at, end)
        if not found:
            return None
        if self.before and not self.before.search(text, max(0, at - REACH), at):
            return None
        fields: dict[str, Any] = {}
        for group, name, vocabulary in self.groups:
            words = found[group]
            if words is None:
                continue
            meaning = vocabulary.meaning(words)
            if meaning is None:
                return None
            if isinstance(meaning, dict):
                fields.update(meaning)
            else:
                fields[name] = meaning
        return found.end(), fields


def compile_pattern(source: str, classes: Mapping[str, Vocabulary]) -> Pattern:
    """Compile a pattern. Raises ``ValueError`` where it names an unknown class or is ill formed."""
    context, bracket, body = source.rstrip(">").rpartition("<")
    compiler = _Compiler(body, classes)
    regex, firsts, nullable = compiler.whole()
    if nullable or not firsts:
        raise ValueError(f"a pattern must begin with a word: {source!r}")
    before = None
    if bracket:
        words = _Compiler(context, classes).whole()[0]
        before = re.compile(rf"(?:\b|(?=\W))(?:{words})\Z", re.IGNORECASE)
    return Pattern(
        re.compile(f"(?:{regex}){_END}", re.IGNORECASE),
        before,
        tuple(compiler.groups),
        frozenset(firsts),
    )


_Part = tuple[str, set[str], bool]
"""A regular expression, the words it may begin with, and whether it may match nothing."""


class _Compiler:
    """Reads one pattern by recursive descent: choices of sequences of items."""

    def __init__(self, source: str, classes: Mapping[str, Vocabulary]) -> None:
        self.source = source
        self.classes = classes
        self.at = 0
        self.groups: list[tuple[str, str, Vocabulary]] = []

    def whole(self) -> _Part:
        """All of the source. Raises ``ValueError`` where something is left over."""
        part = self.choice()
        if self.at < len(self.source):
            raise ValueError(f"ill-formed pattern: {self.source!r} at {self.at}")
        return part

    def choice(self) -> _Part:
        parts = [self.sequence()]
        while self.source.startswith("|", self.at):
            self.at += 1
            parts.append(self.sequence())
        regex = "|".join(part[0] for part in parts)
        return regex, set().union(*(p[1] for p in parts)), any(p[2] for p in parts)

    def sequence(self) -> _Part:
        regex, firsts, nullable = "", set[str](), True
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            part, begins, empty = self.item()
            regex += part
            if nullable:
                firsts |= begins
                nullable = empty
        return regex, firsts, nullable

    def item(self) -> _Part:
        source, at = self.source, self.at
        char = source[at]
        if source.startswith("(?", at):
            return self.verbatim(_closing(source, at)), set(), True
        if char == "(":
            return self.group()
        if char == "{":
            return self.place()
        if word := _WORD.match(source, at):
            self.at = word.end()
            first = FIGURES if word[0][0].isdigit() else word[0].lower()
            return _form(word[0]) + r"(?!\w)", {first}, False
        if char == "[":
            return self.verbatim(source.index("]", at) + 1), set(), False
        if char == "\\":
            return self.verbatim(at + 2), set(), False
        self.at += 1
        blanks = {" ": BLANK, "~": f"(?:{BLANK}|-)"}
        return blanks.get(char, re.escape(char)), set(), False

    def group(self) -> _Part:
        self.at += 1
        regex, firsts, nullable = self.choice()
        if not self.source.startswith(")", self.at):
            raise ValueError(f"unclosed group in pattern: {self.source!r}")
        self.at += 1
        if self.source.startswith("?", self.at):
            self.at += 1
            return f"(?:{regex})?", firsts, True
        return f"(?:{regex})", firsts, nullable

    def place(self) -> _Part:
        found = _PLACE.match(self.source, self.at)
        if not found or found[2] not in self.classes:
            raise ValueError(f"no such class in pattern: {self.source[self.at :]!r}")
        self.at = found.end()
        vocabulary = self.classes[found[2]]
        group = f"g{len(self.groups)}"
        self.groups.append((group, found[1] or found[2], vocabulary))
        return f"(?P<{group}>{vocabulary.regex()})", vocabulary.firsts(), False

    def verbatim(self, end: int) -> str:
        text = self.source[self.at : end]
        self.at = end
        return text


def _closing(source: str, at: int) -> int:
    """The index after the bracket that closes the one at ``at``; brackets in a set do not count."""
    depth, in_set = 0, False
    for index in range(at, len(source)):
        char = source[index]
        if char in "[]":
            in_set = char == "["
        elif not in_set:
            depth += {"(": 1, ")": -1}.get(char, 0)
        if not depth:
            return index + 1
    raise ValueError(f"unclosed bracket in pattern: {source!r}")


def _form(word: str) -> str:
    """The expression for one form: any case, but a capital in the table must be a capital."""
    shape = BLANK.join(re.escape(part) for part in word.split())
    return f"(?-i:{word[0]}){shape[1:]}" if word[0].isupper() else shape
