"""Finds the arguments of a predicate on a UD tree, across passives, control and coordination.

A slot is a place beside a predicate: ``subj`` (the agent), ``obj`` (the patient), ``iobj``,
``obl:PREP``, ``nmod:PREP``, ``poss``, ``own`` (a marked possessor alone), ``ccomp`` (the subject
of the clause that is its complement), ``comp`` (the verb of that clause), or a path of slots, such
as ``obj.poss``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from menurut.reader.document import Document
from menurut.record.frames import markers

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "DET"})
_COORDINATED = NOMINAL | {"ADJ"}
_CLAUSAL = ("ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj")
_BARE_MODIFIERS = ("nmod", "compound", "amod", "flat", "det", "nmod:poss", "appos")
_MAX_CLIMB = 6
_MAX_NESTING = 4


def relation(document: Document, word: int) -> str:
    """The universal relation of a word, without its subtype."""
    return document.deprels[word].partition(":")[0]


def preposition(document: Document, word: int) -> tuple[str, ...]:
    """The lower-cased case markers of a noun, a fixed phrase joined (``because of``)."""
    found = []
    for child in document.children[word]:
        if relation(document, child) in ("case", "mark") and document.upos[child] != "PART":
            fixed = [c for c in document.children[child] if document.deprels[c] == "fixed"]
            found.append(" ".join(document.lower[w] for w in (child, *fixed)))
            if fixed:
                found.append(document.lower[fixed[-1]])
    return tuple(found)


def coordinated(document: Document, words: Iterable[int]) -> list[int]:
    """The words with the nominals that are coordinated with them, in text order."""
    found: list[int] = []
    for word in words:
        found.append(word)
        found.extend(
            child
            for child in document.children[word]
            if document.deprels[child] == "conj" and document.upos[child] in _COORDINATED
        )
    return sorted(set(found))


def noun_phrase(document: Document, word: int) -> Iterator[int]:
    """The words of a noun phrase without the clauses that hang from it."""
    yield word
    for child in document.children[word]:
        if relation(document, child) not in (*_CLAUSAL, "punct"):
            yield from noun_phrase(document, child)


class Predicate:
    """A predicate word of a document, its voice (see ``inflection.tsv``), and its arguments."""

    def __init__(self, document: Document, word: int, voice: str = "") -> None:
        self.document = document
        self.word = word
        self.voice = voice
        self.verbal = document.upos[word] in ("VERB", "ADJ", "AUX")
        self._found: dict[str, list[int]] = {}

    def fill(self, slot: str) -> list[int]:
        """The words that stand in a slot, the coordinated ones with them; empty where none does."""
        if slot not in self._found:
            first, _, rest = slot.partition(".")
            words = coordinated(self.document, self._fill(first))
            if rest:
                words = [w for base in words for w in Predicate(self.document, base).fill(rest)]
            self._found[slot] = words
        return self._found[slot]

    def _fill(self, slot: str) -> list[int]:
        kind, _, prep = slot.partition(":")
        if kind == "subj":
            return self.agents()
        if kind == "obj":
            return self.patients()
        if kind == "iobj":
            return self._children("iobj")
        if kind == "poss":
            return self._possessors()
        if kind == "own":
            return [c for c in self.document.children[self.word] if self._owns(c)]
        if kind == "ccomp":
            return self._complement_subjects()
        if kind == "comp":
            return [w for c in ("xcomp", "ccomp", "advcl", "acl") for w in self._children(c)]
        return self._prepositional(prep)

    def has_subject(self) -> bool:
        """Whether the predicate has a grammatical subject of its own."""
        return self._has_subject(self.word)

    # --- agent and patient -------------------------------------------------------------

    @property
    def passive(self) -> bool:
        """Whether the surface subject is the patient."""
        document, word = self.document, self.word
        if self.voice == "passive" or any(
            document.deprels[c] in _PASSIVE_CHILDREN for c in document.children[word]
        ):
            return True
        if self._children("nsubj"):
            return False
        if "Voice=Pass" in document.feats[word]:
            return True
        if "VerbForm=Ger" in document.feats[word] or self.voice == "ing":
            return False
        bare_participle = self.voice == "past" and not self._children("obj")
        return bare_participle and document.deprels[word] in ("acl", "advcl", "amod")

    def agents(self) -> list[int]:
        return self._by_agents() if self.passive else self.surface_subjects()

    def patients(self) -> list[int]:
        """The objects of an active verb, the subjects of a passive one; a gap's antecedent too."""
        if self.passive:
            return self.surface_subjects()
        objects = self._children("obj")
        lent = self._lent_objects(self.word)
        objects = [o for o in objects if o not in lent]
        if not objects and self._relative_gap() == "obj":
            return [self.document.heads[self.word]]
        return objects

    def _by_agents(self) -> list[int]:
        document = self.document
        agents = markers(document.language, "agent")
        for host in (self.word, *self.surface_subjects()):
            found = [
                child
                for child in document.children[host]
                if document.deprels[child] == "obl:agent"
                or (
                    relation(document, child) in ("obl", "nmod")
                    and agents & set(preposition(document, child))
                )
            ]
            if found:
                return found
        return []

    def surface_subjects(self) -> list[int]:
        """The grammatical subject, found upward where it is not expressed."""
        return self._surface(self.word, _MAX_CLIMB)

    def _surface(self, word: int, left: int) -> list[int]:
        document = self.document
        own = [c for c in document.children[word] if _is_subject(document.deprels[c])]
        if own:
            return [self._antecedent(word, c) for c in own]
        head, deprel = document.heads[word], document.deprels[word]
        if head < 0 or left == 0:
            return []
        if deprel == "acl:relcl":
            return [head] if self._gap_of(word) != "none" else []
        if deprel == "acl" or deprel.startswith("acl:"):
            return self._subject_of_modifier(word, head, left)
        if deprel == "xcomp":
            objects = [c for c in document.children[head] if document.deprels[c] in _OBJECTS]
            found = objects[:1] or self._lent_objects(word) or self._subject_beside(word)
            return found or self._surface(head, left - 1)
        if deprel == "advcl" and (lent := self._lent_objects(word)):
            return lent
        if deprel == "advcl" and self._under_object(word):
            undergoers = [c for c in document.children[head] if document.deprels[c] in _UNDERGOERS]
            if undergoers:
                return undergoers
        if relation(document, word) in ("conj", "advcl", "ccomp", "parataxis"):
            same_clause = document.upos[head] in ("VERB", "ADJ", "AUX") or self._has_subject(head)
            return self._surface(head, left - 1) if same_clause else []
        return []

    def _subject_of_modifier(self, word: int, noun: int, left: int) -> list[int]:
        """The subject of a clause that modifies a noun: the noun, or who has it (``plan to``)."""
        document = self.document
        if not _infinitive(document, word):
            return [noun]
        owners = Predicate(document, noun)._possessors()
        if owners:
            return owners
        verb = document.heads[noun]
        return self._surface(verb, left - 1) if verb >= 0 else []

    def _subject_beside(self, word: int) -> list[int]:
        """The subject of a complement just before this one under the same verb.

        Serial verbs, where the first bears the subject of them all.
        """
        document = self.document
        beside = [
            s
            for s in document.children[document.heads[word]]
            if document.heads[word] < s < word and document.deprels[s] == "xcomp"
        ]
        return [c for s in beside for c in document.children[s] if _is_subject(document.deprels[c])]

    def _lent_objects(self, word: int) -> list[int]:
        """Objects on both sides of a complement's verb: the first is its subject.

        ``allowed them to visit Rome``, where the parser hangs ``them`` from ``visit``.
        """
        document = self.document
        if document.deprels[word] not in ("xcomp", "advcl"):
            return []
        objects = [c for c in document.children[word] if document.deprels[c] == "obj"]
        before = [c for c in objects if c < word]
        return before if len(before) < len(objects) else []

    def _under_object(self, word: int) -> bool:
        """Whether a clause has the object for its subject: ``accused them of lying``."""
        document = self.document
        return any(
            document.lower[c] in markers(document.language, "object")
            for c in document.children[word]
            if relation(document, c) in ("mark", "case")
        )

    def _has_subject(self, word: int) -> bool:
        return any(_is_subject(self.document.deprels[c]) for c in self.document.children[word])

    def _antecedent(self, word: int, subject: int) -> int:
        """The noun that a relative pronoun stands for, else the subject itself."""
        document = self.document
        relative = document.deprels[word] == "acl:relcl" and document.upos[subject] in (
            "PRON",
            "SCONJ",
            "DET",
        )
        if relative and (
            "PronType=Rel" in document.feats[subject] or document.heads[word] == subject - 1
        ):
            return document.heads[word]
        return subject

    def _relative_gap(self) -> str:
        return self._gap_of(self.word)

    def _gap_of(self, word: int) -> str:
        """What the head noun of a relative clause is in it: ``subj``, ``obj`` or ``none``."""
        document = self.document
        if document.deprels[word] != "acl:relcl":
            return "none"
        children = document.children[word]
        subjects = [c for c in children if _is_subject(document.deprels[c])]
        if not subjects:
            return "subj"
        head = document.heads[word]
        if any(self._antecedent(word, c) == head for c in subjects):
            return "subj"
        adverbial = any(
            "PronType=Rel" in document.feats[c] and relation(document, c) in ("advmod", "obl")
            for c in children
        )
        return "none" if adverbial else "obj"

    # --- the other slots ---------------------------------------------------------------

    def _children(self, deprel: str) -> list[int]:
        document = self.document
        return [c for c in document.children[self.word] if relation(document, c) == deprel]

    def _prepositional(self, prep: str) -> list[int]:
        """The nouns under a preposition: of the predicate, of its patient, of its light verb."""
        found = self._marked(self.word, prep, _MAX_NESTING)
        if found:
            return found
        if self.verbal:
            for patient in self.patients():
                if patient != self.document.heads[self.word]:
                    found.extend(self._marked(patient, prep, _MAX_NESTING))
            return found
        head = self.document.heads[self.word]
        if head >= 0 and relation(self.document, self.word) in ("obj", "nsubj"):
            return self._marked(head, prep, 0)
        return []

    def _marked(self, word: int, prep: str, depth: int) -> list[int]:
        """The nearest nominals below a word, through nominals alone, that a preposition marks."""
        document = self.document
        level = [word]
        for _ in range(depth + 1):
            below = [
                c
                for w in level
                for c in document.children[w]
                if relation(document, c) in ("obl", "nmod", "flat", "obj", "xcomp")
                or (relation(document, c) in ("appos", "conj") and w != word)
            ]
            found = [c for c in below if prep in preposition(document, c)]
            if found:
                return found
            level = [
                c for c in below if document.upos[c] in NOMINAL and relation(document, c) != "obl"
            ]
        return []

    def _possessors(self) -> list[int]:
        """Who has the noun: a possessor, a bare modifier, a compound's first part, a demonym."""
        document = self.document
        children = document.children[self.word]
        owners = [c for c in children if document.deprels[c] == "nmod:poss"]
        return owners or [
            c
            for c in children
            if document.deprels[c] in _BARE_MODIFIERS
            and not preposition(document, c)
            and document.upos[c] != "VERB"
            and not (document.upos[c] == "ADJ" and document.forms[c].islower())
        ]

    def _owns(self, child: int) -> bool:
        return self.document.deprels[child] == "nmod:poss"

    def _complement_subjects(self) -> list[int]:
        document = self.document
        for child in document.children[self.word]:
            if relation(document, child) in ("ccomp", "xcomp"):
                found = Predicate(document, child).surface_subjects()
                if found and not set(found) & set(self.surface_subjects()):
                    return found
        if relation(document, self.word) == "parataxis":
            return Predicate(document, document.heads[self.word]).surface_subjects()
        return []


_PASSIVE_CHILDREN = frozenset({"nsubj:pass", "aux:pass", "obl:agent", "csubj:pass"})
_UNDERGOERS = frozenset({"obj", "iobj", "nsubj:pass"})
_OBJECTS = frozenset({"obj", "iobj"})


def _is_subject(deprel: str) -> bool:
    return deprel.startswith("nsubj")


def _infinitive(document: Document, word: int) -> bool:
    """Whether a noun's clause is an infinitive or has a marker (``decision to go``)."""
    return "VerbForm=Inf" in document.feats[word] or any(
        document.deprels[c] == "mark" for c in document.children[word]
    )
