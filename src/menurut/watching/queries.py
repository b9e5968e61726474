"""Saved queries: what happens (``new denial``, ``figure changed`` …) to which incidents.

type=AID actor=PRK recipient=RUS
new denial by Russia
figure changed type=AID
status changed status=contested
planned event due and not reported actor=RUS
"""

from __future__ import annotations

import shlex
from typing import Literal, get_args

import msgspec

from menurut.contract import EventType
from menurut.interface import gettext as _
from menurut.ledger.changes import Change, Kind
from menurut.ledger.names import party_key

_KEYS = frozenset(
    {"type", "mode", "status", "actor", "recipient", "party", "place", "publisher", "source"}
)
Key = Literal["actor", "recipient", "party", "source"]
_PARTIES = frozenset(get_args(Key))
PHRASES: dict[str, Kind] = {
    "new incident": "incident",
    "new account": "account",
    "new denial": "denial",
    "figure changed": "figure",
    "status changed": "status",
    "planned event due and not reported": "due",
}


class QueryError(ValueError):
    """What is wrong with a query."""


class Query(msgspec.Struct, frozen=True):
    """What must have happened, and what must hold of the incident and the account."""

    kind: Kind
    wanted: tuple[tuple[str, str], ...] = ()

    def matches(self, change: Change) -> bool:
        """Whether a change is one that the query asks for."""
        return change.kind == self.kind and all(_holds(change, k, v) for k, v in self.wanted)


def parse_query(text: str) -> Query:
    """A query from its words. Raises ``QueryError`` that says what was not understood."""
    try:
        words = shlex.split(text)
    except ValueError:
        reason = _("{query!r}: a quotation mark is not closed")
        raise QueryError(reason.format(query=text)) from None
    told = [word for word in words if "=" not in word]
    wanted = [_pair(word) for word in words if "=" in word]
    if "by" in told:
        at = told.index("by")
        source = " ".join(told[at + 1 :])
        if not source:
            raise QueryError(_("{query!r}: by whom?").format(query=text))
        wanted.append(("source", party_key(source)))
        told = told[:at]
    phrase = " ".join(told).lower()
    if phrase and phrase not in PHRASES:
        reason = _("{phrase!r} is not known; there are: {known}")
        raise QueryError(reason.format(phrase=phrase, known="; ".join(PHRASES)))
    if not phrase and not wanted:
        raise QueryError(_("a query is empty"))
    return Query(PHRASES[phrase or "new incident"], tuple(wanted))


def _pair(word: str) -> tuple[str, str]:
    key, _equals, value = word.partition("=")
    if key not in _KEYS or not value:
        reason = _("{word!r}: what can be asked is {keys}")
        raise QueryError(reason.format(word=word, keys=", ".join(sorted(_KEYS))))
    if key == "type" and value.upper() not in get_args(EventType):
        raise QueryError(_("{value!r} is no PLOVER type").format(value=value))
    return key, party_key(value) if key in _PARTIES else value


def _holds(change: Change, key: str, value: str) -> bool:
    incident, account = change.incident, change.account
    match key:
        case "actor":
            return value in incident.actors
        case "recipient":
            return value in incident.recipients
        case "party":
            return value in (*incident.actors, *incident.recipients)
        case "source":
            return account is not None and account.source == value
        case "publisher":
            return account is not None and _same(account.publisher, value)
        case "place":
            held = (incident.place, incident.country)
            return any(_same(h, v) for h in held for v in (value, party_key(value)))
        case _:
            return _same(getattr(incident, key), value)


def _same(held: str | None, value: str) -> bool:
    return held is not None and held.casefold() == value.casefold()
