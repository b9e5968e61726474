"""Whom a sentence is about, and who speaks at a word: what pronouns lean on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from menurut.reader.document import Range, StatementRanges
from menurut.record.actors.entity import Entity
from menurut.record.actors.phrase import Phrase
from menurut.record.actors.scene import Scene, Tied
from menurut.record.actors.sexes import sexes
from menurut.tables import language_table

_BACK = 5
_AHEAD = 2
_THINGLIKE = frozenset({"state", "body"})


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A row of ``pronouns.tsv``: what it may stand for, and the hosts of a speaking enclitic."""

    form: str
    person: int
    number: str
    kinds: frozenset[str]
    hosts: frozenset[str] = frozenset()
    relative: bool = False
    sex: str = ""
    living: bool = False

    @property
    def thinglike(self) -> bool:
        """Whether it stands for no person and no group (``it``), and so most often for a thing."""
        return self.kinds <= _THINGLIKE

    def fitting(self, tied: Tied) -> Tied:
        """What the pronoun can mean of some actors: the right kinds, the right number."""
        found = tuple(e for e in tied if e.sort in self.kinds and not self._is_other(e))
        if self.number == "one" and len(found) > 1:
            found = found[:1] if self.kinds == {"person"} else ()
        if self.number == "many" and len(found) == 1 and found[0].sort == "person":
            return ()
        return found

    def _is_other(self, entity: Entity) -> bool:
        return bool(self.sex and entity.sex) and self.sex != entity.sex


ANYBODY = Pronoun("", 3, "any", frozenset({"person", "state", "body", "group"}))


@cache
def pronouns(language: str) -> dict[str, Pronoun]:
    """The pronouns of a language that may stand for actors, by form."""
    rows = language_table(language, "pronouns")
    return {
        r["form"]: Pronoun(
            r["form"],
            int(r["person"]),
            r["number"],
            frozenset(r["kinds"].split("|")),
            frozenset(r["hosts"].split("|")) - {""},
            r["relative"] == "yes",
            r.get("sex", ""),
            r.get("living") == "yes",
        )
        for r in rows
    }


