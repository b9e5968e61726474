"""What can be asked of a ledger, as it is today or as it was known at a date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from menurut.ledger.dialects import found_by_stems
from menurut.ledger.errors import LedgerError
from menurut.ledger.grades import Grade, grades_of
from menurut.ledger.history import holds
from menurut.ledger.incidents import ACTOR, RECIPIENT
from menurut.ledger.intervals import iso
from menurut.ledger.names import party_key
from menurut.ledger.parameters import hostile, parameters
from menurut.ledger.parties import Party
from menurut.ledger.schema import accounts, incidents, members, reports, revisions, tellings
from menurut.ledger.stems import query_stems
from menurut.ledger.store import Snapshot
from menurut.ledger.tellings import Said

_FOUND = 500


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which incidents are wanted. ``first`` and ``last``: days, as ordinals.

    ``acts``: also the acts of speech (accusing, denying) about an incident that is there itself.
    """

    actor: str | None = None
    type: str | None = None
    status: str | None = None
    place: str | None = None
    first: int | None = None
    last: int | None = None
    publisher: str | None = None
    acts: bool = True


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as it stands. ``words``: the sentence that first told of it."""

    id: str
    type: str
    mode: str | None
    status: str
    outcome: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    begins: str | None
    ends: str | None
    last_told: str | None
    place: str | None
    country: str | None
    sources: int
    reports: int
    unheard: tuple[str, ...]
    series: str | None
    about: str | None
    words: str


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One source's version. ``source``: the key of the party, or ``press:`` and the number of the
    report whose own voice it is; ``origin``: the report that the carrying report copies."""

    id: int
    incident: str
    source: str
    name: str | None
    code: str | None
    stance: str
    type: str
    status: str
    figures: tuple[Said, ...]
    said_on: str | None
    report: str
    title: str | None
    publisher: str | None
    agency: str | None
    language: str
    published_at: str | None
    origin: str | None
    statement: str | None
    kind: str | None
    span: tuple[int, int]
    trigger: tuple[int, int]
    words: str
    reasons: tuple[str, ...]
    margin: float
    linked_by: str
    grades: tuple[Grade, ...] = ()


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An incident whole: its accounts, the single incidents of a series, and what it was before."""

    incident: Incident
    accounts: tuple[Account, ...]
    parts: tuple[Incident, ...]
    versions: tuple[Version, ...]


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """How an incident stood from a moment on, by whose change and why."""

    at: str
    kind: str
    author: str
    reason: str | None
    status: str
    sources: int
    reports: int


def number_of(id: str) -> int:
    """The number of an incident's id (``i12``). Raises ``LedgerError`` where it is none."""
    digits = id.removeprefix("i")
    if not digits.isdecimal():
        raise LedgerError(f"{id!r} is no incident's id; they look like i12")
    return int(digits)


def find_incidents(
    snapshot: Snapshot, wanted: Filter | None = None, most: int = 50, by_day: bool = False
) -> list[Incident]:
    """The incidents that pass a filter, the newest known first; ``by_day``: as they happened."""
    found = _filtered(snapshot, wanted or Filter())
    order = (incidents.c.day, incidents.c.incident) if by_day else (incidents.c.incident.desc(),)
    return _incidents(snapshot, found.order_by(*order).limit(most))


def _filtered(snapshot: Snapshot, wanted: Filter) -> Select[Any]:
    found = select(incidents).where(holds(incidents, snapshot.revision))
    if wanted.actor is not None:
        found = found.where(_has_party(snapshot, party_key(wanted.actor)))
    if wanted.type is not None:
        found = found.where(incidents.c.type == wanted.type.upper())
    if wanted.status is not None:
        found = found.where(_has_status(snapshot, wanted.status))
    if wanted.place is not None:
        land = party_key(wanted.place)
        found = found.where(
            or_(incidents.c.country == land, func.lower(incidents.c.place) == wanted.place.lower())
        )
    if wanted.first is not None:
        found = found.where(func.coalesce(incidents.c.ends, incidents.c.day) >= wanted.first)
    if wanted.last is not None:
        found = found.where(incidents.c.day <= wanted.last)
    if not wanted.acts:
        found = found.where(incidents.c.about.is_(None))
    if wanted.publisher is not None:
        told = (
            select(accounts.c.incident)
            .join(reports, reports.c.id == accounts.c.report)
            .where(func.lower(reports.c.publisher) == wanted.publisher.lower())
            .where(holds(accounts, snapshot.revision))
        )
        found = found.where(incidents.c.incident.in_(told))
    return found


