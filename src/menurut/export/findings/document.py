"""What a report is made of, whatever it is written as."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

Role = Literal["body", "item", "method"]


class Sentence(NamedTuple):
    """A sentence with the numbers of the annex entries that it rests on. Without any it is one of
    those that tell the method, and stands in a paragraph of that role."""

    text: str
    refs: tuple[int, ...] = ()


class Heading(NamedTuple):
    """A heading. ``level``: 1 for a part of the report."""

    text: str
    level: int


class Paragraph(NamedTuple):
    """Sentences that stand together; ``item``: one of a list."""

    sentences: tuple[Sentence, ...]
    role: Role = "body"


class Entry(NamedTuple):
    """An entry of the annex. ``words``: to the letter as the report has them, in ``language``;
    None where nothing is quoted. ``facts``: what is known of it, each with what it is called."""

    number: int
    title: str
    words: str | None
    language: str
    facts: tuple[tuple[str, str], ...]
    url: str | None = None


class Document(NamedTuple):
    """A report. ``facts``: what it covers, each with what it is called."""

    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Heading | Paragraph, ...]
    annex: str
    entries: tuple[Entry, ...]


def runs(refs: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers in order as runs, of first and last: 1, 2, 3 and 5 are (1, 3) and (5, 5)."""
    held = sorted(set(refs))
    starts = [held[0], *(b for a, b in pairwise(held) if b != a + 1)] if held else []
    ends = [*(a for a, b in pairwise(held) if b != a + 1), held[-1]] if held else []
    return list(zip(starts, ends, strict=True))


def run_words(first: int, last: int) -> str:
    """A run in figures: ``3``, ``3, 4`` or ``3–7``."""
    if first == last:
        return str(first)
    return f"{first}, {last}" if last == first + 1 else f"{first}–{last}"


def refs_words(refs: Sequence[int]) -> str:
    """The numbers of a sentence as they stand behind it, without brackets."""
    return ", ".join(run_words(first, last) for first, last in runs(refs))
