"""A sentence cut into pieces finer than words, and the language's phrases looked up in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from menurut.record.quantities.numbers import number_table, parse_number
from menurut.tables import language_table

_PIECE = re.compile(
    r"\d+(?:[.,]\d+)*|(?:US|A|S)?\$|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’-][^\W\d_]+)*(?:(?<=\bRp)\.)?|[^\w\s]"
)
HYPHENS = ("-", "–")


@dataclass(frozen=True, slots=True)
class Piece:
    """A figure, a word or a sign."""

    form: str
    lower: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of a kind with their values; how long they are at most by first and by last word."""

    values: dict[str, str] = field(default_factory=dict)
    by_first: dict[str, int] = field(default_factory=dict)
    by_last: dict[str, int] = field(default_factory=dict)

    def add(self, phrase: str, value: str) -> None:
        words = phrase.split(" ")
        self.values[phrase] = value
        for longest, word in ((self.by_first, words[0]), (self.by_last, words[-1])):
            longest[word] = max(len(words), longest.get(word, 0))


@cache
def phrases_of(language: str) -> Mapping[str, Phrases]:
    """For each kind of the table ``quantities.tsv`` its phrases; none for a kind not in it."""
    found: dict[str, Phrases] = defaultdict(Phrases)
    for row in language_table(language, "quantities"):
        for phrase in row["words"].split("|"):
            found[row["kind"]].add(phrase, row["value"])
    return found


class Pieces:
    """The pieces of one sentence, and the phrases of each kind that start or end at a piece."""

    def __init__(self, text: str, start: int, end: int, language: str) -> None:
        self.language = language
        self.phrases = phrases_of(language)
        self.all: list[Piece] = []
        for match in _PIECE.finditer(text, start, end):
            self.all += _split(match.group(), match.start(), language)

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, at: int) -> Piece:
        return self.all[at]

    def match(self, kind: str, at: int) -> int:
        """How many pieces the longest phrase of a kind takes that starts here, 0 for none."""
        if not 0 <= at < len(self.all):
            return 0
        phrases = self.phrases[kind]
        longest = phrases.by_first.get(self.all[at].lower, 0)
        for size in range(min(longest, len(self.all) - at), 0, -1):
            if self.joined(at, at + size) in phrases.values:
                return size
        return 0

    def match_before(self, kind: str, end: int) -> int:
        """How many pieces the longest phrase of a kind takes that ends here, 0 for none."""
        if end <= 0:
            return 0
        phrases = self.phrases[kind]
        longest = phrases.by_last.get(self.all[end - 1].lower, 0)
        for size in range(min(longest, end), 0, -1):
            if self.joined(end - size, end) in phrases.values:
                return size
        return 0

    def joined(self, start: int, end: int) -> str:
        return " ".join(piece.lower for piece in self.all[start:end])

    def value(self, kind: str, start: int, size: int) -> str:
        """The value of the phrase that takes these pieces."""
        return self.phrases[kind].values[self.joined(start, start + size)]

    def is_figure(self, at: int) -> bool:
        return at < len(self.all) and self.all[at].form[0].isdigit()

    def hyphened(self, at: int) -> bool:
        """Whether a hyphen stands here with a word glued to it on both sides."""
        if not 0 < at < len(self.all) - 1 or self.all[at].form not in HYPHENS:
            return False
        before, hyphen, after = self.all[at - 1 : at + 2]
        return before.end == hyphen.start and hyphen.end == after.start

    def index(self, offset: int) -> int:
        """The first piece at or behind a place of the text."""
        return next((n for n, p in enumerate(self.all) if p.start >= offset), len(self.all))


def _split(form: str, start: int, language: str) -> Iterator[Piece]:
    """One piece, or three where a number is joined to what it counts (three-member)."""
    first, hyphen, rest = form.partition("-")
    words = number_table(language).words
    if hyphen and rest and words.get(first.lower(), ("link",))[0] not in ("one", "link"):
        phrases = phrases_of(language)
        named = any(form.lower() in phrases[kind].values for kind in ("share", "idiom"))
        whole = named or parse_number([form.lower()], language)
        if not whole and rest.lower() not in words:
            for part in (first, hyphen, rest):
                yield Piece(part, part.lower(), start, start + len(part))
                start += len(part)
            return
    yield Piece(form, form.lower(), start, start + len(form))
