"""What is told of other fields than politics: a match, a storm, a singer, in the same words.

Who acts tells most: the class ``@apolitical`` of ``classes.tsv`` has nouns whose acts are no
politics. A country that attacks down the left is told of by the words around it: ``fields.tsv``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from menurut.contract import Statement
from menurut.reader.document import Document
from menurut.record.events.frames import classes
from menurut.record.events.matching import named_as
from menurut.record.events.tellings import Telling
from menurut.record.events.voices import words_of
from menurut.record.lemmas import lemmas
from menurut.tables import language_table

_OFFICIAL = "official"


@cache
def _field_words(language: str, official: bool) -> frozenset[str]:
    return frozenset(
        word
        for row in language_table(language, "fields")
        if (row["field"] == _OFFICIAL) == official
        for word in row["words"].split()
    )


class Fields:
    """Tells whether a predicate's act is one of politics, by its agents and its sentence."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._elsewhere: dict[int, bool] = {}

    def bar(self, word: int, agents: Sequence[int]) -> bool:
        """Whether what a word tells of is no politics. ``agents``: the nouns of who acts."""
        return self._is_elsewhere(self._document.sentence_of[word]) or self._is_apolitical(agents)

    def is_nature(self, nouns: Sequence[int]) -> bool:
        """Whether nouns name no people: who fights pests or a disease wages no war."""
        return self._is_of("@nature", nouns)

    def bar_telling(self, telling: Telling, statements: Sequence[Statement]) -> bool:
        """The same of a telling; who speaks in a statement acts in what it is."""
        source = next((s.source for s in statements if s.id == telling.act_of), None)
        spoken = words_of(self._document, source.spans) if source else []
        heads = [w for w in spoken if self._document.heads[w] not in spoken]
        return self.bar(telling.word, [*telling.doers.words, *heads])

    def _is_apolitical(self, agents: Sequence[int]) -> bool:
        return self._is_of("@apolitical", agents) or self._is_of("@nature", agents)

    def _is_of(self, name: str, nouns: Sequence[int]) -> bool:
        """Whether one of some nouns is of a class; a name (``the Tamil Tigers``) is of none."""
        language = self._document.language
        members = classes(language).get(name, frozenset())
        return bool(members) and any(
            members & lemmas(self._document.lower[word], language)
            for word in named_as(self._document, list(nouns))
            if not self._is_name(word)
        )

    def _is_name(self, word: int) -> bool:
        document = self._document
        first = document.sentences[document.sentence_of[word]][0]
        return document.upos[word] == "PROPN" or (
            word != first and document.forms[word][:1].isupper()
        )

    def _is_elsewhere(self, sentence: int) -> bool:
        """Whether a sentence is of another field by its words, and names no office or force."""
        if sentence not in self._elsewhere:
            found = self._words(sentence)
            language = self._document.language
            self._elsewhere[sentence] = bool(
                found & _field_words(language, official=False)
            ) and not found & _field_words(language, official=True)
        return self._elsewhere[sentence]

    def _words(self, sentence: int) -> set[str]:
        """The lemmas of a sentence's common words, and those in pairs (``second half``)."""
        document = self._document
        start, end = document.sentences[sentence]
        common = [w for w in range(start, end) if document.upos[w] != "PROPN"]
        found = {lemma for w in common for lemma in lemmas(document.lower[w], document.language)}
        pairs = (
            f"{document.lower[a]}_{document.lower[b]}" for a, b in pairwise(common) if b == a + 1
        )
        return found.union(pairs)
