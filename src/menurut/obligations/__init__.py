"""Obligations: which incidents of a ledger would bear on which measures of a sanctions regime."""

from menurut.obligations.board import Board, Listed, board
from menurut.obligations.regimes import Regime, regimes

__all__ = ["Board", "Listed", "Regime", "board", "regimes"]
