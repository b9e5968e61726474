"""Prints the development figures, and checks them against the pinned floors.

python -m evaluation --corpora CORPORA          the table
python -m evaluation --corpora CORPORA --check  also fail where a figure lies under its floor
python -m evaluation --corpora CORPORA --pin    write the floors anew, just under the figures
python -m evaluation --only own                 what needs no corpora

Floors stand in ``evaluation/floors.toml``; a change that raises a figure raises its floor. They lie
half a point, or one item and a half of a small set, under the figures, since processors round int8
products differently.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.halves import HALVES
from evaluation.scores import Score
from menurut.reader.model import Model, shipped_model

HERE = Path(__file__).parent
OWN = HERE.parent / "training" / "data"
FLOORS = HERE / "floors.toml"
MARGIN = 0.5
MARGIN_ITEMS = 1.5


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. ``value``: in percent; ``size``: gold items; ``detail``: P and R."""

    set: str
    measure: str
    value: float
    size: int
    detail: str = ""

    @property
    def key(self) -> str:
        return f"{self.set} {self.measure}"


def _figures(name: str, scores: dict[str, Score]) -> Iterator[Figure]:
    for measure, score in scores.items():
        detail = f"{score.precision:.1f} / {score.recall:.1f}"
        yield Figure(
            name, measure, score.f1, score.gold, detail if score.found != score.gold else ""
        )


def syntax(model: Model, corpora: Path) -> Iterator[Figure]:
    from evaluation.syntax import treebank_scores

    for name in ("en_ewt-dev", "en_gum-dev", "id_gsd-dev", "id_csui-train"):
        yield from _figures(name, treebank_scores(model, corpora / "ud" / f"{name}.conllu"))


def names(model: Model, corpora: Path) -> Iterator[Figure]:
    from training.corpora import names_column

    from evaluation.syntax import name_scores

    classic = {"PERSON": "PER", "PLACE": "LOC", "ORGANISATION": "ORG"}
    people = {"PPL": "PER", "PLC": "LOC"}
    for name, labels in (("id_nergrit-dev", classic), ("id_nerp-dev", people)):
        sentences = list(names_column(corpora / "ner" / f"{name}.tsv", labels, ()))
        yield from _figures(name, name_scores(model, sentences, labels.values()))


def attribution(model: Model, corpora: Path) -> Iterator[Figure]:
    from evaluation.attribution import polnear, score_texts

    rows = polnear(corpora / "attribution" / "polnear-dev.jsonl")
    yield from _figures("polnear-dev", score_texts(model, rows, "en"))


def parallel(model: Model, corpora: Path) -> Iterator[Figure]:
    from evaluation.parallel import agreement

    files = (corpora / "parallel" / f"panl_int-dev.{language}.txt" for language in ("en", "id"))
    yield from _figures("panl_int-dev", agreement(model, *files))


def own(model: Model, _: Path) -> Iterator[Figure]:
    yield from own_names(model)
    yield from own_stories(model)
    yield from own_events(model)
    yield from own_learned_events(model)
    yield from own_speakers(model)
    yield from own_actors(model)
    yield from own_times()
    yield from own_quantities(model)
    yield from own_places(model)
    yield from own_links()


def own_times() -> Iterator[Figure]:
    from evaluation.times import own_time_scores

    for path in sorted((HERE / "data").glob("times.*.txt")):
        for half in HALVES:
            yield from _figures(f"{path.stem} {half}", own_time_scores(path, half))


def own_links() -> Iterator[Figure]:
    from evaluation.linking import DOSSIERS, measured

    for name in DOSSIERS:
        yield from _figures(name, measured(name).scores())


def own_speakers(model: Model) -> Iterator[Figure]:
    from evaluation.speakers import speaker_scores

    for path in sorted((HERE / "data").glob("speakers.*.txt")):
        yield from _figures(path.stem, speaker_scores(model, path))


def own_quantities(model: Model) -> Iterator[Figure]:
    from evaluation.quantities import TASK

    for path in sorted((HERE / "data").glob("quantities.*.txt")):
        for half in HALVES:
            yield from _figures(f"{path.stem} {half}", TASK.scores(model, path, half))


def own_places(model: Model) -> Iterator[Figure]:
    from evaluation.places import TASK

    for path in sorted((HERE / "data").glob("places.*.txt")):
        for half in HALVES:
            yield from _figures(f"{path.stem} {half}", TASK.scores(model, path, half))


def own_actors(model: Model) -> Iterator[Figure]:
    from evaluation.actors import actor_scores

    for path in sorted((HERE / "data").glob("actors.*.txt")):
        for half in HALVES:
            yield from _figures(f"{path.stem} {half}", actor_scores(model, path, half))


