"""What a resource is: a question with its parameters, and the answer's type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta

from menurut.ledger.errors import LedgerError
from menurut.ledger.history import moment
from menurut.ledger.store import Ledger, Snapshot

MOST = 200
"""Items of one page, at most."""

_BLANK = r"\s\x00-\x1f\x7f-\x9f"


def _of(letter: str, most: int) -> Meta:
    """Text of such letters, one of them not blank. Python's ``$`` passes over a last line end."""
    pattern = rf"^{letter}*[^{_BLANK}]{letter}*$(?!\n)"
    return Meta(min_length=1, max_length=most, pattern=pattern)


Words = Annotated[str, _of(r"[^\x00-\x1f\x7f-\x9f]", 300)]
"""Words on one line, without control characters."""
Passage = Annotated[str, _of(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", 2000)]
"""Words that may run over several lines."""
Limit = Annotated[int, Meta(ge=1, le=MOST, description="At most so many in one answer.")]
After = Annotated[
    Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")] | None,
    Meta(description="Where to go on: `after` of the page before."),
]
"""A cursor."""
IncidentId = Annotated[str, Meta(pattern=r"^i[1-9][0-9]{0,17}$(?!\n)")]
"""``i12``. It never comes to mean another incident."""
_FORMATS = [{"type": "string", "format": format} for format in ("date", "date-time")]
Moment = Annotated[str, Meta(extra_json_schema={"anyOf": _FORMATS})]
"""A date or time in ISO 8601; checked by ``Asked``."""


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every question may say."""

    as_of: Annotated[
        Moment | None, Meta(description="The ledger as it was known at this date or time.")
    ] = None

    def __post_init__(self) -> None:
        if self.as_of is not None:
            try:
                moment(self.as_of)
            except LedgerError:
                raise ValueError("`as_of` is not an ISO 8601 date or time") from None


class Listing(Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every question for a list may say."""

    limit: Limit = 50


class Paged(Listing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every question for a list that goes on may say."""

    after: After = None


A = TypeVar("A", bound=Asked)


@dataclass(frozen=True)
class Resource(Generic[A]):
    """A question that can be asked of a ledger.

    ``path``: of its address, parameters in braces. ``ask`` raises ``LedgerError`` where what is
    asked for is not there. ``items``: the type of what a list holds; None: no list. ``ready``: what
    is brought up to date in a ledger before it is asked.
    """

    name: str
    path: str
    summary: str
    asked: type[A]
    answer: Any
    ask: Callable[[Snapshot, A], Any]
    items: Any = None
    ready: Callable[[Ledger], None] | None = None

    @contextmanager
    def of(self, ledger: Ledger, asked: A) -> Iterator[Snapshot]:
        """What is asked of: the ledger as it is, or as it was."""
        if self.ready is not None:
            self.ready(ledger)
        with ledger.read(asked.as_of) as snapshot:
            yield snapshot

    @property
    def paged(self) -> bool:
        """Whether an answer may be a page with others behind it."""
        return "after" in self.asked.__struct_fields__
