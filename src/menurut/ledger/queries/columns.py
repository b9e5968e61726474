"""Columns that hold lists, as JSON."""

from __future__ import annotations

import msgspec


def strings(text: str) -> tuple[str, ...]:
    """What a column of names holds."""
    return msgspec.json.decode(text, type=tuple[str, ...])
