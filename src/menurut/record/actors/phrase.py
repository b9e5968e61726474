"""A phrase that stands for an actor, and what kinds of phrases there are."""

from __future__ import annotations

from dataclasses import dataclass, field

from menurut.record.actors.lexicon import Entry, Item

HEADS = frozenset({"title", "institution", "people"})
"""Nouns that take modifiers: ``minister``, ``ministry``, ``troops``."""
PLACES = frozenset({"country", "capital", "town"})
"""Names of places that lie in a country or are one."""
STATES = PLACES | {"seat"}
"""Names that mean a government where they act; a town never acts, but owns as they do."""
OWNERS = STATES | {"body", "group", "org", "institution", "people"}
"""Whom somebody may serve or be part of."""


@dataclass(slots=True, eq=False)
class Phrase:
    """A phrase of words ``[start, end)`` around ``item``, the noun or name that heads it.

    ``owners``: the phrases of those whom it serves or is part of. ``name``: the person whose title
    it is. ``parent``: the phrase that it lies inside. ``extra``: words of the phrase of its own
    that are in no table (``Trade`` in ``Trade Ministry``). ``linked``: tied to its parent by a case
    word (``professor at the university``). ``place``: no actor, only where something is.
    ``kinds``: small words that say which body it is (``drivers' union``). ``also``: names of the
    same body beside it (``the airline Vela``, ``the federation (FENT)``).
    """

    start: int
    end: int
    item: Item
    owners: list[Phrase] = field(default_factory=list)
    name: Phrase | None = None
    parent: Phrase | None = None
    extra: list[int] = field(default_factory=list)
    titles: list[Phrase] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    also: list[Phrase] = field(default_factory=list)
    former: bool = False
    plural: bool = False
    definite: bool = False
    place: bool = False
    linked: bool = False

    @property
    def sort(self) -> str:
        return self.item.entry.sort

    @property
    def entry(self) -> Entry:
        return self.item.entry

    def body(self) -> Phrase | None:
        """The body of the tables that stands beside a noun for it (``the airline Qantas``)."""
        return next((other for other in self.also if other.sort == "body"), None)

    def outermost(self) -> Phrase:
        phrase = self
        while phrase.parent is not None:
            phrase = phrase.parent
        return phrase
