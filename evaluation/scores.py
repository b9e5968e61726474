"""How figures are reckoned: pairing of statements and events, and precision, recall, F1.

Statements are paired one to one by the overlap of their contents' words (Jaccard of one half or
more); a cue is right if it shares a word, a source if its Jaccard is one half or more or both
have none; ``full`` needs all three; ``quotations`` is how many of the direct ones are paired.
Events are paired by type and overlapping triggers, or by type and the same parties. These are the
definitions that ``docs/figures.md`` states.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from menurut.contract import Span, Spans
from menurut.record.statements.contents import shared
from menurut.record.statements.quotes import quotations

A = TypeVar("A")
B = TypeVar("B")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one measure."""

    hits: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        return 100 * self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return 100 * self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 200 * self.hits / (self.found + self.gold) if self.found + self.gold else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.found + other.found, self.gold + other.gold)


def words(text: str, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """The offsets at which the words of some stretches start."""
    return frozenset(m.start() for s, e in spans for m in _WORD.finditer(text, s, e))


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def pair(
    gold: Sequence[A], found: Sequence[B], likeness: Callable[[A, B], float]
) -> list[tuple[A, B]]:
    """One-to-one pairs, the likest first; what has no likeness is never paired."""
    ranked = sorted(
        ((likeness(g, f), -i, -j) for i, g in enumerate(gold) for j, f in enumerate(found)),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for score, i, j in ranked:
        if score > 0 and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((gold[-i], found[-j]))
    return pairs


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement as it is scored. Gold that is ``optional`` counts neither way."""

    source: Spans
    cue: Spans
    content: Spans
    optional: bool = False


STATEMENT_MEASURES = ("content", "cue", "source", "full")


def paired(
    text: str, gold: Sequence[Attribution], found: Sequence[Attribution]
) -> list[tuple[Attribution, Attribution]]:
    """Statements one to one by their contents' words."""

    def likeness(a: Attribution, b: Attribution) -> float:
        score = jaccard(words(text, a.content), words(text, b.content))
        return score if score >= 0.5 else 0.0

    return pair(gold, found, likeness)


def right(text: str, gold: Attribution, found: Attribution) -> tuple[bool, bool]:
    """Whether the cue, and the source, of a paired statement is right."""
    cue = not gold.cue or bool(words(text, gold.cue) & words(text, found.cue))
    ours, theirs = words(text, gold.source), words(text, found.source)
    return cue, jaccard(ours, theirs) >= 0.5 or not (ours or theirs)


def score_statements(
    text: str, gold: Sequence[Attribution], found: Sequence[Attribution]
) -> Counter[str]:
    """Counts for one text: hits by measure, ``gold`` and ``found``."""
    counts: Counter[str] = Counter()
    pairs = paired(text, gold, found)
    quoted = _quoted(text)
    for a, b in pairs:
        if a.optional:
            continue
        counts["quotations"] += _is_quotation(a.content, quoted)
        cue, source = right(text, a, b)
        counts.update(content=1, cue=int(cue), source=int(source), full=int(cue and source))
    counts["gold"] = sum(not g.optional for g in gold)
    counts["found"] = len(found) - sum(a.optional for a, _ in pairs)
    counts["quoted"] = sum(_is_quotation(g.content, quoted) for g in gold if not g.optional)
    return counts


def _quoted(text: str) -> list[Span]:
    """What stands between quotation marks, paragraph by paragraph."""
    return [q for line in _LINE.finditer(text) for q in quotations(text, *line.span())]


def _is_quotation(content: Spans, quoted: Sequence[Span]) -> bool:
    """Whether all but the marks of a content is quoted."""
    size = sum(e - s for s, e in content)
    return shared(content, quoted) >= 0.9 * size


def statement_scores(counts: Counter[str]) -> dict[str, Score]:
    scores = {
        name: Score(counts[name], counts["found"], counts["gold"]) for name in STATEMENT_MEASURES
    }
    if counts["quoted"]:
        scores["quotations"] = Score(counts["quotations"], counts["quoted"], counts["quoted"])
    return scores
