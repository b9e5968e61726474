"""Pages of long lists, by cursors that stay right while the ledger grows.

A cursor names the place behind the last item of a page: the list's order and that item's sort
keys. It says nothing of how many items came before, so what is added meanwhile neither doubles an
item nor hides one.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, tuple_

from menurut.ledger.errors import CursorError

T = TypeVar("T")
Keys = tuple[int | None, ...]
_LONGEST = 200


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """Some items of a list. ``after``: the cursor of the next page; None on the last one."""

    items: tuple[T, ...]
    after: str | None = None


def cursor(order: str, keys: Sequence[int | None]) -> str:
    """The cursor behind an item. ``order``: the name of the list's order."""
    return urlsafe_b64encode(msgspec.json.encode([order, *keys])).decode().rstrip("=")


def keys_of(after: str, order: str, count: int) -> Keys:
    """The sort keys in a cursor.

    Raises ``CursorError`` for what is no cursor, or one of a list in another order.
    """
    try:
        padded = after[:_LONGEST] + "=" * (-len(after) % 4)
        held = msgspec.json.decode(urlsafe_b64decode(padded), type=tuple[str | int | None, ...])
    except (ValueError, msgspec.MsgspecError):
        held = ()
    keys = tuple(key for key in held[1:] if not isinstance(key, str))
    if held[:1] != (order,) or len(keys) != count or len(held) != count + 1:
        raise CursorError("{cursor!r} is no cursor of this list", cursor=after[:40])
    if any(key is not None and abs(key) >= 1 << 63 for key in keys):
        raise CursorError("{cursor!r} is no cursor of this list", cursor=after[:40])
    return keys


class Stream(NamedTuple):
    """A statement that finds some of a list's rows, and the columns that put them in order."""

    found: Select[Any]
    columns: tuple[ColumnElement[Any], ...]


class Order(NamedTuple):
    """An order in which rows are listed. ``dated``: by day, where a row has one, then by id, the
    rows without a day at the end; else by id alone. ``newest``: the last first."""

    name: str
    newest: bool = False
    dated: bool = False

    def by(
        self, found: Select[Any], id: ColumnElement[Any], day: ColumnElement[Any] | None = None
    ) -> Stream:
        """A statement in this order, by these columns."""
        columns = (day, id) if self.dated and day is not None else (id,)
        marked = (c.label(f"place_{n}") for n, c in enumerate(columns))
        return Stream(found.add_columns(*marked), columns)

    def read(
        self, connection: Connection, streams: Sequence[Stream], most: int, after: str | None
    ) -> tuple[list[Any], str | None]:
        """The next rows that any of some statements finds, each once, and the cursor behind them.

        Raises ``CursorError`` for a bad cursor.
        """
        keys = None if after is None else keys_of(after, self.name, 1 + self.dated)
        rows = self._rows(connection, streams, most + 1, keys)
        if len(rows) <= most:
            return rows, None
        return rows[:most], cursor(self.name, self._keys(rows[most - 1]))

    def _keys(self, row: Any) -> tuple[Any, ...]:
        return (row.place_0, row.place_1) if self.dated else (row.place_0,)

    def _rows(
        self, connection: Connection, streams: Sequence[Stream], most: int, keys: Keys | None
    ) -> list[Any]:
        if not self.dated:
            return self._some(connection, streams, most, keys)
        rows: list[Any] = []
        if keys is None or keys[0] is not None:
            dated = [Stream(s.found.where(s.columns[0].is_not(None)), s.columns) for s in streams]
            rows = self._some(connection, dated, most, keys)
            keys = None
        if len(rows) == most:
            return rows
        undated = [Stream(s.found.where(s.columns[0].is_(None)), s.columns[1:]) for s in streams]
        return rows + self._some(connection, undated, most - len(rows), keys and keys[1:])

    def _some(
        self, connection: Connection, streams: Sequence[Stream], most: int, keys: Keys | None
    ) -> list[Any]:
        """The first rows of all streams together, none of them undated, or all."""
        met: dict[tuple[Any, ...], Any] = {}
        for found, columns in streams:
            if keys is not None:
                place = tuple_(*columns)
                found = found.where(place < keys if self.newest else place > keys)
            order = [column.desc() if self.newest else column for column in columns]
            for row in connection.execute(found.order_by(*order).limit(most)):
                met.setdefault(self._keys(row), row)
        return [met[key] for key in sorted(met, key=_sortable, reverse=self.newest)[:most]]


def _sortable(keys: tuple[Any, ...]) -> tuple[Any, ...]:
    """Undated rows come together, so that only their ids count."""
    return keys if keys[0] is not None else keys[1:]
