"""Two reports side by side."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from menurut.desk.api.resource import Asked, Resource, Words
from menurut.ledger.queries import Comparison, compare_reports
from menurut.ledger.store import Snapshot


class TwoReports(Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which reports are to be compared."""

    first: Annotated[Words, Meta(description="The id of a report.")]
    second: Annotated[Words, Meta(description="The id of another.")]


def _compare(snapshot: Snapshot, asked: TwoReports) -> Comparison:
    return compare_reports(snapshot, asked.first, asked.second)


COMPARE = Resource(
    name="compare",
    path="/comparison",
    summary="What two reports both tell, what each has alone, and where they differ.",
    asked=TwoReports,
    answer=Comparison,
    ask=_compare,
)
