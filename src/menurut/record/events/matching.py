"""Whether the words around a predicate are those that its frames ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from menurut.reader.document import Document
from menurut.record.events.arguments import Predicate
from menurut.record.events.frames import Frame
from menurut.record.events.rules import BARRED, NO_COMPANION, NO_OBJECT, Lack
from menurut.record.events.syntax import NOMINAL, coordinated, preposition, relation
from menurut.record.lemmas import lemmas, markers

_BESIDE = frozenset({"obj", "obl", "compound", "advmod", "amod", "xcomp", "iobj", "nmod"})
_BELOW = frozenset({"nmod", "compound", "conj", "amod", "xcomp", "obl"})
_TIGHT = frozenset({"compound", "conj", "amod"})
_OBJECT = frozenset({"obj"})
_OBJECTS = frozenset({"obj", "obl", "compound", "advmod"})
MARKERS = frozenset({"case", "mark"})


class Surroundings:
    """The lemmas near a predicate: its particles, prepositions and nouns, and what it acts on.

    ``passed_over``: words that belong to no frame, such as those of a time expression.
    """

    def __init__(self, predicate: Predicate, passed_over: Callable[[int], bool]) -> None:
        self.predicate = predicate
        self._document = predicate.document
        self._passed_over = passed_over
        self._companions: dict[str, int] | None = None
        self._subjects: dict[str, int] | None = None
        self._acted_on: frozenset[str] | None = None
        self._named: frozenset[str] | None = None
        self._done_by: frozenset[str] | None = None

    def words_of(self, frame: Frame) -> tuple[int, ...] | None:
        """The words of a frame in the text, or None where one of them or the object is missing."""
        words = [self.predicate.word]
        for lemma in frame.companions:
            word = self._beside(lemma, frame)
            if word is None:
                return None
            words.append(word)
        return tuple(words) if self._allows(frame) else None

    def lack(self, frame: Frame) -> Lack:
        """What ``words_of`` misses where it gives None."""
        for lemma in frame.companions:
            if self._beside(lemma, frame) is None:
                return Lack(NO_COMPANION, (lemma,))
        if barred := frame.barred & self._lemmas_acted_on():
            return Lack(BARRED, tuple(sorted(barred)))
        return Lack(NO_OBJECT, tuple(sorted(frame.objects)))

    def _beside(self, lemma: str, frame: Frame) -> int | None:
        """The word near the predicate that a frame asks for."""
        word = self._companion(lemma)
        if word is None and (frame.received or not frame.agentive):
            word = self._subject(lemma)
        return word if word is not None and self._belongs(word) else None

    def _subject(self, lemma: str) -> int | None:
        """The subject where it is this word: ``a bomb exploded``."""
        if self._subjects is None:
            named = named_as(self._document, self.predicate.agents())
            self._subjects = {lemma: w for w in reversed(named) for lemma in self._lemmas(w)}
        return self._subjects.get(lemma)

    def _belongs(self, companion: int) -> bool:
        """An adjective takes no noun with it: ``close to the border`` closes none."""
        adjective = self._document.upos[self.predicate.word] == "ADJ"
        return not (adjective and relation(self._document, companion) in ("obl", "nmod"))

    def _allows(self, frame: Frame) -> bool:
        if frame.barred and frame.barred & self._lemmas_acted_on():
            return False
        if frame.doers and frame.doers.isdisjoint(self._lemmas_of_doers()):
            return False
        if frame.barred_doers and not frame.barred_doers.isdisjoint(self._lemmas_of_doers()):
            return False
        return not frame.objects or not frame.objects.isdisjoint(self._lemmas_named(frame))

    def _companion(self, lemma: str) -> int | None:
        if self._companions is None:
            self._companions = self._find_companions()
        return self._companions.get(lemma)

    def _find_companions(self) -> dict[str, int]:
        """Each lemma near the predicate, with the nearest word that may be a form of it."""
        document = self._document
        near = coordinated(document, self._wholes(self.predicate.patients()))
        near += self._children([self.predicate.word], _BESIDE) + self._right_behind()
        near += self._purposes()
        if not self.predicate.verbal:
            near += self._children([self.predicate.word], frozenset({"amod"}))
        agents = self.predicate.agents() if self.predicate.verbal else []
        near = [w for w in near if not self._passed_over(w) and w not in agents]
        below = [w for w in self._children(near, _BELOW) if self._is_close(w)]
        found: dict[str, int] = {}
        own = [] if self.predicate.verbal else [self.predicate.word]
        marks = self._children(own + near + below, MARKERS)
        for group in (near, marks, below, self._children(below, _TIGHT)):
            for word in group:
                for lemma in self._lemmas(word):
                    found.setdefault(lemma, word)
        return found

    def _purposes(self) -> list[int]:
        """The infinitives behind a verb that acts on nothing: ``gathered to demand``."""
        if not self.predicate.verbal or self._children([self.predicate.word], _OBJECT):
            return []
        document = self._document
        clauses = self._children([self.predicate.word], frozenset({"advcl"}))
        return [c for c in clauses if "VerbForm=Inf" in document.feats[c]]

    def _right_behind(self) -> list[int]:
        """The noun that follows a verb, whatever the parser makes of it: ``opened fire``."""
        document, word = self._document, self.predicate.word + 1
        follows = word < len(document) and document.heads[word] == word - 1
        return [word] if follows and document.upos[word] == "NOUN" else []

    def _is_close(self, word: int) -> bool:
        """Whether a noun below another is part of the phrase: ``talks on trade`` is not trade's."""
        document = self._document
        head = document.heads[word]
        return relation(document, word) not in ("nmod", "obl") or (
            not preposition(document, word) or relation(document, head) == "obj"
        )

    def _children(self, words: Iterable[int], relations: frozenset[str]) -> list[int]:
        document = self._document
        return [
            c for w in words for c in document.children[w] if relation(document, c) in relations
        ]

    def _wholes(self, words: list[int]) -> list[int]:
        """The words, and what they are a part of: ``a series of talks``."""
        document = self._document
        found = list(words)
        of = markers(document.language, "part")
        for word in found:
            found.extend(
                child
                for child in self._children([word], frozenset({"nmod"}))
                if of & set(preposition(document, child))
            )
        return found

    def _lemmas_acted_on(self) -> frozenset[str]:
        """Lemmas of a verb's patients and complements, or of a noun's modifiers."""
        if self._acted_on is None:
            word = self.predicate.word
            if self.predicate.verbal:
                words = [*self.predicate.patients(), *self._children([word], _OBJECTS)]
            else:
                words = list(self._document.children[word])
            self._acted_on = self._all_lemmas(words)
        return self._acted_on

    def _lemmas_named(self, frame: Frame) -> frozenset[str]:
        """Lemmas of the object and what modifies it; of the modifiers where the head is a noun; of
        the subject, where the frame gives it no role (``a bomb went off``)."""
        if self.predicate.verbal and not frame.agentive:
            return self._lemmas_of_objects() | self._lemmas_of_doers()
        return self._lemmas_of_objects()

    def _lemmas_of_objects(self) -> frozenset[str]:
        if self._named is None:
            document, word = self._document, self.predicate.word
            heads = self._children([word], frozenset({"obl"}))
            if self.predicate.verbal:
                heads = [*coordinated(document, self.predicate.patients()), *heads]
            near = [c for h in (*heads, word) for c in document.children[h] if self._names(h, c)]
            self._named = self._all_lemmas([*heads, *near])
        return self._named

    def _lemmas_of_doers(self) -> frozenset[str]:
        """Lemmas of who does it and of what says what they are: ``fighters of the group``."""
        if self._done_by is None:
            agents = self.predicate.agents() if self.predicate.verbal else []
            named = named_as(self._document, coordinated(self._document, agents))
            self._done_by = self._all_lemmas(named)
        return self._done_by

    def _names(self, head: int, child: int) -> bool:
        """Whether a word says what kind of thing its head is; a verb's own children do not."""
        if head == self.predicate.word and self.predicate.verbal:
            return False
        return self._document.upos[child] in (*NOMINAL, "ADJ")

    def _all_lemmas(self, words: Iterable[int]) -> frozenset[str]:
        return frozenset(lemma for word in words for lemma in self._lemmas(word))

    def _lemmas(self, word: int) -> frozenset[str]:
        """A name is no inflected form: ``United`` is not from ``unit``."""
        document = self._document
        form = document.lower[word]
        first = document.sentences[document.sentence_of[word]][0]
        titled = document.forms[word].istitle() and word != first
        if document.upos[word] == "PROPN" or titled:
            return frozenset({form})
        return lemmas(form, document.language)


def named_as(document: Document, nouns: list[int]) -> list[int]:
    """Nouns and those that say what they are: their compounds, what they are ``of``, and theirs."""
    of = markers(document.language, "part")
    wholes = [
        c
        for noun in nouns
        for c in document.children[noun]
        if relation(document, c) == "nmod" and of & set(preposition(document, c))
    ]
    heads = [*nouns, *wholes]
    compounds = [
        c for h in heads for c in document.children[h] if document.deprels[c] == "compound"
    ]
    return heads + compounds


def content_words(document: Document, words: Iterable[int]) -> tuple[int, ...]:
    """The words without prepositions and markers."""
    return tuple(w for w in words if relation(document, w) not in MARKERS)
