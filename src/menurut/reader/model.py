"""The reader's neural part at run time: word table, ONNX session, and nothing else.

Files in ``data/model``: ``pieces.tsv`` (vocabulary), ``words.q4`` (word table), ``reader.onnx``
(encoder and heads, int8 weights), ``relation.npz`` (the last layer of the relations).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from menurut.reader.labels import FIELDS, PARTS
from menurut.reader.pieces import PAD, Pieces
from menurut.reader.windows import Window
from menurut.reader.word_table import WordTable
from menurut.tables import data_file

Floats = NDArray[np.float32]
WIDTH = 384
BATCH_PIECES = 4096


@dataclass(frozen=True)
class Scores:
    """What the model says of one window of W words.

    ``tags`` [W, TAGS_WIDTH] logits; ``arcs`` [W, 1 + W] (column 0: root); ``dependent`` [W, R],
    ``governor`` [1 + W, R]; ``anchor``, ``member`` [W, 2, P].
    """

    tags: Floats
    arcs: Floats
    dependent: Floats
    governor: Floats
    anchor: Floats
    member: Floats

    def field(self, name: str) -> Floats:
        """One head's logits [W, labels]."""
        field = FIELDS[name]
        return self.tags[:, field.start : field.end]

    def parts(self, cue: int) -> Floats:
        """For a cue's first word: logits [2, W] that a word is in its source, in its content."""
        scores: Floats = np.einsum("pd,wpd->pw", self.anchor[cue], self.member)
        return scores / np.float32(self.anchor.shape[-1] ** 0.5)


class Model:
    """The session. ``threads``: of one run; by default one for each core that it may use."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or _cores()
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.pieces = Pieces(folder / "pieces.tsv")
        self._table = WordTable(folder / "words.q4", WIDTH)
        with np.load(folder / "relation.npz") as relation:
            self._weight, self._bias = relation["weight"], relation["bias"]

    def relations(self, dependent: Floats, governor: Floats) -> Floats:
        """Relation logits [N, DEPRELS] of N words [N, R] and their heads [N, R]."""
        hidden = np.maximum(dependent + governor, 0)
        scores: Floats = hidden @ self._weight + self._bias
        return scores

    def scores(self, windows: Sequence[Window]) -> list[Scores]:
        """The scores of windows, in their order; those of like length run together."""
        order = sorted(range(len(windows)), key=lambda n: len(windows[n].pieces))
        found: dict[int, Scores] = {}
        for batch in _batches(order, windows):
            runs = self._run([windows[n] for n in batch])
            found.update(zip(batch, runs, strict=True))
        return [found[n] for n in range(len(windows))]

    def _run(self, windows: list[Window]) -> list[Scores]:
        size = len(windows)
        length = max(len(w.pieces) for w in windows)
        count = max(len(w.first) for w in windows)
        ids = np.full((size, length), PAD, dtype=np.int32)
        first = np.zeros((size, count), dtype=np.int64)
        last = np.zeros((size, count), dtype=np.int64)
        for row, window in enumerate(windows):
            ids[row, : len(window.pieces)] = window.pieces
            first[row, : len(window.first)] = window.first
            last[row, : len(window.last)] = window.last
        given = {
            "vectors": self._table.vectors(ids),
            "mask": (ids != PAD).astype(np.float32),
            "first": first,
            "last": last,
        }
        tags, arcs, dependent, governor, anchor, member = self._session.run(None, given)
        shape = (size, count, len(PARTS), -1)
        anchor, member = anchor.reshape(shape), member.reshape(shape)
        found = []
        for row, window in enumerate(windows):
            n = len(window.first)
            found.append(
                Scores(
                    tags[row, :n],
                    arcs[row, :n, : n + 1],
                    dependent[row, :n],
                    governor[row, : n + 1],
                    anchor[row, :n],
                    member[row, :n],
                )
            )
        return found


def _batches(order: list[int], windows: Sequence[Window]) -> list[list[int]]:
    """Runs of windows, shortest first, each of at most ``BATCH_PIECES`` with its padding."""
    batches: list[list[int]] = []
    for number in order:
        length = len(windows[number].pieces)
        if not batches or length * (len(batches[-1]) + 1) > BATCH_PIECES:
            batches.append([])
        batches[-1].append(number)
    return batches


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@cache
def shipped_model(threads: int | None = None) -> Model:
    """The model that ships with the package, loaded once."""
    return Model(Path(str(data_file("model"))), threads)
