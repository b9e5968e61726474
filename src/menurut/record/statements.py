"""Who says what: the reader's source, cue and content made into the contract's statements.

The reader finds most of them; quotation marks complete what it saw in part, and carry a speaker
over to a quotation that goes on with no cue of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from menurut.contract import Quote, Source, Span, Spans, Statement
from menurut.reader.document import Document, Range
from menurut.record.quotes import MARKS, quotations
from menurut.record.reporting import find_cue, hinted_kind
from menurut.tables import data_file, table

_QUOTE_WORDS = 4  # a shorter quotation is a quoted word, no statement by itself
_NEUTRAL = frozenset({"say"})
_EDGE = frozenset(",:;.-–—")


class Sources(Protocol):
    """What is asked of the actors: whom a source phrase names."""

    def in_range(self, start: int, end: int) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class _Draft:
    """A statement in the making; ``content`` in characters, the rest in words."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: Spans
    paragraph: int
    carried: int | None = None  # index of the draft whose speaker goes on


def find_statements(document: Document, actors: Sources) -> tuple[Statement, ...]:
    """The statements of a document in text order, with kinds, quote types and nesting."""
    drafts: list[_Draft] = []
    for number, (start, end) in enumerate(document.paragraphs):
        span = document.span(start, end)
        quoted = quotations(document.text, *span)
        here = _paragraph_drafts(document, number, quoted)
        here += _uncued(document, number, quoted, here, drafts)
        drafts += here
    order = sorted(range(len(drafts)), key=lambda n: (_first(document, drafts[n]), -n))
    ids = {draft: f"s{n}" for n, draft in enumerate(order, 1)}
    parents = _parents(document, drafts)
    return tuple(
        _statement(document, drafts, n, ids[n], ids.get(parents[n], None), actors) for n in order
    )


def _first(document: Document, draft: _Draft) -> int:
    starts = [document.starts[s] for s, _ in (*draft.source, *draft.cue)]
    return min([*starts, draft.content[0][0]])


def _paragraph_drafts(document: Document, number: int, quoted: Sequence[Span]) -> list[_Draft]:
    start, end = document.paragraphs[number]
    drafts = []
    for found in document.statements:
        if not start <= found.cue[0][0] < end:
            continue
        content = _trim(document, document.spans(found.content))
        if content:
            drafts.append(_Draft(found.source, found.cue, content, number))
    return [
        replace(d, content=_with_quotations(document, d, quoted, drafts)) for d in drafts
    ]


def _with_quotations(
    document: Document, draft: _Draft, quoted: Sequence[Span], others: Sequence[_Draft]
) -> Spans:
    """The content, grown over each quotation that it holds the better half of, unless another
    statement's cue stands inside that quotation."""
    spans = list(draft.content)
    for mark in quoted:
        shared = sum(max(0, min(e, mark[1]) - max(s, mark[0])) for s, e in spans)
        own_cue = any(mark[0] <= document.starts[s] < mark[1] for s, _ in draft.cue)
        if own_cue or 2 * shared < mark[1] - mark[0]:
            continue
        spans = [s for s in spans if not (mark[0] <= s[0] and s[1] <= mark[1])]
        spans = _merge([*spans, mark])
    del others
    return _trim(document, tuple(spans))


