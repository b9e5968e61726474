"""The measure of the time expressions counts as TempEval-3 does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluation.times import main, score

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
