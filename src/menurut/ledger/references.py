"""How a judgement names a telling: by report and words, not by ids, which a re-reading changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

import msgspec

from menurut.contract import Span


class Located(Protocol):
    """Anything that stands at words of a report."""

    @property
    def type(self) -> str: ...

    @property
    def trigger(self) -> Span: ...


class Reference(msgspec.Struct, frozen=True):
    """A telling: the report's id, the words of its trigger, and its type."""

    report: str
    start: int
    end: int
    type: str

    def fits(self, telling: Located) -> int:
        """How well a telling answers: characters shared, doubled where the type is the same."""
        start, end = telling.trigger
        shared = min(self.end, end) - max(self.start, start)
        return max(shared, 0) * (2 if self.type == telling.type else 1)


L = TypeVar("L", bound=Located)


def meant(reference: Reference, tellings: Iterable[L]) -> L | None:
    """The telling of its report that a reference means; None where it is no longer told."""
    best = max(tellings, key=reference.fits, default=None)
    return best if best is not None and reference.fits(best) else None
