"""Where things happen, and what the gazetteer knows of it."""

from menurut.record.places.finding import find_places, locate

__all__ = ["find_places", "locate"]
