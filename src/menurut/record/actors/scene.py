"""What a report has named so far: which word stands for whom, and who was named where."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from menurut.reader.document import Document, Range
from menurut.record.actors.entities import Entities
from menurut.record.actors.entity import Entity
from menurut.record.actors.grammar import Grammar
from menurut.record.actors.phrase import HEADS, Phrase

Tied = tuple[Entity, ...]
_OPENING = frozenset({"“", "„", "``"})
_CLOSING = frozenset({"”", "''"})
_MAX_CLIMB = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """An actor named at words ``[word, end)``; ``inner``: inside another's name or title."""

    word: int
    end: int
    tied: Tied
    inner: bool = False


def _position(seen: Seen) -> int:
    return seen.word


@dataclass
class Scene:
    """The actors of one document by word (``at``) and in text order (``seen``).

    ``found``: what was resolved beyond the phrases, as words ``[start, end)`` and actors.
    """

    document: Document
    phrases: list[Phrase]
    entities: Entities
    rules: Grammar
    at: dict[int, Tied] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    found: list[tuple[int, int, Tied]] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    bare: dict[int, Phrase] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.quoted = quoted_words(self.document)
        for phrase in self.phrases:
            if phrase.sort in HEADS and not (phrase.owners or phrase.parent):
                end = phrase.item.end if phrase.name else phrase.end
                self.bare.update(dict.fromkeys(range(phrase.start, end), phrase))
        self.at = words_of(self.document, self.phrases, self.entities)
        for phrase in self.phrases:
            tied = self.entities.of_phrase.get(phrase, ())
            name = phrase.parent is not None and phrase.parent.name is phrase
            if tied and not name:
                self.seen.append(Seen(phrase.start, phrase.end, tied, phrase.parent is not None))
        self.seen.sort(key=_position)

    def keep(self, start: int, end: int, tied: Tied) -> None:
        """Notes that words ``[start, end)`` mean some actors, a mention of each."""
        if not tied:
            return
        self.found.append((start, end, tied))
        for entity in tied:
            entity.mentions.append((start, end))
            entity.pointing.add((start, end))
        for word in range(start, end):
            self.at[word] = tied
        insort(self.seen, Seen(start, end, tied), key=_position)

    def introduce(self, noun: int) -> Tied:
        """A crowd in no table, which a pronoun shows to be people."""
        start = min((c for c in self.document.children[noun] if c < noun), default=noun)
        entity = self.entities.crowd(start, noun + 1)
        self.keep(start, noun + 1, (entity,))
        entity.pointing.clear()
        return (entity,)

    def replace(self, phrase: Phrase, tied: Tied) -> None:
        """Notes that a phrase means actors named before, not some actor of its own."""
        extent = phrase.start, phrase.end
        for old in self.entities.of_phrase.pop(phrase, ()):
            old.mentions = [m for m in old.mentions if m != extent]
        self.seen = [s for s in self.seen if (s.word, s.end) != extent]
        self.keep(*extent, tied)

    def give_owner(self, phrase: Phrase, owner: Entity, extent: Range) -> None:
        """Codes a noun that a pointing word has just completed (``its allies``)."""
        if phrase.name is not None:
            self.entities.serve(phrase, owner)
            return
        entity = self.entities.owned(phrase, owner, extent)
        for inside in range(phrase.start, phrase.end):
            self.at[inside] = (entity,)

    def completed(self, start: int, end: int) -> Phrase | None:
        """The bare noun that an owner at words ``[start, end)`` completes, if there is one."""
        if self.rules.modifiers == "right":
            phrase = self.bare.get(start - 1)
            if phrase is not None and phrase.name is not None:
                return phrase if phrase.item.end == start else None
            return phrase if phrase is not None and phrase.end in (start, end) else None
        while end < len(self.document) and self.document.lower[end] in self.rules.genitives:
            end += 1
        phrase = self.bare.get(end)
        return phrase if phrase is not None and phrase.start == end else None

    def between(self, start: int, end: int) -> list[Seen]:
        """Who is named at words from ``start`` up to ``end``, in text order."""
        first = bisect_left(self.seen, start, key=_position)
        return self.seen[first : bisect_left(self.seen, end, key=_position)]

    def sentence_start(self, word: int, back: int = 0) -> int:
        """The first word of the sentence of a word, or of one some sentences before."""
        number = max(0, self.document.sentence_of[word] - back)
        return self.document.sentences[number][0]

    def subjects_above(self, word: int) -> Iterator[int]:
        """The subjects of the clauses that a word lies in, the nearest first."""
        document = self.document
        below, head = word, document.heads[word]
        for _ in range(_MAX_CLIMB):
            if head < 0:
                return
            own = [c for c in document.children[head] if document.deprels[c].startswith("nsubj")]
            lexical = [c for c in own if c != below and not self._is_relative(c)]
            if lexical:
                yield min(lexical, key=lambda c: (c not in self.at, abs(c - head)))
            elif below not in own and document.deprels[head].startswith("acl"):
                yield document.heads[head]
            below, head = head, document.heads[head]

    def _is_relative(self, word: int) -> bool:
        pronoun = self.document.upos[word] in ("PRON", "SCONJ")
        return pronoun and self.document.lower[word] in self.rules.stops


def words_of(document: Document, phrases: list[Phrase], entities: Entities) -> dict[int, Tied]:
    """What each word of a phrase stands for.

    The innermost phrase counts, but the word that heads a phrase stands for the whole. A pronoun
    stands for whom it means (``one of them, Ana Lima``).
    """
    found: dict[int, Tied] = {}
    tied = [(p, entities.of_phrase[p]) for p in phrases if entities.of_phrase.get(p)]
    for phrase, actors in sorted(tied, key=lambda pair: pair[0].start - pair[0].end):
        inside: Iterable[int] = range(phrase.start, phrase.end)
        if "PRON" in document.upos[phrase.start : phrase.end]:
            inside = [w for w in inside if not _is_free(document, phrase, w)]
        found.update(dict.fromkeys(inside, actors))
    for phrase, actors in tied:
        if phrase.parent is None and phrase.end - phrase.start > 1:
            found[head_of(document, phrase.start, phrase.end)] = actors
    return found


def _is_free(document: Document, phrase: Phrase, word: int) -> bool:
    in_item = phrase.item.start <= word < phrase.item.end
    return document.upos[word] == "PRON" and not in_item


def head_of(document: Document, start: int, end: int) -> int:
    """The word of a stretch that hangs from outside it, the first of several."""
    for word in range(start, end):
        if document.upos[word] != "PUNCT" and not start <= document.heads[word] < end:
            return word
    return start


def quoted_words(document: Document) -> list[bool]:
    """Whether each word stands between quotation marks; a paragraph's end closes them."""
    inside = False
    found: list[bool] = []
    fresh = {start for start, _ in document.paragraphs}
    for word, form in enumerate(document.forms):
        if word in fresh:
            inside = False
        if form in _OPENING or form in _CLOSING:
            inside = form in _OPENING
        elif form == '"':
            inside = not inside
        found.append(inside)
    return found
