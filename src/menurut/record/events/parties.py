"""Who fills the roles of a frame in the text."""

from __future__ import annotations

from collections.abc import Sequence

from menurut.reader.document import Document
from menurut.record.events.arguments import Predicate
from menurut.record.events.circumstances import Circumstances
from menurut.record.events.frames import Frame, Slots, classes
from menurut.record.events.lands import Lands
from menurut.record.events.syntax import NOMINAL, relation
from menurut.record.events.tellings import Role, countries, plover, resolve_all
from menurut.record.lemmas import lemmas

Ids = tuple[str, ...]
_OWNED = ("own",)
_DOWNWARD = frozenset(
    {"obj", "iobj", "obl", "nmod", "xcomp", "ccomp", "acl", "conj", "appos", "amod", "compound"}
)
_MAX_DEPTH = 5
_ORGANS = frozenset({"LEG", "MIL", "COP", "JUD"})
_RULING = frozenset({"GOV", "LEG", "MIL", "COP", "JUD", "SPY"})
_OF_THE_VERB = frozenset({"subj", "obj", "iobj", "ccomp"})


class Parties:
    """Fills roles of a document's predicates.

    ``bearers``: the predicate, then the other words of its frame, at which a slot may stand too
    (``held talks with``).
    """

    def __init__(self, document: Document, actors: Lands, circumstances: Circumstances) -> None:
        self._document = document
        self._actors = actors
        self._circumstances = circumstances

    def fill(self, bearers: Sequence[Predicate], alternatives: tuple[Slots, ...]) -> Role:
        """The first alternative that names somebody; an empty role where none does."""
        for slots in alternatives:
            found = [self._slot(bearers, place) for place in slots.places]
            named = [self._who(*part) for part in zip(found, slots.places, strict=True)]
            ids = tuple(dict.fromkeys(i for part in named for i in part))
            if slots.places == _OWNED and found[0] and not ids:
                return Role()
            if ids and (all(named) or not slots.all) and (len(ids) > 1 or not slots.several):
                return Role(tuple(w for part in found for w in part), ids, slots.name)
        return Role()

    def expressed(self, bearers: Sequence[Predicate], alternatives: tuple[Slots, ...]) -> bool:
        """Whether any words stand in a role, whoever they name."""
        return any(self._slot(bearers, place) for slots in alternatives for place in slots.places)

    def stands(self, frame: Frame, actors: Ids, recipients: Ids) -> bool:
        """Whether enough is known: somebody coded, and the roles that the type asks for."""
        mutual = not frame.recipient and len(actors) > 1
        return bool(actors or frame.actor) and self.suffice(frame.type, actors, recipients, mutual)

    def suffice(self, type_: str, actors: Ids, recipients: Ids, mutual: bool) -> bool:
        """Whether these parties are enough for an event of a type; ``mutual``: of several actors
        with each other."""
        rules = plover("type")[type_]
        if not countries(self._actors, actors) and not countries(self._actors, recipients):
            return False
        if not actors and rules["alone"] != "yes":
            return False
        return rules["recipient"] != "yes" or bool(recipients) or mutual

    def named_by(self, words: Sequence[int]) -> Ids:
        """The actors that words stand for, or the country of the place that they name."""
        return self._who(list(words), "")

    def mentioned(self, predicate: int, actors: Ids) -> Ids:
        """The nearest parties of another country that hang from a predicate, places' countries too.

        Whom an act of speech or of force is aimed at often stands deep in what is promised, refused
        or called for (``ready to send troops to a force in Liberia``).
        """
        document = self._document
        own = countries(self._actors, actors)
        level = [predicate]
        for _ in range(_MAX_DEPTH):
            level = [c for w in level for c in document.children[w] if self._leads_down(c)]
            for named in (self._named, self._land):
                ids = tuple(dict.fromkeys(i for w in level for i in named(w)))
                ids = tuple(i for i in ids if countries(self._actors, (i,)) - own)
                if ids:
                    return ids
        return ()

    def rulers(self, predicate: int, actors: Ids) -> Ids:
        """The nearest organs of the actors' own state that hang from a predicate."""
        own = countries(self._actors, actors)
        level = [predicate]
        for _ in range(_MAX_DEPTH):
            level = [c for w in level for c in self._document.children[w] if self._leads_down(c)]
            ids = tuple(i for w in level for i in self._named(w) if self._rules(w, i, own))
            if ids:
                return tuple(dict.fromkeys(ids))
        return ()

    def _rules(self, word: int, actor: str, own: frozenset[str]) -> bool:
        """Whether a word names an organ of one of these states; a capital's name is a place."""
        country, _, sector = (self._actors.code(actor) or "").partition(" ")
        noun = self._document.upos[word] == "NOUN"
        return country in own and (sector in _ORGANS or (sector == "GOV" and noun))

    def on_own_soil(self, predicate: int, actors: Ids) -> Ids:
        """The actors' own country, where a place of it hangs from a predicate.

        Whom a government rules is told by where it does, if its act has its object in itself:
        ``imposed a curfew in Cizre``.
        """
        own = countries(self._actors, actors)
        level = [predicate]
        for _ in range(2):
            level = [c for w in level for c in self._document.children[w] if self._leads_down(c)]
            for word in level:
                land = self._circumstances.country(word)
                if land in own:
                    return self._actors.soil(word, land)
        return ()

    def own_people(
        self, bearers: Sequence[Predicate], alternatives: tuple[Slots, ...], actors: Ids
    ) -> Ids:
        """The country of people of no country of their own whom a state's organs act upon.

        They are of the land where it is done, else of the state itself; an army that says of no
        place where it acts may be anywhere.
        """
        slots = (self._slot(bearers, place) for part in alternatives for place in part.places)
        words = next((found for found in slots if found), [])
        people = [w for w in words if self._is_people(w)]
        own = countries(self._actors, actors)
        sectors = {(self._actors.code(i) or "").partition(" ")[2] for i in actors}
        if not people or len(own) != 1 or not sectors <= _RULING:
            return ()
        place = self._circumstances.country_of_clause(bearers[0].word)
        land = place or (None if "MIL" in sectors else min(own))
        return self._actors.soil(people[0], land) if land else ()

    def _is_people(self, word: int) -> bool:
        """Whether a word is a common noun for people."""
        document = self._document
        people = classes(document.language).get("@people", frozenset())
        noun = document.upos[word] == "NOUN"
        return noun and not people.isdisjoint(lemmas(document.lower[word], document.language))

    def _leads_down(self, child: int) -> bool:
        document = self._document
        if self._circumstances.is_time(child):
            return False
        return relation(document, child) in _DOWNWARD and document.deprels[child] != "acl:relcl"

    def _named(self, word: int) -> Ids:
        return self._actors.of_word(word) if self._document.upos[word] in NOMINAL else ()

    def _land(self, word: int) -> Ids:
        actors = self._actors
        land = self._circumstances.country(word) or actors.beside(word) or actors.located(word)
        return actors.of_place(word, land) if land else ()

    def others(self, ids: Ids, actors: Ids) -> Ids:
        """Those of ``ids`` that are not the actors themselves, by id or by code."""
        codes = {self._actors.code(a) for a in actors} - {None}
        return tuple(i for i in ids if i not in actors and self._actors.code(i) not in codes)

    def _slot(self, bearers: Sequence[Predicate], place: str) -> list[int]:
        taken = {bearer.word for bearer in bearers}
        for number, bearer in enumerate(bearers):
            if number and place in _OF_THE_VERB:
                break
            words = [
                word
                for word in bearer.fill(place)
                if (word not in taken or self._names_anyone(word))
                and not self._circumstances.is_time(word)
            ]
            if words:
                return words
        return []

    def _names_anyone(self, word: int) -> bool:
        """Whether a word of the predicate itself names a party (``a U.N. force was deployed``)."""
        return bool(resolve_all(self._document, self._actors, [word]))

    def _who(self, words: list[int], place: str) -> Ids:
        """The actors that words stand for; a mere place that is reached is its country."""
        ids = resolve_all(self._document, self._actors, words)
        if ids or place == "subj":
            return ids
        return next((found for word in words if (found := self._land(word))), ())
