"""Towns and provinces by the gazetteer: they act for nobody, but tell whose police it is."""

from __future__ import annotations

from functools import cached_property

from menurut.reader.document import Document
from menurut.record.actors.lexicon import Entry
from menurut.record.places.gazetteer import candidates, countries_named, likeliest
from menurut.world import countries


class Towns:
    """Looks up the names of places of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def entry(self, start: int, end: int) -> Entry | None:
        """What a name of a place means; None where it lies in no one country that is known."""
        first, last = self._document.span(start, end)
        name = self._document.text[first:last]
        known = candidates(name, self._document.language)
        place = likeliest(known, self._context) if known else None
        if place is None or place.country not in countries():
            return None
        return Entry("town", place.country or "", f"{place.country} GOV", f"{place.basis}: {name}")

    def is_state(self, start: int, end: int) -> bool:
        """Whether a name is that of a state of a federation, whatever towns bear it too."""
        first, last = self._document.span(start, end)
        name = self._document.text[first:last]
        return any(p.kind == "state" for p in candidates(name, self._document.language))

    @cached_property
    def _context(self) -> frozenset[str]:
        return frozenset(countries_named(self._document.forms, self._document.language))
