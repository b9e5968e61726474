"""From tag scores to spans: names, cues, and the source and content of each cue."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from menurut.reader.document import NameRange, Range, StatementRanges
from menurut.reader.labels import NAME_LABELS
from menurut.reader.model import Scores

Floats = NDArray[np.float32]

CUE_THRESHOLD = 0.4
PART_THRESHOLD = 0.5
GAP = 2  # words that may be missing inside a content
SOURCE, CONTENT = 0, 1


def probabilities(logits: Floats) -> Floats:
    """Softmax over the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    scores: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return scores


def names(scores: Scores) -> Iterator[NameRange]:
    """Names by their best BIO tags; an inside tag with no begin before it begins a name."""
    p = probabilities(scores.field("names"))
    best = p.argmax(axis=1).tolist()
    start, label = 0, -1
    for word, tag in enumerate([*best, 0]):
        kind, begins = (tag - 1) // 2, tag % 2 == 1
        if label >= 0 and (tag == 0 or begins or kind != label):
            score = float(p[start:word].max(axis=1).mean())
            yield NameRange(start, word, NAME_LABELS[label], score)
            label = -1
        if tag and label < 0:
            start, label = word, kind


def cues(scores: Scores) -> Iterator[tuple[Range, float]]:
    """The cues and how sure the model is of each."""
    p = probabilities(scores.field("cue"))
    for start in np.flatnonzero(p[:, 1] >= CUE_THRESHOLD).tolist():
        end = start + 1
        while end < len(p) and p[end, 2] > 0.5 and p[end, 1] < CUE_THRESHOLD:
            end += 1
        yield (start, end), float(p[start, 1])


def statements(scores: Scores, paragraph_of: NDArray[np.int64]) -> Iterator[StatementRanges]:
    """Who-says-what: for each cue the words of its paragraph that are its source and content.

    ``paragraph_of`` [W]: the paragraph of each word.
    """
    for cue, score in cues(scores):
        logits = scores.parts(cue[0])
        there = np.flatnonzero(paragraph_of == paragraph_of[cue[0]])
        low, high = int(there[0]), int(there[-1]) + 1
        source = _best_run(logits[SOURCE, low:high], low, cue)
        content = _runs(logits[CONTENT, low:high], low, cue, source)
        if content:
            yield StatementRanges((source,) if source else (), (cue,), content, score)


def _best_run(logits: Floats, low: int, cue: Range) -> Range | None:
    """The contiguous run with the highest sum of log odds, if any word is likelier in than out."""
    best, best_sum = None, 0.0
    start, total = low, 0.0
    for word, value in enumerate(logits.tolist(), low):
        if cue[0] <= word < cue[1]:
            start, total = word + 1, 0.0
            continue
        if total <= 0:
            start, total = word, 0.0
        total += value
        if total > best_sum:
            best, best_sum = (start, word + 1), total
    return best


def _runs(logits: Floats, low: int, cue: Range, source: Range | None) -> tuple[Range, ...]:
    """The runs of words likelier in than out; short gaps close unless cue or source fill them."""
    taken = set(range(*cue)) | (set(range(*source)) if source else set())
    runs: list[Range] = []
    for word, value in enumerate(logits.tolist(), low):
        if value <= 0 or word in taken:
            continue
        if runs and word - runs[-1][1] <= GAP and not taken & set(range(runs[-1][1], word)):
            runs[-1] = (runs[-1][0], word + 1)
        else:
            runs.append((word, word + 1))
    if len(runs) < 2:
        return tuple(runs)
    weight = [float(logits[s - low : e - low].clip(min=0).sum()) for s, e in runs]
    strongest = max(weight)
    return tuple(run for run, w in zip(runs, weight, strict=True) if w >= 0.2 * strongest)
