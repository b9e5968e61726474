"""Who acts in a report: countries, bodies, people and groups, all mentions of one together."""

from menurut.record.actors.knowledge import Knowledge, taught
from menurut.record.actors.model import Actors
from menurut.record.actors.resolve import resolve_actors

__all__ = ["Actors", "Knowledge", "resolve_actors", "taught"]
