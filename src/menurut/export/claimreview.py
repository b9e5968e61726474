"""Drafts of schema.org's ClaimReview (JSON-LD): a claim with everything but the verdict.

The rating is left to the editor: the ledger says where a claim stands, not whether it is true.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from menurut.ledger.queries import Account, Shown


def export(found: Iterable[Shown]) -> bytes:
    """One draft for each named source that affirms what another denies."""
    drafts = [
        _draft(shown, account)
        for shown in found
        if shown.incident.status == "contested"
        for account in shown.accounts
        if account.stance == "affirms" and account.name and account.origin is None
    ]
    return msgspec.json.format(msgspec.json.encode(drafts), indent=1) + b"\n"


def _draft(shown: Shown, account: Account) -> dict[str, Any]:
    deniers = dict.fromkeys(a.name for a in shown.accounts if a.stance == "denies" and a.name)
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": account.words,
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Organization", "name": account.name},
            "datePublished": account.said_on or account.published_at,
            "appearance": {
                "@type": "NewsArticle",
                "identifier": account.report,
                "headline": account.title,
                "publisher": {"@type": "Organization", "name": account.publisher},
            },
        },
        "reviewBody": f"Denied by: {', '.join(deniers)}.",
        "reviewRating": {"@type": "Rating", "alternateName": "contested: to be judged"},
    }
