"""Texts in, documents out: words, windows, one pass of the model, decoding."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from menurut.contract import Block, BlockKind
from menurut.reader import spans
from menurut.reader.document import Document, EventRanges, NameRange, Range, StatementRanges
from menurut.reader.labels import DEPRELS, FEATS, UPOS
from menurut.reader.model import Model, Scores
from menurut.reader.trees import best_tree
from menurut.reader.windows import PARAGRAPH_PIECES, Window, encode_words, pack
from menurut.reader.words import split_words

READ_KINDS: frozenset[BlockKind] = frozenset({"headline", "caption", "body"})
_ROOT = DEPRELS.index("root")
_MARKS = frozenset("\"”’'»)]")
_STOPS = frozenset({".", "…", "..."})


@dataclass(frozen=True, slots=True)
class Text:
    """What the reader is given: a text, its language, and which blocks of it to read."""

    text: str
    language: str
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class _Paragraph:
    kind: BlockKind
    starts: list[int]
    ends: list[int]
    pieces: int = 0
    fresh: bool = True


@dataclass(slots=True)
class _Run:
    """Paragraphs that share a window."""

    paragraphs: list[_Paragraph]
    forms: list[str]
    spaces: list[bool]
    window: Window


@dataclass(slots=True)
class _Draft:
    """A document in the making: columns of words, and what is found over them."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    sentences: list[Range] = field(default_factory=list)
    kinds: list[BlockKind] = field(default_factory=list)
    paragraphs: list[Range] = field(default_factory=list)
    names: list[NameRange] = field(default_factory=list)
    statements: list[StatementRanges] = field(default_factory=list)
    events: list[EventRanges] = field(default_factory=list)


def read_texts(model: Model, texts: Sequence[Text], threads: int | None = None) -> list[Document]:
    """Read many texts in one pass; ``threads``: windows read at once, by default the model's."""
    runs = [_runs(model, text) for text in texts]
    scores = iter(model.scores([run.window for per_text in runs for run in per_text], threads))
    return [
        _document(model, text, [(run, next(scores)) for run in per_text])
        for text, per_text in zip(texts, runs, strict=True)
    ]


def _runs(model: Model, text: Text) -> list[_Run]:
    paragraphs = [
        part
        for block in text.blocks
        if block.kind in READ_KINDS
        for part in _paragraphs(model, text, block)
    ]
    runs = []
    for start, end in pack([p.pieces for p in paragraphs]):
        group = paragraphs[start:end]
        forms, spaces, breaks = [], [], []
        for paragraph in group:
            f, s = _forms(text.text, paragraph)
            forms += f
            spaces += s
            breaks += [n == 0 for n in range(len(f))]
        window = encode_words(model.pieces, forms, spaces, breaks)
        runs.append(_Run(group, forms, spaces, window))
    return runs


def _forms(text: str, paragraph: _Paragraph) -> tuple[list[str], list[bool]]:
    forms = [text[s:e] for s, e in zip(paragraph.starts, paragraph.ends, strict=True)]
    spaces = [n == 0 or paragraph.ends[n - 1] < start for n, start in enumerate(paragraph.starts)]
    return forms, spaces


def _paragraphs(model: Model, text: Text, block: Block) -> list[_Paragraph]:
    """A block's words; a block too long for one window falls into several."""
    out: list[_Paragraph] = []
    current = _Paragraph(block.kind, [], [])
    for start, end in split_words(text.text, *block.span, text.language):
        size = len(model.pieces.cut(text.text[start:end], True))
        over = current.pieces + size > PARAGRAPH_PIECES
        full = current.pieces > PARAGRAPH_PIECES // 2 and text.text[current.ends[-1] - 1] in ".!?"
        if over or full:
            out.append(current)
            current = _Paragraph(block.kind, [], [], fresh=False)
        current.starts.append(start)
        current.ends.append(end)
        current.pieces += size
    return [p for p in [*out, current] if p.starts]


def _document(model: Model, text: Text, runs: list[tuple[_Run, Scores]]) -> Document:
    draft = _Draft()
    for run, scores in runs:
        _add_run(model, draft, run, scores)
    return Document(
        text.text,
        text.language,
        tuple(draft.starts),
        tuple(draft.ends),
        tuple(draft.upos),
        tuple(draft.feats),
        tuple(draft.heads),
        tuple(draft.deprels),
        tuple(draft.sentences),
        tuple(draft.kinds),
        tuple(draft.paragraphs),
        tuple(draft.names),
        tuple(draft.statements),
        tuple(draft.events),
    )


