"""Sentences whose words are known: tags, trees and names for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from menurut.reader import spans
from menurut.reader.document import NameRange
from menurut.reader.labels import FEATS, UPOS
from menurut.reader.model import Model
from menurut.reader.read import parse
from menurut.reader.windows import PARAGRAPH_PIECES, encode_words, pack


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence: its words, and before which of them a blank stands."""

    forms: tuple[str, ...]
    spaces: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the reader says of a sentence of N words; ``heads``: -1 for the root."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    names: tuple[NameRange, ...]


def parse_sentences(model: Model, sentences: Sequence[Words]) -> list[Parsed]:
    """Parse each sentence by itself; one too long for a window is parsed in parts."""
    parts = [list(_parts(model, words)) for words in sentences]
    found = iter(_parse(model, [part for cut in parts for part in cut]))
    return [_joined([next(found) for _part in cut]) for cut in parts]


def _parts(model: Model, words: Words) -> Iterator[Words]:
    sizes = [len(model.pieces.cut(form, True)) for form in words.forms]
    for start, end in pack(sizes, PARAGRAPH_PIECES):
        yield Words(words.forms[start:end], words.spaces[start:end])


def _joined(parts: Sequence[Parsed]) -> Parsed:
    """One tree out of several: the roots of the later ones hang from the first's root."""
    whole = parts[0]
    root = whole.heads.index(-1)
    for part in parts[1:]:
        by = len(whole.heads)
        whole = Parsed(
            whole.upos + part.upos,
            whole.feats + part.feats,
            whole.heads + tuple(head + by if head >= 0 else root for head in part.heads),
            whole.deprels
            + tuple("parataxis" if label == "root" else label for label in part.deprels),
            whole.names + tuple(replace(n, start=n.start + by, end=n.end + by) for n in part.names),
        )
    return whole


def _parse(model: Model, sentences: Sequence[Words]) -> list[Parsed]:
    windows = [
        encode_words(model.pieces, s.forms, s.spaces, [n == 0 for n in range(len(s.forms))])
        for s in sentences
    ]
    found = []
    for sentence, scores in zip(sentences, model.scores(windows), strict=True):
        heads, deprels = parse(model, scores, 0, len(sentence.forms))
        found.append(
            Parsed(
                tuple(UPOS[n] for n in scores.field("upos").argmax(axis=1).tolist()),
                tuple(FEATS[n] for n in scores.field("feats").argmax(axis=1).tolist()),
                tuple(heads),
                tuple(deprels),
                tuple(spans.names(scores)),
            )
        )
    return found
