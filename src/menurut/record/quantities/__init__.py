"""Figures: how many, how much, of what, how sure, and who gives them."""

from menurut.record.quantities.finding import find_quantities
from menurut.record.quantities.givers import with_givers

__all__ = ["find_quantities", "with_givers"]
