"""From tag scores to spans: names, cues with source and content, triggers with their parties."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from menurut.reader.document import EventRanges, NameRange, Range, StatementRanges
from menurut.reader.labels import EVENTS, NAME_LABELS, NAMES
from menurut.reader.model import Scores

Floats = NDArray[np.float32]

SURELY_NO_NAME = 0.995
BEGIN_COST, TOUCH_COST = 0.5, 1.0
"""In nats, of a name, and of one that touches another; least error on NERGrit and NERP dev."""
CUE_THRESHOLD = 0.4
RUN_COST = 2.0
"""In nats of log odds, of each run of a content; flat between 1 and 4 on development data."""
WEAKEST_RUN = 0.2
EVENT_THRESHOLD = 0.5
"""Of the chance that a word tells of an event of any type."""
SOURCE, CONTENT = 0, 1


def probabilities(logits: Floats) -> Floats:
    """Softmax over the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    scores: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return scores


def names(scores: Scores) -> Iterator[NameRange]:
    """Names by the best sequence of BIO tags."""
    p = probabilities(scores.field("names"))
    unsure = np.flatnonzero(p[:, 0] < SURELY_NO_NAME)
    for stretch in np.split(unsure, np.flatnonzero(np.diff(unsure) > 1) + 1):
        if len(stretch):
            low = int(stretch[0])
            yield from _stretch_names(p[low : int(stretch[-1]) + 1], low)


def _stretch_names(p: Floats, low: int) -> Iterator[NameRange]:
    """The names of a stretch of words; ``p`` [N, NAMES] of its words, the first being ``low``."""
    tags = _best_tags(np.log(p + 1e-12))
    start = -1
    for word, tag in enumerate([*tags, 0]):
        goes_on = tag > 0 and tag % 2 == 0
        if start >= 0 and not goes_on:
            score = float(p[range(start, word), tags[start:word]].mean())
            label = NAME_LABELS[(tags[start] - 1) // 2]
            yield NameRange(low + start, low + word, label, score)
            start = -1
        if tag % 2:
            start = word


def _best_tags(logp: Floats) -> list[int]:
    """The best allowed sequence of tags (Viterbi). ``logp`` [N, NAMES]."""
    best = logp[0] + _STEPS[0]
    back = []
    for row in logp[1:]:
        sums = best[:, None] + _STEPS
        came = sums.argmax(axis=0)
        back.append(came)
        best = sums[came, np.arange(len(came))] + row
    tags = [int(best.argmax())]
    for came in reversed(back):
        tags.append(int(came[tags[-1]]))
    return tags[::-1]


def _steps() -> Floats:
    """The cost of going from a tag to the next: an inside tag goes on with a name of its label."""
    steps = np.zeros((len(NAMES), len(NAMES)), dtype=np.float32)
    for tag in range(1, len(NAMES)):
        if tag % 2:
            steps[:, tag] -= BEGIN_COST
            steps[1:, tag] -= TOUCH_COST
        else:
            steps[[n for n in range(len(NAMES)) if n not in (tag - 1, tag)], tag] = -np.inf
    return steps


_STEPS = _steps()


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
        cue = (cue[0], min(cue[1], high))
        source = _best_run(logits[SOURCE, low:high], low, cue)
        content = _runs(logits[CONTENT, low:high], low, cue, source)
        if content:
            within = np.concatenate([logits[CONTENT, s:e] for s, e in content])
            sure = float(np.mean(1 / (1 + np.exp(-within))))
            yield StatementRanges((source,) if source else (), (cue,), content, score, sure)


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
    """The runs of words that are content, the weak ones beside a strong one left out.

    Words of cue and source stand in no run, and tell nothing of the words around them.
    """
    odds = logits.tolist()
    taken = {*range(*cue), *range(*(source or cue))}
    for word in taken:
        odds[word - low] = 0.0
    runs: list[Range] = []
    for word, inside in enumerate(_stretches(odds), low):
        if not inside or word in taken:
            continue
        if runs and runs[-1][1] == word:
            runs[-1] = (runs[-1][0], word + 1)
        else:
            runs.append((word, word + 1))
    if len(runs) < 2:
        return tuple(runs)
    weights = [sum(max(value, 0.0) for value in odds[s - low : e - low]) for s, e in runs]
    least = WEAKEST_RUN * max(weights)
    return tuple(run for run, weight in zip(runs, weights, strict=True) if weight >= least)


def _stretches(odds: list[float]) -> list[bool]:
    """Which words are inside: the most log odds, less the cost of every stretch (Viterbi)."""
    out, inside = 0.0, -RUN_COST
    went_in, came_out = [], []
    for value in odds:
        went_in.append(out - RUN_COST > inside)
        came_out.append(inside > out)
        out, inside = max(out, inside), max(inside, out - RUN_COST) + value
    here = inside > out
    found = []
    for enters, leaves in zip(reversed(went_in), reversed(came_out), strict=True):
        found.append(here)
        here = not enters if here else leaves
    return found[::-1]


def events(scores: Scores, paragraph_of: NDArray[np.int64]) -> Iterator[EventRanges]:
    """The events: neighbouring words of one type, and the words of the paragraph that are parties.

    ``paragraph_of`` [W]: the paragraph of each word.
    """
    p = probabilities(scores.field("event"))
    chance = 1 - p[:, 0]
    types = p[:, 1:].argmax(axis=1) + 1
    words = np.flatnonzero(chance >= EVENT_THRESHOLD).tolist()
    for _, run in groupby(enumerate(words), lambda at: (at[1] - at[0], types[at[1]])):
        trigger = [word for _, word in run]
        start, end = trigger[0], trigger[-1] + 1
        name = EVENTS[types[start]]
        assert name is not None
        there = np.flatnonzero(paragraph_of == paragraph_of[start])
        low, high = int(there[0]), int(there[-1]) + 1
        actors, recipients = (_likely(logits[low:high], low) for logits in scores.roles(start))
        yield EventRanges(name, (start, end), actors, recipients, float(chance[start:end].mean()))


def _likely(logits: Floats, low: int) -> tuple[Range, ...]:
    """The runs of words that are likelier in than out; ``low``: the number of the first."""
    words = np.flatnonzero(logits > 0)
    runs = np.split(words, np.flatnonzero(np.diff(words) > 1) + 1)
    return tuple((low + int(run[0]), low + int(run[-1]) + 1) for run in runs if len(run))
