"""Finds the arguments of a predicate on a UD tree, across passives, control and coordination.

A slot is a place beside a predicate: ``subj`` (the agent), ``obj`` (the patient), ``iobj``,
``obl:PREP``, ``nmod:PREP``, ``poss``, ``own`` (a marked possessor alone), ``ccomp`` (the subject
of the clause that is its complement), ``comp`` (the verb of that clause), ``gov`` (who governs a
noun: the agent of the verb that it is the object of, or what it is said of), ``host`` (the agent
of the clause that it stands in, wherever), ``cop`` (the same where that clause has no verb: ``are
close to a deal``), or a path of slots, such as ``obj.poss``.
"""

from __future__ import annotations

from functools import cached_property

from menurut.reader.document import Document
from menurut.record.events.subjects import antecedent, gap_of, lent_objects, surface_subjects
from menurut.record.events.syntax import (
    NOMINAL,
    VERBAL,
    climb,
    coordinated,
    has_subject,
    is_subject,
    possessors,
    preposition,
    relation,
)
from menurut.record.lemmas import analyses, markers

_MAX_NESTING = 4
_PASSIVE_CHILDREN = frozenset({"nsubj:pass", "aux:pass", "obl:agent", "csubj:pass"})
_GOVERNING = frozenset({"gov", "host", "cop"})
_DIRECT = frozenset({"obj", "conj"})
_COMPLEMENTS = ("xcomp", "ccomp", "advcl", "acl")
_BELOW = frozenset({"obl", "nmod", "compound", "flat", "obj", "xcomp"})
_NESTED = _BELOW | {"appos", "conj"}


def voice_of(document: Document, verb: int) -> str:
    """``passive`` where a verb's form says so by itself (``dibatalkan``)."""
    found = analyses(document.lower[verb], document.language, "V")
    return "passive" if any(a.voice == "passive" for a in found) else ""


