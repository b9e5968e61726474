"""What can be asked of a ledger, as it is today or as it was known at a date."""

from menurut.ledger.queries.accounts import Account, accounts_of
from menurut.ledger.queries.actors import Dossier, who
from menurut.ledger.queries.comparison import Comparison, Pair, compare_reports
from menurut.ledger.queries.counts import Stats, stats
from menurut.ledger.queries.doubts import doubtful
from menurut.ledger.queries.filters import Filter
from menurut.ledger.queries.incidents import (
    Incident,
    Shown,
    Version,
    find_incidents,
    number_of,
    show,
)
from menurut.ledger.queries.searching import Hit, search

__all__ = [
    "Account",
    "Comparison",
    "Dossier",
    "Filter",
    "Hit",
    "Incident",
    "Pair",
    "Shown",
    "Stats",
    "Version",
    "accounts_of",
    "compare_reports",
    "doubtful",
    "find_incidents",
    "number_of",
    "search",
    "show",
    "stats",
    "who",
]
