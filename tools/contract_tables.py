"""Tables of the contract's types for the documentation, made from the types themselves."""

from __future__ import annotations

import inspect
import re
from html import escape

import msgspec

from menurut import contract

_MARK = re.compile(r"^<!-- type: (\w+) -->$", re.MULTILINE)


def with_tables(markdown: str) -> str:
    """Puts the table of a type in the place of ``<!-- type: NAME -->``.

    Raises ``AttributeError`` where the contract has no such type.
    """
    return _MARK.sub(lambda mark: _table(getattr(contract, mark[1])), markdown)


def marked(markdown: str) -> set[str]:
    """The types whose tables a page wants."""
    return {mark[1] for mark in _MARK.finditer(markdown)}


def _table(struct: type[msgspec.Struct]) -> str:
    says = inspect.cleandoc(struct.__doc__ or "").replace("``", "`")
    rows = [f"| `{f.name}` | {_type(struct, f.name)} |" for f in msgspec.structs.fields(struct)]
    own = says if says and not says.startswith(f"{struct.__name__}(") else ""
    return "\n".join([own, "", "| field | type |", "| --- | --- |", *rows])


def _type(struct: type[msgspec.Struct], name: str) -> str:
    """The annotation as it is written, which says more than its resolution does."""
    written = str(struct.__annotations__[name])
    return f"<code>{escape(written, quote=False)}</code>".replace("|", "&#124;")
