"""From arc scores to a tree: the best head for every word, one root, no cycle.

Most sentences need no more than each word's own best head; the rest are put right by Chu and
Liu's and Edmonds' algorithm (1965, 1967) on the same scores.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def best_tree(scores: Floats) -> list[int]:
    """Heads of a sentence of N words; -1 for the one root.

    ``scores`` [N, 1 + N]: column 0 is the root, column ``1 + j`` the word ``j``.
    """
    size = len(scores)
    if size == 1:
        return [-1]
    exact = scores.astype(np.float64)
    exact -= exact.max(axis=1, keepdims=True)
    exact[np.arange(size), np.arange(size) + 1] = -np.inf
    root = int(np.argmax(exact[:, 0] - exact[:, 1:].max(axis=1)))
    inner = exact[:, 1:].copy()
    inner[root] = -np.inf
    heads = inner.argmax(axis=1)
    heads[root] = -1
    if not reach_root(heads):
        heads = _edmonds(inner, root)
    return [int(head) for head in heads]


def reach_root(heads: Ints) -> bool:
    """Whether from every word a way leads to the root; each round doubles the steps taken."""
    size = len(heads)
    ahead = np.append(np.where(heads < 0, size, heads), size)
    for _ in range(size.bit_length()):
        ahead = ahead[ahead]
    return bool((ahead == size).all())


def _cycle(heads: Ints) -> Ints | None:
    """The words of a cycle, None if the heads form a tree."""
    state = np.zeros(len(heads), dtype=np.int8)
    for start in range(len(heads)):
        path = []
        at = start
        while at >= 0 and not state[at]:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if at >= 0 and state[at] == 1:
            return np.array(path[path.index(at) :])
        state[path] = 2
    return None


def _edmonds(scores: NDArray[np.float64], root: int) -> Ints:
    """The best arborescence. ``scores`` [N, N]: dependent, head; row ``root`` is -inf."""
    heads: Ints = scores.argmax(axis=1)
    heads[root] = -1
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    size = len(scores)
    inside = np.zeros(size, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = len(outside)
    # The cycle becomes one node, the last. What enters it pays for the arc that it replaces.
    smaller = np.full((kept + 1, kept + 1), -np.inf)
    smaller[:kept, :kept] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, cycle)]
    smaller[:kept, kept] = leaving.max(axis=1)
    gain = scores[np.ix_(cycle, outside)] - scores[cycle, heads[cycle]][:, None]
    smaller[kept, :kept] = gain.max(axis=0)
    contracted = _edmonds(smaller, int(np.flatnonzero(outside == root)[0]))
    for node, head in enumerate(contracted[:kept]):
        if head == kept:
            heads[outside[node]] = cycle[int(leaving[node].argmax())]
        elif head >= 0:
            heads[outside[node]] = outside[head]
    entry = int(contracted[kept])
    broken = int(gain[:, entry].argmax())
    heads[cycle[broken]] = outside[entry]
    return heads
