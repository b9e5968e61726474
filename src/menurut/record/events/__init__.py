"""Who did what to whom, told by whom, and is it so: PLOVER events with their status."""

from menurut.record.events.circumstances import Circumstances
from menurut.record.events.finding import as_events, find_happenings
from menurut.record.events.happenings import Happening
from menurut.record.events.lands import Lands

__all__ = ["Circumstances", "Happening", "Lands", "as_events", "find_happenings"]
