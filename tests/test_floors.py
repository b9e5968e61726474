"""The development figures hold their floors (``evaluation/floors.toml``)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from evaluation.__main__ import NEEDS_CORPORA, SETS, floors, run
from evaluation.linking import DOSSIERS

CORPORA = os.environ.get("MENURUT_CORPORA")


def check(names: list[str], corpora: Path | None) -> None:
    least = floors()
    figures = {figure.key: figure.value for figure in run(names, corpora)}
    pinned = {key: least[key] for key in figures if key in least}
    assert pinned, "no floor is pinned for these sets"
    fallen = {key: (figures[key], floor) for key, floor in pinned.items() if figures[key] < floor}
    assert not fallen


def test_figures_on_our_own_sets() -> None:
    check([name for name in SETS if name not in NEEDS_CORPORA], None)


@pytest.mark.skipif(not CORPORA, reason="MENURUT_CORPORA names no folder of corpora")
@pytest.mark.parametrize("name", sorted(NEEDS_CORPORA))
def test_figures_on_the_corpora(name: str) -> None:
    check([name], Path(CORPORA or ""))


def test_every_floor_belongs_to_a_figure_that_can_be_measured() -> None:
    sets = {"en_ewt", "en_gum", "id_gsd", "id_csui", "id_nergrit", "id_nerp"}
    sets |= {"polnear", "panl_int", "plover_gsr", "tbaq", "events-parallel", *DOSSIERS}
    own = {path.stem for path in Path("evaluation/data").glob("*.txt")}
    own |= {path.stem for path in Path("training/data").glob("*.txt")}
    for key in floors():
        name = key.split()[0]
        assert name.removesuffix("-dev").removesuffix("-train") in sets or name in own, key
