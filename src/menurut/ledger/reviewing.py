"""A person's decisions: merging, splitting, judging a telling, replaying judgements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from sqlalchemy import select

from menurut.ledger import judgements
from menurut.ledger.adding import relink
from menurut.ledger.blocking import LOOSE
from menurut.ledger.errors import LedgerError
from menurut.ledger.history import close
from menurut.ledger.incidents import Bench
from menurut.ledger.judgements import PAIRED, Correction, Judgement, Verdict
from menurut.ledger.moving import incident_of, merge, move_accounts
from menurut.ledger.profiles import decode
from menurut.ledger.queries import Account, number_of
from menurut.ledger.references import Reference
from menurut.ledger.schema import accounts, incidents, reports, tellings
from menurut.ledger.store import Draft, Ledger


def merge_incidents(
    ledger: Ledger, ids: Sequence[int], author: str, reason: str | None = None
) -> int:
    """Judge incidents to be one; the number of the oldest, which holds them all.

    Raises ``LedgerError`` where an incident is missing, or only one is named.
    """
    chosen = sorted(set(ids))
    if len(chosen) < 2:
        raise LedgerError("to merge, name two or more incidents")
    with ledger.write("merge", author, reason) as draft:
        leads = [_lead(draft, id) for id in chosen]
        for lead in leads[1:]:
            _keep(draft, judgements.made("same", leads[0], author, other=lead, reason=reason))
    return chosen[0]


def split_incident(
    ledger: Ledger, id: int, moved: Sequence[int], author: str, reason: str | None = None
) -> int:
    """Judge accounts to be of another incident than the rest; the number of the new incident.

    Raises ``LedgerError`` where an account is not the incident's, or nothing would be left.
    """
    with ledger.write("split", author, reason) as draft:
        held = _tellings(draft, id)
        by_account = dict(_account_tellings(draft, id))
        strangers = [a for a in moved if a not in by_account]
        if not moved or strangers:
            raise LedgerError(f"i{id} has no account {strangers[0] if strangers else ''}".rstrip())
        leaving = sorted({by_account[a] for a in moved})
        staying = [t for t in held if t not in leaving]
        if not staying:
            raise LedgerError("these are all accounts of the incident: nothing would be left in it")
        if all(held[telling].type == LOOSE for telling in leaving):
            raise LedgerError("these only speak of the incident: they make none of their own")
        first = held[leaving[0]]
        for telling in leaving:
            judgement = judgements.made(
                "different", held[telling], author, other=held[staying[0]], reason=reason
            )
            judgements.keep(draft, judgement)
        for telling in leaving[1:]:
            same = judgements.made("same", first, author, other=held[telling], reason=reason)
            judgements.keep(draft, same)
        return _part(draft, id, set(leaving), author)


def judge(
    ledger: Ledger,
    account: int,
    verdict: Verdict,
    author: str,
    *,
    other: int | None = None,
    value: Correction | None = None,
    reason: str | None = None,
) -> Judgement:
    """Judge the telling of an account. Raises ``LedgerError`` where there is no such account."""
    with ledger.write("judge", author, reason) as draft:
        of = _reference(draft, account)
        with_other = _reference(draft, other) if other is not None else None
        judgement = judgements.made(
            verdict, of, author, other=with_other, value=value, reason=reason
        )
        _keep(draft, judgement)
        return judgement


def replay(ledger: Ledger, given: Iterable[Judgement]) -> int:
    """Take over judgements from a dump, those the ledger has not; how many were new.

    What they speak of may come later: a judgement waits for its reports.
    """
    taken = 0
    for judgement in given:
        with ledger.write("replay", judgement.author, judgement.reason) as draft:
            taken += _keep(draft, judgement)
    return taken


def _keep(draft: Draft, judgement: Judgement) -> bool:
    """Write a judgement down and do what it says."""
    if not judgements.keep(draft, judgement):
        return False
    if judgement.verdict not in PAIRED:
        relink(draft, judgement.of.report)
        return True
    assert judgement.other is not None
    one, other = (incident_of(draft, r) for r in (judgement.of, judgement.other))
    if one is None or other is None:
        return True
    if judgement.verdict == "same" and one != other:
        _merge(draft, *sorted((one, other)))
    elif judgement.verdict == "same":
        _confirm(draft, one, judgement)
    elif judgement.verdict == "different" and one == other:
        _part_of(draft, one, judgement)
    return True


def _confirm(draft: Draft, id: int, judgement: Judgement) -> None:
    """Put a person's name to a link that the program made."""
    held = _tellings(draft, id)
    named = {t for t, r in held.items() if _same_place(r, judgement.of)}
    move_accounts(draft, id, id, named, judgement.author)


def _merge(draft: Draft, into: int, gone: int) -> None:
    bench = Bench(draft)
    bench.load([into, gone])
    merge(draft, bench, bench.held[into], bench.held[gone])
    bench.write()


