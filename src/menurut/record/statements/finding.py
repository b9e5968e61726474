"""Who says what: the reader's source, cue and content made into the contract's statements.

The reader finds most of them; quotation marks complete what it saw in part, and carry a speaker
over to a quotation that goes on with no cue of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from menurut.contract import Certainty, Quote, Source, Span, Statement
from menurut.reader.document import Document
from menurut.record.certainty import of_statement
from menurut.record.statements.contents import shared
from menurut.record.statements.drafts import Draft, find_drafts, first_offset
from menurut.record.statements.kinds import kind_of
from menurut.record.statements.quotes import quotations
from menurut.record.statements.sources import speaker_of


class Sources(Protocol):
    """What is asked of the actors: whom a source phrase names."""

    def in_range(self, start: int, end: int) -> tuple[str, ...]: ...


def find_statements(document: Document, actors: Sources) -> tuple[Statement, ...]:
    """The statements of a document in text order, with kinds, quote types and nesting."""
    drafts = find_drafts(document)
    order = sorted(range(len(drafts)), key=lambda n: (first_offset(document, drafts[n]), -n))
    ids = {draft: f"s{n}" for n, draft in enumerate(order, 1)}
    parents = _parents(document, drafts)
    people = [_speakers(document, drafts, n, actors) for n in range(len(drafts))]
    kinds = [
        kind_of(document, draft, _of_others(document, drafts, n, parents, people))
        for n, draft in enumerate(drafts)
    ]
    return tuple(
        Statement(
            id=ids[n],
            source=Source(document.spans(drafts[n].source), people[n]),
            cue=document.spans(drafts[n].cue),
            content=drafts[n].content,
            kind=kinds[n][0],
            quote=_quote(document, drafts[n]),
            within=ids.get(parents[n]),
            certainty=_certainty(document, drafts[n]),
            basis=kinds[n][1],
        )
        for n in order
    )


def _certainty(document: Document, draft: Draft) -> Certainty | None:
    mark = of_statement(document, document.spans(draft.cue), draft.content)
    return mark.certainty if mark else None


def _speakers(
    document: Document, drafts: Sequence[Draft], number: int, actors: Sources
) -> tuple[str, ...]:
    """The actors of a statement's source, or of the statement whose speaker goes on."""
    draft = drafts[number]
    while draft.carried is not None and not draft.source:
        draft = drafts[draft.carried]
    cue = draft.cue[0] if draft.cue else (0, 0)
    meant = (speaker_of(document, part, cue) for part in draft.source)
    return tuple(dict.fromkeys(a for s, e in meant for a in actors.in_range(s, e)))


def _of_others(
    document: Document,
    drafts: Sequence[Draft],
    number: int,
    parents: dict[int, int],
    people: Sequence[tuple[str, ...]],
) -> list[Span]:
    """The words inside a statement by which others say something."""
    inner = (n for n, parent in parents.items() if parent == number)
    others = [drafts[n] for n in inner if people[n] and people[n] != people[number]]
    return [span for d in others for span in (*document.spans(d.cue), *d.content)]


def _parents(document: Document, drafts: Sequence[Draft]) -> dict[int, int]:
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


def _same_paragraph(drafts: Sequence[Draft], n: int) -> Iterator[int]:
    low = n
    while low and drafts[low - 1].paragraph == drafts[n].paragraph:
        low -= 1
    while low < len(drafts) and drafts[low].paragraph == drafts[n].paragraph:
        if low != n:
            yield low
        low += 1


def _holds(document: Document, outer: Draft, inner: Draft) -> bool:
    cue = document.spans(inner.cue)
    return bool(cue) and all(any(s <= a and b <= e for s, e in outer.content) for a, b in cue)


def _quote(document: Document, draft: Draft) -> Quote:
    """Direct: all content quoted; indirect: none; mixed: some."""
    start, end = document.paragraphs[draft.paragraph]
    marks = quotations(document.text, *document.span(start, end))
    size = sum(e - s for s, e in draft.content)
    inside = shared(draft.content, marks)
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.9 * size else "mixed"
