"""Obligations: which incidents of a ledger would bear on which measures of a sanctions regime."""

from menurut.obligations.board import Board, Listed, board, page
from menurut.obligations.index import bring_up_to_date
from menurut.obligations.regimes import Regime, regimes

__all__ = ["Board", "Listed", "Regime", "board", "bring_up_to_date", "page", "regimes"]