def own_names(model: Model) -> Iterator[Figure]:
    from training.corpora import marked_names, unlearnt

    from evaluation.syntax import name_scores
    from menurut.reader.labels import NAME_LABELS

    for path in sorted(OWN.glob("names*.txt")):
        sentences = unlearnt(marked_names(path, path.name.split(".")[1]))
        yield from _figures(path.stem, name_scores(model, sentences, NAME_LABELS))


def own_stories(model: Model) -> Iterator[Figure]:
    from evaluation.attribution import held_stories, score_texts

    for path in sorted(OWN.glob("attribution*.txt")):
        language = path.name.split(".")[1]
        scores = score_texts(model, held_stories(path), language)
        yield from _figures(f"{path.stem} stories", scores)


def own_events(model: Model) -> Iterator[Figure]:
    from evaluation.own_events import agreement_of, own_event_scores

    pair = (HERE / "data" / f"events-parallel.{language}.txt" for language in ("en", "id"))
    yield from _figures("events-parallel", agreement_of(model, *pair))
    for path in sorted((HERE / "data").glob("events*.txt")):
        for half in HALVES:
            yield from _figures(f"{path.stem} {half}", own_event_scores(model, path, half))


def own_learned_events(model: Model) -> Iterator[Figure]:
    from evaluation.learned_events import learned_scores

    for path in sorted(OWN.glob("events*.txt")):
        yield from _figures(f"{path.stem} learned", learned_scores(model, path))


def events(model: Model, corpora: Path) -> Iterator[Figure]:
    from evaluation.events import gsr_scores

    yield from _figures(
        "plover_gsr-dev", gsr_scores(model, corpora / "events" / "plover_gsr-dev.json")
    )


def times(_: Model, corpora: Path) -> Iterator[Figure]:
    from evaluation.times import score

    lines = (corpora / "time" / "tbaq.jsonl").read_text("utf-8").splitlines()
    total = score([json.loads(line) for line in lines])
    counts = {"strict": total.strict, "relaxed": total.relaxed, "value": total.value}
    yield from _figures(
        "tbaq", {name: Score(n, total.found, total.gold) for name, n in counts.items()}
    )


SETS: dict[str, Callable[[Model, Path], Iterator[Figure]]] = {
    "syntax": syntax,
    "names": names,
    "attribution": attribution,
    "parallel": parallel,
    "own": own,
    "events": events,
    "times": times,
}
NEEDS_CORPORA = frozenset(SETS) - {"own"}


def floors() -> dict[str, float]:
    """The least that each figure may be."""
    return {key: float(value) for key, value in tomllib.loads(FLOORS.read_text("utf-8")).items()}


def pin(figures: list[Figure]) -> None:
    """Write the floors of the measured figures; those of other sets stay."""
    kept = floors() if FLOORS.is_file() else {}
    for figure in figures:
        margin = max(MARGIN, 100 * MARGIN_ITEMS / max(1, figure.size))
        kept[figure.key] = max(0.0, round(figure.value - margin, 1))
    lines = [f'"{key}" = {value}' for key, value in sorted(kept.items())]
    header = "# The least that each development figure may be; see python -m evaluation --help.\n"
    FLOORS.write_text(header + "\n".join(lines) + "\n", "utf-8")


def run(names_of_sets: list[str], corpora: Path | None) -> Iterator[Figure]:
    model = shipped_model()
    for name in names_of_sets:
        if corpora is None and name in NEEDS_CORPORA:
            continue
        yield from SETS[name](model, corpora or Path())


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--corpora", type=Path, help="the folder of the development corpora")
    parser.add_argument("--only", nargs="+", choices=sorted(SETS), default=list(SETS))
    parser.add_argument("--check", action="store_true", help="fail where a floor is not held")
    parser.add_argument("--pin", action="store_true", help="write the floors anew")
    given = parser.parse_args()
    least = floors() if given.check else {}
    measured, fallen = [], []
    for figure in run(given.only, given.corpora):
        measured.append(figure)
        floor = least.get(figure.key)
        mark = "" if floor is None else f"  floor {floor:.1f}"
        print(f"{figure.set:22} {figure.measure:10} {figure.value:6.1f}  {figure.detail:13}{mark}")
        if floor is not None and figure.value < floor:
            fallen.append(figure)
    if given.pin:
        pin(measured)
    for figure in fallen:
        print(f"fallen: {figure.key} is {figure.value:.1f}", file=sys.stderr)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
