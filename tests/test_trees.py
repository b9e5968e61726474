"""Trees are trees, and no better one exists."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from menurut.reader.trees import _cycle, best_tree, reach_root


def is_tree(heads: list[int]) -> bool:
    if sum(head < 0 for head in heads) != 1:
        return False
    for word in range(len(heads)):
        seen, at = set(), word
        while at >= 0:
            if at in seen:
                return False
            seen.add(at)
            at = heads[at]
    return True


def total(scores: np.ndarray, heads: list[int]) -> float:
    return float(sum(scores[word, head + 1] for word, head in enumerate(heads)))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_the_tree_is_the_best_with_its_root(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    heads = best_tree(scores)
    assert is_tree(heads)
    root = heads.index(-1)
    rivals = (
        list(heads_)
        for heads_ in product(range(-1, size), repeat=size)
        if heads_[root] == -1 and is_tree(list(heads_))
    )
    assert total(scores, heads) >= max(total(scores, rival) for rival in rivals) - 1e-4


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 80), st.integers(0, 10_000))
def test_long_sentences_give_trees_too(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    assert is_tree(best_tree(scores))


@given(st.lists(st.integers(-1, 11), min_size=1, max_size=12))
def test_heads_reach_the_root_unless_they_run_in_a_circle(raw: list[int]) -> None:
    heads = np.array([min(head, len(raw) - 1) for head in raw])
    assert reach_root(heads) == (_cycle(heads) is None)
