"""Who did what to whom, told by whom, and is it so: PLOVER events with their status."""

from menurut.record.events.circumstances import Circumstances
from menurut.record.events.finding import as_events, find_events, find_happenings
from menurut.record.events.happenings import Happening

__all__ = ["Circumstances", "Happening", "as_events", "find_events", "find_happenings"]
