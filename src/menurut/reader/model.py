"""The reader's neural part at run time: word table, ONNX session, and nothing else.

Files in ``data/model``: ``pieces.tsv`` (vocabulary), ``words.q4`` (word table), ``reader.onnx``
(encoder and heads, int8 weights), ``relation.npz`` (the last layer of the relations).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from menurut.reader.labels import FIELDS, PAIRS, PARTS
from menurut.reader.pieces import Pieces
from menurut.reader.windows import Window
from menurut.reader.word_table import WordTable
from menurut.tables import data_file

Floats = NDArray[np.float32]
WIDTH = 384
SLOWER = ["SkipLayerNormFusion"]
"""Fusions of onnxruntime that take longer than what they fuse: eight times, on one core."""


@dataclass(frozen=True)
class Scores:
    """What the model says of one window of W words.

    ``tags`` [W, TAGS_WIDTH] logits; ``arcs`` [W, 1 + W] (column 0: root); ``dependent`` [W, R],
    ``governor`` [1 + W, R]; ``anchor``, ``member`` [W, PAIRS, P].
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
        return self._tied(cue, slice(len(PARTS)))

    def roles(self, trigger: int) -> Floats:
        """For a trigger's first word: logits [2, W] that a word names its actor, its recipient."""
        return self._tied(trigger, slice(len(PARTS), len(PAIRS)))

    def _tied(self, word: int, pairs: slice) -> Floats:
        scores: Floats = np.einsum("pd,wpd->pw", self.anchor[word, pairs], self.member[:, pairs])
        return scores / np.float32(self.anchor.shape[-1] ** 0.5)


class Model:
    """The session. ``threads``: windows read at once; by default one for each core it may use.

    A window is run by itself, never in a batch: its int8 activations are scaled by what they
    hold, so a window's reading must not hang on its neighbours', and nothing is spent on padding.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        import onnxruntime

        self.threads = threads or cores()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "reader.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=SLOWER,
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

    def scores(self, windows: Sequence[Window], threads: int | None = None) -> list[Scores]:
        """The scores of windows, in their order; ``threads``: fewer than the model's own."""
        threads = threads or self.threads
        if threads == 1 or len(windows) == 1:
            return [self._run(window) for window in windows]
        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(self._run, windows))

    def _run(self, window: Window) -> Scores:
        ids = np.array([window.pieces], dtype=np.int32)
        given = {
            "vectors": self._table.vectors(ids),
            "first": np.array([window.first], dtype=np.int64),
            "last": np.array([window.last], dtype=np.int64),
        }
        tags, arcs, dependent, governor, anchor, member = self._session.run(None, given)
        shape = (len(window.first), len(PAIRS), -1)
        return Scores(
            tags[0],
            arcs[0],
            dependent[0],
            governor[0],
            anchor[0].reshape(shape),
            member[0].reshape(shape),
        )


def cores() -> int:
    """How many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@cache
def shipped_model(threads: int | None = None) -> Model:
    """The model that ships with the package, loaded once."""
    return Model(Path(str(data_file("model"))), threads)
