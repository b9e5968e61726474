"""What a sender says of its reports: corrections under a new id, newer versions, kills.

A story's editions stand in ``editions``, which serves the present: the reports themselves keep
their history in ``reports``. A sender speaks for its own reports alone; adding checks that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, or_, select, update

from menurut.contract import Report
from menurut.ledger.history import batched
from menurut.ledger.judgements import Judgement, about
from menurut.ledger.references import Reference
from menurut.ledger.schema import editions, reports
from menurut.ledger.store import Draft

_GONE = frozenset({"canceled", "withheld"})


def withdrawn(report: Report) -> bool:
    """Whether its sender says that a report must not be used."""
    return report.edition is not None and report.edition.status in _GONE


def standing(draft: Draft, report: Report, publisher: str | None) -> list[Any]:
    """The rows of the reports that stand for a report's story today: of its id, of the id that it
    replaces, of its story. What others say of a story of the same name is not of it."""
    stories = _stories(draft, report, publisher)
    names = [report.id, *_replaced(report), *stories]
    found = select(reports).where(
        reports.c.until.is_(None),
        or_(
            reports.c.name.in_(names),
            reports.c.name.in_(select(editions.c.name).where(editions.c.story.in_(stories))),
        ),
    )
    rows = draft.connection.execute(found.order_by(reports.c.id)).all()
    return sorted(rows, key=lambda row: row.name != report.id)


def outdated(draft: Draft, report: Report, name: str) -> bool:
    """Whether a report is an earlier edition than the one that the ledger holds under a name.

    Who names another as replaced is the later, whatever the dates; then the sender's count decides,
    then its dates. What was withdrawn stays so until a later edition comes.
    """
    if name in _replaced(report):
        return False
    held, own = _row(draft, name), _row(draft, report.id)
    if held is None:
        return False
    if name != report.id and own is not None and own.version is None and own.moment is None:
        return True
    later = _compared(_counted(_version(report)), _counted(held.version))
    later = later or _compared(_moment(_dated(report)), _moment(held.moment))
    if later:
        return later < 0
    if name != report.id and own is not None:
        return True
    return bool(held.withdrawn) and not withdrawn(report)


def note(
    draft: Draft,
    report: Report,
    publisher: str | None,
    older: Sequence[Any] = (),
    *,
    late: bool = False,
) -> None:
    """Keep which story a report is an edition of, and which it replaces: that may come later.

    ``older``: the rows of the reports that give way to it; ``late``: it is passed over itself, so
    what is known of its id stays.
    """
    own = _row(draft, report.id)
    if report.edition is None and own is None and all(row.name == report.id for row in older):
        return
    story, *others = _stories(draft, report, publisher)
    draft.connection.execute(
        update(editions).where(editions.c.story.in_(others)).values(story=story)
    )
    for row in older:
        if row.name != report.id and _row(draft, row.name) is None:
            _keep(draft, row.name, story, None, row.published_at)
    for name in _replaced(report):
        _keep(draft, name, story, None)
    if not late or own is None:
        _keep(draft, report.id, story, report)


def noted(connection: Connection, report: Report) -> bool:
    """Whether the ledger knows a report to be this very edition."""
    if report.edition is None:
        return True
    found = select(editions.c.version, editions.c.moment).where(editions.c.name == report.id)
    held = connection.execute(found).first()
    return held is not None and tuple(held) == (_version(report), _dated(report))


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


def stories_of(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """The stories of reports by all the names that they have had; a report of none is its own."""
    held: dict[str, str] = {name: name for name in names}
    for some in batched(sorted(held)):
        own = select(editions.c.story).where(editions.c.name.in_(some))
        found = select(editions.c.name, editions.c.story).where(editions.c.story.in_(own))
        held.update((row.name, row.story) for row in connection.execute(found))
    return held


def _keep(
    draft: Draft, name: str, story: str, report: Report | None, moment: str | None = None
) -> None:
    draft.connection.execute(delete(editions).where(editions.c.name == name))
    draft.connection.execute(
        insert(editions).values(
            name=name,
            story=story,
            version=_version(report) if report else None,
            moment=_dated(report) if report else moment,
            withdrawn=int(report is not None and withdrawn(report)),
        )
    )


def _replaced(report: Report) -> list[str]:
    """The id that a report's sender says it replaces, if any."""
    named = report.edition.replaces if report.edition else None
    return [named] if named and named != report.id else []


def _stories(draft: Draft, report: Report, publisher: str | None) -> list[str]:
    """The names under which a report's story is known, the sender's first and its own id last;
    those under which another publisher's report stands left out. A story may have the name of one
    of its editions."""
    said = report.edition.story if report.edition else None
    names = (*_replaced(report), report.id)
    kept = [*(_story(draft, name) for name in names), *names]
    foreign = {story for story in (said, *kept) if story and _foreign(draft, story, publisher)}
    told = f"{said} ({publisher})" if said in foreign else said
    return [s for s in dict.fromkeys((told, *kept)) if s and s not in foreign] or [report.id]


def _foreign(draft: Draft, story: str, publisher: str | None) -> bool:
    if publisher is None:
        return False
    members = select(editions.c.name).where(editions.c.story == story)
    found = select(reports.c.id).where(
        or_(reports.c.name == story, reports.c.name.in_(members)),
        reports.c.until.is_(None),
        reports.c.publisher != publisher,
    )
    return draft.connection.execute(found.limit(1)).first() is not None


def _row(draft: Draft, name: str) -> Any:
    return draft.connection.execute(select(editions).where(editions.c.name == name)).first()


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


def _version(report: Report) -> str | None:
    return report.edition.version if report.edition else None


def _dated(report: Report) -> str | None:
    modified = report.edition.modified_at if report.edition else None
    return modified or report.published_at


def _compared(one: Any, other: Any) -> int:
    """Which of two is the greater: 1, -1, or 0 where they are alike or one is not known."""
    if one is None or other is None:
        return 0
    return int(one > other) - int(one < other)


def _counted(version: str | None) -> tuple[int, str] | None:
    """A version to compare by: numbers by value, all else by its letters, after the numbers."""
    digits = (version or "").strip()
    if not digits:
        return None
    return (int(digits), "") if digits.isdecimal() and len(digits) < 19 else (1 << 63, digits)


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
