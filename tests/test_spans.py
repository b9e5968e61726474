"""From scores to spans: the best allowed sequence, not each word by itself."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from menurut.reader.document import EventRanges, NameRange
from menurut.reader.labels import EVENTS, FIELDS, NAMES, TAGS_WIDTH
from menurut.reader.model import Scores
from menurut.reader.spans import RUN_COST, _stretches, events, names

Odds = st.lists(st.floats(-6, 6), min_size=1, max_size=8)
SURE, LIKELY, EVEN = 9.0, 3.0, 2.0


def worth(odds: list[float], inside: tuple[bool, ...]) -> float:
    runs = sum(now and not before for before, now in itertools.pairwise((False, *inside)))
    return sum(value for value, now in zip(odds, inside, strict=True) if now) - RUN_COST * runs


@given(Odds)
@settings(deadline=None)
def test_no_other_choice_of_runs_is_worth_more(odds: list[float]) -> None:
    best = max(worth(odds, c) for c in itertools.product((False, True), repeat=len(odds)))
    assert np.isclose(worth(odds, tuple(_stretches(odds))), best)


def test_a_weak_gap_joins_and_a_weak_run_alone_is_none() -> None:
    assert _stretches([3.0, -1.0, 3.0]) == [True, True, True]
    assert _stretches([-3.0, 1.0, -3.0]) == [False, False, False]


def read(*rows: dict[str, float]) -> list[tuple[int, int, str]]:
    """The names of words with these logits of tags."""
    tags = np.zeros((len(rows), TAGS_WIDTH), dtype=np.float32)
    for word, row in enumerate(rows):
        for tag, logit in row.items():
            tags[word, FIELDS["names"].start + NAMES.index(tag)] = logit
    none = np.zeros((0, 0), dtype=np.float32)
    found: list[NameRange] = list(names(Scores(tags, none, none, none, none, none)))
    return [(name.start, name.end, name.label) for name in found]


def test_a_name_has_one_label_from_its_beginning_on() -> None:
    """Word by word the second is inside a place that never began."""
    found = read({"B-PER": SURE}, {"I-LOC": LIKELY, "I-PER": EVEN}, {"O": SURE})
    assert found == [(0, 2, "PER")]


def test_names_that_touch_need_more_than_an_even_chance() -> None:
    split = {"B-PER": LIKELY, "I-PER": LIKELY - 0.5}
    assert read({"B-PER": SURE}, split) == [(0, 2, "PER")]
    assert read({"B-PER": SURE}, {"B-LOC": SURE}) == [(0, 1, "PER"), (1, 2, "LOC")]


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.floats(0, 9)), max_size=12))
@settings(deadline=None)
def test_names_never_overlap_and_lie_in_order(rows: list[tuple[str, float]]) -> None:
    found = read(*({tag: logit} for tag, logit in rows)) if rows else []
    ends = [0, *(end for _, end, _ in found)]
    assert all(before <= start for before, (start, _, _) in zip(ends, found, strict=False))
    assert all(start < end <= len(rows) for start, end, _ in found)


def seen(triggers: dict[int, str], actor: int, recipient: int, words: int) -> list[EventRanges]:
    """The events of words of which some are triggers, tied to one actor and one recipient."""
    tags = np.zeros((words, TAGS_WIDTH), dtype=np.float32)
    for word in range(words):
        label = EVENTS.index(triggers.get(word))  # type: ignore[arg-type]
        tags[word, FIELDS["event"].start + label] = SURE
    anchor = np.zeros((words, 4, 1), dtype=np.float32)
    member = np.full((words, 4, 1), -LIKELY, dtype=np.float32)
    anchor[list(triggers)] = 1.0
    member[actor, 2] = member[recipient, 3] = LIKELY
    none = np.zeros((0, 0), dtype=np.float32)
    paragraph_of = np.zeros(words, dtype=np.int64)
    return list(events(Scores(tags, none, none, none, anchor, member), paragraph_of))


def test_an_event_is_a_run_of_words_of_one_type_with_its_parties() -> None:
    (event,) = seen({1: "ASSAULT", 2: "ASSAULT"}, actor=0, recipient=3, words=4)
    assert (event.type, event.trigger) == ("ASSAULT", (1, 3))
    assert (event.actors, event.recipients) == (((0, 1),), ((3, 4),))


def test_neighbouring_words_of_two_types_are_two_events() -> None:
    found = seen({1: "REQUEST", 2: "AID", 4: "AID"}, actor=0, recipient=3, words=5)
    assert [(e.type, e.trigger) for e in found] == [
        ("REQUEST", (1, 2)),
        ("AID", (2, 3)),
        ("AID", (4, 5)),
    ]
