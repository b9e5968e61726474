"""What the evidence for an incident lacks, by the rules for panels of experts.

Rules and gaps are data (``world/evidence.toml``), in both languages of the interface.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from menurut.ledger.grades import Grade
from menurut.obligations.evidence import Case, Piece, Reply
from menurut.obligations.matching import Condition
from menurut.obligations.regimes import Words
from menurut.tables import data_file

_FILE = "world/evidence.toml"
_FEW = 1
_UNRELIABLE, _IMPROBABLE = frozenset("DE"), frozenset("45")


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of gap: the rule it falls short of, its sentence, and what would close it."""

    rule: str
    en: str
    id: str
    closes: Words

    @property
    def says(self) -> Words:
        return Words(self.en, self.id)


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules and the kinds of gaps, by name."""

    rules: dict[str, Words]
    gaps: dict[str, Kind]


class Open(msgspec.Struct, frozen=True):
    """What stays open, and under which measures."""

    condition: Condition
    measures: tuple[str, ...]


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the evidence for an incident lacks.

    ``accounts``: those that show it; ``parties``: keys of whom it is about; ``day``: since when;
    ``reports``: those that were corrected or withdrawn; ``figures``: as their sources give them;
    ``conditions``: what stays open.
    """

    kind: str
    accounts: tuple[int, ...] = ()
    parties: tuple[str, ...] = ()
    day: str | None = None
    reports: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    conditions: tuple[Open, ...] = ()


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """A case with what its evidence lacks."""

    case: Case
    gaps: tuple[Gap, ...]


def weighed(case: Case) -> Weighed:
    """A case with what its evidence lacks."""
    return Weighed(case=case, gaps=tuple(gaps(case)))


@cache
def rules() -> Rules:
    """The rules and kinds of gaps. Raises ``ValueError`` where the table is not sound."""
    text = data_file(_FILE).read_text("utf-8")
    try:
        read = msgspec.convert(tomllib.loads(text), Rules)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ValueError(f"{_FILE}: {error}") from error
    unknown = {kind.rule for kind in read.gaps.values()} - read.rules.keys()
    if unknown:
        raise ValueError(f"{_FILE}: no rule {sorted(unknown)}")
    return read


def gaps(case: Case) -> list[Gap]:
    """What the evidence for an incident lacks, the gravest first."""
    return [*_support(case), *_replies(case), *_weighing(case), *_telling(case), *_changes(case)]


def _support(case: Case) -> Iterator[Gap]:
    """Who says it, and how they know."""
    affirming = case.affirming()
    everyone = _ids(affirming)
    if not affirming:
        yield Gap(kind="unaffirmed", accounts=_ids(case.pieces))
    elif case.independent <= _FEW:
        yield Gap(kind="single-source", accounts=everyone)
    if case.charge:
        yield Gap(kind="charge", accounts=everyone, parties=_accused(case))
    if affirming and not any(piece.first_hand for piece in affirming):
        yield Gap(kind="second-hand", accounts=everyone)
    yield from _of("passed-on", _only_passed_on(affirming))
    yield from _of("unnamed", [p for p in affirming if p.hand == "unnamed"])
    yield from _of("outlet", [p for p in affirming if p.hand == "outlet" and not case.votes])


def _replies(case: Case) -> Iterator[Gap]:
    for reply in case.replies:
        if not reply.heard:
            yield _unheard(reply)


def _unheard(reply: Reply) -> Gap:
    kind = "unheard" if reply.charged_on else "unheard-undated"
    first = reply.charged[:1]
    return Gap(kind=kind, accounts=first, parties=(reply.party,), day=reply.charged_on)


def _weighing(case: Case) -> Iterator[Gap]:
    """What nobody has judged yet, and what was judged badly."""
    affirming = case.affirming()
    yield from _of("ungraded", [p for p in (*case.pieces, *case.answering) if not _reliability(p)])
    weak = [
        p for p in affirming if _reliability(p) in _UNRELIABLE or _credibility(p) in _IMPROBABLE
    ]
    if weak and len(weak) == len(affirming):
        yield Gap(kind="weak", accounts=_ids(weak))
    yield from _of("unassessed", [p for p in case.challenging() if not _credibility(p)])
    yield from _of("doubtful-link", [p for p in case.pieces if p.linked_in_doubt])


def _telling(case: Case) -> Iterator[Gap]:
    """What is told without saying enough."""
    dates = [r for m in case.matches for r in m.reasons if r.aspect == "date"]
    if not dates or any(reason.words for reason in dates):
        yield Gap(kind="undated", accounts=_ids(case.affirming() or case.pieces))
    yield from _figures(case)
    open_: dict[Condition, list[str]] = {}
    for match in case.matches:
        for condition in match.conditions:
            open_.setdefault(condition, []).append(match.measure)
    if open_:
        told = {s.account for m in case.matches if m.conditions for s in m.told}
        shown = tuple(i for i in _ids(case.pieces) if i in told) or _ids(case.pieces)
        found = tuple(Open(condition, tuple(measures)) for condition, measures in open_.items())
        yield Gap(kind="open", accounts=shown, conditions=found)


def _figures(case: Case) -> Iterator[Gap]:
    """Different numbers by different sources."""
    given: dict[tuple[float | None, float | None], Piece] = {}
    words: dict[tuple[float | None, float | None], str] = {}
    for piece in case.affirming():
        for figure in piece.account.figures:
            given.setdefault((figure.low, figure.high), piece)
            words.setdefault((figure.low, figure.high), figure.words)
    if len({piece.account.source for piece in given.values()}) > 1:
        yield Gap(kind="figures", accounts=_ids(given.values()), figures=tuple(words.values()))


def _changes(case: Case) -> Iterator[Gap]:
    for change, kind in (("correct", "corrected"), ("withdraw", "withdrawn")):
        gone = dict.fromkeys(lost.report for lost in case.lost if lost.change == change)
        if gone:
            yield Gap(kind=kind, reports=tuple(gone))


def _only_passed_on(affirming: Sequence[Piece]) -> list[Piece]:
    """What sources say who are never told for themselves."""
    own = {key for piece in affirming if not piece.passed_on_by for key in piece.speakers}
    return [p for p in affirming if p.passed_on_by and not set(p.speakers) & own]


def _accused(case: Case) -> tuple[str, ...]:
    named = (r.value for m in case.matches for r in m.reasons if r.aspect in ("actor", "recipient"))
    return tuple(dict.fromkeys(named))


def _of(kind: str, pieces: Sequence[Piece]) -> Iterator[Gap]:
    if pieces:
        yield Gap(kind=kind, accounts=_ids(pieces))


def _ids(pieces: Iterable[Piece]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(piece.account.id for piece in pieces))


def _reliability(piece: Piece) -> str | None:
    """How reliable the source is, else the outlet that carries it, by a person's grade."""
    return next((g.reliability for g in _given(piece) if g.reliability), None)


def _credibility(piece: Piece) -> str | None:
    """How credible this very account is, by a person's grade."""
    own = f"account:{piece.account.id}"
    return next((g.credibility for g in _given(piece) if g.credibility and g.subject == own), None)


def _given(piece: Piece) -> Sequence[Grade]:
    return piece.account.grades