def _has_party(snapshot: Snapshot, key: str) -> ColumnElement[bool]:
    if snapshot.revision is None:
        held = select(members.c.incident).where(
            members.c.party == key, members.c.role.in_((ACTOR, RECIPIENT))
        )
        return incidents.c.incident.in_(held)
    named = f"%{msgspec.json.encode(key).decode()}%"
    return or_(incidents.c.actors.like(named), incidents.c.recipients.like(named))


def _has_status(snapshot: Snapshot, status: str) -> ColumnElement[bool]:
    """The status today: what was planned and is due stands as its voices have it."""
    due = and_(incidents.c.status == "planned", incidents.c.ends < (snapshot.horizon or 0))
    if status == "planned":
        return and_(incidents.c.status == "planned", ~func.coalesce(due, False))
    if status == "due":
        return due
    return or_(incidents.c.status == status, and_(due, incidents.c.voiced == status))


def _incidents(snapshot: Snapshot, found: Select[Any]) -> list[Incident]:
    rows = snapshot.connection.execute(found).all()
    leads = {row.lead for row in rows}
    lines = select(tellings.c.id, tellings.c.sentence).where(tellings.c.id.in_(sorted(leads)))
    words = {row.id: row.sentence for row in snapshot.connection.execute(lines)} if rows else {}
    return [_incident(snapshot, row, words.get(row.lead, "")) for row in rows]


def _incident(snapshot: Snapshot, row: Any, words: str) -> Incident:
    due = row.status == "planned" and row.ends is not None and row.ends < (snapshot.horizon or 0)
    return Incident(
        id=f"i{row.incident}",
        type=row.type,
        mode=row.mode,
        status=row.voiced if due else row.status,
        outcome="due" if due else row.outcome,
        actors=_tuple(row.actors),
        recipients=_tuple(row.recipients),
        begins=iso(row.begins),
        ends=iso(row.ends),
        last_told=iso(row.last_told),
        place=row.place,
        country=row.country,
        sources=row.sources,
        reports=row.reports,
        unheard=_tuple(row.unheard),
        series=f"i{row.series}" if row.series else None,
        about=f"i{row.about}" if row.about else None,
        words=words,
    )


def _tuple(text: str) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...])


def show(snapshot: Snapshot, id: str) -> Shown:
    """An incident with everyone's account of it. Raises ``LedgerError`` where there is none."""
    number = number_of(id)
    chosen = select(incidents).where(incidents.c.incident == number)
    found = _incidents(snapshot, chosen.where(holds(incidents, snapshot.revision)))
    if not found:
        raise LedgerError(_missing(snapshot, number))
    parts = select(incidents).where(incidents.c.series == number)
    parts = parts.where(holds(incidents, snapshot.revision)).order_by(incidents.c.day)
    return Shown(
        incident=found[0],
        accounts=tuple(_graded(snapshot, accounts_of(snapshot, [number]))),
        parts=tuple(_incidents(snapshot, parts)),
        versions=tuple(_versions(snapshot, number)),
    )


def _missing(snapshot: Snapshot, number: int) -> str:
    """Why there is no such incident: never was, or went up into another."""
    was, told, again = accounts.alias("was"), tellings.alias("told"), tellings.alias("again")
    now = (
        select(accounts.c.incident)
        .join(again, again.c.id == accounts.c.telling)
        .join(told, and_(told.c.report == again.c.report, told.c.start == again.c.start))
        .join(was, was.c.telling == told.c.id)
        .where(was.c.incident == number, holds(accounts, snapshot.revision))
    )
    into = snapshot.connection.execute(now.limit(1)).scalar()
    where = f"; what it held is in i{into}" if into else ""
    return f"there is no incident i{number}{where}"


