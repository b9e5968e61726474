"""Alerts: what is new in the ledger, held against the saved queries, as messages for channels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

import msgspec

from menurut.ledger.changes import Change
from menurut.watching.plan import Alert, query_of
from menurut.watching.state import Notice


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """An alert as it is sent. ``id``: the same when it is sent again, so that it can be dropped.

    ``words``: the exact words of the account that brought it, with who says so, where and when.
    """

    id: str
    alert: str
    at: str
    kind: str
    incident: str
    type: str
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    begins: str | None
    before: str | None
    words: str
    source: str | None = None
    stance: str | None = None
    report: str | None = None
    publisher: str | None = None
    figures: tuple[str, ...] = ()


def raised(alerts: Iterable[Alert], changes: Iterable[Change], at: str) -> Iterator[Notice]:
    """A notice for each alert that a change raises, and for each channel of the alert.

    What one source says in one report is told once, be it in the headline and the body.
    """
    queries = [(alert, query_of(alert)) for alert in alerts]
    raised_by: set[tuple[object, ...]] = set()
    for change in changes:
        for alert, query in queries:
            if not query.matches(change):
                continue
            message = message_of(alert, change, at)
            same = (alert.name, change.kind, message.incident, *_said(message))
            if message.report is not None and same in raised_by:
                continue
            raised_by.add(same)
            told = msgspec.Raw(msgspec.json.encode(message))
            for channel in alert.to:
                yield Notice(key=message.id, alert=alert.name, channel=channel, at=at, message=told)


def _said(message: Message) -> tuple[object, ...]:
    """Who says what kind of thing where, whatever the words."""
    return message.report, message.publisher, message.source, message.stance, message.figures


def message_of(alert: Alert, change: Change, at: str) -> Message:
    """What an alert says of a change."""
    incident, account = change.incident, change.account
    key = f"{alert.name}\n{change.key}"
    return Message(
        id=blake2b(key.encode(), digest_size=9).hexdigest(),
        alert=alert.name,
        at=at,
        kind=change.kind,
        incident=incident.id,
        type=incident.type,
        status=incident.status,
        actors=incident.actors,
        recipients=incident.recipients,
        begins=incident.begins,
        before=change.before,
        words=account.words if account else incident.words,
        source=(account.name or account.source) if account else None,
        stance=account.stance if account else None,
        report=account.report if account else None,
        publisher=account.publisher if account else None,
        figures=tuple(f.words for f in account.figures) if account else (),
    )