def _add_run(model: Model, draft: _Draft, run: _Run, scores: Scores) -> None:
    base = len(draft.starts)
    sizes = [len(p.starts) for p in run.paragraphs]
    paragraph_of = np.repeat(np.arange(len(sizes)), sizes)
    for paragraph in run.paragraphs:
        at = len(draft.starts)
        draft.starts += paragraph.starts
        draft.ends += paragraph.ends
        span = (at, len(draft.starts))
        if paragraph.fresh or not draft.paragraphs:
            draft.paragraphs.append(span)
        else:
            draft.paragraphs[-1] = (draft.paragraphs[-1][0], span[1])
    draft.upos += [UPOS[n] for n in scores.field("upos").argmax(axis=1).tolist()]
    draft.feats += [FEATS[n] for n in scores.field("feats").argmax(axis=1).tolist()]
    ranges = sentence_ranges(scores, paragraph_of, run.forms, run.spaces)
    for start, end in ranges:
        draft.sentences.append((base + start, base + end))
        draft.kinds.append(run.paragraphs[int(paragraph_of[start])].kind)
        heads, deprels = parse(model, scores, start, end)
        draft.heads += [head + base if head >= 0 else -1 for head in heads]
        draft.deprels += deprels
    draft.names += [
        replace(n, start=n.start + base, end=n.end + base)
        for n in within_sentences(spans.names(scores), ranges)
    ]
    draft.statements += [_later_statement(s, base) for s in spans.statements(scores, paragraph_of)]
    draft.events += [_later_event(e, base) for e in spans.events(scores, paragraph_of)]


def _later_statement(found: StatementRanges, by: int) -> StatementRanges:
    return replace(
        found,
        source=_moved(found.source, by),
        cue=_moved(found.cue, by),
        content=_moved(found.content, by),
    )


def _later_event(found: EventRanges, by: int) -> EventRanges:
    start, end = found.trigger
    return replace(
        found,
        trigger=(start + by, end + by),
        actors=_moved(found.actors, by),
        recipients=_moved(found.recipients, by),
    )


def _moved(ranges: tuple[Range, ...], by: int) -> tuple[Range, ...]:
    return tuple((start + by, end + by) for start, end in ranges)


def within_sentences(names: Iterable[NameRange], sentences: Sequence[Range]) -> Iterator[NameRange]:
    """The names; of one that a sentence's end cuts, the longest part."""
    ends = [end for _, end in sentences]
    for name in names:
        cuts = ends[bisect_right(ends, name.start) : bisect_left(ends, name.end)]
        parts = pairwise([name.start, *cuts, name.end])
        start, end = max(parts, key=lambda part: part[1] - part[0])
        yield replace(name, start=start, end=end)


def sentence_ranges(
    scores: Scores,
    paragraph_of: NDArray[np.int64],
    forms: Sequence[str],
    spaces: Sequence[bool],
) -> list[Range]:
    """Sentences by the model's ends; a paragraph's end ends one.

    The treebanks hold few quotations, so marks are put right: a closing mark goes with the sentence
    that it touches, an opening one with what follows, and a full stop before a closing mark ends
    its sentence unless the next word is in small letters.
    """
    logits = scores.field("end")
    likely = (logits[:, 1] > logits[:, 0]).tolist()
    ends = np.zeros(len(forms), dtype=bool)
    for word, form in enumerate(forms):
        last = word + 1 == len(forms)
        if last or paragraph_of[word + 1] != paragraph_of[word]:
            ends[word] = True
            continue
        marked = forms[word + 1] in _MARKS and not spaces[word + 1]
        opens = form in _MARKS and spaces[word] and not spaces[word + 1]
        closes = form in _MARKS and not spaces[word] and word and forms[word - 1] in _STOPS
        own = likely[word] and not (marked and form in ".!?…")
        carried = closes and (likely[word - 1] or not forms[word + 1][0].islower())
        if likely[word] and opens and word:
            ends[word - 1] = True
        elif own or (carried and not marked):
            ends[word] = True
    bounds = [0, *(np.flatnonzero(ends) + 1).tolist()]
    return list(pairwise(bounds))


def parse(model: Model, scores: Scores, start: int, end: int) -> tuple[list[int], list[str]]:
    """Heads (word of the window, -1 for the root) and relations of the words ``[start, end)``."""
    columns = np.r_[0, start + 1 : end + 1]
    heads = best_tree(scores.arcs[start:end][:, columns])
    absolute = [head + start if head >= 0 else -1 for head in heads]
    logits = model.relations(
        scores.dependent[start:end], scores.governor[[head + 1 for head in absolute]]
    )
    is_root = np.array([head < 0 for head in heads])
    logits[~is_root, _ROOT] = -np.inf
    deprels = [DEPRELS[n] for n in logits.argmax(axis=1).tolist()]
    deprels[int(is_root.argmax())] = DEPRELS[_ROOT]
    return absolute, deprels
