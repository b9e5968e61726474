"""What a page asks of one analysis: look-ups from the record back to itself and to the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from menurut.contract import Actor, Analysis, Event, Place, Quantity, Report, Span, Spans, Statement


class View:
    """One report and its analysis, indexed. Ids that lead nowhere are passed over."""

    def __init__(self, report: Report, analysis: Analysis) -> None:
        self.report = report
        self.analysis = analysis
        self.text = report.text

    @cached_property
    def actors(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.analysis.actors}

    @cached_property
    def places(self) -> dict[str, Place]:
        return {place.id: place for place in self.analysis.places}

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        return {quantity.id: quantity for quantity in self.analysis.quantities}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        return {statement.id: statement for statement in self.analysis.statements}

    def words(self, spans: Spans) -> str:
        """The words of a stretch, its pieces joined by an ellipsis."""
        return " ... ".join(self.text[start:end] for start, end in spans)

    def outline(self) -> Iterator[tuple[int, Statement]]:
        """The statements in text order, each nested one below its parent, with its depth."""
        children: dict[str | None, list[Statement]] = {}
        for statement in sorted(self.analysis.statements, key=_first):
            parent = statement.within if statement.within in self.statements else None
            children.setdefault(parent, []).append(statement)
        seen: set[str] = set()
        stack = [(0, statement) for statement in reversed(children.get(None, []))]
        while stack:
            depth, statement = stack.pop()
            seen.add(statement.id)
            yield depth, statement
            stack += [(depth + 1, child) for child in reversed(children.get(statement.id, []))]
        yield from ((0, s) for s in self.analysis.statements if s.id not in seen)

    @cached_property
    def denials(self) -> dict[str, list[Statement]]:
        """For each claim, the statements that deny what it tells (they meet in an event)."""
        found: dict[str, list[Statement]] = {}
        for event in self.analysis.events:
            denying = self.known(event.denied_by)
            for claim in event.according_to:
                kept = found.setdefault(claim, [])
                kept += [denial for denial in denying if denial not in kept and denial.id != claim]
        return found

    @cached_property
    def claims_denied(self) -> dict[str, list[Statement]]:
        """For each denial, the claims that it denies."""
        found: dict[str, list[Statement]] = {}
        for claim, denials in self.denials.items():
            for denial in denials:
                found.setdefault(denial.id, []).extend(self.known((claim,)))
        return found

    def known(self, ids: Iterable[str]) -> list[Statement]:
        return [self.statements[id] for id in ids if id in self.statements]

    def chain(self, statement: Statement) -> list[Statement]:
        """The statement, the one it is nested in, and so on outwards."""
        chain = [statement]
        while (outer := self.statements.get(chain[-1].within or "")) and outer not in chain:
            chain.append(outer)
        return chain

    def tellers(self, quantity: Quantity) -> list[Statement]:
        """The innermost statement that gives the figure, if any does."""
        holding = [s for s in self.analysis.statements if _holds(s.content, quantity.span)]
        return [min(holding, key=_length)] if holding else []

    @cached_property
    def _sentences(self) -> tuple[list[int], list[int]]:
        spans = sorted(self.analysis.sentences)
        return [start for start, _ in spans], [end for _, end in spans]

    def windows(self, spans: Spans) -> list[Span]:
        """The sentences that the spans touch; neighbours run together, the rest stay apart.

        A span outside the sentences (a headline, a caption) brings its line of the text.
        """
        starts, ends = self._sentences
        windows: list[tuple[int, int, int]] = []  # first character, last, index of last sentence
        for start, end in sorted(spans):
            first, last = bisect_right(ends, start), bisect_left(starts, end) - 1
            inside = first <= last
            line = (starts[first], ends[last]) if inside else self._line(start, end)
            left, right = min(start, line[0]), max(end, line[1])
            if windows and (left <= windows[-1][1] or (inside and first <= windows[-1][2] + 1)):
                left, right = min(windows[-1][0], left), max(windows[-1][1], right)
                windows.pop()
            windows.append((left, right, last))
        return [(left, right) for left, right, _ in windows]

    def _line(self, start: int, end: int) -> Span:
        close = self.text.find("\n", end)
        return self.text.rfind("\n", 0, start) + 1, close if close >= 0 else len(self.text)


def _first(statement: Statement) -> int:
    spans = statement.source.spans + statement.cue + statement.content
    return min((start for start, _ in spans), default=0)


def first_word(event: Event) -> int:
    """Where the fullest telling of an event starts."""
    return min((start for start, _ in event.trigger), default=0)


def _length(statement: Statement) -> int:
    return sum(end - start for start, end in statement.content)


def _holds(spans: Spans, span: Span) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)
