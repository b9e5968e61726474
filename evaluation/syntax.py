"""Tags, trees and names on treebanks and name corpora, words given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from training import corpora
from training.examples import Words as Labelled

from evaluation.scores import Score
from menurut.reader.labels import NAMES
from menurut.reader.labels import UPOS as TAGS
from menurut.reader.model import Model
from menurut.reader.parse import Parsed, Words, parse_sentences


def _parsed(model: Model, sentences: Sequence[Labelled]) -> list[Parsed]:
    return parse_sentences(model, [Words(tuple(s.forms), tuple(s.spaces)) for s in sentences])


def treebank_scores(model: Model, path: Path) -> dict[str, Score]:
    """UPOS, UAS and LAS (relations without their subtypes) on a CoNLL-U file's own words.

    Of a treebank that the reader learns from in part, the rest is measured.
    """
    from menurut.reader.labels import DEPRELS

    sentences = corpora.measured(path)
    total = upos = uas = las = 0
    for gold, found in zip(sentences, _parsed(model, sentences), strict=True):
        for n in range(len(gold)):
            total += 1
            upos += TAGS[gold.upos[n]] == found.upos[n]
            attached = gold.heads[n] == found.heads[n]
            uas += attached
            relation = DEPRELS[gold.deprels[n]].partition(":")[0]
            las += attached and relation == found.deprels[n].partition(":")[0]
    return {
        "UPOS": Score(upos, total, total),
        "UAS": Score(uas, total, total),
        "LAS": Score(las, total, total),
    }


def name_scores(
    model: Model, sentences: Sequence[Labelled], labels: Iterable[str]
) -> dict[str, Score]:
    """Exact names, by label and all together, over the labels that the corpus has."""
    scores = {label: Score(0, 0, 0) for label in sorted(set(labels))}
    for gold, found in zip(sentences, _parsed(model, sentences), strict=True):
        want = _gold_names(gold)
        have = {(n.start, n.end, n.label) for n in found.names if n.label in scores}
        for label in scores:
            g = {n for n in want if n[2] == label}
            f = {n for n in have if n[2] == label}
            scores[label] += Score(len(g & f), len(f), len(g))
    scores["all"] = sum(scores.values(), Score(0, 0, 0))
    return scores


def _gold_names(sentence: Labelled) -> set[tuple[int, int, str]]:
    tags = [NAMES[(bits & -bits).bit_length() - 1] for bits in sentence.names]
    found = set()
    start = 0
    for n, tag in enumerate([*tags, "O"]):
        previous = tags[n - 1] if n else "O"
        if previous != "O" and not (tag.startswith("I-") and tag[2:] == previous[2:]):
            found.add((start, n, previous[2:]))
        if tag.startswith("B-") or (tag != "O" and previous == "O"):
            start = n
    return found