def _versions(snapshot: Snapshot, number: int) -> list[Version]:
    found = (
        select(incidents, revisions.c.at, revisions.c.kind, revisions.c.author, revisions.c.reason)
        .join(revisions, revisions.c.id == incidents.c.since)
        .where(incidents.c.incident == number)
        .order_by(incidents.c.since)
    )
    if snapshot.revision is not None:
        found = found.where(incidents.c.since <= snapshot.revision)
    return [
        Version(
            at=row.at,
            kind=row.kind,
            author=row.author,
            reason=row.reason,
            status=row.status,
            sources=row.sources,
            reports=row.reports,
        )
        for row in snapshot.connection.execute(found)
    ]


def accounts_of(snapshot: Snapshot, numbers: Sequence[int]) -> list[Account]:
    """The accounts of some incidents, by incident, then as they came."""
    chosen = accounts.c.incident.in_(numbers)
    return _accounts(
        snapshot, _told(snapshot).where(chosen).order_by(accounts.c.incident, accounts.c.id)
    )


def _told(snapshot: Snapshot) -> Select[Any]:
    origin = reports.alias("origin")
    return (
        select(accounts, tellings.c.type, tellings.c.status, tellings.c.figures)
        .add_columns(tellings.c.start.label("trigger_start"), tellings.c.end.label("trigger_end"))
        .add_columns(reports.c.name.label("report_name"), reports.c.title, reports.c.publisher)
        .add_columns(reports.c.agency, reports.c.language, reports.c.published_at, reports.c.origin)
        .add_columns(
            func.substr(
                reports.c.text, accounts.c.start + 1, accounts.c.end - accounts.c.start
            ).label("words"),
            origin.c.name.label("origin_name"),
        )
        .join(tellings, tellings.c.id == accounts.c.telling)
        .join(reports, reports.c.id == accounts.c.report)
        .join(origin, origin.c.id == reports.c.origin)
        .where(holds(accounts, snapshot.revision))
    )


def _accounts(snapshot: Snapshot, found: Select[Any]) -> list[Account]:
    return [_account(row) for row in snapshot.connection.execute(found)]


def _account(row: Any) -> Account:
    return Account(
        id=row.id,
        incident=f"i{row.incident}",
        source=row.source,
        name=row.name,
        code=row.code,
        stance=row.stance,
        type=row.type,
        status=row.status,
        figures=msgspec.json.decode(row.figures, type=tuple[Said, ...]),
        said_on=row.said_on,
        report=row.report_name,
        title=row.title,
        publisher=row.publisher,
        agency=row.agency,
        language=row.language,
        published_at=row.published_at,
        origin=row.origin_name if row.origin != row.report else None,
        statement=row.statement,
        kind=row.kind,
        span=(row.start, row.end),
        trigger=(row.trigger_start, row.trigger_end),
        words=" ".join(row.words.split()),
        reasons=_tuple(row.reasons),
        margin=row.margin,
        linked_by=row.linked_by,
    )


