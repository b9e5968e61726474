"""From a ledger to a report."""

from __future__ import annotations

from collections.abc import Sequence

from menurut.export.findings.composing import compose
from menurut.export.findings.document import Document
from menurut.ledger.intervals import iso
from menurut.ledger.store import Snapshot
from menurut.obligations import board
from menurut.obligations.evidence import cases
from menurut.screening.candidates import Candidate


def report(
    snapshot: Snapshot,
    regime: str | None = None,
    measure: str | None = None,
    screened: Sequence[Candidate] | None = None,
) -> Document:
    """The report on all regimes, on one, or on one measure.

    Raises ``LedgerError`` for a regime or a measure that there is none of.
    """
    made = board(snapshot, regime, measure)
    return compose(made, cases(snapshot, made), iso(snapshot.horizon), screened)
