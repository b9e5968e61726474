"""Who says what, in which words, and of what kind the saying is."""

from menurut.record.statements.finding import find_statements

__all__ = ["find_statements"]
