"""Ties phrases to the actors they stand for: one actor for all its names in a report."""

from __future__ import annotations

from collections.abc import Hashable

from menurut.reader.document import Document, Range
from menurut.record.actors.coding import Coder, Coding
from menurut.record.actors.entity import Entity, text_of
from menurut.record.actors.grammar import Grammar
from menurut.record.actors.lexicon import Lexicon
from menurut.record.actors.people import Person
from menurut.record.actors.phrase import HEADS, STATES, Phrase
from menurut.record.actors.posts import Posts, head_word
from menurut.record.actors.roles import role_of, role_ranges
from menurut.record.actors.sexes import sex_of, sexes
from menurut.world import bodies, countries, name_words

_NAMED_WITHIN = frozenset({"institution", "org", "body"})


class Entities:
    """The actors of a document and the phrases that stand for them."""

    def __init__(
        self,
        document: Document,
        coder: Coder,
        people: dict[Phrase, Person],
        rules: Grammar,
        words: Lexicon,
    ) -> None:
        self.document = document
        self.coder = coder
        self.people = people
        self.rules = rules
        self.words = words
        self.all: dict[Hashable, Entity] = {}
        self.of_phrase: dict[Phrase, tuple[Entity, ...]] = {}
        self._posts = Posts(document, coder, people.values(), rules)
        self._last: dict[str, Entity] = {}
        self._orgs: dict[tuple[str, ...], Entity] = {}
        self._kinds: dict[Entity, tuple[str, ...]] = {}

    def tie(self, phrases: list[Phrase]) -> None:
        """Gives every phrase its entities, in text order."""
        for phrase in phrases:
            if phrase.sort == "joint" or phrase.place:
                continue
            found = self._entities(phrase)
            self.of_phrase[phrase] = found
            self._mention(phrase, found)

    # --- which entity --------------------------------------------------------------------

    def _entities(self, phrase: Phrase) -> tuple[Entity, ...]:
        if phrase.name is not None:
            return (self._person(phrase.name),)
        if phrase.parent is not None and phrase in phrase.parent.also:
            return self._same_body(phrase)
        if phrase.sort == "person":
            return (self._person(phrase),)
        if phrase.sort in STATES:
            return (self._seat_or_state(phrase),)
        if phrase.sort == "body":
            return (self._body(phrase),)
        if phrase.sort in HEADS:
            return self._headed(phrase)
        return (self._other(phrase),)

    def _same_body(self, phrase: Phrase) -> tuple[Entity, ...]:
        """The body that a name stands beside, which later goes by that name too."""
        assert phrase.parent is not None
        found = self.of_phrase.get(phrase.parent, ())
        if len(found) == 1:
            self._orgs.setdefault(self._name_words(phrase), found[0])
        return found

    def _new(self, key: Hashable, sort: str, kind: str, coding: Coding, name: str = "") -> Entity:
        if key not in self.all:
            self.all[key] = Entity(sort, kind, coding, name)
        return self.all[key]

    def _person(self, phrase: Phrase) -> Entity:
        person = self.people[phrase]
        if person not in self.all:
            entity = self._new(person, "person", "person", self.coder.of_person(person))
            entity.name = self._full_name(person)
            entity.role = role_of(self.document, self.rules, person)
            entity.roles = role_ranges(self.document, self.rules, person)
            if (known := self.coder.recalled.get(person)) is not None:
                entity.name = max(known.name, entity.name, key=lambda n: len(n.split()))
                entity.role = entity.role or known.role
            entity.sex = sex_of(person, self.document)
        return self.all[person]

    def _full_name(self, person: Person) -> str:
        ranges = (p.item for p in person.phrases)
        return max((self._text(r.start, r.end) for r in ranges), key=len)

    def state(self, code: str, coding: Coding | None = None) -> Entity:
        """The government of a country."""
        basis = f"world/countries.tsv: {code}"
        name = self.words.names.get(code) or countries()[code].name
        coding = coding or Coding(f"{code} GOV", basis)
        return self._new(("state", code), "state", "government", coding, name)

    def _seat_or_state(self, phrase: Phrase) -> Entity:
        coding = self.coder.of(phrase)
        if coding.country and (coding.code or "").endswith(" GOV"):
            return self.state(coding.country, coding)
        return self._of_code(coding)

    def _of_code(self, coding: Coding) -> Entity:
        """The body that carries a code (Brussels: the European Union)."""
        key = next((b.key for b in bodies().values() if b.code == coding.code), coding.code)
        return self._new(("body", key), "body", "organization", coding)

    def _body(self, phrase: Phrase) -> Entity:
        body = bodies()[phrase.entry.key]
        entity = self._new(("body", body.key), "body", body.kind, self.coder.of(phrase))
        self._last[body.family] = self._last[head_word(self.document, phrase, self.rules)] = entity
        return entity

    def _headed(self, phrase: Phrase) -> tuple[Entity, ...]:
        states = [o for o in phrase.owners if o.sort in STATES]
        if len(states) > 1 and phrase.entry.government:
            return tuple(self.state(o.entry.key) for o in states if o.sort != "seat")
        if len(states) > 1 and phrase.sort != "institution":
            return tuple(self._post(phrase, o, self.coder.of_owner(phrase, o)) for o in states)
        coding = self.coder.of(phrase)
        if phrase.sort == "institution":
            return (self._institution(phrase, coding),)
        if (holder := self._posts.holder(phrase, coding.country)) is not None:
            return (self._person(holder.phrases[0]),)
        return (self._post(phrase, phrase.owners[0] if phrase.owners else None, coding),)

    def _institution(self, phrase: Phrase, coding: Coding) -> Entity:
        if phrase.entry.government and coding.country and not phrase.extra:
            self._last[phrase.entry.family] = self.state(coding.country)
            return self._last[phrase.entry.family]
        if (body := phrase.body()) is not None:
            return self._body(body)
        if phrase.also:
            return self._known_by_name(phrase, coding)
        own = self._own_words(phrase)
        if not phrase.owners and (known := self._pointed_at(phrase, own)):
            return known
        key = (phrase.entry.key, coding.country, own)
        entity = self._new(key, "body", "organization", coding)
        if phrase.parent is None or phrase.owners:
            self._note(phrase, entity, own)
        return entity

    def _known_by_name(self, phrase: Phrase, coding: Coding) -> Entity:
        """A body by a noun and the names beside it."""
        names = [self._name_words(other) for other in phrase.also]
        known = next((self._orgs[words] for words in names if words in self._orgs), None)
        entity = known or self._new(("org", names[0]), "body", "organization", coding)
        if known is None:
            entity.name = self._body_name(phrase)
        elif known.coding.code is None:
            known.coding = coding
        self._note(phrase, entity, self._own_words(phrase))
        return entity

    def _body_name(self, phrase: Phrase) -> str:
        """The name beside a noun; the noun and what goes with it where that is a short form."""
        first = phrase.also[0].item
        if self.document.forms[first.start - 1] == "(":
            return self._text(phrase.start, first.start - 1)
        return self._text(first.start, first.end)

    def _note(self, phrase: Phrase, entity: Entity, own: tuple[str, ...]) -> None:
        """Remembers a body under the words by which a short form may point back to it."""
        self._last[phrase.entry.family or phrase.entry.key] = entity
        self._last[head_word(self.document, phrase, self.rules)] = entity
        self._kinds[entity] = own

    def _pointed_at(self, phrase: Phrase, own: tuple[str, ...]) -> Entity | None:
        """The body named last that a noun without an owner points back to."""
        family = self._last.get(phrase.entry.family or phrase.entry.key)
        if own:
            return family if family and set(own) <= set(self._kinds.get(family, ())) else None
        if not self._is_short(phrase):
            return None
        found = self._last.get(head_word(self.document, phrase, self.rules)) or family
        return found or self._unclassed(phrase)

    def _unclassed(self, phrase: Phrase) -> Entity | None:
        """The body named last of which no noun has said yet what it is (``the company``)."""
        if not phrase.entry.named or not phrase.definite:
            return None
        loose = [e for e in self._orgs.values() if e not in self._kinds]
        if not loose:
            return None
        self._note(phrase, loose[-1], ())
        return loose[-1]

    def _is_short(self, phrase: Phrase) -> bool:
        """Whether a bare noun can be the short form of a name: the family's one-word head."""
        after = phrase.end
        if self.rules.modifiers == "right" and after < len(self.document):
            content = self.document.upos[after] in ("NOUN", "ADJ", "X")
            if content and self.document.lower[after] not in self.rules.stops:
                return False
        return phrase.item.end - phrase.item.start == 1

    def _post(self, phrase: Phrase, owner: Phrase | None, coding: Coding) -> Entity:
        """Somebody or some people known by post only."""
        single = phrase.sort == "title" and not phrase.plural
        if coding.code and coding.code.startswith("GRP:") and not single:
            return self._new(("group", coding.code), "group", "group", coding)
        of = self._owner_key(owner) if owner else coding.code
        surface = self._text(phrase.item.start, phrase.item.end).lower()
        if phrase.definite and owner is None and surface in self._last:
            return self._last[surface]
        key = (phrase.sort, surface, of, self._own_words(phrase))
        entity = self._new(key, *_sort_and_kind(phrase), coding)
        self._last[surface] = entity
        words = self.document.lower[phrase.item.start : phrase.item.end]
        entity.sex = sexes(self.document.language).of_nouns(words) if single else ""
        if single:
            entity.role = entity.role or self._text(phrase.start, phrase.end)
            entity.roles.append((phrase.start, phrase.end))
        return entity

    def owned(self, phrase: Phrase, owner: Entity, extent: Range) -> Entity:
        """The actor of a phrase whose owner a pronoun gives, in place of the one it had."""
        start, end = min(phrase.start, extent[0]), max(phrase.end, extent[1])
        for old in self.of_phrase.get(phrase, ()):
            old.mentions = [m for m in old.mentions if m != (phrase.start, phrase.end)]
        coding = self.coder.under(phrase, owner.coding)
        group = (coding.code or "").startswith("GRP:")
        key: Hashable = ("group", coding.code) if group else ("owned", phrase.entry.key, owner)
        entity = self._new(key, *_sort_and_kind(phrase), coding)
        entity.mentions.append((start, end))
        self._last[phrase.entry.family or phrase.entry.key] = entity
        self.of_phrase[phrase] = (entity,)
        return entity

    def serve(self, phrase: Phrase, owner: Entity) -> None:
        """Codes a person by whom a pronoun says that they serve (``its governor, Ana Lima``)."""
        (person,) = self.of_phrase[phrase]
        if phrase.entry.code and (person.coding.code is None or person.coding.assumed):
            found = self.coder.under(phrase, owner.coding)
            person.coding = found if found.code else person.coding

    def crowd(self, start: int, end: int) -> Entity:
        """Some people who are in no table."""
        key = ("crowd", self._text(start, end).lower())
        return self._new(key, "group", "group", Coding())

    def _owner_key(self, owner: Phrase) -> Hashable:
        return self.coder.of(owner).code or name_words(self._text(owner.start, owner.end))

    def _own_words(self, phrase: Phrase) -> tuple[str, ...]:
        """The words of a phrase that tell it from others of its noun."""
        return tuple(self.document.lower[w] for w in sorted({*phrase.extra, *phrase.kinds}))

    def _other(self, phrase: Phrase) -> Entity:
        coding = self.coder.of(phrase)
        if phrase.sort == "group":
            return self._new(("group", coding.code), "group", "group", coding)
        if phrase.sort == "national":
            return self._new(("national", phrase.entry.key), "group", "group", coding)
        words = self._name_words(phrase)
        if words not in self._orgs:
            found = self._in_full(words)
            self._orgs[words] = found or self._new(("org", words), "body", "organization", coding)
        self._last[head_word(self.document, phrase, self.rules)] = self._orgs[words]
        return self._orgs[words]

    def _in_full(self, words: tuple[str, ...]) -> Entity | None:
        """The body whose full name starts with a name of one word (``Vela`` of ``Vela Lines``)."""
        if len(words) != 1:
            return None
        return next((e for known, e in self._orgs.items() if known[:1] == words), None)

    def _name_words(self, phrase: Phrase) -> tuple[str, ...]:
        return name_words(self._text(phrase.item.start, phrase.item.end))

    # --- mentions ------------------------------------------------------------------------

    def _mention(self, phrase: Phrase, found: tuple[Entity, ...]) -> None:
        named = phrase.parent is not None and phrase in phrase.parent.titles
        if phrase.name is not None or named:
            return
        if phrase.sort == "person" or phrase.sort in STATES:
            extent = phrase.item.start, phrase.item.end
        else:
            extent = phrase.start, phrase.end
        for entity in found:
            (entity.mentions if self._counts(phrase) else entity.inner).append(extent)

    def _counts(self, phrase: Phrase) -> bool:
        """Whether a phrase is a mention of its own and no part of another actor's name."""
        parent = phrase.parent
        if parent is None or (phrase.linked and phrase.sort in _NAMED_WITHIN):
            return True
        return phrase.sort == "person" and parent.name is phrase

    def _text(self, start: int, end: int) -> str:
        return text_of(self.document, start, end)


def _sort_and_kind(phrase: Phrase) -> tuple[str, str]:
    if phrase.sort == "institution":
        return "body", "organization"
    single = phrase.sort == "title" and not phrase.plural
    return ("person", "person") if single else ("group", "group")
