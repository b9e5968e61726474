"""Holds the board of measures against what careful readers list for one annotated report.

    python -m evaluation.obligations --seed FOLDER

The report of the folder is read, added to a ledger of its own, and each expected obligation is
looked for: a measure of its instrument, with one of its paragraphs, under which the expected
incident stands, by type, parties and time; one that the ledger has not, also as a charge of the
same deed. Of each that is missed it is said whether the ledger has no such incident, or the board
does not list it. What the board lists beside them is printed to be read by eye.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.seed import Row, Seed, read, run
from menurut.contract import Analysis
from menurut.ledger.adding import add
from menurut.ledger.intervals import Interval, day_of, interval
from menurut.ledger.passing import whole_incidents
from menurut.ledger.queries import Incident
from menurut.ledger.store import Ledger
from menurut.obligations import Board, Listed, board
from menurut.obligations.matching import Match
from menurut.obligations.regimes import state_of
from menurut.reader.model import shipped_model

_NUMBER = re.compile(r"\b\d{4}\b")
_PARAGRAPH = re.compile(r"\b(\d+)((?:\([a-z0-9]+\))*)(?:-(\([a-z]+\)))?")


@dataclass(frozen=True, slots=True)
class Finding:
    """An expected incident under an expected obligation: where it was found, or why not."""

    obligation: str
    incident: str
    measures: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """All findings, and the matches of the board that no obligation asks for."""

    findings: tuple[Finding, ...]
    besides: tuple[str, ...]


def compare(expected: Row, incidents: Sequence[Incident], made: Board) -> Result:
    """Each expected obligation and incident against the board."""
    wanted = {row["id"]: row for row in expected["incidents"]}
    today = day_of(expected["report"]["published_at"])
    owners = {i.id: _owner(i, expected["incidents"], today) for i in incidents}
    findings, counted = [], set[tuple[str, str]]()
    for row in expected["obligations"]:
        measures = [one for one in made.listed if is_measure(row, one)]
        for id in row["bears_on"]:
            hits = set(_hits(wanted[id], measures, owners))
            findings.append(_finding(row, wanted[id], measures, owners, hits))
            counted |= hits
    besides = tuple(
        f"{one.measure.id}: {m.incident} {made.incidents[m.incident].type}"
        f"{'' if not m.conditions else ' (open)'}"
        for one in made.listed
        for m in one.matches
        if (one.measure.id, m.incident) not in counted
    )
    return Result(tuple(findings), besides)


def _owner(found: Incident, rows: Sequence[Row], today: int | None) -> str | None:
    """The expected incident that one of ours is: of several the one that is as long."""
    own = _own_days(found)

    def unlike(row: Row) -> int:
        stretch = _when(row, today)
        return abs(stretch.days - own.days) if stretch and own else 0

    fitting = [row for row in rows if is_incident(row, found, today)]
    return min(fitting, key=unlike)["id"] if fitting else None


def _hits(
    wanted: Row, measures: Sequence[Listed], owners: dict[str, str | None]
) -> Iterator[tuple[str, str]]:
    """The matches under some measures that are an expected incident, as itself or as a charge."""
    known = wanted["id"] in owners.values()
    for one in measures:
        for match in one.matches:
            if owners.get(match.incident) == wanted["id"] or (
                not known and is_charge(wanted, match)
            ):
                yield one.measure.id, match.incident


def _finding(
    row: Row,
    wanted: Row,
    measures: Sequence[Listed],
    owners: dict[str, str | None],
    hits: set[tuple[str, str]],
) -> Finding:
    label = f"{row['id']} {row['instrument']}, {row['provision']}"
    told = f"{wanted['id']} {wanted['what']}"
    if hits:
        return Finding(label, told, tuple(sorted({measure for measure, _incident in hits})))
    if not measures:
        return Finding(label, told, (), "no such measure")
    if wanted["id"] in owners.values():
        return Finding(label, told, (), "the ledger has it, the board does not list it")
    return Finding(label, told, (), "the ledger has no such incident")


def is_measure(row: Row, one: Listed) -> bool:
    """Whether a measure is of the instrument and of one of the paragraphs that are expected."""
    instrument, _mark, article = row["instrument"].partition("Article")
    if article:
        return one.instrument.unit == "article" and bool(_paragraphs(article) & own_numbers(one))
    if one.instrument.id not in _NUMBER.findall(instrument):
        return False
    provisions = row["provision"].partition("Chapter")[0].partition(" extended")[0]
    wanted = _paragraphs(provisions)
    if not wanted:
        return one.measure.id in (one.instrument.id, f"{one.instrument.id}.1")
    return any(
        own == other or own.startswith(f"{other}(") or other.startswith(f"{own}(")
        for own in own_numbers(one)
        for other in wanted
    )


def own_numbers(one: Listed) -> set[str]:
    """The numbers of a measure's paragraphs."""
    return _paragraphs(one.measure.paragraphs)


