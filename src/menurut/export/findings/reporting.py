"""From a ledger to a report."""

from __future__ import annotations

from collections.abc import Sequence

from menurut.export.findings.composing import compose
from menurut.export.findings.document import Document
from menurut.ledger.history import batched
from menurut.ledger.intervals import iso
from menurut.ledger.queries import number_of
from menurut.ledger.store import Snapshot
from menurut.obligations import page
from menurut.obligations.evidence import cases
from menurut.screening.candidates import Candidate

_AT_ONCE = 100


def report(
    snapshot: Snapshot,
    regime: str | None = None,
    measure: str | None = None,
    screened: Sequence[Candidate] | None = None,
    most: int = 1000,
    looking: int | None = None,
) -> Document:
    """The report on all regimes, on one, or on one measure.

    ``most``: on the newest known of their incidents, at most so many; what it holds in memory
    grows with them, and not with the ledger. ``looking``: as of ``board``. Raises ``LedgerError``
    for a regime or a measure that there is none of.
    """
    made = page(snapshot, regime, measure, most, looking=looking)
    ids = sorted(made.incidents, key=number_of)
    found = [case for some in batched(ids, _AT_ONCE) for case in cases(snapshot, made.of(some))]
    return compose(made, found, iso(snapshot.horizon), screened)
