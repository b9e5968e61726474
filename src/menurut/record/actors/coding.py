"""Gives phrases their codes: a country or a body, then PLOVER's sector (see ``sectors.tsv``)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from menurut.reader.document import Document
from menurut.record.actors.grammar import Grammar
from menurut.record.actors.knowledge import Knowledge, Recollection
from menurut.record.actors.people import Person
from menurut.record.actors.phrase import HEADS, STATES, Phrase
from menurut.record.actors.setting import Setting
from menurut.world import countries, groups, name_words, settings

_OF_STATE = frozenset({"GOV", "LEG", "MIL", "COP", "JUD", "SPY"})
_OF_KIN = frozenset({"LEG", "MIL", "COP", "JUD", "SPY", "REB", "BUS"})
_POSSESSIVE = ("nmod", "det")
_ELITE = frozenset({"GOV", "ELI", "LEG", "JUD", "MIL", "COP", "SPY"})
_SENDS = "bloc"  # the family of bodies that send ambassadors of their own
_ABROAD = "embassy"  # the family of bodies whose country is not the one that they stand in
_BACK = 5
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Coding:
    """A code, and the rows of the tables that gave it.

    ``assumed``: the text names no country for it, the setting gives one.
    """

    code: str | None = None
    basis: str | None = None
    assumed: bool = False

    @property
    def country(self) -> str | None:
        """The country of the code; None for a body of no country."""
        head = (self.code or "").partition(" ")[0]
        return head if head in countries() else None


_NONE = Coding()


class Coder:
    """Codes the phrases of one document, each once.

    ``recalled``: what earlier reports have taught of people whom this one does not place.
    """

    def __init__(
        self,
        document: Document,
        phrases: list[Phrase],
        people: Mapping[Phrase, Person],
        rules: Grammar,
        knowledge: Knowledge | None = None,
        at: datetime | None = None,
    ) -> None:
        self.document = document
        self.phrases = phrases
        self.people = people
        self.rules = rules
        self.recalled: dict[Person, Recollection] = {}
        self._knowledge = knowledge
        self._at = at
        self._done: dict[object, Coding] = {}
        self._starts = [p.start for p in phrases]
        self._setting = Setting(document, phrases, people.values(), rules)

    def of(self, phrase: Phrase) -> Coding:
        """The code of the actor that a phrase stands for."""
        if phrase.sort == "person":
            return self.of_person(self.people[phrase])
        if phrase not in self._done:
            self._done[phrase] = _NONE
            self._done[phrase] = self._code(phrase)
        return self._done[phrase]

    def of_person(self, person: Person) -> Coding:
        """A person's code: by title, by place of work, by general knowledge."""
        if person not in self._done:
            self._done[person] = _NONE
            self._done[person] = self._code_person(person)
        return self._done[person]

    def _code_person(self, person: Person) -> Coding:
        titles = [t for t in person.titles() if not t.entry.code.startswith("GRP:")]
        owned = (self.of(t) for t in titles if t.owners)
        if (found := _first(owned)).code:
            return found
        works = (self.of(o) for o in person.owners())
        if (found := _first(works)).code:
            return found
        known = self._recall(person, titles)
        if known.code:
            return known
        if leader := person.leader():
            return Coding(leader.code, f"world/leaders.tsv: {leader.name}")
        found = _first(self.of(t) for t in titles)
        return found if found.code else known

    def _recall(self, person: Person, titles: list[Phrase]) -> Coding:
        """What earlier reports say of a name, where no title here speaks against it."""
        found = self._knowledge.recall(person.words, self._at) if self._knowledge else None
        if found is None:
            return _NONE
        country, _, sector = (found.code or "").partition(" ")
        alone = len(person.words) == 1
        fits = {"", "=", sector, "ELI"}
        if alone and found.code and titles and not any(t.entry.code in fits for t in titles):
            return _NONE
        self.recalled[person] = found
        left = country in countries() and any(title.former for title in titles)
        return Coding(f"{country} ELI" if left else found.code, found.basis)

    def _code(self, phrase: Phrase) -> Coding:
        if phrase.sort == "org":
            return self._code_org(phrase)
        if phrase.sort not in HEADS:
            return Coding(phrase.entry.code or None, phrase.entry.basis)
        own = "" if phrase.entry.office else phrase.entry.country
        if own and all(owner.linked for owner in phrase.owners):
            return Coding(f"{own} {phrase.entry.code}", phrase.entry.basis)
        if (body := phrase.body()) is not None:
            return self.of(body)
        if phrase.owners:
            found = _first(self._combine(owner, phrase) for owner in phrase.owners)
            return found if found.code else self._by_setting(phrase)
        local = self._beside(phrase) in self.rules.local
        official = (phrase.entry.office or phrase.sort == "institution") and not local
        found = self._of_same_body(phrase)
        if not found.code and official:
            found = self._by_context(phrase)
        if not found.code:
            found = self._by_kin(phrase)
        return found if found.code else self._by_setting(phrase)

    def of_owner(self, phrase: Phrase, owner: Phrase) -> Coding:
        """The code by one owner of several (``Russian and Chinese officials``)."""
        return self._combine(owner, phrase)

    def under(self, phrase: Phrase, owner: Coding) -> Coding:
        """The code of a phrase whose owner is known by a pronoun (``its allies``)."""
        return _combined(phrase, owner, state=(owner.code or "").endswith(" GOV"))

    def _code_org(self, phrase: Phrase) -> Coding:
        """A body in no table: coded as the think tank or the company that the text calls it."""
        head = self._heads.get(self._words(phrase))
        if head is not None and head not in self._done:
            return self.of(head)
        parent = phrase.parent
        if parent is not None and parent.sort in HEADS and parent.entry.code not in ("=", ""):
            return self.of(parent)
        states = [o for o in phrase.owners if o.sort in STATES]
        return Coding(states[0].entry.key, states[0].entry.basis) if states else _NONE

    @cached_property
    def _heads(self) -> dict[tuple[str, ...], Phrase]:
        """The nouns that say elsewhere what a body is, by its name (``the airline Vela``)."""
        heads = (p for p in self.phrases if p.also and p.entry.code not in ("=", ""))
        return {self._words(name): head for head in heads for name in head.also}

    def _words(self, phrase: Phrase) -> tuple[str, ...]:
        start, end = self.document.span(phrase.item.start, phrase.item.end)
        return name_words(self.document.text[start:end])

    def _combine(self, owner: Phrase, phrase: Phrase) -> Coding:
        below = self.of(owner)
        own = owner.entry.family == _SENDS and not owner.linked
        sent = phrase.entry.key in self.rules.accredited and below.country is None and not own
        return _NONE if sent else _combined(phrase, below, owner.sort in STATES)

    def _by_context(self, phrase: Phrase) -> Coding:
        """An office with no country named: that of the office before it, else the report's."""
        sector = phrase.entry.code
        if sector not in _OF_STATE:
            return _NONE
        country = phrase.entry.country or self._country_before(phrase)
        country = country or self._state_beside(phrase) or self._setting.main
        if not country and self._setting.at_home and not phrase.extra:
            country = self.rules.home
        if not country:
            return _NONE
        sector = "ELI" if phrase.former else sector
        return Coding(f"{country} {sector}", f"{phrase.entry.basis}; context: {country}")

    def _of_same_body(self, phrase: Phrase) -> Coding:
        """The code of a noun that points back to a body of its family (``the agency's head``)."""
        family = phrase.entry.family
        if phrase.sort != "institution" or not family or phrase.extra or not phrase.definite:
            return _NONE
        for other in self._before(phrase, _BACK):
            named = other.sort == "body" or (other.sort == "institution" and other.owners)
            if named and other.entry.family == family:
                return self.of(other)
        return _NONE

    def _by_kin(self, phrase: Phrase) -> Coding:
        """People of no country named: those of their own sector who were named just before.

        ``The Indian Navy ... Admiral Rao``; where two sides have such people, nobody is guessed.
        Officials are those of the officials in their sentence (``the delegation``).
        """
        sector = phrase.entry.code
        named = phrase.name is not None
        official = sector == "GOV" and phrase.definite and phrase.sort == "people"
        if not (official or sector in _OF_KIN) or phrase.extra or phrase.sort == "institution":
            return _NONE
        if (sector == "BUS" and not named) or self._beside(phrase) in self.rules.foreign:
            return _NONE
        if self._is_owned(phrase) or self._has_name_beside(phrase):
            return _NONE
        firm = (
            other for other in self._before(phrase, 0 if official else _NEAR) if _is_firm(other)
        )
        found = {c.code: c for c in map(self.of, firm) if (c.code or "").endswith(f" {sector}")}
        if len(found) != 1:
            return _NONE
        (kin,) = found.values()
        code = f"{kin.country} ELI" if phrase.former else kin.code
        return Coding(code, f"{phrase.entry.basis}; like {kin.basis}", assumed=True)

    def _before(self, phrase: Phrase, back: int) -> Iterator[Phrase]:
        """The phrases before one, the nearest first, at most some sentences back."""
        first = self.document.sentence_of[phrase.start] - back
        limit = self.document.sentences[max(0, first)][0]
        for at in range(bisect_left(self._starts, phrase.start) - 1, -1, -1):
            if self._starts[at] < limit:
                return
            yield self.phrases[at]

    def _by_setting(self, phrase: Phrase) -> Coding:
        """People of no country named: of the place in their sentence, else of the report.

        An official named without a country may be of the readers' own, so no other is guessed.
        """
        sector = phrase.entry.code
        reach = settings().get(sector, "")
        beside = self._beside(phrase)
        if not reach or phrase.extra or beside in self.rules.foreign or self._is_owned(phrase):
            return _NONE
        ruling = phrase.entry.government or phrase.entry.office
        local = reach == "place" or ruling or beside in self.rules.local
        country = self._setting.of_sentence(phrase.start) if local else None
        country = country or self._setting.of_report(sector in _OF_STATE)
        named = phrase.name is not None and reach == "report" and self._setting.at_home
        if not country or (named and self.rules.home not in ("", country)):
            return _NONE
        sector = "ELI" if phrase.former else sector
        basis = f"{phrase.entry.basis}; setting: {country}"
        return Coding(f"{country} {sector}", basis, assumed=True)

    def _beside(self, phrase: Phrase) -> str:
        """The word on the side of a noun where its bare modifiers stand."""
        lower = self.document.lower
        beside = phrase.end if self.rules.modifiers == "right" else phrase.item.start - 1
        return lower[beside] if 0 <= beside < len(lower) else ""

    def _has_name_beside(self, phrase: Phrase) -> bool:
        """Whether a name that is in no table tells whose people are (``Tuareg rebels``)."""
        right = self.rules.modifiers == "right"
        word = phrase.item.end if right else phrase.item.start - 1
        first, last = self.document.sentences[self.document.sentence_of[phrase.item.start]]
        if phrase.name is not None or not first < word < last:
            return False
        return self.document.forms[word][0].isupper()

    def _is_owned(self, phrase: Phrase) -> bool:
        """Whether a noun belongs to somebody whom no table knows.

        ``the assembly of the club``, ``their troops``; a bare ``agency`` or ``school`` may be
        anyone's.
        """
        document, (start, end) = self.document, (phrase.item.start, phrase.item.end)
        below = [child for word in range(start, end) for child in document.children[word]]
        below = [child for child in below if document.deprels[child].startswith(_POSSESSIVE)]
        if end < len(document) and document.lower[end] in self.rules.completing:
            places = self.rules.place_nouns
            return any(child > end and document.lower[child] not in places for child in below)
        public = phrase.entry.code in _OF_STATE | {"PTY"}
        if phrase.sort == "institution" and not public:
            return True
        if settings()[phrase.entry.code] == "place":
            return False
        if phrase.sort == "institution" and end - start == 1 and not phrase.entry.government:
            return True
        return any(document.upos[child] == "PRON" for child in below)

    def _country_before(self, phrase: Phrase) -> str | None:
        """The country of the nearest office before a phrase, not many sentences back.

        A government is also that of people beside it: ``lawmakers in Paris urge the government``.
        """
        sentence = self.document.sentence_of[phrase.start]
        for other in self._before(phrase, _BACK if phrase.entry.government else 0):
            if other.entry.family == _ABROAD or other.sort not in HEADS or not other.owners:
                continue
            distance = sentence - self.document.sentence_of[other.start]
            counts = other.entry.office or other.sort == "institution"
            counts = counts or (phrase.entry.government and distance == 0)
            if counts and (country := self.of(other).country):
                return country
        return None

    def _state_beside(self, phrase: Phrase) -> str | None:
        """The one state that acts before ``the government`` in its sentence."""
        if not phrase.entry.government:
            return None
        acting = (p for p in self._before(phrase, 0) if p.sort in STATES and not p.place)
        found = {self.of(p).country for p in acting if p.parent is None}
        return found.pop() if len(found) == 1 else None