def _paragraphs(text: str) -> set[str]:
    """The numbers in a provision: ``8(a)-(b)`` is ``8(a)`` and ``8(b)``."""
    found = set[str]()
    for number, letters, last in _PARAGRAPH.findall(text):
        found.add(number + letters)
        if last:
            found.add(number + last)
    return found


def is_incident(wanted: Row, found: Incident, today: int | None = None) -> bool:
    """Whether an incident is the expected one: by type, parties and time."""
    doers, others = set(wanted["actors"]), set(wanted["recipients"])
    actors, recipients = map(set, (map(state_of, found.actors), map(state_of, found.recipients)))
    if found.type != wanted["type"] or not doers <= actors:
        return False
    if recipients and others and not others & recipients:
        return False
    expected, own = _when(wanted, today), _own_days(found)
    return expected is None or own is None or not expected.gap(own)


def is_charge(wanted: Row, match: Match) -> bool:
    """Whether a match is of a charge of the expected deed: from whom to whom, or both alike."""
    sides = {r.aspect: state_of(r.value) for r in match.reasons}
    if "charge" not in sides:
        return False
    doers, others = set(wanted["actors"]), set(wanted["recipients"])
    either = any(c.matter == "direction" for c in match.conditions)
    giver, taker = sides.get("actor"), sides.get("recipient")
    if others:
        return not either and giver in doers and taker in others
    return either and {giver, taker} == doers


def _when(wanted: Row, today: int | None) -> Interval | None:
    """The days of an expected incident; of one that goes on, until the report."""
    first, last = wanted["time_from"], wanted["time_to"]
    if not first:
        return None
    return interval(first if first == last else f"{first}/{last or ''}", today)


def _own_days(found: Incident) -> Interval | None:
    return interval(f"{found.begins}/{found.ends or ''}") if found.begins else None


def made_board(seed: Seed, analysis: Analysis) -> tuple[list[Incident], Board]:
    """The incidents and the board of a ledger that holds the report alone."""
    with tempfile.TemporaryDirectory() as folder, Ledger(str(Path(folder) / "seed.db")) as ledger:
        add(ledger, seed.report, analysis)
        with ledger.read() as snapshot:
            held = [i for pairs in whole_incidents(snapshot) for i, _accounts in pairs]
            return held, board(snapshot)


def lines(result: Result) -> Iterator[str]:
    """The lines to print."""
    right = [f for f in result.findings if not f.fault]
    whole = {f.obligation for f in right}
    asked = {f.obligation for f in result.findings}
    yield f"obligations with an expected incident under them: {len(whole)} of {len(asked)}"
    yield f"expected incidents under them: {len(right)} of {len(result.findings)}"
    for finding in result.findings:
        where = finding.fault or "under " + ", ".join(finding.measures)
        yield f"    {finding.obligation} - {finding.incident}: {where}"
    yield f"listed besides: {len(result.besides)}"
    yield from (f"    {line}" for line in result.besides)


def main() -> int:
    def told(seed: Seed) -> Iterator[str]:
        incidents, made = made_board(seed, read(seed, shipped_model()))
        return lines(compare(seed.expected, incidents, made))

    return run("python -m evaluation.obligations", __doc__, told)


if __name__ == "__main__":
    raise SystemExit(main())
