"""W3C Web Annotations: each account at its words, by position and by quotation (JSON-LD)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import msgspec

from menurut.ledger.queries import Account, Incident, Shown


def export(found: Iterable[Shown]) -> bytes:
    items = [_annotation(shown.incident, a) for shown in found for a in shown.accounts]
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return msgspec.json.format(msgspec.json.encode(collection), indent=1) + b"\n"


def _annotation(incident: Incident, account: Account) -> dict[str, Any]:
    start, end = account.span
    who = account.name or account.publisher or account.report
    parties = ", ".join(incident.actors)
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:menurut:account:{account.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {
            "type": "TextualBody",
            "format": "text/plain",
            "value": f"{who} {account.stance} {incident.id}: {incident.type} by {parties}",
        },
        "target": {
            "source": f"urn:menurut:report:{quote(account.report)}",
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": account.quotation.exact,
                    "prefix": account.quotation.prefix,
                    "suffix": account.quotation.suffix,
                },
            ],
        },
    }
