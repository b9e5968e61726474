"""The measure of the time expressions counts as TempEval-3 does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluation.times import TimeSetError, example_counts, main, read_times, score

TEXT = "He left on June 18 and will be back in two weeks, not in May."


def document(*timexes: tuple[str, str]) -> dict[str, object]:
    return {
        "doc": "d",
        "dct": "2024-06-19",
        "lang": "en",
        "text": TEXT,
        "timexes": [
            {
                "start": TEXT.index(words),
                "end": TEXT.index(words) + len(words),
                "text": words,
                "type": "DATE",
                "value": value,
            }
            for words, value in timexes
        ],
    }


def test_extents_and_values_are_counted_apart() -> None:
    total = score([document(("June 18", "2024-06-18"), ("in two weeks", "P2W|P14D"), ("not", "X"))])
    assert (total.gold, total.found, total.relaxed, total.strict, total.value) == (3, 3, 2, 1, 2)
    assert total.f1(total.relaxed) == pytest.approx(200 * 2 / 6)


def test_the_command_prints_the_three_measures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(json.dumps(document(("June 18", "2023-06-18"))) + "\n")
    main([str(corpus), "--errors", "9"])
    printed = capsys.readouterr().out
    assert "strict  F1  50.0" in printed
    assert "value   F1   0.0" in printed
    assert "value  d  2024-06-19  June 18" in printed


def test_what_is_optional_is_neither_rewarded_nor_punished() -> None:
    gold = document(("June 18", "2024-06-18"), ("two weeks", "P2W"), ("in May", "2024-05"))
    for timex in gold["timexes"][1:]:  # type: ignore[index]
        timex["optional"] = True
    total = score([gold])
    assert (total.gold, total.found, total.value) == (1, 1, 1)


def test_a_set_of_our_own_reads_as_a_corpus(tmp_path: Path) -> None:
    path = tmp_path / "times.id.txt"
    path.write_text(
        "# A comment.\n\nIa tiba [Senin] di [Bali].\nDATE 2024-06-17|x; DATE y ?\n\n\nIa pergi.\n"
    )
    first, second = read_times(path)
    assert first["text"] == "Ia tiba Senin di Bali."
    spans = [(t["text"], t["start"], t["value"], t["optional"]) for t in first["timexes"]]
    assert spans == [("Senin", 8, "2024-06-17|x", False), ("Bali", 17, "y", True)]
    assert second["timexes"] == []


def test_a_block_with_a_value_too_few_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "times.en.txt"
    path.write_text("He left on [Monday] and [Tuesday].\nDATE 2024-06-17\n")
    with pytest.raises(TimeSetError, match="as many values as brackets"):
        read_times(path)


def test_our_own_sets_are_large_enough_and_hold_texts_without_a_time() -> None:
    for language, least in (("id", 160), ("en", 50)):
        texts = read_times(Path("evaluation/data") / f"times.{language}.txt")
        assert len(texts) >= least
        assert any(not text["timexes"] for text in texts)


def test_six_hundred_examples_stand_beside_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--examples"])
    assert f"all: {example_counts()['all']}" in capsys.readouterr().out
    assert example_counts()["all"] >= 600
