"""Names and links: whose title a title is, and whom somebody serves after a case word."""

from __future__ import annotations

from menurut.record.actors.board import Board
from menurut.record.actors.items import NOTHING, PERSON
from menurut.record.actors.lexicon import Item
from menurut.record.actors.phrase import OWNERS, STATES, Phrase

_MAX_GAP = 3
_MAX_ADJECTIVES = 2
_MAX_NAME = 5
_MAX_CLAUSE = 15
_COMMAS = frozenset(",–—-(")


class Naming:
    """Ties titles, names and places of work of one sentence to each other."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.document = board.document
        self.first, self.last = board.sentence.first, board.sentence.last
        self.rules = board.rules
        self._is_right = board.rules.modifiers == "right"

    def name_after(self, phrase: Phrase) -> None:
        """``President Vladimir Putin``: the name stands right after the title."""
        if phrase.sort == "institution" or phrase.plural or phrase.name or phrase.parent:
            return
        person = self.board.starting.get(self._past_honorifics(phrase.end)) or self._unseen_name(
            phrase
        )
        if person is not None and self._is_place_between(phrase, person):
            person = self.board.by_start(phrase.end)
        if person is not None and self._shares_name(phrase, person.outermost()):
            return
        if person is not None and person.parent is None and self._is_named(phrase, person):
            self._give_name(phrase, person)

    def _shares_name(self, phrase: Phrase, second: Phrase) -> bool:
        """``Kapolri Jenderal Listyo``: a second title between a title and the name."""
        if "title" not in (phrase.sort, second.sort) or second.start != phrase.end:
            return False
        if second.sort != "title" or second.name is None or second.owners:
            return False
        phrase.name = second.name
        second.parent = phrase
        second.name.titles.insert(0, phrase)
        phrase.end = second.end
        return True

    def _is_place_between(self, phrase: Phrase, person: Phrase) -> bool:
        """``Kapolres Cilegon AKBP Bayu``: what stands before a rank and its name is a place."""
        rank = self.board.starting.get(person.end) if person.sort == "person" else None
        ranked = rank is not None and rank.sort == "title" and rank.name is not None
        if not ranked or not self._is_right or person.start != phrase.end or person.parent:
            return False
        person.item = Item(person.start, person.end, NOTHING)
        phrase.extra += range(person.start, person.end)
        phrase.end = person.end
        return True

    def _is_named(self, phrase: Phrase, other: Phrase) -> bool:
        """Whether what follows a title is a name; after an office a short unknown name is one."""
        short = other.end - other.start <= _MAX_GAP
        if other.sort == "org" and phrase.sort == "title" and phrase.entry.office and short:
            other.item = Item(other.start, other.end, PERSON)
        return other.sort == "person"

    def _past_honorifics(self, word: int) -> int:
        while word < self.last and self.document.lower[word] in self.rules.honorifics:
            word += 1
        return word

    def _unseen_name(self, phrase: Phrase) -> Phrase | None:
        """A name that the model has not seen: capitalised proper nouns after a title."""
        if phrase.sort != "title":
            return None
        end = start = phrase.end
        while end < min(self.last, start + _MAX_NAME) and self._is_name_word(end):
            end += 1
        if start == end or start in self.board.starting:
            return None
        rest = self.board.starting.get(end)
        if rest is not None and rest.sort == "person" and rest.parent is None:
            rest.start, rest.item = start, Item(start, rest.item.end, PERSON)
            return rest
        if not phrase.owners and end - start < 2 and not phrase.entry.office:
            return None
        person = Phrase(start, end, Item(start, end, PERSON))
        self.board.phrases.append(person)
        self.board.starting[start] = self.board.ending[end] = person
        return person

    def _is_name_word(self, word: int) -> bool:
        return (
            word not in self.board.starting
            and not self._is_in_body(word)
            and self.document.upos[word] == "PROPN"
            and self.document.forms[word][0].isupper()
            and self.document.lower[word] not in self.rules.stops
        )

    def _is_in_body(self, word: int) -> bool:
        """Whether a word lies inside the name of a body that starts before it."""
        names = self.board.sentence.names
        return any(label == "ORG" and s < word < e for s, e, label in names)

    def name_after_comma(self, phrase: Phrase) -> None:
        """``the minister's adviser, Ana Lima,``: the name follows between commas."""
        if phrase.name is not None or phrase.plural or phrase.sort != "title":
            return
        if phrase.parent is not None:
            return
        if phrase.end >= self.last or self.document.forms[phrase.end] not in _COMMAS:
            return
        person = self.board.starting.get(self._past_honorifics(phrase.end + 1))
        if person is not None and person.sort == "person" and person.parent is None:
            closes = person.end >= self.last or self.document.upos[person.end] in (
                "PUNCT",
                "VERB",
                "ADP",
            )
            if closes:
                self._give_name(phrase, person)

    def _give_name(self, phrase: Phrase, person: Phrase) -> None:
        phrase.name = person
        person.parent = phrase
        person.titles.append(phrase)
        phrase.end = max(phrase.end, person.end)
        phrase.start = min(phrase.start, person.start)

    def link(self, phrase: Phrase) -> None:
        """``a professor at Accra University in Ghana``: whom somebody serves, after a case word."""
        if phrase.parent is not None:
            return
        self._take_name_of(phrase)
        while (owner := self._linked(phrase)) is not None:
            counterpart = self._case_after(phrase) in self.rules.counterpart
            if not (counterpart and (phrase.owners or phrase.sort != "title")) and self._wants(
                phrase, owner
            ):
                phrase.owners.append(owner)
            owner.parent = phrase
            owner.linked = True
            phrase.end = owner.end

    def _take_name_of(self, phrase: Phrase) -> None:
        """``University of Oxford``: proper nouns in no table that complete a name or an office."""
        at = end = phrase.end + 1
        if not (phrase.sort == "institution" or phrase.entry.office) or phrase.owners:
            return
        if at >= self.last or self.document.lower[at - 1] not in self.rules.completing:
            return
        while end < min(self.last, at + _MAX_GAP) and self._is_name_word(end):
            end += 1
        if end > at:
            phrase.extra += range(at, end)
            phrase.end = end

    def _wants(self, phrase: Phrase, owner: Phrase) -> bool:
        """Whether one more owner tells something: the first, or the country of a body unknown."""
        if not phrase.owners:
            return True
        return owner.sort in STATES and not any(o.sort in STATES for o in phrase.owners)

    def _linked(self, phrase: Phrase) -> Phrase | None:
        case, at = self._case_after(phrase), self._past_adjectives(phrase)
        if case not in self.rules.affiliation:
            return None
        counterpart = case in self.rules.counterpart
        if counterpart and phrase.sort != "title":
            return None
        for start in range(at + 1, min(at + 2 + _MAX_GAP, self.last)):
            owner = self.board.by_start(start)
            if owner is not None and owner.sort == "people":
                owner = self._named_by(owner)
            if owner is not None:
                return owner if self._may_link(phrase, owner, counterpart) else None
            if not (self.board.is_bare(start) or self.document.upos[start] == "DET"):
                return None
        return None

    def _named_by(self, people: Phrase) -> Phrase:
        """``the opposition PDI-P``: the body that stands behind a noun for its people."""
        behind = self.board.by_start(people.end)
        return behind if behind is not None and behind.sort in ("body", "org") else people

    def _case_after(self, phrase: Phrase) -> str:
        """The word that may tie an owner to a phrase, behind the phrase and its adjectives."""
        at = self._past_adjectives(phrase)
        return self.document.lower[at] if at < self.last else ""

    def _past_adjectives(self, phrase: Phrase) -> int:
        """``surat kabar reformis di Teheran``: where bare adjectives after a phrase end."""
        at = phrase.end
        limit = min(self.last, at + _MAX_ADJECTIVES) if self._is_right else at
        while at < limit and self._is_bare_adjective(at):
            at += 1
        return at

    def _is_bare_adjective(self, word: int) -> bool:
        lower = self.document.lower[word]
        known = word in self.board.starting or lower in self.rules.stops | self.rules.foreign
        return self.document.upos[word] == "ADJ" and not known

    def _may_link(self, phrase: Phrase, owner: Phrase, counterpart: bool) -> bool:
        if owner.parent is not None or owner is phrase:
            return False
        if owner.sort == "person":
            return phrase.sort != "institution" and not phrase.owners and not phrase.name
        if owner.sort not in OWNERS:
            return False
        local = self._case_after(phrase) in self.rules.place_cases
        if not local or counterpart:
            return True
        if owner.sort in STATES:
            travels = phrase.sort == "title" and phrase.entry.code in self.rules.travellers
            if travels and not phrase.owners:
                return False
            return not any(o.sort in STATES | {"body"} for o in phrase.owners) and not phrase.name
        return not phrase.name or phrase.entry.code not in ("GOV", "=")

    def after_name(self, person: Phrase) -> None:
        """``Amara Osei, professor at ...``: a title or a place of work after the name."""
        end = person.end
        comma = end < self.last and self.document.forms[end] in _COMMAS
        at = end + 1 if comma else end
        title = self._title_from(at) if comma else None
        if title is not None:
            title.name = title.name or person
            title.parent = person
            person.titles.append(title)
            person.end = title.end
            return
        if person.parent is not None or at >= self.last:
            return
        probe = Phrase(person.start, at, person.item)
        owner = self._linked(probe) if self.document.lower[at] in self.rules.affiliation else None
        if owner is not None and owner.sort in ("institution", "org", "body"):
            self._serve(person, owner)

    def _title_from(self, word: int) -> Phrase | None:
        """The title phrase that stands at a word or after its determiner."""
        for start in range(word, min(word + 2, self.last)):
            found = self.board.by_start(start)
            if found is not None:
                free = found.parent is None and found.name is None and not found.plural
                return found if found.sort in ("title", "people") and free else None
            if self.document.upos[start] not in ("DET", "NUM", "ADJ"):
                return None
        return None

    def _serve(self, person: Phrase, owner: Phrase) -> None:
        owner.parent = person
        owner.linked = True
        person.owners.append(owner)
        person.end = owner.end
        for more in self._further(person):
            more.parent = person
            more.linked = True
            person.owners.append(more)
            person.end = more.end

    def _further(self, person: Phrase) -> list[Phrase]:
        """More places of work up to the next comma, a relative clause passed over."""
        end = person.end
        limit = min(self.last, end + _MAX_CLAUSE)
        while end < limit and self.document.forms[end] not in _COMMAS:
            end += 1
        return [
            p
            for p in self.board.phrases
            if person.end < p.start
            and p.end <= end
            and p.parent is None
            and p.sort in ("institution", "org", "body", "capital", "country")
            and self.document.lower[p.start - 1] in self.rules.affiliation
        ]
