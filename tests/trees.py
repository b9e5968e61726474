"""Trees in one line, and actors by the words that name them, for tests of the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from documents import from_conllu
from menurut.contract import Actor, Event, Place, Quantity, Source, Statement, StatementKind, Time
from menurut.reader.document import Document
from menurut.record.events import Circumstances, Lands, as_events, find_happenings
from menurut.record.events.tellings import Actors


def tree(language: str, *sentences: str) -> Document:
    """A document from lines of ``form UPOS head deprel`` parted by ``|`` (head 0: the root)."""
    blocks = []
    for line in sentences:
        rows = []
        for number, word in enumerate(line.split("|"), 1):
            form, upos, head, deprel, *feats = word.split()
            rows.append(
                "\t".join([str(number), form, "_", upos, "_", *(feats or ["_"]), head, deprel])
            )
        blocks.append("\n".join(rows))
    return from_conllu("\n\n".join(blocks), language)


@dataclass(frozen=True)
class Named:
    """Actors known by single words: ``codes`` maps a lower-cased word to a code ('' for none)."""

    document: Document
    codes: dict[str, str]

    @cached_property
    def all(self) -> tuple[Actor, ...]:
        return tuple(
            Actor(id=word, name=word, code=code or None, kind="state", mentions=())
            for word, code in self.codes.items()
        )

    def of_word(self, word: int) -> tuple[str, ...]:
        form = self.document.lower[word]
        return (form,) if form in self.codes else ()

    def code(self, actor: str) -> str | None:
        return self.codes.get(actor) or None

    def country(self, code: str) -> tuple[str, ...]:
        return tuple(word for word, own in self.codes.items() if own.split(" ")[0] == code)


def statement(
    document: Document,
    name: str,
    kind: StatementKind,
    source: tuple[str, ...],
    cue: str,
    content: str,
    within: str | None = None,
) -> Statement:
    """A statement whose cue and content are found in the text, the last occurrence of each."""
    spans = {}
    for part in (cue, content):
        at = document.text.rindex(part)
        spans[part] = (at, at + len(part))
    return Statement(
        id=name,
        source=Source(actors=source),
        cue=(spans[cue],),
        content=(spans[content],),
        kind=kind,
        quote="indirect",
        within=within,
    )


def find_events(
    document: Document,
    actors: Actors,
    statements: Sequence[Statement],
    times: Sequence[Time],
    places: Sequence[Place],
    quantities: Sequence[Quantity],
    published_at: datetime | None = None,
) -> tuple[tuple[Event, ...], tuple[Actor, ...]]:
    """The events of a report, in text order.

    With them the countries that they reach and that only a place names, as actors of their own.
    """
    circumstances = Circumstances(document, times, places, quantities, published_at)
    lands = Lands(document, actors)
    happenings = find_happenings(document, lands, statements, circumstances)
    events = as_events(document, circumstances, happenings)
    return events, lands.reached(events)