class Predicate:
    """A predicate word of a document, its voice (see ``inflection.tsv``), and its arguments."""

    def __init__(self, document: Document, word: int, voice: str = "") -> None:
        self.document = document
        self.word = word
        self.voice = voice
        self.verbal = document.upos[word] in VERBAL
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
            return possessors(self.document, self.word)
        if kind == "own":
            return [c for c in self.document.children[self.word] if self._owns(c)]
        if kind == "ccomp":
            return self._complement_subjects()
        if kind in _GOVERNING:
            return self._governors(kind)
        if kind == "comp":
            return [w for c in _COMPLEMENTS for w in self._children(c)]
        return self._prepositional(prep)

    def has_subject(self) -> bool:
        """Whether the predicate has a grammatical subject of its own."""
        return has_subject(self.document, self.word)

    # --- agent and patient -------------------------------------------------------------

    @cached_property
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
            return not self._children("obj")
        if "VerbForm=Ger" in document.feats[word] or self.voice == "ing":
            return False
        bare_participle = self.voice == "past" and not self._children("obj")
        return bare_participle and document.deprels[word] in ("acl", "advcl", "amod")

    def agents(self) -> list[int]:
        return self._by_agents() if self.passive else self.surface_subjects()

    def patients(self) -> list[int]:
        """The objects of an active verb, the subjects of a passive one; a gap's antecedent too."""
        document, word = self.document, self.word
        if self.passive:
            own = [c for c in document.children[word] if document.deprels[c] == "nsubj:pass"]
            return [antecedent(document, word, c) for c in own] or self.surface_subjects()
        lent = lent_objects(document, word)
        objects = [o for o in self._children("obj") or self._children("iobj") if o not in lent]
        if not objects and gap_of(document, word) == "obj":
            return [document.heads[word]]
        if not objects:
            return [o for c in document.children[word] for o in lent_objects(document, c)]
        return [self._antecedent(o) for o in objects]

    def _antecedent(self, obj: int) -> int:
        """The noun that a relative clause's object stands for where it opens the clause."""
        document = self.document
        relative = document.deprels[self.word] == "acl:relcl" and document.upos[obj] == "PRON"
        return document.heads[self.word] if relative and obj < self.word else obj

    def clause_agents(self) -> list[int]:
        """Who acts in the adverbial clauses of a predicate: ``killed when troops opened fire``."""
        document = self.document
        clauses = [c for c in document.children[self.word] if document.deprels[c] == "advcl"]
        return [s for c in clauses for s in document.children[c] if is_subject(document, s)]

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
                    and child > self.word
                    and agents & set(preposition(document, child))
                )
            ]
            if found:
                return found
        children = document.children[self.word]
        both = any(document.deprels[c] == "nsubj:pass" for c in children)
        found = [c for c in children if both and document.deprels[c] == "nsubj"]
        return found or [c for c in children if "" in agents and self._is_bare_agent(c)]

    def _is_bare_agent(self, child: int) -> bool:
        """Whether a noun just behind a passive, under no preposition, is who does it, as languages
        have it whose agents need none: ``ditolak Rusia``."""
        document = self.document
        return (
            relation(document, child) in ("obj", "obl")
            and document.upos[child] in ("NOUN", "PROPN", "PRON")
            and self.voice == "passive"
            and child > self.word
            and not preposition(document, child)
            and self._is_next(child)
        )

    def _is_next(self, child: int) -> bool:
        """Whether nothing but its own modifiers stands between the predicate and a noun."""
        document = self.document
        return all(document.heads[w] == child for w in range(self.word + 1, child))

    def surface_subjects(self) -> list[int]:
        """The grammatical subject, found upward where it is not expressed."""
        return surface_subjects(self.document, self.word)

    # --- the other slots ---------------------------------------------------------------

    def _children(self, deprel: str) -> list[int]:
        document = self.document
        return [c for c in document.children[self.word] if relation(document, c) == deprel]

    def _prepositional(self, prep: str) -> list[int]:
        """The nouns under a preposition: of the predicate, of its patient, of its light verb."""
        found = self._marked(self.word, prep, _MAX_NESTING) or self._after_particle(prep)
        found = found or self._marked_subjects(prep)
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

    def _marked_subjects(self, prep: str) -> list[int]:
        """The subjects of clauses below that stand under a preposition and so belong to the verb.

        ``granted asylum to five officers holed up in an embassy``.
        """
        document = self.document
        return [
            s
            for c in self._children("advcl")
            for s in document.children[c]
            if relation(document, s) == "nsubj" and prep in preposition(document, s)
        ]

    def _after_particle(self, prep: str) -> list[int]:
        """The bare nouns after a preposition that is parsed as the verb's particle."""
        document = self.document
        particles = [
            c
            for c in document.children[self.word]
            if document.lower[c] == prep and document.upos[c] == "ADP" and c > self.word
        ]
        return [
            c
            for c in document.children[self.word]
            if particles
            and c > particles[0]
            and relation(document, c) in ("obl", "obj")
            and not preposition(document, c)
        ]

    def _marked(self, word: int, prep: str, depth: int) -> list[int]:
        """The nearest nominals below a word, through nominals alone, that a preposition marks."""
        document = self.document
        level = [word]
        for _ in range(depth + 1):
            below = [
                c
                for w in level
                for c in document.children[w]
                if relation(document, c) in (_BELOW if w == word else _NESTED)
            ]
            found = [c for c in below if prep in preposition(document, c)]
            if found:
                return found
            level = [
                c for c in below if document.upos[c] in NOMINAL and relation(document, c) != "obl"
            ]
        return []

    def _governors(self, kind: str) -> list[int]:
        """Who acts in the clause that a noun stands in (``gov``, ``host``, ``cop``).

        ``rejected a request``, ``a request was rejected by``, ``is under pressure``.
        """
        document, word = self.document, self.word
        if self.verbal:
            return []
        if has_subject(document, word):
            return self.surface_subjects()
        head, relations = document.heads[word], frozenset[str]()
        if document.deprels[word] != "nsubj:pass":
            chain = list(climb(document, word))
            head, relations = chain[-1] if chain else (-1, relations)
        if head < 0 or (kind == "gov" and not relations <= _DIRECT):
            return []
        if kind == "cop" and document.upos[head] == "VERB":
            return []
        return Predicate(document, head, voice_of(document, head)).agents()

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
