"""What the reader's own head sees of events, before any table: triggers with types, and parties."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from training.corpora import unlearnt
from training.markup import MarkedEvent, read_events

from evaluation.scores import Score, pair
from menurut.contract import Block
from menurut.reader.document import Document, EventRanges, Range
from menurut.reader.model import Model
from menurut.reader.read import Text, read_texts

Triggered = tuple[str, frozenset[int], frozenset[int], frozenset[int]]
"""Type, and the words of trigger, actors and recipients."""


def learned_scores(model: Model, path: Path) -> dict[str, Score]:
    """The texts of our own that are held out.

    ``type``: the trigger's words overlap, and the type is right; ``who``: also some word of each
    party that is named, and none of one that is not.
    """
    language = path.name.split(".")[1]
    marked = unlearnt(read_events(path))
    texts = [Text(t, language, (Block("body", (0, len(t))),)) for t, _ in marked]
    counts: Counter[str] = Counter()
    for document, (_, events) in zip(read_texts(model, texts), marked, strict=True):
        gold = [_gold(document, event) for event in events]
        found = [_found(event) for event in document.events]
        pairs = pair(gold, found, _likeness)
        counts["type"] += len(pairs)
        counts["who"] += sum(_same(g[2], f[2]) and _same(g[3], f[3]) for g, f in pairs)
        counts.update(found=len(found), gold=len(gold))
    return {name: Score(counts[name], counts["found"], counts["gold"]) for name in ("type", "who")}


def _gold(document: Document, event: MarkedEvent) -> Triggered:
    parts = (event.trigger, event.actors, event.recipients)
    trigger, actors, recipients = (
        _words(tuple(document.words_in((s, e)) for s, e in part)) for part in parts
    )
    return event.type, trigger, actors, recipients


def _found(event: EventRanges) -> Triggered:
    return event.type, _words((event.trigger,)), _words(event.actors), _words(event.recipients)


def _words(ranges: tuple[Range, ...]) -> frozenset[int]:
    return frozenset(word for start, end in ranges for word in range(start, end))


def _likeness(gold: Triggered, found: Triggered) -> float:
    return float(len(gold[1] & found[1])) if gold[0] == found[0] else 0.0


def _same(gold: frozenset[int], found: frozenset[int]) -> bool:
    return bool(gold & found) or not gold | found
