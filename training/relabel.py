"""Gives an old treebank today's labels, by a model that has learned today's guidelines.

python -m training.relabel CHECKPOINT id_gsd_v2.1-train.conllu OUT.conllu

A word keeps the head that the treebank gives it, unless the model is all but sure of another; marks
are hung by rule (``training.punctuation``), since they hang otherwise today. Tag, features and
relation are the model's, the relation read at the head that was settled on; an old relation stays
where guidelines never crossed (``STAY``). What is written is the corpus anew and stays outside the
repository.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch.nn import functional as F  # noqa: N812

from menurut.reader.labels import DEPRELS, FIELDS
from menurut.reader.pieces import Pieces
from menurut.reader.trees import best_tree
from menurut.reader.word_table import WordTable
from training import corpora
from training.batches import Batch, collate
from training.examples import UNKNOWN_HEAD, Words, encode
from training.model import Reader, Shape, load
from training.punctuation import is_tree, punctuated

SURE = 0.9
STAY = frozenset({"root", "nsubj", "cc", "conj", "case", "mark"})
"""Relations that the old guidelines and today's mean alike."""
_ASIDE = 32


def relabelled(model: Reader, words: Sequence[Words], batch: Batch) -> Iterator[Words]:
    """The sentences of a batch with their new labels."""
    tags, arcs, dependent, governor, _, _ = model(
        batch.vectors, batch.first, batch.last, batch.mask
    )
    for row, old in enumerate(words):
        size = len(old)
        scores = arcs[row, :size, : size + 1].softmax(dim=-1)
        heads = [_head(scores[n], head) for n, head in enumerate(old.heads)]
        heads = heads if is_tree(heads) else best_tree(scores.log().numpy())
        at = torch.tensor([head + 1 for head in heads])
        relation = model.relation(F.relu(dependent[row, :size] + governor[row, at]))
        out = Words(old.forms, old.spaces, old.breaks, heads=heads, ends=old.ends)
        out.upos = _best(tags[row, :size], "upos")
        out.feats = _best(tags[row, :size], "feats")
        out.deprels = [
            _relation(scores, heads[n], old.heads[n], old.deprels[n])
            for n, scores in enumerate(relation)
        ]
        out.heads = punctuated(out)
        yield out


def _best(tags: torch.Tensor, field: str) -> list[int]:
    where = FIELDS[field]
    found: list[int] = tags[:, where.start : where.end].argmax(dim=-1).tolist()
    return found


def _head(scores: torch.Tensor, old: int) -> int:
    best = int(scores.argmax()) - 1
    return best if old == UNKNOWN_HEAD or scores[best + 1] >= SURE else old


def _relation(scores: torch.Tensor, head: int, old_head: int, old: int) -> int:
    if head < 0:
        return DEPRELS.index("root")
    if head == old_head and old >= 0 and DEPRELS[old] in STAY:
        return old
    scores[DEPRELS.index("root")] = -1e9
    return int(scores.argmax())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("treebank", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--assets", type=Path, default=Path("src/menurut/data/model"))
    given = parser.parse_args()
    state = torch.load(given.checkpoint)
    model = Reader(Shape(**state["shape"]))
    load(model, state["model"])
    model.eval()
    pieces = Pieces(given.assets / "pieces.tsv")
    table = WordTable(given.assets / "words.q4", model.shape.hidden)
    sentences = list(corpora.old_treebank(given.treebank))
    with torch.no_grad(), given.out.open("w", encoding="utf-8") as out:
        for start in range(0, len(sentences), _ASIDE):
            some = sentences[start : start + _ASIDE]
            batch = collate([encode(pieces, words) for words in some], table)
            out.writelines(
                corpora.conllu(words) + "\n\n" for words in relabelled(model, some, batch)
            )


if __name__ == "__main__":
    main()
