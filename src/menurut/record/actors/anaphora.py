"""Resolves pronouns, and walks a report in text order over all that points back.

Simple, careful rules: a pronoun that is a subject or a possessor means the subject of the clause
above it, else whom the sentence before was about; one that is an object means the latest fitting
actor that is not the subject beside it. ``I`` and ``we`` mean the speaker.
"""

from __future__ import annotations

from dataclasses import replace

from menurut.record.actors.entity import Entity
from menurut.record.actors.phrase import Phrase
from menurut.record.actors.pointing import resolve_definite_state, resolve_joint
from menurut.record.actors.scene import Scene, Tied
from menurut.record.actors.speakers import Pronoun, Speakers

_NEAR = 2
_OPENING_WORDS = 3
_MAX_CLIMB = 4
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
_POSSESSIVE = ("nmod", "det")
_ARGUMENT = ("nsubj", "obj", "obl", "iobj")
_NO_OWNER = frozenset({"VERB", "ADV", "ADJ"})


def resolve_anaphora(scene: Scene) -> None:
    """Resolves all that points back in a scene and notes the mentions."""
    joint = {p.start: p for p in scene.phrases if p.sort == "joint"}
    people = {p.start: p for p in scene.phrases if p.sort == "people"}
    resolver = _Pronouns(scene)
    lower, rules = scene.document.lower, scene.rules
    pronouns = [w for w, form in enumerate(lower) if form in resolver.speakers.rows]
    nouns = [w for w, form in enumerate(lower) if form in rules.state_nouns]
    for word in sorted({*joint, *people, *pronouns, *nouns}):
        if word in joint:
            resolve_joint(scene, joint[word])
        elif word in people:
            resolver.somebody(people[word])
        elif word not in scene.at:
            if lower[word] in rules.state_nouns:
                resolve_definite_state(scene, word)
            else:
                resolver.third_person(word)
    for word in pronouns:
        if word not in scene.at:
            resolver.first_person(word)


