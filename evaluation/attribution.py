"""Who-says-what on whole texts, through the whole pipeline."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from training.corpora import unlearnt
from training.markup import read_markup

from evaluation.scores import Attribution, Score, score_statements, statement_scores
from menurut.contract import Analysis, Report, Spans
from menurut.engines.local import read_reports
from menurut.reader.model import Model


def _spans(stretches: Iterable[Iterable[int]]) -> Spans:
    return tuple((start, end) for start, end in stretches)


def _gold(rows: Iterable[dict[str, Any]]) -> list[Attribution]:
    return [Attribution(_spans(r["source"]), _spans(r["cue"]), _spans(r["content"])) for r in rows]


def found(analysis: Analysis) -> list[Attribution]:
    return [Attribution(s.source.spans, s.cue, s.content) for s in analysis.statements]


def score_texts(
    model: Model, texts: Iterable[tuple[str, list[Attribution]]], language: str
) -> dict[str, Score]:
    """Scores over texts and their gold statements."""
    rows = list(texts)
    reports = [Report(id=str(n), text=text, language=language) for n, (text, _) in enumerate(rows)]
    counts: Counter[str] = Counter()
    for (text, gold), analysis in zip(rows, read_reports(reports, model=model), strict=True):
        if isinstance(analysis, Analysis):
            counts += score_statements(text, gold, found(analysis))
    return statement_scores(counts)


def polnear(path: Path) -> Iterator[tuple[str, list[Attribution]]]:
    """PolNeAR in JSON Lines."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["text"], _gold(row["attributions"])


def held_stories(path: Path) -> Iterator[tuple[str, list[Attribution]]]:
    """Those of our own stories that the reader does not learn from."""
    for story in unlearnt(read_markup(path)):
        yield story.text, _gold(story.attributions)
