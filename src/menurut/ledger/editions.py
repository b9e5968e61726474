"""What a sender says of its reports: corrections under a new id, newer versions, kills.

A story's editions stand in ``editions``, which serves the present: the reports themselves keep
their history in ``reports``. A sender speaks for its own reports alone; adding checks that.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select

from menurut.contract import Edition, Report
from menurut.ledger.judgements import Judgement, about
from menurut.ledger.references import Reference
from menurut.ledger.schema import editions, reports
from menurut.ledger.store import Draft

_GONE = frozenset({"canceled", "withheld"})
_EARLIEST = datetime.min.replace(tzinfo=UTC)


def withdrawn(report: Report) -> bool:
    """Whether its sender says that a report must not be used."""
    return report.edition is not None and report.edition.status in _GONE


def predecessor(draft: Draft, report: Report) -> Any:
    """The row of the report whose place a report takes: another id, named by its sender or of the
    same story; None where there is none."""
    edition = report.edition
    if edition is None:
        return None
    named = [edition.replaces] if edition.replaces else []
    for name in [*named, *_names(draft, edition.story)]:
        found = select(reports).where(reports.c.name == name, reports.c.until.is_(None))
        row = draft.connection.execute(found).first() if name != report.id else None
        if row is not None:
            return row
    return None


def outdated(draft: Draft, report: Report, name: str) -> bool:
    """Whether a report is an earlier edition than the one that the ledger holds under a name.

    What was withdrawn stays so until a later edition comes.
    """
    found = select(editions).where(editions.c.name == name)
    held = draft.connection.execute(found).first()
    if held is None or withdrawn(report):
        return False
    edition = report.edition or Edition()
    if edition.version and held.version and edition.version != held.version:
        return _counted(edition.version) < _counted(held.version)
    moment = edition.modified_at or report.published_at
    if moment and held.moment and moment != held.moment:
        return _moment(moment) < _moment(held.moment)
    return bool(held.withdrawn)


def note(draft: Draft, report: Report, replaced: str | None) -> None:
    """Keep which story a report is an edition of. ``replaced``: the report that it follows."""
    edition = report.edition
    if edition is None and replaced is None:
        return
    edition = edition or Edition()
    story = (_story(draft, replaced) if replaced else None) or edition.story or replaced
    if replaced is not None:
        _keep(draft, replaced, story, None)
    _keep(draft, report.id, story, report)


def judged(draft: Draft, report: Report) -> list[Judgement]:
    """The judgements of a report and of its earlier editions, as if all were of this one."""
    names = [n for n in _names(draft, _story(draft, report.id)) if n != report.id]
    earlier = [_renamed(j, names, report.id) for name in names for j in about(draft, name)]
    return sorted([*about(draft, report.id), *earlier], key=lambda judgement: judgement.at)


def heir(draft: Draft, name: str) -> str:
    """The report under which a story stands today: the name itself, or that of a later edition."""
    story = _story(draft, name)
    if story is None:
        return name
    found = (
        select(reports.c.name)
        .join(editions, editions.c.name == reports.c.name)
        .where(editions.c.story == story, reports.c.until.is_(None))
        .order_by(reports.c.id.desc())
    )
    return draft.connection.execute(found.limit(1)).scalar() or name


def _keep(draft: Draft, name: str, story: str | None, report: Report | None) -> None:
    draft.connection.execute(delete(editions).where(editions.c.name == name))
    edition = (report.edition if report else None) or Edition()
    draft.connection.execute(
        insert(editions).values(
            name=name,
            story=story or name,
            version=edition.version,
            moment=edition.modified_at or (report.published_at if report else None),
            withdrawn=int(report is not None and withdrawn(report)),
        )
    )


def _story(draft: Draft, name: str) -> str | None:
    found = select(editions.c.story).where(editions.c.name == name)
    return draft.connection.execute(found).scalar()


def _names(draft: Draft, story: str | None) -> list[str]:
    if story is None:
        return []
    found = select(editions.c.name).where(editions.c.story == story).order_by(editions.c.name)
    return list(draft.connection.execute(found).scalars())


def _renamed(judgement: Judgement, names: Iterable[str], name: str) -> Judgement:
    def under(reference: Reference | None) -> Reference | None:
        if reference is None or reference.report not in names:
            return reference
        return msgspec.structs.replace(reference, report=name)

    of, other = under(judgement.of), under(judgement.other)
    return msgspec.structs.replace(judgement, of=of, other=other)


def _counted(version: str) -> tuple[int, str]:
    """A version to compare by: numbers by value, all else by its letters, after the numbers."""
    digits = version.strip()
    return (int(digits), "") if digits.isdecimal() and len(digits) < 19 else (1 << 63, digits)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _EARLIEST
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
