"""Ties phrases to the actors they stand for: one actor for all its names in a report."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from menurut.contract import Actor
from menurut.reader.document import Document, Range
from menurut.record.actors.coding import Coder, Coding
from menurut.record.actors.grammar import Grammar
from menurut.record.actors.lexicon import Lexicon
from menurut.record.actors.people import Person
from menurut.record.actors.phrase import HEADS, STATES, Phrase
from menurut.world import bodies, countries, name_words

_NAMED_WITHIN = frozenset({"institution", "org", "body"})


@dataclass(slots=True, eq=False)
class Entity:
    """An actor while it is put together. ``sort``: person, state, body or group.

    ``pointing``: the mentions that name nobody (``she``, ``both sides``).
    """

    sort: str
    kind: str
    coding: Coding
    name: str = ""
    role: str | None = None
    mentions: list[Range] = field(default_factory=list)
    inner: list[Range] = field(default_factory=list)
    pointing: set[Range] = field(default_factory=set)
    needed: bool = False

    def actor(self, document: Document, number: int) -> Actor:
        ranges = sorted(set(self.mentions or self.inner))
        spans = tuple(document.span(s, e) for s, e in ranges)
        naming = [r for r in ranges if r not in self.pointing] or ranges
        texts = (" ".join(document.text[slice(*document.span(*r))].split()) for r in naming)
        return Actor(
            id=f"a{number}",
            name=self.name or max(texts, key=len),
            code=self.coding.code,
            kind=self.kind,
            role=self.role,
            mentions=spans,
            basis=self.coding.basis,
        )


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
        self._posts = self._named_posts()
        self._last: dict[str, Entity] = {}

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
        if phrase.sort == "person":
            return (self._person(phrase),)
        if phrase.sort in STATES:
            return (self._seat_or_state(phrase),)
        if phrase.sort == "body":
            return (self._body(phrase),)
        if phrase.sort in HEADS:
            return self._headed(phrase)
        return (self._other(phrase),)

    def _new(self, key: Hashable, sort: str, kind: str, coding: Coding, name: str = "") -> Entity:
        if key not in self.all:
            self.all[key] = Entity(sort, kind, coding, name)
        return self.all[key]

    def _person(self, phrase: Phrase) -> Entity:
        person = self.people[phrase]
        if person not in self.all:
            entity = self._new(person, "person", "person", self.coder.of_person(person))
            entity.name = self._full_name(person)
            entity.role = self._role(person)
        return self.all[person]

    def _full_name(self, person: Person) -> str:
        ranges = (p.item for p in person.phrases)
        return max((self._text(r.start, r.end) for r in ranges), key=len)

    def _role(self, person: Person) -> str | None:
        titles = person.titles()
        best = next((t for t in titles if t.owners), titles[0] if titles else None)
        if best is not None:
            return self._title_text(best)
        for phrase in person.phrases:
            if phrase.owners:
                start = phrase.item.end
                while self.document.forms[start] in ",(":
                    start += 1
                return self._text(start, phrase.end)
        return None

    def _title_text(self, title: Phrase) -> str:
        """The words of a title without the name, cut before it or after it."""
        name = title.name
        if name is None or not title.start <= name.item.start < title.end:
            return self._text(title.start, title.end)
        end = name.item.start
        while end > title.start and self.document.lower[end - 1] in self.rules.honorifics:
            end -= 1
        while end > title.start and self.document.upos[end - 1] == "PUNCT":
            end -= 1
        return self._text(title.start, end)

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
        self._last[body.family] = entity
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
        known = self._posts.get((phrase.entry.key, coding.country))
        if known is None and not phrase.owners:
            known = self._posts.get((phrase.entry.key, None))
        if phrase.sort == "title" and known and not phrase.plural and self._points(phrase):
            return (self._person(known.phrases[0]),)
        return (self._post(phrase, phrase.owners[0] if phrase.owners else None, coding),)

    def _points(self, phrase: Phrase) -> bool:
        """Whether a title may mean somebody already known: no word makes it one of several."""
        first = self.document.lower[phrase.start]
        before = self.document.lower[phrase.start - 1] if phrase.start else ""
        return not phrase.former and not {first, before} & self.rules.indefinite

    def _institution(self, phrase: Phrase, coding: Coding) -> Entity:
        if phrase.entry.government and coding.country and not phrase.extra:
            self._last[phrase.entry.family] = self.state(coding.country)
            return self._last[phrase.entry.family]
        family = phrase.entry.family
        bare = not phrase.owners and not phrase.extra
        if bare and family in self._last and self._is_short(phrase):
            return self._last[family]
        key = (phrase.entry.key, coding.country, self._own_words(phrase))
        entity = self._new(key, "body", "organization", coding)
        if phrase.parent is None or phrase.owners:
            self._last[family] = entity
        return entity

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
        if coding.code and coding.code.startswith("GRP:"):
            return self._new(("group", coding.code), "group", "group", coding)
        of = self._owner_key(owner) if owner else coding.code
        surface = self._text(phrase.item.start, phrase.item.end).lower()
        if phrase.definite and owner is None and surface in self._last:
            return self._last[surface]
        key = (phrase.sort, surface, of, self._own_words(phrase))
        entity = self._new(key, *_sort_and_kind(phrase), coding)
        self._last[surface] = entity
        if single and owner is not None:
            entity.role = entity.role or self._text(phrase.start, phrase.end)
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

    def _owner_key(self, owner: Phrase) -> Hashable:
        return self.coder.of(owner).code or name_words(self._text(owner.start, owner.end))

    def _own_words(self, phrase: Phrase) -> tuple[str, ...]:
        return tuple(self.document.lower[w] for w in sorted(phrase.extra))

    def _other(self, phrase: Phrase) -> Entity:
        coding = self.coder.of(phrase)
        if phrase.sort == "group":
            return self._new(("group", coding.code), "group", "group", coding)
        if phrase.sort == "national":
            return self._new(("national", phrase.entry.key), "group", "group", coding)
        name = name_words(self._text(phrase.item.start, phrase.item.end))
        return self._new(("org", name), "body", "organization", coding)

    def _named_posts(self) -> dict[tuple[str, str | None], Person]:
        """Who holds which office of which country, by the titles that come with names."""
        found: dict[tuple[str, str | None], Person] = {}
        for person in dict.fromkeys(self.people.values()):
            country = self.coder.of_person(person).country
            for title in person.titles():
                if title.sort == "title" and not title.former:
                    found.setdefault((title.entry.key, country), person)
                    found.setdefault((title.entry.key, None), person)
        return found

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
        first, last = self.document.span(start, end)
        return " ".join(self.document.text[first:last].split())


def _sort_and_kind(phrase: Phrase) -> tuple[str, str]:
    if phrase.sort == "institution":
        return "body", "organization"
    single = phrase.sort == "title" and not phrase.plural
    return ("person", "person") if single else ("group", "group")
