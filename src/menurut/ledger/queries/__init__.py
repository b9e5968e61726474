"""What can be asked of a ledger, as it is today or as it was known at a date."""

from menurut.ledger.queries.accounts import Account, Quotation, accounts_of
from menurut.ledger.queries.actors import Dossier, who
from menurut.ledger.queries.comparison import Comparison, Pair, compare_reports
from menurut.ledger.queries.counts import Stats, stats
from menurut.ledger.queries.doubts import doubtful
from menurut.ledger.queries.facets import Facets, count_facets
from menurut.ledger.queries.filters import Filter
from menurut.ledger.queries.incidents import (
    Incident,
    Shown,
    Version,
    every_incident,
    find_incidents,
    number_of,
    page_incidents,
    page_shown,
    show,
)
from menurut.ledger.queries.searching import Hit, page_hits, search

__all__ = [
    "Account",
    "Comparison",
    "Dossier",
    "Facets",
    "Filter",
    "Hit",
    "Incident",
    "Pair",
    "Quotation",
    "Shown",
    "Stats",
    "Version",
    "accounts_of",
    "compare_reports",
    "count_facets",
    "doubtful",
    "every_incident",
    "find_incidents",
    "number_of",
    "page_hits",
    "page_incidents",
    "page_shown",
    "search",
    "show",
    "stats",
    "who",
]
