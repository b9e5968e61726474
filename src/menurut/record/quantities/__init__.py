"""Figures: how many, how much, of what, and how sure."""

from menurut.record.quantities.finding import find_quantities

__all__ = ["find_quantities"]
