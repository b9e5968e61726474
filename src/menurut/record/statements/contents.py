"""What of a text a statement's content is: without complementisers, edges and outer marks."""

from __future__ import annotations

from collections.abc import Sequence

from menurut.contract import Span, Spans
from menurut.reader.document import Document
from menurut.record.statements.quotes import MARKS
from menurut.tables import word_list

EDGE = frozenset(",:;.-–—")
VERBAL = frozenset({"VERB", "AUX"})
_LONGEST_ADJUNCT = 7


def trim(document: Document, spans: Spans) -> Spans:
    """Without complementisers, stray punctuation, and the outer marks of a whole quotation."""
    trimmed = []
    for n, span in enumerate(spans):
        start, end = document.words_in(span)
        last = n == len(spans) - 1
        start = _after_complementiser(document, start, end) if n == 0 else start
        while start < end and document.forms[start] in EDGE:
            start += 1
        while start < end and document.forms[end - 1] in EDGE and (last or end - start > 1):
            end -= 1
        if start < end:
            trimmed.append(_unmarked(document, start, end))
    return tuple(span for span in trimmed if span[0] < span[1])


def _after_complementiser(document: Document, start: int, end: int) -> int:
    """Where the content proper starts: behind a complementiser near the front.

    What stands before it belongs to the saying: ``pekan lalu bahwa …``, ``on Monday that …``. Past
    a verb, or in a quotation, a complementiser belongs to another clause.
    """
    words = word_list(document.language, "complementisers")
    if start and document.forms[start - 1] in MARKS:
        return start
    for word in range(start, min(start + _LONGEST_ADJUNCT, end)):
        if document.lower[word] in words and document.upos[word] == "SCONJ":
            return word + 1
        if document.upos[word] in VERBAL or document.forms[word] in MARKS:
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
    while start < end and forms[end - 1] in EDGE:
        end -= 1
    return document.span(start, end) if start < end else (0, 0)


def shared(a: Sequence[Span], b: Sequence[Span]) -> int:
    """How much of some stretches others cover; of characters or of words alike."""
    return sum(max(0, min(e, d) - max(s, c)) for s, e in a for c, d in b)


def merge(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def outside(parts: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """What of some stretches lies outside others; of characters or of words alike."""
    left = list(parts)
    for start, end in taken:
        left = [
            part
            for s, e in left
            for part in ((s, min(e, start)), (max(s, end), e))
            if part[0] < part[1]
        ]
    return left
