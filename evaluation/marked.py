"""Development sets of one sentence a line, with what is looked for in brackets: ``[words=value]``.

Lines of even number may be tuned on, those of odd number only measured.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from evaluation.halves import analysed, half_of, language_of
from evaluation.scores import Score, pair
from menurut.contract import Analysis, Span
from menurut.reader.model import Model, shipped_model
from menurut.record.statements.contents import shared

_MARK = re.compile(r"\[([^\]=\[]+)=([^\]\[]+)\]")


class MarkedError(ValueError):
    """A line that cannot be read; says where."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence without its brackets, and for each the span of its words and its value."""

    text: str
    marks: tuple[tuple[Span, str], ...]


def read_marked(path: Path) -> list[Marked]:
    """The lines of a set, in order. Raises ``MarkedError`` where a bracket is broken."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        marked = _marked(line.strip())
        if "[" in marked.text or "]" in marked.text:
            raise MarkedError(f"{path}:{number}: a bracket that cannot be read: {line}")
        found.append(marked)
    return found


def _marked(line: str) -> Marked:
    text, marks, at = "", [], 0
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        marks.append(((len(text), len(text) + len(match[1])), match[2]))
        text += match[1]
        at = match.end()
    return Marked(text + line[at:], tuple(marks))


class Found(Protocol):
    """What is marked, or what we read."""

    @property
    def span(self) -> Span: ...


G = TypeVar("G", bound=Found)
F = TypeVar("F", bound=Found)


@dataclass(frozen=True)
class Task(Generic[G, F]):
    """How one sort of mark is measured.

    ``faults``: which of the ``measures`` a pair does not meet; ``missed``, ``shown``: how a mark
    that we do not find, and one that we found, is told of a text.
    """

    measures: tuple[str, ...]
    gold_of: Callable[[Marked], list[G]]
    found_in: Callable[[Analysis], Sequence[F]]
    faults: Callable[[G, F], set[str]]
    missed: Callable[[str, G], str]
    shown: Callable[[str, F], str]

    def count(self, gold: Sequence[G], ours: Sequence[F]) -> Counter[str]:
        """Counts for one sentence."""
        counts: Counter[str] = Counter(gold=len(gold), ours=len(ours))
        for g, f in _pairs(gold, ours):
            wrong = self.faults(g, f)
            counts.update(measure for measure in self.measures if measure not in wrong)
        if not gold:
            counts.update(empty=1, kept_empty=int(not ours))
        return counts

    def scores(self, model: Model, path: Path, half: str) -> dict[str, Score]:
        """The measures over one half of a set."""
        counts: Counter[str] = Counter()
        sentences = half_of(read_marked(path), half)
        for sentence, analysis in analysed(model, sentences, language_of(path)):
            counts += self.count(self.gold_of(sentence), self.found_in(analysis))
        scores = {m: Score(counts[m], counts["ours"], counts["gold"]) for m in self.measures}
        return scores | {"none": Score(counts["kept_empty"], counts["empty"], counts["empty"])}

    def told_faults(self, sentence: Marked, analysis: Analysis) -> Iterator[str]:
        """A line for each mark missed, wrong, or not there."""
        gold, ours = self.gold_of(sentence), self.found_in(analysis)
        pairs = _pairs(gold, ours)
        for g, f in pairs:
            if wrong := self.faults(g, f):
                yield f"{'/'.join(sorted(wrong))}: {self.shown(sentence.text, f)} for {g}"
        for g in gold:
            if all(g is not a for a, _ in pairs):
                yield f"missed: {self.missed(sentence.text, g)}"
        for f in ours:
            if all(f is not b for _, b in pairs):
                yield f"not there: {self.shown(sentence.text, f)}"

    def main(self) -> int:
        """Print the faults of the half of a file that may be tuned on."""
        path = Path(sys.argv[1])
        sentences = half_of(read_marked(path), "tuned")
        for sentence, analysis in analysed(shipped_model(), sentences, language_of(path)):
            if told := list(self.told_faults(sentence, analysis)):
                print(sentence.text, *told, sep="\n    ")
        return 0


def _pairs(gold: Sequence[G], ours: Sequence[F]) -> list[tuple[G, F]]:
    return pair(gold, ours, lambda g, f: float(shared([g.span], [f.span])))
