"""Whether the reader's vectors tell which tellings are of one incident, beyond linking's points.

python -m evaluation.vectors         (needs onnx)

The vectors of the words that tell of an event are pooled, layer by layer (0: the word table), and
two tellings compared by their cosine. The pairs are those of the dossiers that linking weighs: of
one type, with parties in common, from two reports. Printed is the area under the ROC curve, in
percent, by the languages of the reports and for pairs whose points lie near the threshold; then the
F1 of pairs if the cosine, times a weight, is added to the points, the threshold chosen on the tuned
dossiers. ``centred``: less the mean of the language; ``idf``: rare words count more; ``whitened``:
by the principal axes of both languages together.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.linking import DOSSIERS, found, key, read, reports_of
from menurut.contract import Analysis, Report, Span
from menurut.ledger.linking import UNLIKE, compare
from menurut.ledger.parameters import parameters
from menurut.ledger.store import Ledger
from menurut.ledger.tellings import Telling, tellings
from menurut.reader.model import WIDTH
from menurut.reader.pieces import Pieces
from menurut.reader.read import READ_KINDS
from menurut.reader.windows import encode_words
from menurut.reader.word_table import WordTable
from menurut.reader.words import split_words
from menurut.tables import data_file

Floats = NDArray[np.float32]
LAYERS = (0, 2, 4, 5, 6, 8)
POOLINGS = ("mean", "centred", "centred idf", "whitened idf")
WEIGHTS = (0, 1, 2, 4)
NEAR = 2.5
"""Points around the threshold."""
_AXES = 128
_OUTPUT = "/layers.{}/oln/LayerNormalization_output_0"


class Encoder:
    """The shipped encoder with its layers laid open."""

    def __init__(self) -> None:
        import onnx
        import onnxruntime

        graph = onnx.load(str(data_file("model/reader.onnx")))
        self.outputs = [_OUTPUT.format(layer - 1) for layer in LAYERS if layer]
        for name in self.outputs:
            graph.graph.output.append(onnx.helper.make_empty_tensor_value_info(name))
        self.session = onnxruntime.InferenceSession(graph.SerializeToString())
        self.table = WordTable(Path(str(data_file("model/words.q4"))), WIDTH)
        self.pieces = Pieces(Path(str(data_file("model/pieces.tsv"))))

    def words(self, report: Report, analysis: Analysis) -> tuple[list[Span], Floats]:
        """The words of a report and their vectors [layers, words, width], a block at a time."""
        spans: list[Span] = []
        found = []
        for block in analysis.blocks:
            at = list(split_words(report.text, *block.span, analysis.language))
            if block.kind in READ_KINDS and at:
                spans += at
                found.append(self._vectors([report.text[slice(*span)] for span in at], at))
        return spans, np.concatenate(found, axis=1)

    def _vectors(self, forms: Sequence[str], at: Sequence[Span]) -> Floats:
        spaces = [n == 0 or at[n - 1][1] < start for n, (start, _) in enumerate(at)]
        window = encode_words(self.pieces, forms, spaces, [n == 0 for n in range(len(at))])
        given = {
            "vectors": self.table.vectors(np.array([window.pieces], dtype=np.int32)),
            "first": np.array([window.first], dtype=np.int64),
            "last": np.array([window.last], dtype=np.int64),
        }
        layers = [given["vectors"], *self.session.run(self.outputs, given)]
        pieces = list(zip(window.first, window.last, strict=True))
        return np.stack([[h[0][a : b + 1].mean(0) for a, b in pieces] for h in layers])


@dataclass(frozen=True)
class Told:
    """A telling, the incident of the key, and the words that tell of it with their vectors."""

    report: str
    language: str
    incident: str
    telling: Telling
    forms: tuple[str, ...]
    vectors: Floats


@dataclass(frozen=True)
class Pair:
    one: int
    other: int
    same: bool
    points: float
    languages: str


def told_in(encoder: Encoder, name: str) -> Iterator[Told]:
    """The events of a dossier that its key lists, once each."""
    reports = reports_of(name)
    analyses = read(reports)
    with tempfile.TemporaryDirectory() as folder, Ledger(f"{folder}/ledger.db") as ledger:
        result = found(ledger, key(name), reports, analyses)
    meant = {(a.report, a.trigger): incident.name for a, incident, _ in result.known}
    for report, analysis in zip(reports, analyses, strict=True):
        spans, vectors = encoder.words(report, analysis)
        for telling in tellings(report, analysis):
            incident = meant.get((report.id, telling.trigger))
            inside = _words_in(spans, telling, report.text)
            if incident and inside:
                forms = tuple(report.text[slice(*spans[i])].lower() for i in inside)
                yield Told(
                    report.id, analysis.language, incident, telling, forms, vectors[:, inside]
                )


def _words_in(spans: Sequence[Span], telling: Telling, text: str) -> list[int]:
    """The words of the sentences that tell of an event; marks are no words."""
    start = text.find(telling.words.rstrip("…"))
    end = start + len(telling.words)
    inside = (i for i, (s, e) in enumerate(spans) if start <= s and e <= end)
    return [i for i in inside if re.search(r"\w", text[slice(*spans[i])])]


def pairs_of(told: Sequence[Told]) -> Iterator[Pair]:
    for (i, one), (j, other) in combinations(enumerate(told), 2):
        if one.report == other.report or one.telling.type != other.telling.type:
            continue
        link = compare(one.telling.profile, other.telling.profile)
        if link is not UNLIKE:
            spoken = "-".join(sorted((one.language, other.language)))
            yield Pair(i, j, one.incident == other.incident, link.score, spoken)


class Pooling:
    """Pools the vectors of a layer; means, axes and rarity are those of all that is told."""

    def __init__(self, told: Sequence[Told], layer: int) -> None:
        self.layer = layer
        self.mean: dict[str, Floats] = {}
        for language in sorted({t.language for t in told}):
            held = [t.vectors[layer] for t in told if t.language == language]
            self.mean[language] = np.concatenate(held).mean(0)
        centred = np.concatenate([t.vectors[layer] - self.mean[t.language] for t in told])
        _, sizes, axes = np.linalg.svd(centred, full_matrices=False)
        self.axes = axes[:_AXES] / (sizes[:_AXES, None] / np.sqrt(len(centred)) + 1e-6)
        counts = Counter(form for t in told for form in set(t.forms))
        self.rarity = {form: np.log(len(told) / n) + 0.1 for form, n in counts.items()}

    def pooled(self, told: Told, how: str) -> Floats:
        """One vector of length one."""
        vectors = told.vectors[self.layer]
        if how != "mean":
            vectors = vectors - self.mean[told.language]
        rare = [self.rarity[form] if "idf" in how else 1.0 for form in told.forms]
        found = np.average(vectors, axis=0, weights=rare)
        if "whitened" in how:
            found = self.axes @ found
        return np.asarray(found / (np.linalg.norm(found) + 1e-9), dtype=np.float32)


def area(scores: Sequence[float], same: Sequence[bool]) -> float:
    """Of a pair of one incident and one of two, how often the first scores higher, in percent."""
    yes = np.array([s for s, is_same in zip(scores, same, strict=True) if is_same])
    no = np.array([s for s, is_same in zip(scores, same, strict=True) if not is_same])
    if not len(yes) or not len(no):
        return float("nan")
    higher = (yes[:, None] > no[None]) + 0.5 * (yes[:, None] == no[None])
    return 100 * float(higher.mean())


def f1(scores: Sequence[float], same: Sequence[bool], least: float) -> float:
    linked = [score >= least for score in scores]
    right = sum(a and b for a, b in zip(linked, same, strict=True))
    return 200 * right / (sum(linked) + sum(same)) if right else 0.0


def main() -> None:
    encoder = Encoder()
    told: list[Told] = []
    pairs: dict[str, list[Pair]] = {"tuned": [], "held": []}
    for name in DOSSIERS:
        here = list(told_in(encoder, name))
        half = "held" if name.endswith("-held") else "tuned"
        for pair in pairs_of(here):
            at = len(told)
            pairs[half].append(
                Pair(pair.one + at, pair.other + at, pair.same, pair.points, pair.languages)
            )
        told += here
    both = pairs["tuned"] + pairs["held"]
    print(f"{len(both)} pairs, {sum(p.same for p in both)} of one incident")
    print(_line("points", both, [p.points for p in both]))
    for number, layer in enumerate(LAYERS):
        pooling = Pooling(told, number)
        for how in POOLINGS:
            vectors = [pooling.pooled(t, how) for t in told]
            cosines = {p: float(vectors[p.one] @ vectors[p.other]) for p in both}
            found = _line(f"layer {layer} {how}", both, [cosines[p] for p in both])
            print(found, *(_mixed(pairs, cosines, weight) for weight in WEIGHTS))


def _line(name: str, pairs: Sequence[Pair], scores: Sequence[float]) -> str:
    least = parameters().threshold.event
    chosen = {
        "all": [True] * len(pairs),
        "en-en": [p.languages == "en-en" for p in pairs],
        "id-id": [p.languages == "id-id" for p in pairs],
        "en-id": [p.languages == "en-id" for p in pairs],
        "near": [abs(p.points - least) <= NEAR for p in pairs],
    }
    areas = []
    for part, inside in chosen.items():
        held = [(s, p.same) for s, p, into in zip(scores, pairs, inside, strict=True) if into]
        areas.append(f"{part} {area([s for s, _ in held], [same for _, same in held]):.1f}")
    return f"{name:22} " + "  ".join(areas)


def _mixed(pairs: dict[str, list[Pair]], cosines: dict[Pair, float], weight: float) -> str:
    """F1 of the tuned and the held pairs with the cosine added to the points."""
    scores = {half: [p.points + weight * cosines[p] for p in held] for half, held in pairs.items()}
    same = {half: [p.same for p in held] for half, held in pairs.items()}
    steps = np.arange(0.0, 16.0, 0.25)
    best = max(steps, key=lambda least: f1(scores["tuned"], same["tuned"], float(least)))
    figures = (f1(scores[half], same[half], float(best)) for half in ("tuned", "held"))
    return f" x{weight}: " + "/".join(f"{figure:.1f}" for figure in figures)


if __name__ == "__main__":
    main()