def _graded(snapshot: Snapshot, found: Iterable[Account]) -> list[Account]:
    """The accounts with the grades that people gave to their sources, publishers and themselves."""
    given = grades_of(snapshot)
    if not given:
        return list(found)
    graded = []
    for account in found:
        subjects = (account.source, account.publisher, account.agency, f"account:{account.id}")
        grades = tuple(given[s] for s in subjects if s is not None and s in given)
        graded.append(msgspec.structs.replace(account, grades=grades))
    return graded


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of one party: what it did and met with, what it said, is accused of, denied."""

    party: str
    did: tuple[Incident, ...]
    met_with: tuple[Incident, ...]
    accused_of: tuple[Incident, ...]
    said: tuple[Account, ...]
    denied: tuple[Account, ...]


def who(snapshot: Snapshot, name: str, most: int = 50) -> Dossier:
    """What an actor did, said, was accused of and denied. Raises ``LedgerError`` for a stranger."""
    key = _known_party(snapshot, name)
    did = _of_role(snapshot, key, ACTOR, most)
    met = _of_role(snapshot, key, RECIPIENT, most)
    told = _told(snapshot).where(accounts.c.source == key).order_by(accounts.c.id.desc())
    said = told.where(accounts.c.stance != "denies").limit(most)
    denied = told.where(accounts.c.stance == "denies").limit(most)
    accused = [i for i in did if i.type in hostile() and i.type != "ACCUSE" and i.sources]
    accused += [i for i in did if i.status == "contested" and i not in accused]
    accused += [i for i in met if i.type == "ACCUSE"]
    return Dossier(
        party=key,
        did=tuple(did),
        met_with=tuple(met),
        accused_of=tuple(accused),
        said=tuple(_accounts(snapshot, said)),
        denied=tuple(_accounts(snapshot, denied)),
    )


def _known_party(snapshot: Snapshot, name: str) -> str:
    """The key of a party that the ledger knows, by code, name, or the end of a longer key."""
    key = party_key(name)
    folded = key.removeprefix("~")
    known = select(members.c.party).where(members.c.party == key).limit(1)
    if snapshot.connection.execute(known).scalar():
        return key
    longer = select(members.c.party).where(members.c.party.like(f"%/%{folded}%")).limit(1)
    found = snapshot.connection.execute(longer).scalar()
    if found is None:
        person = f'%"{folded}%'
        telling = (
            select(tellings.c.actors).where(func.lower(tellings.c.actors).like(person)).limit(1)
        )
        row = snapshot.connection.execute(telling).scalar()
        found = next((p.key for p in _parties(row) if folded in p.person), None) if row else None
    if found is None:
        raise LedgerError(f"the ledger knows nobody called {name!r}")
    return str(found)


def _parties(text: str) -> tuple[Party, ...]:
    return msgspec.json.decode(text, type=tuple[Party, ...])


def _of_role(snapshot: Snapshot, key: str, role: int, most: int) -> list[Incident]:
    held = select(members.c.incident).where(members.c.party == key, members.c.role == role)
    found = select(incidents).where(
        holds(incidents, snapshot.revision), incidents.c.incident.in_(held)
    )
    return _incidents(snapshot, found.order_by(incidents.c.incident.desc()).limit(most))


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A report that holds the words of a query, and the incidents that it tells of."""

    report: str
    title: str | None
    publisher: str | None
    published_at: str | None
    language: str
    words: str
    incidents: tuple[str, ...]


def search(snapshot: Snapshot, query: str, most: int = 20) -> list[Hit]:
    """The newest reports that hold every word of a query, in any of its forms and languages."""
    groups = query_stems(query)
    if not groups:
        return []
    numbers = found_by_stems(
        snapshot.connection, groups, most if snapshot.revision is None else _FOUND
    )
    found = select(reports).where(reports.c.id.in_(numbers), holds(reports, snapshot.revision))
    rows = snapshot.connection.execute(found.order_by(reports.c.id.desc()).limit(most)).all()
    told = (
        select(accounts.c.report, accounts.c.incident)
        .where(accounts.c.report.in_([row.id for row in rows]), holds(accounts, snapshot.revision))
        .distinct()
        .order_by(accounts.c.incident)
    )
    by_report: dict[int, list[str]] = {}
    for report, incident in snapshot.connection.execute(told):
        by_report.setdefault(report, []).append(f"i{incident}")
    return [
        Hit(
            report=row.name,
            title=row.title,
            publisher=row.publisher,
            published_at=row.published_at,
            language=row.language,
            words=_around(row.text, row.language, groups),
            incidents=tuple(by_report.get(row.id, ())),
        )
        for row in rows
    ]


def _around(text: str, language: str, groups: list[tuple[str, ...]]) -> str:
    """The paragraph that holds most words of a query."""
    from menurut.ledger.stems import stems

    def held(line: str) -> int:
        found = set(stems(line, language))
        return sum(any(stem in found for stem in group) for group in groups)

    lines = [line for line in text.splitlines() if line.strip()]
    return " ".join(max(lines, key=held, default="").split())


