"""Tellings that the reader has learned to see: a second opinion where the table is in doubt.

A row of the predicate table may ask for more than a sentence gives: another object, a recipient
that the tree does not show. Where the model, which knows no rows, is sure that the same word tells
of the type that a row has for it, the event is taken, with the parties that the model ties to it.
Words that no row knows give none yet: too many are wrong, however sure the model is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from menurut.reader.document import Document, EventRanges, Range
from menurut.record.events.coding import Coder
from menurut.record.events.rules import OF_CUE, OF_MODEL
from menurut.record.events.syntax import NOMINAL
from menurut.record.events.tellings import Role, Telling, plover

ORIGIN = "reader model"
SURE = 0.98
"""The least score that counts, by the tuned halves of our own sets."""


def learned(document: Document, coder: Coder, known: Sequence[Telling]) -> Iterator[Telling]:
    """The events that the reader is sure of, where a row agrees on the type and none is known."""
    taken = {word for telling in known for word in (telling.word, *telling.words)}
    for event in document.events:
        words = range(*event.trigger)
        agreed = any(event.type in coder.heads.types(word) for word in words)
        if event.score >= SURE and agreed and taken.isdisjoint(words):
            telling = _telling(document, coder, event)
            if telling is not None:
                yield telling


def _telling(document: Document, coder: Coder, event: EventRanges) -> Telling | None:
    """The telling of an event, or None where too little is known of its parties."""
    words = tuple(range(*event.trigger))
    word = _head(document, event.trigger)
    nominal = document.upos[word] in NOMINAL
    act = None if nominal else coder.voices.cued_by(words)
    doers = _role(document, coder, event.actors)
    if act is not None and not doers.ids:
        doers = Role((), act.source.actors, OF_CUE)
    receivers = _role(document, coder, event.recipients)
    receivers = receivers._replace(ids=coder.parties.others(receivers.ids, doers.ids))
    mutual = len(doers.ids) > 1
    if not receivers.ids and plover("type")[event.type]["speech"] == "yes":
        return None
    if not coder.parties.suffice(event.type, doers.ids, receivers.ids, mutual):
        return None
    return Telling(
        word=word,
        words=words,
        type=event.type,
        mode=None,
        contexts=(),
        actors=doers.ids,
        recipients=receivers.ids,
        judgement=coder.judge(word, doers.ids, act),
        origin=ORIGIN,
        nominal=nominal,
        headline=document.kinds[document.sentence_of[word]] == "headline",
        act_of=act.id if act else None,
        time=coder.circumstances.time(word, nominal),
        place=coder.circumstances.place(word, nominal, doers.words),
        quantities=coder.circumstances.quantities((word, *doers.words, *receivers.words)),
        doers=doers,
        receivers=receivers,
    )


def _role(document: Document, coder: Coder, ranges: Sequence[Range]) -> Role:
    heads = tuple(_head(document, part) for part in ranges)
    return Role(heads, coder.parties.named_by(heads), OF_MODEL)


def _head(document: Document, part: Range) -> int:
    """The first word of a range that hangs from a word outside it."""
    start, end = part
    return next(w for w in range(start, end) if not start <= document.heads[w] < end)