def _part_of(draft: Draft, id: int, judgement: Judgement) -> None:
    """Take a judgement's first telling out of an incident, with those judged the same as it."""
    held = _tellings(draft, id)
    leaving = {t for t, r in held.items() if _same_place(r, judgement.of)}
    together = [j for j in judgements.about(draft, judgement.of.report) if j.verdict == "same"]
    for j in together:
        sides = (j.of, j.other)
        if any(s is not None and _same_place(s, judgement.of) for s in sides):
            leaving |= {t for t, r in held.items() if any(s and _same_place(r, s) for s in sides)}
    if not leaving or len(leaving) == len(held):
        return
    if all(held[telling].type == LOOSE for telling in leaving):
        _dismiss(draft, id, leaving)
    else:
        _part(draft, id, leaving, judgement.author)


def _dismiss(draft: Draft, id: int, leaving: set[int]) -> None:
    """Take statements that tell of no event of their own out of an incident; they open none."""
    gone = [a for a, telling in _account_tellings(draft, id) if telling in leaving]
    close(draft.connection, accounts, gone, draft.revision)
    bench = Bench(draft)
    bench.rebuild([id])
    bench.write()


def _same_place(one: Reference, other: Reference) -> bool:
    return one.report == other.report and one.start < other.end and other.start < one.end


def _part(draft: Draft, id: int, leaving: set[int], author: str) -> int:
    """A new incident of some tellings of an old one."""
    bench = Bench(draft)
    bench.load([id])
    first = min(leaving)
    profile = draft.connection.execute(
        select(tellings.c.profile).where(tellings.c.id == first)
    ).scalar_one()
    new = bench.open(decode(profile), first)
    move_accounts(draft, id, new.id, leaving, author)
    bench.rebuild([id, new.id])
    bench.write()
    return new.id


def _lead(draft: Draft, id: int) -> Reference:
    held = _tellings(draft, id)
    lead = draft.connection.execute(
        select(incidents.c.lead).where(incidents.c.incident == id, incidents.c.until.is_(None))
    ).scalar()
    if lead is None or not held:
        raise LedgerError("there is no incident i{id}", id=id)
    return held.get(lead) or next(iter(held.values()))


def _tellings(draft: Draft, id: int) -> dict[int, Reference]:
    """The tellings of an incident that hold today, as a judgement names them, in order."""
    found = (
        select(tellings.c.id, tellings.c.start, tellings.c.end, tellings.c.type, reports.c.name)
        .join(accounts, accounts.c.telling == tellings.c.id)
        .join(reports, reports.c.id == tellings.c.report)
        .where(accounts.c.incident == id, accounts.c.until.is_(None))
        .distinct()
        .order_by(tellings.c.id)
    )
    return {
        row.id: Reference(row.name, row.start, row.end, row.type)
        for row in draft.connection.execute(found)
    }


def _account_tellings(draft: Draft, id: int) -> list[tuple[int, int]]:
    found = select(accounts.c.id, accounts.c.telling).where(
        accounts.c.incident == id, accounts.c.until.is_(None)
    )
    return [(row.id, row.telling) for row in draft.connection.execute(found)]


def _reference(draft: Draft, account: int) -> Reference:
    found = (
        select(tellings.c.start, tellings.c.end, tellings.c.type, reports.c.name)
        .join(accounts, accounts.c.telling == tellings.c.id)
        .join(reports, reports.c.id == tellings.c.report)
        .where(accounts.c.id == account, accounts.c.until.is_(None))
    )
    row = draft.connection.execute(found).first()
    if row is None:
        raise LedgerError("there is no account {account} today", account=account)
    return Reference(row.name, row.start, row.end, row.type)


def stored(name: str) -> list[Judgement]:
    """The judgements of a dump. Raises ``LedgerError`` where the file or a line cannot be read."""
    decoder = msgspec.json.Decoder(Judgement)
    found = []
    try:
        lines = Path(name).read_bytes().splitlines()
    except OSError as error:
        raise LedgerError(f"{name}: cannot be read: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        try:
            found += [decoder.decode(line)] if line.strip() else []
        except msgspec.MsgspecError as error:
            raise LedgerError(
                "{name}: line {number}: no judgement: {error}",
                name=name,
                number=number,
                error=error,
            ) from None
    return found


def decide(
    ledger: Ledger, account: Account, same: bool, author: str, reason: str | None = None
) -> Judgement:
    """A person's answer to a doubtful link: the account's telling is of its incident, or is not."""
    with ledger.write("judge", author, reason) as draft:
        of = _reference(draft, account.id)
        id = number_of(account.incident)
        others = [r for r in _tellings(draft, id).values() if not _same_place(r, of)]
        if not others:
            raise LedgerError(f"{account.incident} has no other telling to compare with")
        lead = _lead(draft, id)
        other = others[0] if _same_place(lead, of) else lead
        verdict: Verdict = "same" if same else "different"
        judgement = judgements.made(verdict, of, author, other=other, reason=reason)
        _keep(draft, judgement)
        return judgement
