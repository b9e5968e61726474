"""Bare modifiers: the country, body or person beside a noun that the noun belongs to."""

from __future__ import annotations

from menurut.record.actors.board import Board
from menurut.record.actors.phrase import OWNERS, STATES, Phrase
from menurut.world import leaders, name_words

_MAX_BARE = 6
_INITIALS = 3
_KIND = ("compound", "nmod", "flat")
_COMMAS = frozenset(",–—-(")


class Modifiers:
    """Gives the nouns of a sentence what modifies them without a case word."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.document = board.document
        self.first, self.last = board.sentence.first, board.sentence.last
        self.rules = board.rules
        self._is_right = board.rules.modifiers == "right"

    def take(self, phrase: Phrase) -> None:
        """Takes in the modifiers of a noun, then the small words before it."""
        if self._is_right:
            self._modify_right(phrase)
        else:
            self._modify_left(phrase)
        if phrase.sort == "institution" and not phrase.owners and not phrase.extra:
            self._take_kinds(phrase)
        self._prefix(phrase)

    def locate(self, body: Phrase) -> None:
        """``Universitas Yonsei Seoul``: a town of its own country is a part of a body's name."""
        town = self.board.starting.get(body.end) if self._is_right else None
        if town is None or town.sort not in ("capital", "town"):
            return
        if town.parent is None and body.entry.code.startswith(f"{town.entry.key} "):
            town.parent = body
            body.end = town.end

    def _take_kinds(self, phrase: Phrase) -> None:
        """``drivers' union``, ``panitia festival``: small nouns that say which body it is."""
        while self.first <= (word := self._next(phrase)) < self.last and self._is_kind(
            word, phrase
        ):
            if self.document.lower[word] not in self.rules.genitives:
                phrase.kinds.append(word)
            phrase.start, phrase.end = min(phrase.start, word), max(phrase.end, word + 1)

    def _next(self, phrase: Phrase) -> int:
        """The word where the next modifier of a phrase would stand."""
        return phrase.end if self._is_right else phrase.start - 1

    def _is_kind(self, word: int, phrase: Phrase) -> bool:
        if word in self.board.starting or word + 1 in self.board.ending:
            return False
        if self.document.lower[word] in self.rules.genitives:
            return word - 1 not in self.board.starting and self._is_kind(word - 1, phrase)
        inside = phrase.start <= self.document.heads[word] < phrase.end
        tied = self.document.deprels[word].startswith(_KIND)
        small = self.document.forms[word] == self.document.lower[word]
        return inside and tied and small and self.document.upos[word] == "NOUN"

    def _modify_right(self, phrase: Phrase) -> None:
        """``Menteri Luar Negeri AS``: modifiers follow the noun."""
        position = phrase.end
        bare: list[int] = []
        while position < self.last and len(bare) <= _MAX_BARE:
            after = self.board.starting.get(position)
            if after is not None:
                if self._leans(phrase, after):
                    bare, position = [], phrase.end
                    continue
                if not self._takes(phrase, after):
                    break
                self._own(phrase, after)
                phrase.extra += bare
                bare = []
                position = phrase.end = max(after.end, phrase.end)
                if self._coordinated_owner(phrase, position):
                    position = phrase.end
            elif not phrase.owners and self.board.is_bare(position):
                bare.append(position)
                position += 1
            else:
                break
        self._keep_bare(phrase, bare, right=True)

    def _modify_left(self, phrase: Phrase) -> None:
        """``US foreign minister``, ``the premier's policy adviser``: modifiers come first."""
        position = phrase.start
        bare: list[int] = []
        genitive = False
        while position > self.first and len(bare) <= _MAX_BARE:
            before = self.board.ends_at(position)
            if before is not None:
                if self._leans(phrase, before):
                    bare, position = [], phrase.start
                    continue
                if not self._takes(phrase, before, genitive):
                    break
                self._own(phrase, before)
                phrase.extra += bare
                bare = []
                position = phrase.start = min(before.start, phrase.start)
                if self._coordinated_owner_left(phrase, position):
                    position = phrase.start
                genitive = False
            elif self.document.lower[position - 1] in self.rules.genitives:
                genitive = True
                position -= 1
            elif not phrase.owners and self.board.is_bare(position - 1):
                bare.insert(0, position - 1)
                position -= 1
            else:
                break
        self._keep_bare(phrase, bare, right=False)

    def _takes(self, phrase: Phrase, other: Phrase, genitive: bool = False) -> bool:
        """Whether a phrase takes the one beside it as its owner."""
        if other.parent is not None or other.sort in ("nothing", "joint"):
            return False
        if other.sort == "person":
            return not phrase.owners and (genitive or self._is_possessor(phrase, other))
        if other.sort == "national" or (other.sort in STATES and phrase.entry.is_project):
            return False
        if other.sort == "title" and other.name is not None:
            return not phrase.owners and (genitive or phrase.sort == "institution")
        if other.sort == "title":
            return (
                phrase.sort == "title" and not phrase.owners and phrase.entry.code in ("=", "MIL")
            )
        if phrase.owners and phrase.owners[-1].sort in STATES:
            return other.sort in STATES and self._is_right and not phrase.owners[1:]
        return other.sort in OWNERS

    def _leans(self, phrase: Phrase, other: Phrase) -> bool:
        """Takes in ``pro-Russian``, ``dukungan Iran``: on somebody's side, not that one's own."""
        before = other.start - 1
        if before > self.first and self.document.forms[before] == "-":
            before -= 1
        if before < self.first or self.document.lower[before] not in self.rules.leaning:
            return False
        if other.parent is None:
            other.parent = phrase
        phrase.start = min(phrase.start, before)
        phrase.end = max(phrase.end, other.end)
        return True

    def _is_possessor(self, phrase: Phrase, person: Phrase) -> bool:
        """Whether a bare name beside a noun is that of its master (``juru bicara Putin``)."""
        if phrase.sort == "institution":
            return not self._is_under_title(phrase) or self._known_leader(person)
        if not self._is_right or phrase.sort != "title":
            return False
        follows = person.end < self.last and self.document.forms[person.end] in _COMMAS
        named = (
            person.end + 1 in self.board.starting
            and self.board.starting[person.end + 1].sort == "person"
        )
        single = person.end - person.start == 1
        relational = phrase.entry.code in ("=", "")
        known = self._known_leader(person) or self._has_initials_only(person)
        return (follows and named) or (relational and single and known)

    def _has_initials_only(self, person: Phrase) -> bool:
        """Whether somebody is hidden behind initials, who is a client or a victim: ``RS``."""
        form = self.document.forms[person.start]
        return form.isupper() and len(form) <= _INITIALS

    def _is_under_title(self, phrase: Phrase) -> bool:
        """Whether a name behind a body is that of its officer (``juru bicara Kemlu Roy Paz``)."""
        before = self.board.ending.get(phrase.start) if self._is_right else None
        return before is not None and before.sort == "title"

    def _known_leader(self, person: Phrase) -> bool:
        form = " ".join(self.document.forms[person.start : person.end])
        return name_words(form) in leaders()

    def _own(self, phrase: Phrase, owner: Phrase) -> None:
        phrase.owners.append(owner)
        owner.parent = phrase

    def _coordinated_owner(self, phrase: Phrase, position: int) -> bool:
        """``pejabat Rusia dan Tiongkok``: a second country joined to the first."""
        after = self.board.starting.get(position + 1)
        if (
            after is None
            or position >= self.last
            or (phrase.sort == "institution" and not phrase.entry.government)
            or not phrase.owners
            or phrase.owners[-1].sort not in STATES
            or after.sort not in STATES
            or not (phrase.sort != "title" or self._is_many(phrase) or phrase.plural)
            or self.document.lower[position] not in self.rules.conjunctions
        ):
            return False
        self._own(phrase, after)
        phrase.end = after.end
        return True

    def _coordinated_owner_left(self, phrase: Phrase, position: int) -> bool:
        """``Russian and Chinese officials``: adjectives joined before the noun."""
        before = self.board.ending.get(position - 1)
        if (
            before is None
            or before.sort != "country"
            or not (before.entry.adjective or self.document.forms[before.start].isupper())
            or phrase.owners[-1].sort != "country"
            or self.document.lower[position - 1] not in self.rules.conjunctions
        ):
            return False
        self._own(phrase, before)
        phrase.start = before.start
        return True

    def _is_many(self, phrase: Phrase) -> bool:
        before = phrase.start - 1
        return before >= self.first and self.document.lower[before] in self.rules.plurals

    def _keep_bare(self, phrase: Phrase, bare: list[int], right: bool) -> None:
        """Keeps the capitalised words beside the head as part of it, leaves the others."""
        if phrase.owners or phrase.sort == "people":
            return
        former = [w for w in bare if self.document.lower[w] in self.rules.former]
        if former and phrase.sort == "title" and not right:
            phrase.start = min(former)
            return
        kept: list[int] = []
        for word in bare if right else reversed(bare):
            if not self.document.forms[word][0].isupper():
                break
            kept.append(word)
        if phrase.sort == "title":
            kept = kept[:2] if self._is_open(phrase) else []
        if not right and kept and min(kept) == self.first:
            kept.remove(self.first)
        if kept:
            phrase.extra += sorted(kept)
            phrase.start = min(phrase.start, *kept)
            phrase.end = max(phrase.end, max(kept) + 1)

    def _is_open(self, phrase: Phrase) -> bool:
        """Whether a title of one word waits for its field (``Menteri Perdagangan``)."""
        return False if phrase.item.end - phrase.item.start > 1 else phrase.entry.office

    def _prefix(self, phrase: Phrase) -> None:
        """Takes in ``wakil``, ``mantan``, ``para`` and their like before the phrase."""
        position = phrase.start
        while position > self.first and position not in self.board.ending:
            word = self.document.lower[position - 1]
            if word in self.rules.former:
                phrase.former = True
            elif word in self.rules.plurals:
                phrase.plural = True
            elif word not in self.rules.deputies and word not in self.rules.quantifiers:
                break
            position -= 1
        phrase.start = position
        inside = self.document.lower[phrase.start : phrase.item.start]
        phrase.former |= any(w in self.rules.former for w in inside)
        before = self.document.lower[position - 1] if position > self.first else ""
        after = self.document.lower[phrase.end] if phrase.end < self.last else ""
        phrase.definite = (after if self._is_right else before) in self.rules.definite
        if phrase.definite and self._is_right and not phrase.owners:
            phrase.end += 1
