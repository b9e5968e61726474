"""FollowTheMoney entities, a line each: incidents, parties, reports, and who vouches for what.

An incident is an ``Event``; a report an ``Article``, which is its ``proof``. Each account is an
``UnknownLink`` from its source to the incident, with its stance as ``role``, its exact words as
``description`` and the report as ``proof``: provenance to the word. The model is OpenSanctions'
(https://followthemoney.tech, MIT licence); a test reads the entities with its library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

import msgspec

from menurut.desk.ledger_words import party_words
from menurut.ledger.queries import Account, Incident, Shown
from menurut.world import countries

Entity = dict[str, Any]
_BODIES = {"IGO": "Organization", "NGO": "Organization", "MNC": "Company"}
"""The schema of a body of no country, by its sector; others are only known to act."""


def export(found: Iterable[Shown]) -> bytes:
    """Entities in lines of JSON; each stands once."""
    encoder, seen, lines = msgspec.json.Encoder(), set[str](), []
    for shown in found:
        for entity in _entities(shown):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                lines.append(encoder.encode(entity) + b"\n")
    return b"".join(lines)


def _entities(shown: Shown) -> Iterator[Entity]:
    incident = shown.incident
    for key in (*incident.actors, *incident.recipients):
        yield _party(key, None)
    for account in shown.accounts:
        yield _article(account)
        if account.name:
            yield _party(account.source, account.name)
    yield _event(shown)
    yield from (_link(incident, account) for account in shown.accounts)


def _event(shown: Shown) -> Entity:
    incident = shown.incident
    return _entity(
        f"incident:{incident.id}",
        "Event",
        name=_title(incident),
        summary=incident.words,
        keywords=[incident.type, incident.mode, incident.status, incident.outcome],
        startDate=incident.begins,
        endDate=incident.ends,
        location=incident.place,
        country=_alpha2(incident.country),
        involved=[_id(f"party:{k}") for k in (*incident.actors, *incident.recipients)],
        proof=[_id(f"report:{account.report}") for account in shown.accounts],
        recordId=incident.id,
    )


def _title(incident: Incident) -> str:
    sides = (incident.actors, incident.recipients)
    named = (", ".join(map(party_words, side)) for side in sides if side)
    return f"{incident.type}: {' → '.join(named)}".removesuffix(": ")


def _party(key: str, name: str | None) -> Entity:
    code = key.partition("/")[0]
    country = _alpha2(code.partition(" ")[0])
    own = country is not None and "/" not in key
    schema = "PublicBody" if own else _BODIES.get(code.partition(":")[0], "LegalEntity")
    known = party_words(key)
    alias = name if name != known else None
    return _entity(f"party:{key}", schema, name=known or name, alias=alias, country=country)


def _article(account: Account) -> Entity:
    return _entity(
        f"report:{account.report}",
        "Article",
        name=account.title or account.report,
        title=account.title,
        publisher=account.publisher,
        author=account.agency,
        publishedAt=account.published_at,
        language=account.language,
    )


def _link(incident: Incident, account: Account) -> Entity:
    source = f"party:{account.source}" if account.name else f"report:{account.report}"
    return _entity(
        f"account:{account.id}",
        "UnknownLink",
        subject=_id(source),
        object=_id(f"incident:{incident.id}"),
        role=account.stance,
        status=account.status,
        date=account.said_on,
        description=account.quotation.exact,
        summary=", ".join(figure.words for figure in account.figures),
        proof=_id(f"report:{account.report}"),
        publisher=account.publisher,
        recordId=f"{account.id}: {account.report}[{account.span[0]}:{account.span[1]}]",
    )


def _entity(key: str, schema: str, **given: str | list[str | None] | None) -> Entity:
    listed = {k: v if isinstance(v, list) else [v] for k, v in given.items()}
    properties = {k: list(dict.fromkeys(filter(None, v))) for k, v in listed.items()}
    kept = {k: v for k, v in properties.items() if v}
    return {"id": _id(key), "schema": schema, "properties": kept}


def _id(key: str) -> str:
    """An id that any FollowTheMoney store takes: letters, digits and hyphens."""
    return f"menurut-{blake2b(key.encode(), digest_size=12).hexdigest()}"


def _alpha2(code: str | None) -> str | None:
    country = countries().get(code or "")
    return country.alpha2.lower() if country else None
