"""From corpora to batches of tensors: what one epoch of training reads, and in which order."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

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

T = TypeVar("T")
Article = list[Words]
Mix = Mapping[str, float]
"""How often an epoch reads each corpus; of 1.5 it reads all once and a random half again."""

BATCH_PIECES = 3072
LONGEST = 500


@dataclass(frozen=True)
class Corpora:
    """The folders and files of the corpora, as they lie under one root, and our own stories.

    A corpus of our own goes by its files' name without the language (``attribution-agency``). What
    ``mix`` does not name is not read.
    """

    root: Path
    own: Path
    mix: Mix
    relabelled: Path | None = None
    silver: Path | None = None

    def articles(self) -> dict[str, list[Article]]:
        polnear = self.root / "attribution" / "polnear-train.jsonl"
        silver = corpora.read_silver(self.silver) if self.silver else None
        return self._mixed(
            {"polnear": lambda: list(corpora.attributions(polnear, silver=silver))},
            self._own("attribution", lambda path, of: list(corpora.marked_up(path, of, silver))),
        )

    def sentences(self) -> dict[str, list[Words]]:
        """Treebanks, names, and our own texts with events."""
        return self._mixed(
            self._treebanks(),
            self._names(),
            self._own("names", lambda path, of: corpora.kept(corpora.marked_names(path, of))),
            self._own("events", lambda path, of: corpora.kept(corpora.marked_events(path, of))),
        )

    def _mixed(self, *groups: dict[str, Callable[[], list[T]]]) -> dict[str, list[T]]:
        read = {name: take for group in groups for name, take in group.items()}
        return {name: take() for name, take in read.items() if self.mix.get(_plain(name))}

    def _treebanks(self) -> dict[str, Callable[[], list[Words]]]:
        ud = self.root / "ud"
        old = ud / "id_gsd_v2.1-train.conllu"
        return {
            "en_ewt-train": lambda: list(corpora.treebank(ud / "en_ewt-train.conllu")),
            "en_gum-train": lambda: list(corpora.treebank(ud / "en_gum-train.conllu")),
            "id_csui-train": lambda: corpora.learnt(ud / "id_csui-train.conllu"),
            "id_gsd-dev": lambda: corpora.learnt(ud / "id_gsd-dev.conllu"),
            "id_gsd_v2.1-train": lambda: list(
                corpora.treebank(self.relabelled) if self.relabelled else corpora.old_treebank(old)
            ),
        }

    def _names(self) -> dict[str, Callable[[], list[Words]]]:
        ner = self.root / "ner"
        classic = {"PERSON": "PER", "PLACE": "LOC", "ORGANISATION": "ORG"}
        nerp = {"PPL": "PER", "PLC": "LOC", "IND": "ORG", "EVT": "MISC", "FNB": "MISC"}
        uner = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}
        hidden = ("NAT", "MISC")
        read = corpora.names_column
        return {
            "nergrit": lambda: list(read(ner / "id_nergrit-train.tsv", classic, hidden)),
            "nerp": lambda: list(read(ner / "id_nerp-train.tsv", nerp, ("NAT",))),
            "uner": lambda: list(read(ner / "en_uner_ewt-dev.iob2", uner, hidden)),
            "re3d": lambda: list(corpora.re3d(ner / "re3d")),
            "gum-names": lambda: list(corpora.gum_names(self.root / "ud" / "en_gum-train.conllu")),
        }

    def _own(
        self, kind: str, read: Callable[[Path, str], list[T]]
    ) -> dict[str, Callable[[], list[T]]]:
        paths = sorted(self.own.glob(f"{kind}*.txt"))
        return {path.stem: partial(read, path, path.name.split(".")[1]) for path in paths}


def _plain(name: str) -> str:
    """The name of a corpus of our own without its language."""
    stem, _, language = name.rpartition(".")
    return stem if stem and len(language) == 2 else name


def read_mix(path: Path) -> Mix:
    """Raises ``ValueError`` where a file says of a corpus anything but how often it is read."""
    mix = tomllib.loads(path.read_text("utf-8"))
    for name, times in mix.items():
        if not isinstance(times, int | float) or times < 0:
            raise ValueError(f"{path}: {name}: no number of times: {times!r}")
    return mix


@dataclass(frozen=True)
class Loaded:
    """All corpora in memory, by their names."""

    pieces: Pieces
    mix: Mix
    articles: dict[str, list[Article]]
    sentences: dict[str, list[Words]]


def load(source: Corpora, pieces: Pieces) -> Loaded:
    return Loaded(pieces, source.mix, source.articles(), source.sentences())


def epoch_runs(parts: Loaded, chance: random.Random) -> list[Words]:
    """One epoch's runs of words: articles in windows, sentences in runs of random length."""
    runs: list[Words] = []
    for name, articles in parts.articles.items():
        for article in _read(articles, parts.mix[_plain(name)], chance):
            runs += _article_windows(parts.pieces, article, chance)
    for name, sentences in parts.sentences.items():
        runs += _sentence_runs(_read(sentences, parts.mix[_plain(name)], chance), chance)
    return runs


def _read(corpus: list[T], times: float, chance: random.Random) -> list[T]:
    """What an epoch reads of a corpus: some times all of it in order, and a random part again."""
    whole, part = divmod(times, 1)
    chosen = sorted(chance.sample(range(len(corpus)), round(part * len(corpus))))
    return corpus * int(whole) + [corpus[number] for number in chosen]


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


Pair = tuple[int, int | None, list[int], list[int]]
"""A row, the word that anchors it (or none), and the words that are its first and its second."""


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
    parts: list[Pair]
    deeds: list[Pair]


def collate(examples: Sequence[Example], table: WordTable) -> Batch:
    size = len(examples)
    length = max(len(e.pieces) for e in examples)
    count = max(len(e.first) for e in examples)
    ids: NDArray[np.int32] = np.full((size, length), PAD, dtype=np.int32)
    arrays = {
        name: np.full((size, count), UNKNOWN, dtype=np.int64)
        for name in ("upos", "feats", "heads", "deprels", "end", "cue", "event")
    }
    first = np.zeros((size, count), dtype=np.int64)
    last = np.zeros((size, count), dtype=np.int64)
    names = np.zeros((size, count), dtype=np.int64)
    paragraphs = np.zeros((size, count), dtype=np.int64)
    parts: list[Pair] = []
    deeds: list[Pair] = []
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
            ("event", words.events),
        ):
            if values:
                arrays[name][row, :n] = values
        if words.names:
            names[row, :n] = words.names
        parts += [(row, p.anchor, sorted(p.source), sorted(p.content)) for p in words.parts]
        deeds += [(row, d.trigger, sorted(d.actors), sorted(d.recipients)) for d in words.deeds]
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
        deeds,
    )
