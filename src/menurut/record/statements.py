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
from menurut.record.reporting import find_cue, hinted_kind, phrase_length
from menurut.tables import data_file, table

_ALIKE = 0.8
_LONGEST_CUE = 5
_LONGEST_NAME = 6
_LONGEST_ADJUNCT = 7
_ENCLITIC = frozenset({"PRON", "DET"})
_UNCUT = frozenset({"flat", "fixed", "compound"})
_QUOTE_WORDS = 4  # a shorter quotation is a quoted word, no statement by itself
_NEUTRAL = frozenset({"say"})
_VERBAL = frozenset({"VERB", "AUX"})
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
        before = len(drafts)
        drafts += _paragraph_drafts(document, number, quoted)
        _with_loose_quotations(document, number, quoted, drafts, before)
    order = sorted(range(len(drafts)), key=lambda n: (_first(document, drafts[n]), -n))
    ids = {draft: f"s{n}" for n, draft in enumerate(order, 1)}
    parents = _parents(document, drafts)
    return tuple(
        _statement(document, drafts, n, ids[n], ids.get(parents[n]), actors) for n in order
    )


def _first(document: Document, draft: _Draft) -> int:
    starts = [document.starts[s] for s, _ in (*draft.source, *draft.cue)]
    return min([*starts, draft.content[0][0]])


def _paragraph_drafts(document: Document, number: int, quoted: Sequence[Span]) -> list[_Draft]:
    start, end = document.paragraphs[number]
    whole = _wholes(document, start, end)
    drafts = []
    for found in document.statements:
        if not start <= found.cue[0][0] < end:
            continue
        cue = _grown_cue(document, found.cue[0], end)
        ranges = [_uncut(part, whole) for part in found.content]
        content = _trim(document, document.spans(_outside(ranges, cue)))
        if content:
            source = _outside([_uncut(part, whole) for part in found.source], cue)
            source = tuple(_bare(document, part) for part in source)
            drafts.append(_Draft(source, (cue,), content, number))
    drafts = [replace(d, content=_with_quotations(document, d, quoted)) for d in drafts]
    return [
        d for n, d in enumerate(drafts) if not _outdone(document, d, drafts[:n] + drafts[n + 1 :])
    ]


def _outdone(document: Document, draft: _Draft, others: Sequence[_Draft]) -> bool:
    """Whether a cue that no table knows claims what a known cue claims already."""
    return not _known(document, draft) and any(
        _alike(draft.content, other.content) and _known(document, other) for other in others
    )


def _known(document: Document, draft: _Draft) -> bool:
    return find_cue(_forms(document, draft.cue), document.language) is not None


def _forms(document: Document, ranges: Sequence[Range]) -> list[str]:
    return [document.lower[w] for s, e in ranges for w in range(s, e)]


def _alike(a: Spans, b: Spans) -> bool:
    """Whether two contents are all but the same."""
    shared = sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
    return shared > _ALIKE * max(sum(e - s for s, e in a), sum(e - s for s, e in b))


def _wholes(document: Document, start: int, end: int) -> dict[int, Range]:
    """For the words of names and fixed phrases of a paragraph, the range that must not be cut."""
    found = {w: (n.start, n.end) for n in document.names for w in range(n.start, n.end)}
    for word in range(start, end):
        if document.deprels[word] in _UNCUT and 0 < word - document.heads[word] <= _LONGEST_NAME:
            low, high = found.get(document.heads[word], (document.heads[word], word))
            joined = (min(low, document.heads[word]), max(high, word + 1))
            found.update(dict.fromkeys(range(*joined), joined))
    return found


def _uncut(part: Range, whole: dict[int, Range]) -> Range:
    """The range, grown over the names at its edges."""
    first = whole.get(part[0], part)
    last = whole.get(part[1] - 1, part)
    return min(part[0], first[0]), max(part[1], last[1])


def _bare(document: Document, part: Range) -> Range:
    """A source without the punctuation at its edges."""
    start, end = part
    while end - start > 1 and document.forms[end - 1] in _EDGE:
        end -= 1
    while end - start > 1 and document.forms[start] in _EDGE:
        start += 1
    return start, end


def _grown_cue(document: Document, cue: Range, end: int) -> Range:
    """The cue, with the noun that its verb needs to say what it says, and that noun's enclitic."""
    following = document.lower[cue[0] : min(cue[0] + _LONGEST_CUE, end)]
    grown = cue[0] + phrase_length(following, document.language)
    if grown <= cue[1]:
        return cue
    touches = grown < end and document.starts[grown] == document.ends[grown - 1]
    return cue[0], grown + (touches and document.upos[grown] in _ENCLITIC)


