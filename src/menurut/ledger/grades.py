"""How far people trust a source: the Admiralty grades, kept apart from what the program counts."""

from __future__ import annotations

import msgspec
from sqlalchemy import insert, select

from menurut.ledger.errors import LedgerError
from menurut.ledger.history import close, holds, next_id, now
from menurut.ledger.names import code_of
from menurut.ledger.parties import key_of
from menurut.ledger.schema import grades
from menurut.ledger.store import Draft, Snapshot

RELIABILITY = "ABCDEF"
"""A: completely reliable, to E: unreliable; F: cannot be judged. Of a source."""
CREDIBILITY = "123456"
"""1: confirmed, to 5: improbable; 6: cannot be judged. Of an account."""


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """``subject``: a party's key, a publisher or agency, or ``account:`` and its number."""

    subject: str
    reliability: str | None
    credibility: str | None
    author: str
    at: str
    reason: str | None


def parsed(grade: str) -> tuple[str | None, str | None]:
    """The two halves of ``B2``, ``B`` or ``2``. Raises ``LedgerError`` for anything else."""
    letter = next((c for c in grade.upper() if c in RELIABILITY), None)
    digit = next((c for c in grade if c in CREDIBILITY), None)
    if not grade or len(grade) != (letter is not None) + (digit is not None):
        raise LedgerError("{grade!r} is no Admiralty grade; they look like B2, B or 2", grade=grade)
    return letter, digit


def graded_subject(words: str) -> str:
    """What a person grades: an account by its number, a party that the tables know, or a name."""
    if words.isdecimal():
        return f"account:{words}"
    code = code_of(words)
    return key_of(code, words) if code else words


def grade(draft: Draft, subject: str, given: str, reason: str | None = None) -> None:
    """Give a grade; the one before it stays in the history."""
    reliability, credibility = parsed(given)
    held = select(grades.c.id).where(grades.c.subject == subject, grades.c.until.is_(None))
    close(draft.connection, grades, list(draft.connection.execute(held).scalars()), draft.revision)
    draft.connection.execute(
        insert(grades).values(
            id=next_id(draft.connection, grades),
            subject=subject,
            reliability=reliability,
            credibility=credibility,
            author=draft.author,
            at=now(),
            reason=reason,
            since=draft.revision,
        )
    )


def grades_of(snapshot: Snapshot) -> dict[str, Grade]:
    """The grades that hold, by subject."""
    found = select(grades).where(holds(grades, snapshot.revision))
    return {
        row.subject: Grade(
            subject=row.subject,
            reliability=row.reliability,
            credibility=row.credibility,
            author=row.author,
            at=row.at,
            reason=row.reason,
        )
        for row in snapshot.connection.execute(found)
    }
