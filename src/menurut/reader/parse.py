"""Sentences whose words are known: tags, trees and names for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from menurut.reader import spans
from menurut.reader.document import NameRange
from menurut.reader.labels import FEATS, UPOS
from menurut.reader.model import Model
from menurut.reader.read import parse
from menurut.reader.windows import encode_words


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
    """Parse each sentence by itself."""
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
