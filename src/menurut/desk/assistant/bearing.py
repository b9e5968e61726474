"""What would bear on measures, in lines for an assistant; quoted as in ``wording``."""

from __future__ import annotations

from collections.abc import Iterator

from menurut.desk.api.obligations import Bearing, Obligations
from menurut.desk.assistant.wording import accounts, incident_lines, named
from menurut.obligations.evidence import Case
from menurut.obligations.gaps import Gap, Weighed, rules
from menurut.obligations.regimes import Words

_LANGUAGE = "en"


def obligations(found: Obligations) -> Iterator[str]:
    """Measures with their incidents, then the incidents with their evidence."""
    for measure in found.measures:
        yield from _measure(measure)
    for one in found.cases:
        yield from _case(one)


def _measure(measure: Bearing) -> Iterator[str]:
    here = ", ".join(measure.incidents) or "none here"
    held = f"{here} ({len(measure.incidents)} of {measure.count} incidents)"
    force = ", ".join(f"{s.since} to {s.until or 'now'}" for s in measure.force)
    yield (
        f"measure {measure.id} ({measure.instrument}, {measure.paragraphs}; in force {force}): "
        f"{_text(measure.title)}. {_text(measure.duty)} Would bear on it: {held}"
    )


def _case(one: Weighed) -> Iterator[str]:
    case = one.case
    yield f"INCIDENT {case.incident.id} WOULD BEAR ON {', '.join(_measures(case))}"
    yield from incident_lines(case.incident)
    if case.charge:
        yield "it is told only as what somebody is accused of"
    for reply in case.replies:
        heard = "has been heard" if reply.heard else "has not been heard"
        yield f"{named(reply.party)}, named since {reply.charged_on or 'an unknown day'}, {heard}"
    yield from accounts("AFFIRMED", (piece.account for piece in case.affirming()))
    yield from accounts("CHALLENGED", (piece.account for piece in case.challenging()))
    if case.left_out:
        yield f"{case.left_out} more accounts of it are not given here: ask for the incident"
    for gap in one.gaps:
        yield _gap(gap)


def _measures(case: Case) -> list[str]:
    return list(dict.fromkeys(match.measure for match in case.matches))


def _gap(gap: Gap) -> str:
    """A gap by its kind, the rule behind it and what would close it: no word of a report."""
    kind = rules().gaps[gap.kind]
    shown = f" (accounts {', '.join(map(str, gap.accounts))})" if gap.accounts else ""
    parties = f" {', '.join(map(named, gap.parties))};" if gap.parties else ""
    return (
        f"gap {gap.kind}{shown}:{parties} rule: {_text(rules().rules[kind.rule])} "
        f"To close it: {_text(kind.closes)}"
    )


def _text(words: Words) -> str:
    return words.in_language(_LANGUAGE)