def _outside(ranges: Sequence[Range], taken: Range) -> tuple[Range, ...]:
    """What of some ranges lies outside another."""
    parts = [
        part
        for start, end in ranges
        for part in ((start, min(end, taken[0])), (max(start, taken[1]), end))
    ]
    return tuple(dict.fromkeys((start, end) for start, end in parts if start < end))


def _with_quotations(document: Document, draft: _Draft, quoted: Sequence[Span]) -> Spans:
    """The content, grown over each quotation that it holds the better half of.

    A quotation that has the cue in it is somebody else's.
    """
    spans = list(draft.content)
    for mark in quoted:
        shared = sum(max(0, min(e, mark[1]) - max(s, mark[0])) for s, e in spans)
        own_cue = any(mark[0] <= document.starts[s] < mark[1] for s, _ in draft.cue)
        if not own_cue and 2 * shared >= mark[1] - mark[0]:
            spans = _merge([*spans, mark])
    return _trim(document, tuple(spans))


def _merge(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _with_loose_quotations(
    document: Document, number: int, quoted: Sequence[Span], drafts: list[_Draft], before: int
) -> None:
    """Give quotations that no statement holds to the one who is speaking.

    In a paragraph that quotes already, it is more of the statement before it, or of the first.
    In a paragraph with none, it is a statement of its own, by the last speaker of the paragraph
    before, with no words that name him. ``before``: index of the paragraph's first draft.
    """
    for mark in quoted:
        loose = _words(document, mark) >= _QUOTE_WORDS and not _covered(mark, drafts[before:])
        content = _trim(document, (mark,)) if loose and _sentence_like(document, mark) else ()
        if not content:
            continue
        holder = _holder(document, quoted, drafts, before, mark)
        if holder is not None:
            held = drafts[holder]
            drafts[holder] = replace(held, content=tuple(_merge([*held.content, *content])))
        elif len(drafts) == before and drafts and drafts[-1].paragraph == number - 1:
            drafts.append(_Draft((), (), content, number, len(drafts) - 1))


def _holder(
    document: Document, quoted: Sequence[Span], drafts: Sequence[_Draft], before: int, mark: Span
) -> int | None:
    """The statement that quotes already: the last before the mark, or the paragraph's first."""
    quoting = [
        n for n in range(before, len(drafts)) if any(_covered(q, drafts[n : n + 1]) for q in quoted)
    ]
    earlier = [n for n in quoting if _first(document, drafts[n]) < mark[0]]
    return max(earlier, default=min(quoting, default=None))


def _sentence_like(document: Document, mark: Span) -> bool:
    """Whether a quotation holds a clause: a verb, or the head of a sentence."""
    start, end = document.words_in(mark)
    return any(
        document.upos[w] in _VERBAL or document.deprels[w] == "root" for w in range(start, end)
    )


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
        start = _after_complementiser(document, start, end) if n == 0 else start
        while start < end and document.forms[start] in _EDGE:
            start += 1
        while start < end and document.forms[end - 1] in _EDGE and (last or end - start > 1):
            end -= 1
        if start < end:
            trimmed.append(_unmarked(document, start, end))
    return tuple(span for span in trimmed if span[0] < span[1])


def _after_complementiser(document: Document, start: int, end: int) -> int:
    """Where the content proper starts: behind a complementiser near the front.

    What stands before it belongs to the saying: ``pekan lalu bahwa …``, ``on Monday that …``. Past
    a verb a complementiser belongs to another clause.
    """
    words = _complementisers(document.language)
    for word in range(start, min(start + _LONGEST_ADJUNCT, end)):
        if document.lower[word] in words and document.upos[word] == "SCONJ":
            return word + 1
        if document.upos[word] in _VERBAL or document.forms[word] in MARKS:
            break
    return start


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
    return bool(cue) and all(any(s <= a and b <= e for s, e in outer.content) for a, b in cue)


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
    content_words = [
        document.lower[w] for span in draft.content for w in range(*document.words_in(span))
    ]
    cue = find_cue(_forms(document, draft.cue), document.language)
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
    inside = sum(max(0, min(e, b) - max(s, a)) for s, e in draft.content for a, b in marks)
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.9 * size else "mixed"
