"""How words hang together: ``accused -obj-> Moscow``, ``denied <-conj- accused``."""

from __future__ import annotations

from collections.abc import Iterable

from menurut.contract import Spans
from menurut.reader.document import Document


def path(document: Document, start: int, end: int) -> str | None:
    """The way on the tree from a word to another; None between sentences.

    ``a -obj-> b``: b hangs from a as its object; ``b <-obj- a`` is the same seen from b.
    """
    up, down = _climb(document, start), _climb(document, end)
    meeting = next((word for word in up if word in down), None)
    if meeting is None:
        return None
    rising = up[: up.index(meeting)]
    falling = down[: down.index(meeting)][::-1]
    steps = [document.forms[start]]
    steps += [f"<-{document.deprels[w]}- {document.forms[document.heads[w]]}" for w in rising]
    steps += [f"-{document.deprels[w]}-> {document.forms[w]}" for w in falling]
    return " ".join(steps)


def _climb(document: Document, word: int) -> list[int]:
    """The word, its head, and so on to the root."""
    found = [word]
    while (head := document.heads[found[-1]]) >= 0 and len(found) <= len(document):
        found.append(head)
    return found


def words_in(document: Document, spans: Spans) -> list[int]:
    """The words of some spans, in order."""
    return [word for span in spans for word in range(*document.words_in(span))]


def sentence_number(sentences: Spans, spans: Spans) -> int | None:
    """Which sentence the first of some spans starts in, counted from 1; None outside them all."""
    start = spans[0][0] if spans else -1
    return next((n for n, (s, e) in enumerate(sentences, 1) if s <= start < e), None)


def top(document: Document, words: Iterable[int]) -> int | None:
    """The first of some words whose head lies outside them."""
    inside = list(words)
    return next((w for w in inside if document.heads[w] not in inside), None)
