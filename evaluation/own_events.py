"""Our own event sets: short news texts, their events with parties and status, and texts with none.

``evaluation/data/events.<language>.txt``: blocks parted by blank lines; a line of text, then a line
an event, ``TYPE[/ALT] | trigger … | actor codes | recipient codes | status[~][?]`` (``?``:
optional, ``~``: told as history). Blocks of ``events-parallel`` say the same in
each language, in one order. Blocks of even number may be tuned on, those of odd number only
measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from evaluation.events import GoldEvent, score_events
from evaluation.halves import HALVES, analysed, half_of, language_of
from evaluation.scores import Score
from menurut.contract import Analysis, Span, Spans
from menurut.reader.model import Model
from menurut.record.events.learned import ORIGIN


class EventSetError(ValueError):
    """A line of an event set that cannot be read; says where."""


@dataclass(frozen=True, slots=True)
class Block:
    text: str
    events: list[GoldEvent]


def read_events(path: Path) -> list[Block]:
    """The blocks of a file. Raises ``EventSetError``."""
    blocks = []
    for at, lines in _blocks(path):
        text = lines[0]
        try:
            blocks.append(Block(text, [_event(text, line) for line in lines[1:]]))
        except ValueError as error:
            raise EventSetError(f"{path}:{at}: {error}") from error
    return blocks


def _blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    lines: list[str] = []
    start = 1
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if line.strip():
            start = start if lines else number
            lines.append(line.strip())
        elif lines:
            yield start, lines
            lines = []


def _event(text: str, line: str) -> GoldEvent:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != 5:
        raise ValueError(f"{len(cells)} cells, expected 5: {line}")
    kinds, trigger, actors, recipients, status = cells
    kind, *alternatives = kinds.split("/")
    return GoldEvent(
        kind,
        _trigger(text, trigger),
        _countries(actors),
        _countries(recipients),
        status.rstrip("?~"),
        tuple(alternatives),
        status.endswith("?"),
        "~" in status,
    )


def _countries(cell: str) -> frozenset[str]:
    codes = (code.strip() for code in cell.split(","))
    return frozenset(code.split(" ")[0] for code in codes if code not in ("", "-"))


def _trigger(text: str, cell: str) -> Spans:
    words, _, which = cell.partition("#")
    spans: list[Span] = []
    at = 0
    for piece in words.split("…"):
        start = _nth(text, piece.strip(), int(which or 1) if not spans else 1, at)
        at = start + len(piece.strip())
        spans.append((start, at))
    return tuple(spans)


def _nth(text: str, piece: str, which: int, at: int) -> int:
    for _ in range(which):
        start = text.find(piece, at)
        if start < 0:
            raise ValueError(f"{piece!r} does not stand in: {text}")
        at = start + 1
    return start


def own_event_scores(model: Model, path: Path, half: str) -> dict[str, Score]:
    """Type, parties, status, and how many texts without events were given none.

    ``other``: statuses other than actual, over all such events; ``history``: events told as
    history, where the set marks them; ``table``: types without what the reader's word has added.
    """
    blocks = half_of(read_events(path), half)
    counts: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for block, analysis in analysed(model, blocks, language_of(path)):
        counts += score_events(analysis, block.events)
        alone += score_events(_of_table(analysis), block.events)
        if not block.events:
            counts.update(empty=1, kept_empty=int(not analysis.events))
    found, gold = counts["found"], counts["gold"]
    scores = {
        "type": Score(counts["type"], found, gold),
        "table": Score(alone["type"], alone["found"], alone["gold"]),
        "who": Score(counts["who"], found, gold),
        "status": Score(counts["status"], counts["type"], counts["type"]),
        "other": Score(counts["other"], counts["other_found"], counts["other_gold"]),
        "none": Score(counts["kept_empty"], counts["empty"], counts["empty"]),
    }
    if counts["history_gold"]:
        history = (counts["history"], counts["history_found"], counts["history_gold"])
        scores["history"] = Score(*history)
    return scores


def _of_table(analysis: Analysis) -> Analysis:
    events = (e for e in analysis.events if not (e.basis or "").startswith(ORIGIN))
    return msgspec.structs.replace(analysis, events=tuple(events))


def agreement_of(model: Model, *paths: Path) -> dict[str, Score]:
    """Whether blocks that say the same are given the same types of events (Dice), by half."""
    found = [_types(model, path) for path in paths]
    scores = {}
    for n, half in enumerate(HALVES):
        total = Score(0, 0, 0)
        for one, other in zip(*(types[n::2] for types in found), strict=True):
            total += Score((one & other).total(), one.total(), other.total())
        scores[f"{half} types"] = total
    return scores


def _types(model: Model, path: Path) -> list[Counter[str]]:
    read = analysed(model, read_events(path), language_of(path))
    return [Counter(event.type for event in analysis.events) for _, analysis in read]
