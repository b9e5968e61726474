"""PLOVER events on gold records: single sentences of the PLOVER manual's collection."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.scores import Score, pair
from menurut.contract import Analysis, Event, Report, Spans
from menurut.engines.local import read_reports
from menurut.reader.model import Model
from menurut.record.statements.contents import shared

# The records are older than PLOVER's sixteen types and have a few codes that ISO 3166 has not.
TYPES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
COUNTRIES = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}
Codes = Callable[[Analysis, tuple[str, ...]], frozenset[str]]
_EVENT_MARK = re.compile(r"\(EVT: ([^)]*)\)")


@dataclass(frozen=True, slots=True)
class GoldEvent:
    type: str
    trigger: Spans
    actors: frozenset[str]
    recipients: frozenset[str]
    status: str | None = None
    alternatives: tuple[str, ...] = ()
    optional: bool = False
    background: bool = False


def read_gsr(path: Path) -> list[tuple[str, list[GoldEvent]]]:
    """Texts and their gold events; records of the same text are one."""
    texts: dict[str, list[GoldEvent]] = {}
    for row in json.loads(path.read_text("utf-8")):
        texts.setdefault(row["text"], []).append(_gold(row))
    return list(texts.items())


def _gold(row: dict[str, Any]) -> GoldEvent:
    return GoldEvent(
        TYPES.get(row["event"], row["event"]),
        _trigger(row["text"], row.get("textInfo", {}).get("markup", ""), row.get("eventText", "")),
        _countries(row.get("source", "")),
        _countries(row.get("target", "")),
    )


def _countries(parties: list[dict[str, Any]] | str) -> frozenset[str]:
    """The countries of a record's source or target; a string there names no actor."""
    if isinstance(parties, str):
        return frozenset()
    codes = {str(party.get("code") or "").split(" ")[0] for party in parties}
    return frozenset(COUNTRIES.get(code, code) for code in codes if code)


def _trigger(text: str, markup: str, words: str) -> Spans:
    """Where the marked event words stand in the text, in order."""
    spans, at = [], 0
    for piece in _EVENT_MARK.findall(markup) or words.split():
        found = text.find(piece, at)
        if found >= 0:
            at = found + len(piece)
            spans.append((found, at))
    return tuple(spans)


def event_codes(analysis: Analysis, ids: tuple[str, ...]) -> frozenset[str]:
    """The countries (or bodies) of some actors."""
    codes = {actor.id: actor.code for actor in analysis.actors}
    return frozenset(code.split(" ")[0] for i in ids if (code := codes.get(i)))


def class_codes(analysis: Analysis, ids: tuple[str, ...]) -> frozenset[str]:
    """The same, of bodies of no country only their class (``IGO``), as the gold records have it."""
    return frozenset(code.partition(":")[0] for code in event_codes(analysis, ids))


def _one_sided(actors: frozenset[str], recipients: frozenset[str]) -> frozenset[str]:
    """The recipients; none where they are the actors of a mutual act over again."""
    return frozenset() if recipients == actors and len(actors) > 1 else recipients


def score_events(
    analysis: Analysis, gold: list[GoldEvent], codes: Codes = event_codes
) -> Counter[str]:
    """Counts for one text: type, parties by ``codes``, status, gold and found."""

    def parties(event: Event) -> tuple[frozenset[str], frozenset[str]]:
        actors = codes(analysis, event.actors)
        return actors, _one_sided(actors, codes(analysis, event.recipients))

    def likeness(g: GoldEvent, e: Event) -> float:
        if e.type not in (g.type, *g.alternatives):
            return 0.0
        overlap = shared(g.trigger, e.trigger)
        same = any(parties(e)) and parties(e) == (g.actors, _one_sided(g.actors, g.recipients))
        return overlap + 1.0 if overlap else float(same)

    counts: Counter[str] = Counter()
    pairs = pair(gold, analysis.events, likeness)
    for g, e in pairs:
        if g.optional:
            continue
        actors, recipients = parties(e)
        who = actors == g.actors and recipients == _one_sided(g.actors, g.recipients)
        status = g.status is None or g.status == e.status
        counts.update(type=1, who=int(who), status=int(status), full=int(who and status))
    counts += _of_kind(gold, analysis.events, pairs)
    counts["gold"] = sum(not g.optional for g in gold)
    counts["found"] = len(analysis.events) - sum(g.optional for g, _ in pairs)
    return counts


def _of_kind(
    gold: list[GoldEvent], events: Sequence[Event], pairs: list[tuple[GoldEvent, Event]]
) -> Counter[str]:
    """Counts of statuses other than actual, and of events told as history."""
    passed_over = [e for g, e in pairs if g.optional]
    counted = [e for e in events if not any(e is other for other in passed_over)]
    asked = [g for g in gold if not g.optional]
    return Counter(
        other=sum(g.status == e.status != "actual" for g, e in pairs if not g.optional),
        other_gold=sum(g.status not in (None, "actual") for g in asked),
        other_found=sum(e.status != "actual" for e in counted),
        history=sum(g.background and e.background for g, e in pairs if not g.optional),
        history_gold=sum(g.background for g in asked),
        history_found=sum(e.background for e in counted),
    )


def gsr_scores(model: Model, path: Path) -> dict[str, Score]:
    """Type, and type with the right countries on both sides, over the records.

    ``who, classes``: of a body of no country only the class is compared, since the records name no
    other (``IGO`` for the United Nations).
    """
    rows = read_gsr(path)
    reports = [Report(id=str(n), text=text, language="en") for n, (text, _) in enumerate(rows)]
    counts: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    for (_, gold), analysis in zip(rows, read_reports(reports, model=model), strict=True):
        if isinstance(analysis, Analysis):
            counts += score_events(analysis, gold)
            classes += score_events(analysis, gold, class_codes)
    found, asked = counts["found"], counts["gold"]
    hits = {"type": counts["type"], "who": counts["who"], "who, classes": classes["who"]}
    return {name: Score(number, found, asked) for name, number in hits.items()}
