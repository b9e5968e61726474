"""Who acts in a report: countries, bodies, people and groups, all mentions of one together."""

from menurut.record.actors.model import Actors
from menurut.record.actors.resolve import resolve_actors

__all__ = ["Actors", "resolve_actors"]