def _merge(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _uncued(
    document: Document,
    number: int,
    quoted: Sequence[Span],
    here: Sequence[_Draft],
    before: Sequence[_Draft],
) -> list[_Draft]:
    """Quotations that no statement holds: the last speaker goes on.

    In the same paragraph the quotation belongs to the statement before it; alone in a paragraph it
    is a statement of its own whose source is not named.
    """
    found = []
    for mark in quoted:
        if _words(document, mark) < _QUOTE_WORDS or _covered(mark, [*here, *found]):
            continue
        speaker = max(range(len(before)), default=None)
        if here or speaker is None or not _sentence_like(document, mark):
            continue
        content = _trim(document, (mark,))
        if content:
            found.append(_Draft((), (), content, number, speaker))
    return found


def _sentence_like(document: Document, mark: Span) -> bool:
    """Whether a quotation holds a clause: a root or a finite verb lies in it."""
    start, end = document.words_in(mark)
    return any(document.deprels[w] == "root" for w in range(start, end))


def _words(document: Document, span: Span) -> int:
    start, end = document.words_in(span)
    return end - start


def _covered(mark: Span, drafts: Sequence[_Draft]) -> bool:
    return any(s < mark[1] and mark[0] < e for draft in drafts for s, e in draft.content)


def _trim(document: Document, spans: Spans) -> Spans:
    """Without complementisers, stray punctuation, and the outer marks of a whole quotation."""
    trimmed = []
    for n, span in enumerate(spans):
        start, end = document.words_in(span)
        last = n == len(spans) - 1
        while start < end and (
            document.forms[start] in _EDGE
            or (n == 0 and document.lower[start] in _complementisers(document.language))
        ):
            start += 1
        while start < end and document.forms[end - 1] in _EDGE and (last or end - start > 1):
            end -= 1
        if start < end:
            trimmed.append(_unmarked(document, start, end))
    return tuple(span for span in trimmed if span[0] < span[1])


def _unmarked(document: Document, start: int, end: int) -> Span:
    """The span of words, without the marks of a quotation that is the whole of it."""
    forms = document.forms
    inner = [w for w in range(start, end) if forms[w] in MARKS]
    opens = bool(inner) and inner[0] == start
    closes = bool(inner) and inner[-1] == end - 1
    if opens and closes and len(inner) == 2:
        start, end = start + 1, end - 1
    elif len(inner) == 1 and end - start > 1 and (opens or closes):
        start, end = start + opens, end - closes
    while start < end and forms[end - 1] in _EDGE:
        end -= 1
    return document.span(start, end) if start < end else (0, 0)


@cache
def _complementisers(language: str) -> frozenset[str]:
    name = f"languages/{language}/complementisers.tsv"
    if not data_file(name).is_file():
        return frozenset()
    return frozenset(row["word"] for row in table(name))


def _parents(document: Document, drafts: Sequence[_Draft]) -> dict[int, int]:
    """For each statement the smallest one whose content holds its cue and most of its content."""
    sizes = [sum(e - s for s, e in draft.content) for draft in drafts]
    found = {}
    for n, draft in enumerate(drafts):
        holders = [
            m
            for m in _same_paragraph(drafts, n)
            if sizes[m] > sizes[n] and _holds(document, drafts[m], draft)
        ]
        found[n] = min(holders, key=lambda m: sizes[m], default=-1)
    return found


def _same_paragraph(drafts: Sequence[_Draft], n: int) -> Iterator[int]:
    low = n
    while low and drafts[low - 1].paragraph == drafts[n].paragraph:
        low -= 1
    while low < len(drafts) and drafts[low].paragraph == drafts[n].paragraph:
        if low != n:
            yield low
        low += 1


def _holds(document: Document, outer: _Draft, inner: _Draft) -> bool:
    cue = document.spans(inner.cue)
    return bool(cue) and all(
        any(s <= a and b <= e for s, e in outer.content) for a, b in cue
    )


def _statement(
    document: Document,
    drafts: Sequence[_Draft],
    number: int,
    name: str,
    within: str | None,
    actors: Sources,
) -> Statement:
    draft = drafts[number]
    speaker = draft
    while speaker.carried is not None and not speaker.source:
        speaker = drafts[speaker.carried]
    people = tuple(dict.fromkeys(a for s, e in speaker.source for a in actors.in_range(s, e)))
    cue_words = [document.lower[w] for s, e in draft.cue for w in range(s, e)]
    content_words = [
        document.lower[w] for span in draft.content for w in range(*document.words_in(span))
    ]
    cue = find_cue(cue_words, document.language)
    kind = cue.kind if cue else "say"
    if kind in _NEUTRAL:
        kind = hinted_kind(content_words, document.language) or kind
    return Statement(
        id=name,
        source=Source(document.spans(draft.source), people),
        cue=document.spans(draft.cue),
        content=draft.content,
        kind=kind,
        quote=_quote(document, draft),
        within=within,
        basis=cue.basis if cue else ("quotation carried on" if not draft.cue else "reader model"),
    )


def _quote(document: Document, draft: _Draft) -> Quote:
    """Direct: all content quoted; indirect: none; mixed: some."""
    start, end = document.paragraphs[draft.paragraph]
    marks = quotations(document.text, *document.span(start, end))
    size = sum(e - s for s, e in draft.content)
    inside = sum(
        max(0, min(e, b) - max(s, a)) for s, e in draft.content for a, b in marks
    )
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.9 * size else "mixed"
