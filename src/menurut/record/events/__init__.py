"""Who did what to whom, told by whom, and is it so: PLOVER events with their status."""

from menurut.record.events.finding import find_events

__all__ = ["find_events"]