class _Pronouns:
    """Resolves the pronouns of one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.document = scene.document
        self.rules = scene.rules
        self.speakers = Speakers(scene)

    def third_person(self, word: int) -> None:
        """Resolves the pronoun of the third person that stands at a word, if one does."""
        row = self.speakers.row(word)
        if row is None or row.person == 1:
            return
        whole = len(self.document.lower[word]) < len(row.form)
        start = word - 1 if whole else word
        tied = self._meaning(start, row, enclitic=not whole and self.speakers.is_enclitic(word))
        self.scene.keep(start, word + 1, tied)
        if len(tied) == 1 and row.sex:
            tied[0].sex = tied[0].sex or row.sex
        if len(tied) == 1 and (phrase := self.scene.completed(start, word + 1)):
            self.scene.give_owner(phrase, tied[0], (start, word + 1))
        elif len(tied) == 1:
            self._own_country(word, tied[0])

    def somebody(self, phrase: Phrase) -> None:
        """Ties ``the woman`` to the woman spoken of."""
        if tied := self.speakers.somebody(phrase):
            self.scene.replace(phrase, tied)

    def first_person(self, word: int) -> None:
        """Resolves ``I`` to the speaker; an official's ``we`` to the government spoken for."""
        row = self.speakers.row(word)
        if row is None or row.person != 1:
            return
        speaker = self.speakers.speaker(word)
        if row.number == "many" and len(speaker) == 1 and speaker[0].sort == "person":
            coding = speaker[0].coding
            if coding.country and (coding.code or "").endswith(" GOV"):
                speaker = (self.scene.entities.state(coding.country),)
        self.scene.keep(word, word + 1, speaker)

    def _meaning(self, word: int, row: Pronoun, enclitic: bool) -> Tied:
        deprel = self.document.deprels[word]
        whole = not enclitic and self.document.lower[word] != row.form
        if enclitic and self.speakers.is_speaking(word, row):
            return self.speakers.topic_before(word, row, speaks=True)
        if enclitic and not self._may_own(word):
            return ()
        subject = deprel.startswith("nsubj") and not self._is_shared(word)
        if whole or subject or self.speakers.is_source(word):
            return self._subject(word, row)
        if deprel.startswith(_POSSESSIVE):
            return self._possessor(word, row)
        if enclitic:
            row = replace(row, number="one", kinds=frozenset({"person"}))
        return self._object(word, row, enclitic)

    def _is_shared(self, word: int) -> bool:
        """Whether a subject is the object of the verb before it too, in a clause that says to what
        end (``untuk membantu mereka berperang``): not who helps."""
        document = self.document
        clause = document.heads[word]
        verb = document.heads[clause] if clause >= 0 else -1
        if verb < 0 or verb != word - 1 or not _may_be_infinitive(document.feats[verb]):
            return False
        beside = {document.relations[c] for c in document.children[verb]}
        return document.deprels[verb] == "advcl" and "mark" in beside and "nsubj" not in beside

    # --- by role -------------------------------------------------------------------------

    def _subject(self, word: int, row: Pronoun) -> Tied:
        for subject in self.scene.subjects_above(word):
            if tied := self._fit(subject, word, row):
                return tied
            if row.thinglike:
                return ()
        single = row.number != "many" and not row.thinglike
        if single and (tied := self._first_in_sentence(word, row, set())):
            return tied
        if tied := self.speakers.crowd_before(word, row):
            return tied
        before = self.speakers.topic_before(word, row)
        if tied := self.speakers.without_speaker(word, before):
            return tied
        if "person" not in row.kinds:
            return ()
        latest = self._latest(word, row, set())
        return latest or (self.speakers.topic_after(word, row) if row.sex else ())

    def _possessor(self, word: int, row: Pronoun) -> Tied:
        if row.relative:
            return self._fit(self._antecedent(word), word, row)
        if tied := self._fit(self._joined_to(word), word, row):
            own = self.scene.at.get(self.document.heads[word], ())
            return tuple(e for e in tied if e not in own) or tied
        for subject in self.scene.subjects_above(word):
            if tied := self._fit(subject, word, row) or self._subject_within(subject, word, row):
                return tied
            if row.number == "any" and self._is_thing(subject):
                return ()
        if tied := self._first_in_sentence(word, row, set()):
            return tied
        if row.number == "any":
            if word - self.scene.sentence_start(word) > _OPENING_WORDS:
                return ()
            row = replace(row, kinds=frozenset({"person"}))
        return self.speakers.without_speaker(word, self.speakers.topic_before(word, row))

    def _antecedent(self, word: int) -> int:
        """The noun that the relative clause of a word describes; the word itself if none."""
        below = word
        for _ in range(_MAX_CLIMB):
            if self.document.deprels[below].startswith("acl"):
                return self.document.heads[below]
            if self.document.heads[below] < 0:
                break
            below = self.document.heads[below]
        return word

    def _joined_to(self, word: int) -> int:
        """The word that a pronoun's noun is joined to (``Amerika Serikat dan sekutunya``)."""
        before = min(word, self.document.heads[word]) - 1
        if before > 0 and self.document.lower[before] in self.rules.conjunctions:
            return before - 1
        host = self.document.heads[word]
        return self.document.heads[host] if self.document.deprels[host] == "conj" else word

    def _object(self, word: int, row: Pronoun, enclitic: bool) -> Tied:
        if row.thinglike:
            return ()
        subjects = list(self.scene.subjects_above(word))
        barred = {
            e for s in (subjects if enclitic else subjects[:1]) for e in self.scene.at.get(s, ())
        }
        if row.kinds == {"person"} and (tied := self._first_in_sentence(word, row, barred)):
            return tied
        return () if enclitic else self._latest(word, row, barred)

    # --- candidates ----------------------------------------------------------------------

    def _fit(self, candidate: int, word: int, row: Pronoun) -> Tied:
        """What a word before the pronoun stands for, where the pronoun can mean it."""
        if candidate >= word:
            return ()
        tied = row.fitting(self.speakers.joined(candidate))
        return self.speakers.without_speaker(word, tied)

    def _subject_within(self, subject: int, word: int, row: Pronoun) -> Tied:
        """An actor that the tree makes the subject of what it takes for the subject."""
        for child in self.document.children[subject]:
            if self.document.deprels[child] == "nsubj" and (tied := self._fit(child, word, row)):
                return tied
        return ()

    def _first_in_sentence(self, word: int, row: Pronoun, barred: set[Entity]) -> Tied:
        """The first fitting actor of the sentence before a word: what the sentence is about."""
        for seen in self.scene.between(self.scene.sentence_start(word), word):
            tied = row.fitting(seen.tied)
            if not tied or seen.inner or seen.end > word or set(tied) & barred:
                continue
            if self.scene.quoted[seen.word] and not self.scene.quoted[word]:
                continue
            if kept := self.speakers.without_speaker(word, tied):
                return kept
        return ()

    def _latest(self, word: int, row: Pronoun, barred: set[Entity]) -> Tied:
        """The fitting actor named last; loose groups of states are passed over."""
        for seen in reversed(self.scene.between(self.scene.sentence_start(word, _NEAR), word)):
            tied = row.fitting(seen.tied)
            if not tied or seen.inner or seen.end > word or set(tied) & barred:
                continue
            loose = any((e.coding.code or "").startswith("GRP:") for e in tied)
            if not loose and (kept := self.speakers.without_speaker(word, tied)):
                return kept
        return ()

    def _is_thing(self, word: int) -> bool:
        """Whether a word is a noun that stands for no actor."""
        return self.document.upos[word] in _NOMINAL and word not in self.scene.at

    # --- possessors ----------------------------------------------------------------------

    def _may_own(self, word: int) -> bool:
        """Whether an enclitic can mean an owner: not on a verb, nor where it is an article."""
        document, host = self.document, word - 1
        if document.deprels[word].startswith(_ARGUMENT):
            return True
        if document.lower[host] in self.rules.definite_hosts:
            return False
        if document.upos[host] in _NO_OWNER and document.deprels[host] != "amod":
            return False
        return document.upos[word] != "DET" or self._is_relational(host)

    def _is_relational(self, word: int) -> bool:
        """Whether a noun for people waits for an owner (``sekutu``)."""
        phrase = self.scene.bare.get(word)
        return phrase is not None and phrase.sort != "institution"

    def _own_country(self, word: int, owner: Entity) -> None:
        """``negaranya``, ``his country``: the government of the owner's country."""
        noun = word - 1 if self.rules.modifiers == "right" else word + 1
        country = owner.coding.country
        if country is None or owner.sort != "person" or not 0 <= noun < len(self.document):
            return
        if self.document.lower[noun] in self.rules.state_nouns and noun not in self.scene.at:
            self.scene.keep(noun, noun + 1, (self.scene.entities.state(country),))


def _may_be_infinitive(feats: str) -> bool:
    """Whether a verb's features name no other form of it."""
    return "VerbForm" not in feats or "VerbForm=Inf" in feats