def _combined(phrase: Phrase, owner: Coding, state: bool) -> Coding:
    """The code of a noun and of whom it serves; ``state``: a country or its government."""
    if owner.code is None:
        return _NONE
    sector, basis = phrase.entry.code, f"{phrase.entry.basis}; {owner.basis}"
    country, _, own = owner.code.partition(" ")
    if sector.startswith("GRP:"):
        return Coding(_group(sector, country), basis)
    if country not in countries():
        return Coding(owner.code, basis)
    if phrase.former:
        return Coding(f"{country} ELI", basis)
    if sector == "ELI" and own not in _ELITE:
        return Coding(f"{country} CVL" if state else owner.code, basis)
    if sector == "":
        return Coding(country if state else owner.code, basis)
    keeps = sector == "=" or (not state and own != "GOV" and sector in _OF_STATE)
    return Coding(owner.code if keeps else f"{country} {sector}", basis)


def _is_firm(phrase: Phrase) -> bool:
    """Whether a phrase names whose it is."""
    return phrase.sort in ("body", "org") or bool(phrase.sort in HEADS and phrase.owners)


def _first(codings: Iterable[Coding]) -> Coding:
    return next((coding for coding in codings if coding.code), _NONE)


def _group(sector: str, country: str) -> str | None:
    known = countries().get(country)
    code = groups()[sector.partition(":")[2]]
    return code.format(known.alpha2) if known else None