class Speakers:
    """Finds topics and speakers in a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.document = scene.document
        self.rows = pronouns(scene.document.language)
        self._hosts = frozenset().union(*(row.hosts for row in self.rows.values()))
        self._sources = {
            w for s in self.document.statements for a, b in s.source for w in range(a, b)
        }
        self._contents = _innermost(self.document.statements)
        self._busy: set[int] = set()

    def row(self, word: int) -> Pronoun | None:
        """The pronoun that stands at a word, an enclitic and its host (``pihaknya``) as one."""
        lower = self.document.lower
        row = self.rows.get(lower[word])
        if row is None or self.document.deprels[word] == "expl":
            return None
        if self.is_enclitic(word):
            whole = self.rows.get(lower[word - 1] + lower[word])
            if whole is None and self.document.upos[word] not in ("PRON", "DET"):
                return None
            return whole or row
        return row

    def is_enclitic(self, word: int) -> bool:
        """Whether a word is written together with the word before it."""
        if word == 0 or self.document.ends[word - 1] != self.document.starts[word]:
            return False
        return self.document.forms[word - 1][-1].isalpha()

    def is_source(self, word: int) -> bool:
        """Whether a word names the source of a statement."""
        return word in self._sources

    def is_speaking(self, word: int, row: Pronoun) -> bool:
        """Whether an enclitic is the one who speaks: on a noun of saying, or on any cue."""
        alone = word in self._sources and word - 1 not in self._sources
        return alone or self.document.lower[word - 1] in row.hosts

    # --- topics --------------------------------------------------------------------------

    def topic_before(self, word: int, row: Pronoun, speaks: bool = False) -> Tied:
        """Whom the sentences before are about: their subject outside quotation marks.

        ``speaks``: it must be somebody who can be quoted, no nameless crowd.
        """
        number = self.document.sentence_of[word]
        for sentence in range(number - 1, max(-1, number - 1 - _BACK), -1):
            if self.document.kinds[sentence] != self.document.kinds[number]:
                continue
            tied = self._topic_of(sentence, row)
            if tied and not (speaks and all(_is_crowd(e) for e in tied)):
                return tied
        return ()

    def crowd_before(self, word: int, row: Pronoun) -> Tied:
        """The people in no table whom the sentence before is about (``two couriers``)."""
        sentence = self.document.sentence_of[word] - 1
        if sentence < 0 or row.number != "many" or not (row.living or self.is_source(word)):
            return ()
        topics = (w for w in range(*self.document.sentences[sentence]) if self._is_topical(w))
        noun = next(topics, None)
        if noun is None or noun in self.scene.at or not self._is_plural(noun):
            return ()
        return self.scene.introduce(noun)

    def _is_plural(self, noun: int) -> bool:
        below = self.document.children[noun]
        vague = self.document.lower[noun] in self.scene.rules.plurals
        if vague or self.document.upos[noun] != "NOUN" or any(c in self.scene.at for c in below):
            return False
        counted = any(
            self.document.deprels[c].startswith("nummod")
            or self.document.lower[c] in self.scene.rules.plurals
            for c in below
        )
        return counted or "Number=Plur" in self.document.feats[noun]

    def somebody(self, phrase: Phrase) -> Tied:
        """Whom ``the woman`` or ``perempuan itu`` means: the person spoken of of that sex."""
        lower = self.document.lower[phrase.item.start : phrase.item.end]
        sex = sexes(self.document.language).of_nouns(lower)
        if not sex or not phrase.definite or phrase.plural or phrase.parent is not None:
            return ()
        row = Pronoun("", 3, "one", frozenset({"person"}), sex=sex)
        return self.topic_before(phrase.start, row)

    def topic_after(self, word: int, row: Pronoun) -> Tied:
        """Whom the next sentences are about, where a report opens with a pronoun."""
        if any(row.fitting(seen.tied) for seen in self.scene.between(0, word)):
            return ()
        number = self.document.sentence_of[word]
        coming = range(number + 1, min(len(self.document.sentences), number + 1 + _AHEAD))
        return next((tied for s in coming if (tied := self._topic_of(s, row))), ())

    def _topic_of(self, sentence: int, row: Pronoun) -> Tied:
        start, end = self._last_part(sentence)
        for word in range(start, end):
            if self.scene.quoted[word] or not self._is_topical(word):
                continue
            if tied := row.fitting(self.joined(word)):
                return tied
        if row.thinglike:
            return ()
        for seen in self.scene.between(start, end):
            tied = row.fitting(seen.tied)
            if tied and not seen.inner and not self.scene.quoted[seen.word]:
                return tied
        return ()

    def _last_part(self, sentence: int) -> Range:
        """A sentence; where the reader has run two together, the latter."""
        start, end = self.document.sentences[sentence]
        stops = (w for w in range(end - 2, start, -1) if self.document.forms[w] == ".")
        return next(stops, start), end

    def joined(self, word: int) -> Tied:
        """What a word stands for, with all that is joined to it (``Ana Lima and Ivo Paz``)."""
        own = self.scene.at.get(word, ())
        joined = [c for c in self.document.children[word] if self.document.deprels[c] == "conj"]
        if not own or not joined:
            return own
        return tuple(dict.fromkeys([*own, *(e for c in joined for e in self.scene.at.get(c, ()))]))

    def _is_topical(self, word: int) -> bool:
        """Whether a word is the subject of a main clause, or an enclitic that speaks."""
        head = self.document.heads[word]
        main = head >= 0 and self.document.deprels[head] in ("root", "parataxis")
        if main and self.document.deprels[word].startswith("nsubj"):
            return True
        return self.is_enclitic(word) and self.document.lower[word - 1] in self._hosts

    # --- speakers ------------------------------------------------------------------------

    def without_speaker(self, word: int, tied: Tied) -> Tied:
        """Nobody says ``he`` of himself: inside quotation marks the speaker is out."""
        if not tied or not self.scene.quoted[word]:
            return tied
        return () if set(tied) & set(self.speaker(word)) else tied

    def speaker(self, word: int) -> Tied:
        """Who says a word: the source of its statement, else who stands beside the quotation."""
        if word in self._busy:
            return ()
        self._busy.add(word)
        found = self._source(word) or (self._quoting(word) if self.scene.quoted[word] else ())
        self._busy.discard(word)
        return found

    def _source(self, word: int) -> Tied:
        """The source of the innermost statement whose content holds a word."""
        statement = self._contents.get(word)
        for start, end in statement.source if statement else ():
            for inside in range(start, end):
                if inside in self.scene.at:
                    return self._whole(inside)
                if (row := self.row(inside)) and row.person == 3:
                    return self.topic_before(inside, row)
        return ()

    def _whole(self, word: int) -> Tied:
        """What the outermost phrase over a word stands for."""
        for seen in self.scene.between(self.scene.sentence_start(word), word + 1):
            if seen.end > word and not seen.inner:
                return seen.tied
        return self.scene.at[word]

    def _quoting(self, word: int) -> Tied:
        """The speaker of a quotation, by the words around it in the paragraph."""
        for sentence in self._around(self.document.sentence_of[word]):
            if tied := self._topic_of(sentence, ANYBODY):
                return tied
            for inside in range(*self.document.sentences[sentence]):
                row = self.row(inside)
                if row and row.person == 3 and not self.scene.quoted[inside]:
                    return self.topic_before(inside, row)
        return self.topic_before(word, ANYBODY)

    def _around(self, sentence: int) -> Iterator[int]:
        """A sentence and those after it in its paragraph."""
        start = self.document.sentences[sentence][0]
        limit = next((e for s, e in self.document.paragraphs if s <= start < e), start + 1)
        while sentence < len(self.document.sentences):
            if self.document.sentences[sentence][0] >= limit:
                return
            yield sentence
            sentence += 1


def _innermost(statements: tuple[StatementRanges, ...]) -> dict[int, StatementRanges]:
    """For each word the shortest statement whose content it lies in."""
    found: dict[int, StatementRanges] = {}
    for statement in sorted(statements, key=lambda s: -sum(b - a for a, b in s.content)):
        for start, end in statement.content:
            found.update(dict.fromkeys(range(start, end), statement))
    return found


def _is_crowd(entity: Entity) -> bool:
    """Whether an actor is some people of no known side, unlikely to be quoted at length."""
    return entity.sort == "group" and (entity.coding.assumed or entity.coding.code is None)
