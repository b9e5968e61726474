"""Why a record is what it is: for each value the row or rule that gave it, and its words."""

from menurut.record.grounds.unread import find_unread
from menurut.record.grounds.values import explain_record

__all__ = ["explain_record", "find_unread"]
