"""Every account as a row of a Parquet file, with its incident beside it: lists and days are typed.

``pyarrow`` is the extra ``menurut[parquet]``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from menurut.ledger.errors import LedgerError
from menurut.ledger.queries import Account, Incident, Shown

_DAY = len("2024-06-19")


def export(found: Iterable[Shown]) -> bytes:
    """Raises ``LedgerError`` where the extra is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise LedgerError("for Parquet install menurut[parquet]") from None

    rows = [_row(shown.incident, account) for shown in found for account in shown.accounts]
    out = BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows, schema=_schema(pa)), out, compression="zstd")
    return out.getvalue()


def _schema(pa: Any) -> Any:
    text, day, whole = pa.string(), pa.date32(), pa.int64()
    names = pa.list_(text)
    figure = pa.struct(
        [("low", pa.float64()), ("high", pa.float64()), ("of", text), ("words", text)]
    )
    columns = {
        "incident": text,
        "type": text,
        "mode": text,
        "status": text,
        "outcome": text,
        "actors": names,
        "recipients": names,
        "begins": day,
        "ends": day,
        "place": text,
        "country": text,
        "account": whole,
        "source": text,
        "name": text,
        "code": text,
        "stance": text,
        "figures": pa.list_(figure),
        "said_on": day,
        "report": text,
        "publisher": text,
        "agency": text,
        "language": text,
        "published_at": text,
        "copy_of": text,
        "start": whole,
        "end": whole,
        "words": text,
        "reasons": names,
        "linked_by": text,
    }
    return pa.schema(list(columns.items()))


def _row(incident: Incident, account: Account) -> dict[str, Any]:
    return {
        "incident": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "status": incident.status,
        "outcome": incident.outcome,
        "actors": incident.actors,
        "recipients": incident.recipients,
        "begins": _day(incident.begins),
        "ends": _day(incident.ends),
        "place": incident.place,
        "country": incident.country,
        "account": account.id,
        "source": account.source,
        "name": account.name,
        "code": account.code,
        "stance": account.stance,
        "figures": [
            {"low": f.low, "high": f.high, "of": f.of, "words": f.words} for f in account.figures
        ],
        "said_on": _day(account.said_on),
        "report": account.report,
        "publisher": account.publisher,
        "agency": account.agency,
        "language": account.language,
        "published_at": account.published_at,
        "copy_of": account.origin,
        "start": account.span[0],
        "end": account.span[1],
        "words": account.quotation.exact,
        "reasons": account.reasons,
        "linked_by": account.linked_by,
    }


def _day(text: str | None) -> date | None:
    """A day of ISO 8601; None where only a month or a year is told."""
    return date.fromisoformat(text[:_DAY]) if text and len(text) >= _DAY else None
