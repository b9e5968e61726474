"""What the model learns from: windows of words with whatever labels their corpus has.

A label that a corpus does not give is unknown (-1, or an empty set of allowed names) and costs
nothing, so all corpora are learned together.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from menurut.reader.labels import NAMES
from menurut.reader.pieces import Pieces
from menurut.reader.windows import encode_words

UNKNOWN = -1
UNKNOWN_HEAD = -2  # of a word; -1 is the root
QUOTES = frozenset("\"“”„‟«»″'‘’`") | {"``", "''"}


@dataclass(frozen=True, slots=True)
class Part:
    """One attribution: its cue's first word (or none), and the words of source and content."""

    anchor: int | None
    source: frozenset[int]
    content: frozenset[int]


@dataclass(frozen=True, slots=True)
class Deed:
    """One event: its trigger's first word, and the words that name its actors and recipients."""

    trigger: int
    actors: frozenset[int]
    recipients: frozenset[int]


@dataclass(slots=True)
class Words:
    """A run of words and their labels; lists are as long as ``forms`` or, if unknown, empty.

    ``heads``: word index, -1 for a root, -2 unknown. ``names``: for each word the bits of the
    allowed ``NAMES`` (0: unknown). ``cues``: 0 outside, 1 first word, 2 inside.
    ``events``: the index in ``EVENTS``.
    """

    forms: list[str]
    spaces: list[bool]
    breaks: list[bool]
    upos: list[int] = field(default_factory=list)
    feats: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    cues: list[int] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.forms)


@dataclass(frozen=True, slots=True)
class Example:
    """A window ready for the model."""

    words: Words
    pieces: list[int]
    first: list[int]
    last: list[int]


def join(runs: Sequence[Words]) -> Words:
    """One run out of several whose known labels agree in kind."""
    out = Words([], [], [])
    for run in runs:
        at = len(out)
        out.forms += run.forms
        out.spaces += run.spaces
        out.breaks += run.breaks
        out.upos += run.upos
        out.feats += run.feats
        out.heads += [head + at if head >= 0 else head for head in run.heads]
        out.deprels += run.deprels
        out.ends += run.ends
        out.names += run.names
        out.cues += run.cues
        out.parts += [shift(part, at) for part in run.parts]
        out.events += run.events
        out.deeds += [_later(deed, at) for deed in run.deeds]
    return out


def shift(part: Part, by: int) -> Part:
    return Part(
        None if part.anchor is None else part.anchor + by,
        frozenset(word + by for word in part.source),
        frozenset(word + by for word in part.content),
    )


def _later(deed: Deed, by: int) -> Deed:
    return Deed(
        deed.trigger + by,
        frozenset(word + by for word in deed.actors),
        frozenset(word + by for word in deed.recipients),
    )


def encode(pieces: Pieces, words: Words) -> Example:
    window = encode_words(pieces, words.forms, words.spaces, words.breaks)
    return Example(words, window.pieces, window.first, window.last)


def with_other_quotes(words: Words, chance: random.Random) -> Words:
    """The same words in another newspaper's quotation marks."""
    opening, closing = chance.choice([("“", "”"), ('"', '"'), ("«", "»"), ("‘", "’"), ("„", "“")])
    forms, inside = [], False
    for form in words.forms:
        if form in QUOTES and form not in "'’`":
            inside = not inside
            form = opening if inside else closing
        forms.append(form)
    return replace(words, forms=forms)


def without_quotes(words: Words) -> Words:
    """The same words, quotation marks lost, as some agencies' archives have them."""
    keep = [
        form not in QUOTES or form in "'’`" or (fresh and len(words) == 1)
        for form, fresh in zip(words.forms, words.breaks, strict=True)
    ]
    if all(keep) or words.heads:
        return words
    number: dict[int, int] = {}
    for old, kept in enumerate(keep):
        if kept:
            number[old] = len(number)
    kept_breaks = []
    pending = False
    for fresh, kept in zip(words.breaks, keep, strict=True):
        pending = pending or fresh
        if kept:
            kept_breaks.append(pending)
            pending = False

    def only(values: list[int]) -> list[int]:
        return [v for v, kept in zip(values, keep, strict=True) if kept] if values else []

    parts = [
        Part(
            number.get(p.anchor) if p.anchor is not None else None,
            frozenset(number[w] for w in p.source if w in number),
            frozenset(number[w] for w in p.content if w in number),
        )
        for p in words.parts
    ]
    return replace(
        words,
        forms=[f for f, kept in zip(words.forms, keep, strict=True) if kept],
        spaces=[s for s, kept in zip(words.spaces, keep, strict=True) if kept],
        breaks=kept_breaks,
        ends=only(words.ends),
        names=only(words.names),
        cues=only(words.cues),
        parts=[p for p in parts if p.content],
        events=only(words.events),
        deeds=[],
    )


def allowed(*labels: str) -> int:
    """The bits of some names tags."""
    bits = 0
    for label in labels:
        bits |= 1 << NAMES.index(label)
    return bits
