"""Cuts text into syntactic words, the way the Universal Dependencies treebanks do.

What differs by language (enclitics, hyphens, abbreviations) stands in
``data/languages/<bcp47>/words.toml``; a language without that file gets plain words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from menurut.contract import Span
from menurut.tables import data_file

_TOKEN = re.compile(
    r"""
    https?://[^\s<>"“”]+[^\s<>"“”.,;:!?)\]'’]        # a web address
  | [\w.+-]+@[\w-]+\.[\w.-]*\w                        # a mail address
  | (?:[^\W\d_]\.){2,}                                # U.S., D.C.
  | \d+(?:[.,:/]\d+)+                                 # 11.000  01:01  19/06/2024
  | \d+(?:st|nd|rd|th|s|an)\b                         # 19th  1990s
  | \w+(?:['’-]\w+)*(?:(?<=s)['’](?=\s\w))?          # words, with inner apostrophes and hyphens
  | \.{2,}|…|-{2,}
  | [^\w\s]
    """,
    re.VERBOSE,
)
_RANGE = re.compile(r"\d+-\d+")
_INITIAL = re.compile(r"[A-Z]")
_WORD_FOLLOWS = re.compile(r"\s+\w")


@dataclass(frozen=True, slots=True)
class _Enclitic:
    pattern: re.Pattern[str]
    whole: frozenset[str]

    def cut(self, token: str) -> int:
        """Where the enclitic starts in the token, 0 if it has none."""
        found = self.pattern.fullmatch(token)
        return found.end(1) if found and token.lower() not in self.whole else 0


@dataclass(frozen=True, slots=True)
class WordRules:
    """One language's ways with words."""

    split_hyphens: bool
    enclitics: tuple[_Enclitic, ...]
    abbreviations: frozenset[str]

    def cuts(self, token: str) -> list[int]:
        """The offsets at which a token falls into words, 0 first."""
        cuts = {0}
        end = len(token)
        for enclitic in self.enclitics:
            if at := enclitic.cut(token[:end]):
                cuts.add(at)
                end = at
        if (self.split_hyphens and token[0].isalpha()) or _RANGE.fullmatch(token):
            for hyphen in re.finditer(r"(?<=\w)-(?=\w)", token[:end]):
                cuts |= {hyphen.start(), hyphen.end()}
        return sorted(cuts)

    def keeps_point(self, token: str) -> bool:
        """Whether a point after the token belongs to it."""
        return token.lower() in self.abbreviations or bool(_INITIAL.fullmatch(token))


@cache
def word_rules(language: str) -> WordRules:
    """The rules of a language, read from its table once."""
    file = data_file(f"languages/{language}/words.toml")
    if not file.is_file():
        return WordRules(False, (), frozenset())
    table = tomllib.loads(file.read_text("utf-8"))
    return WordRules(
        table.get("split_hyphens", False),
        tuple(
            _Enclitic(re.compile(row["pattern"]), frozenset(row.get("whole", ())))
            for row in table.get("enclitic", ())
        ),
        frozenset(table.get("abbreviations", {}).get("words", ())),
    )


@lru_cache(maxsize=200_000)
def _cuts(token: str, language: str) -> tuple[int, ...]:
    return tuple(word_rules(language).cuts(token)) if len(token) > 2 else (0,)


def split_words(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """The character spans of the words in ``text[start:end]``, in order.

    An enclitic has a span of its own that touches its host's.
    """
    rules = word_rules(language)
    at = start
    while found := _TOKEN.search(text, at, end):
        at = found.end()
        token = found.group()
        if (
            text[at : at + 1] == "."
            and rules.keeps_point(token)
            and _WORD_FOLLOWS.match(text, at + 1, end)
        ):
            at += 1
            yield found.start(), at
            continue
        cuts = [found.start() + cut for cut in _cuts(token, language)]
        yield from zip(cuts, [*cuts[1:], found.end()], strict=True)
