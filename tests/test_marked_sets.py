"""The marked development sets, and what is counted right of quantities and places."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from evaluation import places, quantities
from evaluation.halves import half_of
from evaluation.marked import MarkedError, read_marked

from menurut.contract import Place, Quantity

DATA = Path(quantities.__file__).parent / "data"


def write(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "quantities.en.txt"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_brackets_give_spans_of_the_bare_text(tmp_path: Path) -> None:
    (sentence,) = read_marked(write(tmp_path, "# note", "Two [big ships=2..2 ships] and [5=5..]."))
    assert sentence.text == "Two big ships and 5."
    assert sentence.marks == (((4, 13), "2..2 ships"), ((18, 19), "5.."))


def test_a_broken_bracket_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(MarkedError, match=r"en\.txt:2"):
        read_marked(write(tmp_path, "Fine.", "Not [fine."))


@pytest.mark.parametrize("name", ["quantities", "places"])
@pytest.mark.parametrize("language", ["en", "id"])
def test_the_sets_are_whole_and_their_halves_share_nothing(name: str, language: str) -> None:
    sentences = read_marked(DATA / f"{name}.{language}.txt")
    assert len(sentences) >= {"quantities": 120, "places": 100}[name]
    module = {"quantities": quantities, "places": places}[name]
    assert sum(len(module.gold_of(sentence)) for sentence in sentences) >= 80
    texts = [{s.text for s in half_of(sentences, half)} for half in ("tuned", "held")]
    assert not texts[0] & texts[1]


def quantity(low: float | None, high: float | None, of: str | None, rough: bool) -> Quantity:
    return Quantity(id="q1", span=(4, 13), low=low, high=high, approximate=rough, of=of)


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (quantity(2, 2, "ships", False), set()),
        (quantity(2, 2, "Ships", False), set()),
        (quantity(2, None, "ships", False), {"bounds", "full"}),
        (quantity(2, 2, "ships", True), {"bounds", "full"}),
        (quantity(2, 2, None, False), {"of", "full"}),
    ],
)
def test_what_is_wrong_of_a_quantity(tmp_path: Path, found: Quantity, wrong: set[str]) -> None:
    (sentence,) = read_marked(write(tmp_path, "Two [big ships=2..2 ships] sank."))
    assert quantities.faults(quantities.gold_of(sentence)[0], found) == wrong


def test_a_sentence_without_quantities_counts_where_it_is_kept_so() -> None:
    assert quantities.TASK.count([], []) == Counter(empty=1, kept_empty=1)
    found = quantities.TASK.count([], [quantity(2, 2, "ships", False)])
    assert (found["empty"], found["kept_empty"], found["ours"]) == (1, 0, 1)


def place(country: str | None, latitude: float | None, name: str = "Goma") -> Place:
    return Place(id="p1", span=(3, 7), name=name, country=country, latitude=latitude)


@pytest.mark.parametrize(
    ("mark", "found", "wrong"),
    [
        ("COD", place("COD", -1.7), set()),
        ("COD", place("COD", None), {"where", "full"}),
        ("COD", place("RWA", -1.7), {"where", "full"}),
        ("?", place(None, None), set()),
        ("?", place("COD", -1.7), {"where", "full"}),
        ("-", place(None, -1.7), set()),
        ("COD Lake", place("COD", -1.7), {"name", "full"}),
    ],
)
def test_what_is_wrong_of_a_place(tmp_path: Path, mark: str, found: Place, wrong: set[str]) -> None:
    (sentence,) = read_marked(write(tmp_path, f"In [Goma={mark}] it rained."))
    assert places.faults(places.gold_of(sentence)[0], found) == wrong
