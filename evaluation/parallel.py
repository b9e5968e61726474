"""Whether a sentence says the same in two languages: as many statements, and the same events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evaluation.scores import Score
from menurut.contract import Analysis, Report
from menurut.engines.local import read_reports
from menurut.reader.model import Model


def agreement(model: Model, *files: Path) -> dict[str, Score]:
    """Two files of parallel sentences, line by line; each line is read as a report by itself.

    ``statements``, ``event types``: the share (Dice) of what both languages find of what either
    does, sentence by sentence; of statements only their number is compared.
    """
    ours, theirs = (list(_analyses(model, path)) for path in files)
    scores = dict.fromkeys(("statements", "event types"), Score(0, 0, 0))
    for a, b in zip(ours, theirs, strict=True):
        for name, (one, other) in {
            "statements": (_statements(a), _statements(b)),
            "event types": (_types(a), _types(b)),
        }.items():
            scores[name] += Score((one & other).total(), one.total(), other.total())
    return scores


def _analyses(model: Model, path: Path) -> Iterator[Analysis | None]:
    language = path.name.split(".")[1]
    lines = path.read_text("utf-8").splitlines()
    reports = [Report(id=str(n), text=line, language=language) for n, line in enumerate(lines)]
    for analysis in read_reports(reports, model=model):
        yield analysis if isinstance(analysis, Analysis) else None


def _statements(analysis: Analysis | None) -> Counter[str]:
    return Counter({"statement": len(analysis.statements) if analysis else 0})


def _types(analysis: Analysis | None) -> Counter[str]:
    return Counter(event.type for event in analysis.events) if analysis else Counter()
