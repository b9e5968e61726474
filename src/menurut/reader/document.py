"""What the reader gives the record: words, sentences, trees, names, statement spans.

A ``Document`` knows nothing of actors' codes, of PLOVER or of any store. It can be made by
hand (``tests/documents.py`` builds one from CoNLL-U), so the record is tested without a model.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from menurut.contract import BlockKind, EventType, NameLabel, Span, Spans

Range = tuple[int, int]
"""A half-open range of word indexes."""


@dataclass(frozen=True, slots=True)
class NameRange:
    """A name: words ``[start, end)`` of the document."""

    start: int
    end: int
    label: NameLabel
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class StatementRanges:
    """Who-says-what as the model sees it: word ranges of source, cue and content.

    ``score``: how sure it is that the cue begins there; ``content_score``: of the content's words.
    """

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    score: float = 1.0
    content_score: float = 1.0


@dataclass(frozen=True, slots=True)
class EventRanges:
    """An event as the model sees it: its type, its trigger, and the words that name its parties."""

    type: EventType
    trigger: Range
    actors: tuple[Range, ...]
    recipients: tuple[Range, ...]
    score: float = 1.0


@dataclass(frozen=True)
class Document:
    """A read text of W syntactic words (UD) in S sentences.

    ``starts``/``ends``: character span of each word (an enclitic cut from its host has a span of
    its own). ``heads``: index of each word's head in the document, -1 for the root of a sentence.
    ``sentences``: word ranges, in text order. ``kinds``: for each sentence, the block it lies in
    (``body``, ``headline`` or ``caption``; other furniture is not read).
    """

    text: str
    language: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    upos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    sentences: tuple[Range, ...]
    kinds: tuple[BlockKind, ...]
    paragraphs: tuple[Range, ...] = ()
    names: tuple[NameRange, ...] = ()
    statements: tuple[StatementRanges, ...] = ()
    events: tuple[EventRanges, ...] = ()

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Each word as it stands in the text."""
        return tuple(self.text[s:e] for s, e in zip(self.starts, self.ends, strict=True))

    @cached_property
    def lower(self) -> tuple[str, ...]:
        return tuple(form.lower() for form in self.forms)

    @cached_property
    def relations(self) -> tuple[str, ...]:
        """The universal relation of each word, without its subtype."""
        return tuple(deprel.partition(":")[0] for deprel in self.deprels)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The dependents of each word, in text order."""
        found: list[list[int]] = [[] for _ in self.starts]
        for word, head in enumerate(self.heads):
            if head >= 0:
                found[head].append(word)
        return tuple(tuple(words) for words in found)

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """The index of the sentence that each word lies in."""
        return tuple(n for n, (s, e) in enumerate(self.sentences) for _ in range(s, e))

    def subtree(self, word: int) -> list[int]:
        """The word and all that hangs from it, in text order."""
        found, stack = [], [word]
        while stack:
            top = stack.pop()
            found.append(top)
            stack.extend(self.children[top])
        return sorted(found)

    def span(self, start: int, end: int) -> Span:
        """The character span of words ``[start, end)``."""
        return self.starts[start], self.ends[end - 1]

    def spans(self, ranges: tuple[Range, ...]) -> Spans:
        return tuple(self.span(s, e) for s, e in ranges)

    def words_in(self, span: Span) -> Range:
        """The range of words that overlap a character span (empty range if none does)."""
        start = bisect_right(self.ends, span[0])
        end = bisect_left(self.starts, span[1])
        return start, max(start, end)
