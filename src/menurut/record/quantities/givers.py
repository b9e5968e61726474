"""Who gives a figure: the statement that it lies in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from menurut.contract import Quantity, Span, Statement

_MOST = 0.5


def with_givers(
    quantities: Iterable[Quantity], statements: Sequence[Statement]
) -> tuple[Quantity, ...]:
    """The quantities, each with the innermost statement whose content holds most of its words.

    As with events, ``within`` of that statement leads outwards; a quantity in no statement is
    given by the report itself.
    """
    contents = sorted(
        ((_length(statement.content), statement) for statement in statements),
        key=lambda entry: entry[0],
    )
    return tuple(_given(quantity, contents) for quantity in quantities)


def _given(quantity: Quantity, contents: Sequence[tuple[int, Statement]]) -> Quantity:
    start, end = quantity.span
    for _, statement in contents:
        shared = sum(max(0, min(end, e) - max(start, s)) for s, e in statement.content)
        if shared > _MOST * (end - start):
            return msgspec.structs.replace(quantity, according_to=(statement.id,))
    return quantity


def _length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)
