"""From corpora to batches of tensors: what one epoch of training reads, and in which order."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from menurut.reader.pieces import PAD, Pieces
from menurut.reader.windows import pack
from menurut.reader.word_table import WordTable
from training import corpora
from training.examples import (
    UNKNOWN,
    Example,
    Words,
    encode,
    join,
    with_other_quotes,
    without_quotes,
)

BATCH_PIECES = 3072
LONGEST = 500


@dataclass(frozen=True)
class Corpora:
    """The folders and files of the corpora, as they lie under one root, and our own stories."""

    root: Path
    own: Path
    relabelled: Path | None = None

    def sentences(self) -> list[list[Words]]:
        ud = self.root / "ud"
        return [
            list(corpora.treebank(ud / "en_ewt-train.conllu")),
            list(corpora.treebank(ud / "en_gum-train.conllu")),
            corpora.learnt(ud / "id_csui-train.conllu") * 3,
            corpora.learnt(ud / "id_gsd-dev.conllu") * 4,
            self._old_treebank(),
        ]

    def _old_treebank(self) -> list[Words]:
        """GSD of UD 2.1, with today's labels where ``training.relabel`` has been run."""
        if self.relabelled:
            return list(corpora.treebank(self.relabelled))
        return list(corpora.old_treebank(self.root / "ud" / "id_gsd_v2.1-train.conllu"))

    def names(self) -> list[list[Words]]:
        ner = self.root / "ner"
        classic = {"PERSON": "PER", "PLACE": "LOC", "ORGANISATION": "ORG"}
        nerp = {"PPL": "PER", "PLC": "LOC", "IND": "ORG", "EVT": "MISC", "FNB": "MISC"}
        uner = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}
        hidden = ("NAT", "MISC")
        read = corpora.names_column
        return [
            list(read(ner / "id_nergrit-train.tsv", classic, hidden)) * 2,
            list(read(ner / "id_nerp-train.tsv", nerp, ("NAT",))),
            list(read(ner / "en_uner_ewt-dev.iob2", uner, hidden)) * 2,
            list(corpora.re3d(ner / "re3d")),
            list(corpora.gum_names(self.root / "ud" / "en_gum-train.conllu")),
            *self._own_names(),
        ]

    def _own_names(self) -> list[list[Words]]:
        return [
            corpora.kept(corpora.marked_names(path, path.name.split(".")[1])) * 2
            for path in sorted(self.own.glob("names*.txt"))
        ]

    def articles(self) -> list[list[list[Words]]]:
        polnear = self.root / "attribution" / "polnear-train.jsonl"
        found = [list(corpora.attributions(polnear))]
        for path in sorted(self.own.glob("attribution*.txt")):
            language = path.name.split(".")[1]
            found.append(list(corpora.marked_up(path, language)) * 3)
        return found


@dataclass(frozen=True)
class Loaded:
    """All corpora in memory."""

    pieces: Pieces
    articles: list[list[Words]]
    sentences: list[list[Words]]
    names: list[list[Words]]


KINDS = ("articles", "sentences", "names")


def load(source: Corpora, pieces: Pieces, kinds: Sequence[str] = KINDS) -> Loaded:
    """The corpora of some ``kinds``."""
    return Loaded(
        pieces,
        [a for group in source.articles() for a in group] if "articles" in kinds else [],
        source.sentences() if "sentences" in kinds else [],
        source.names() if "names" in kinds else [],
    )


def epoch_runs(parts: Loaded, chance: random.Random) -> list[Words]:
    """One epoch's runs of words: articles in windows, sentences in runs of random length."""
    runs: list[Words] = []
    for article in parts.articles:
        runs += _article_windows(parts.pieces, article, chance)
    for treebank in parts.sentences:
        runs += _sentence_runs(treebank, chance)
    for names in parts.names:
        runs += _sentence_runs(names, chance)
    return runs


def _article_windows(
    pieces: Pieces, article: list[Words], chance: random.Random
) -> Iterable[Words]:
    style = chance.random()
    if style < 0.3:
        article = [with_other_quotes(p, chance) for p in article]
    elif style < 0.5:
        article = [without_quotes(p) for p in article]
    article = [p for p in article if len(p)]
    sizes = [len(encode(pieces, p).pieces) for p in article]
    for start, end in pack(sizes, chance.choice((96, 160, 240))):
        yield join(article[start:end])


def _sentence_runs(sentences: Sequence[Words], chance: random.Random) -> Iterable[Words]:
    at = 0
    while at < len(sentences):
        count = chance.choice((1, 1, 2, 3, 4))
        run = list(sentences[at : at + count])
        at += count
        if chance.random() < 0.5:
            run = [with_other_quotes(words, chance) for words in run]
        yield join(run)


def batches(pieces: Pieces, runs: list[Words], chance: random.Random) -> list[list[Example]]:
    """Examples of like length together, the batches in random order."""
    examples = [encode(pieces, run) for run in runs if len(run)]
    examples = [e for e in examples if len(e.pieces) <= LONGEST]
    chance.shuffle(examples)
    examples.sort(key=lambda e: len(e.pieces) + chance.randrange(16))
    out: list[list[Example]] = []
    batch: list[Example] = []
    for example in examples:
        if batch and len(example.pieces) * (len(batch) + 1) > BATCH_PIECES:
            out.append(batch)
            batch = []
        batch.append(example)
    out.append(batch)
    chance.shuffle(out)
    return out


@dataclass(frozen=True)
class Batch:
    """Tensors of a batch of B examples, W words and T pieces at most."""

    vectors: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    words: Tensor
    paragraphs: Tensor
    labels: dict[str, Tensor]
    names: Tensor
    parts: list[tuple[int, int | None, list[int], list[int]]]


def collate(examples: Sequence[Example], table: WordTable) -> Batch:
    size = len(examples)
    length = max(len(e.pieces) for e in examples)
    count = max(len(e.first) for e in examples)
    ids: NDArray[np.int32] = np.full((size, length), PAD, dtype=np.int32)
    arrays = {
        name: np.full((size, count), UNKNOWN, dtype=np.int64)
        for name in ("upos", "feats", "heads", "deprels", "end", "cue")
    }
    first = np.zeros((size, count), dtype=np.int64)
    last = np.zeros((size, count), dtype=np.int64)
    names = np.zeros((size, count), dtype=np.int64)
    paragraphs = np.zeros((size, count), dtype=np.int64)
    parts = []
    for row, example in enumerate(examples):
        words, n = example.words, len(example.first)
        ids[row, : len(example.pieces)] = example.pieces
        first[row, :n], last[row, :n] = example.first, example.last
        paragraphs[row, :n] = np.cumsum(words.breaks)
        for name, values in (
            ("upos", words.upos),
            ("feats", words.feats),
            ("heads", [head + 1 for head in words.heads]),
            ("deprels", words.deprels),
            ("end", words.ends),
            ("cue", words.cues),
        ):
            if values:
                arrays[name][row, :n] = values
        if words.names:
            names[row, :n] = words.names
        parts += [(row, p.anchor, sorted(p.source), sorted(p.content)) for p in words.parts]
    return Batch(
        torch.from_numpy(table.vectors(ids)),
        torch.from_numpy((ids != PAD).astype(np.float32)),
        torch.from_numpy(first),
        torch.from_numpy(last),
        torch.from_numpy(last > 0),
        torch.from_numpy(paragraphs),
        {name: torch.from_numpy(values) for name, values in arrays.items()},
        torch.from_numpy(names),
        parts,
    )