def doubtful(snapshot: Snapshot, most: int = 50) -> list[Account]:
    """The links of the program that a person should look at, the most doubtful first."""
    found = (
        _told(snapshot)
        .where(accounts.c.margin < parameters().threshold.doubt)
        .where(accounts.c.linked_by == "menurut")
        .order_by(accounts.c.margin, accounts.c.id)
    )
    return _accounts(snapshot, found.limit(most))


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """How much a ledger holds."""

    reports: int
    origins: int
    languages: dict[str, int]
    incidents: int
    accounts: int
    statuses: dict[str, int]
    revisions: int
    doubtful: int


def stats(snapshot: Snapshot) -> Stats:
    """What a ledger holds, counted."""

    def count(table: Any, *where: ColumnElement[bool]) -> int:
        found = select(func.count()).select_from(table)
        return int(snapshot.connection.execute(found.where(*where)).scalar_one())

    def by(column: Any, table: Any) -> dict[str, int]:
        found = select(column, func.count()).where(holds(table, snapshot.revision)).group_by(column)
        return dict(snapshot.connection.execute(found.order_by(column)).tuples().all())

    held = holds(reports, snapshot.revision)
    origins = select(func.count(func.distinct(reports.c.origin))).where(held)
    known = accounts.c.margin < parameters().threshold.doubt
    done = revisions.c.id <= snapshot.revision if snapshot.revision is not None else None
    return Stats(
        reports=count(reports, held),
        origins=int(snapshot.connection.execute(origins).scalar_one()),
        languages=by(reports.c.language, reports),
        incidents=count(incidents, holds(incidents, snapshot.revision)),
        accounts=count(accounts, holds(accounts, snapshot.revision)),
        statuses=by(incidents.c.status, incidents),
        revisions=count(revisions, *([] if done is None else [done])),
        doubtful=count(accounts, holds(accounts, snapshot.revision), known),
    )


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two reports side by side: incidents that both tell of, and each one's own accounts."""

    first: str
    second: str
    shared: tuple[Pair, ...]
    only_first: tuple[Account, ...]
    only_second: tuple[Account, ...]
    same_origin: bool


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """What two reports tell of one incident. ``differs``: in figures, or in what is vouched for."""

    incident: str
    first: tuple[Account, ...]
    second: tuple[Account, ...]
    differs: tuple[str, ...]


def compare_reports(snapshot: Snapshot, first: str, second: str) -> Comparison:
    """What two reports have in common, what each has alone, and where they differ.

    Raises ``LedgerError`` for a report that is not in the ledger.
    """
    one, two = (_by_incident(snapshot, name) for name in (first, second))
    shared = [_pair(id, one[id], two[id]) for id in one if id in two]
    origins = {_report(snapshot, name).origin for name in (first, second)}
    return Comparison(
        first=first,
        second=second,
        shared=tuple(shared),
        only_first=tuple(a for id, held in one.items() if id not in two for a in held),
        only_second=tuple(a for id, held in two.items() if id not in one for a in held),
        same_origin=len(origins) == 1,
    )


def _pair(id: str, first: list[Account], second: list[Account]) -> Pair:
    differs = []
    if _figures(first) != _figures(second):
        differs.append("figures")
    if {a.stance for a in first} != {a.stance for a in second}:
        differs.append("stances")
    if {a.status for a in first} != {a.status for a in second}:
        differs.append("status")
    return Pair(incident=id, first=tuple(first), second=tuple(second), differs=tuple(differs))


def _figures(told: Iterable[Account]) -> set[tuple[float | None, float | None]]:
    return {(f.low, f.high) for account in told for f in account.figures}


def _by_incident(snapshot: Snapshot, name: str) -> dict[str, list[Account]]:
    report = _report(snapshot, name)
    told = _told(snapshot).where(accounts.c.report == report.id).order_by(accounts.c.id)
    found: dict[str, list[Account]] = {}
    for account in _accounts(snapshot, told):
        found.setdefault(account.incident, []).append(account)
    return found


def _report(snapshot: Snapshot, name: str) -> Any:
    found = select(reports).where(reports.c.name == name, holds(reports, snapshot.revision))
    row = snapshot.connection.execute(found).first()
    if row is None:
        raise LedgerError(f"there is no report {name!r} in the ledger")
    return row
