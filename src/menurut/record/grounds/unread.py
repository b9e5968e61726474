"""Why words gave no event and no statement, where the tables can tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from menurut.contract import Block, Ground, Rule, Span, Unread
from menurut.record.analyse import Record
from menurut.record.events import Circumstances
from menurut.record.events.coding import Coder
from menurut.record.events.frames import Frame, matches
from menurut.record.events.voices import Voices
from menurut.record.grounds.paths import sentence_number, words_in
from menurut.record.grounds.rows import rule
from menurut.record.lemmas import candidates
from menurut.record.statements.reporting import find_cue

NOT_READ = "this part of the report is not read for what it says"
NO_PREDICATE = "no row of the predicate table has this word, or a word that it may be a form of"
NO_CUE = "the reader model does not see it as words of saying"
_PREDICATES = frozenset({"VERB", "NOUN", "ADJ", "AUX"})
_VERBS = frozenset({"VERB"})


def find_unread(record: Record, blocks: Sequence[Block], spans: Sequence[Span]) -> list[Unread]:
    """The words of some spans that no event and no statement's cue took, and why."""
    return list(_Finder(record, blocks).find(spans))


class _Finder:
    def __init__(self, record: Record, blocks: Sequence[Block]) -> None:
        self._record = record
        self._document = record.document
        self._blocks = blocks
        circumstances = Circumstances(
            record.document, record.times, record.places, record.quantities
        )
        voices = Voices(record.document, record.who, record.statements)
        self._coder = Coder(record.document, record.who, voices, circumstances)
        self._told = {
            w
            for happening in record.happenings
            for telling in happening.tellings
            for w in telling.words
        }
        self._cues = {w for s in record.statements for w in words_in(self._document, s.cue)}

    def find(self, spans: Sequence[Span]) -> Iterator[Unread]:
        for span in spans:
            words = words_in(self._document, (span,))
            if not words and (ground := self._outside(span)):
                yield Unread(words=(span,), sentence=None, grounds=(ground,))
            for word in words:
                grounds = (*self._no_event(word), *self._no_statement(word))
                if grounds:
                    found = (self._document.span(word, word + 1),)
                    sentence = sentence_number(self._record.sentences, found)
                    yield Unread(words=found, sentence=sentence, grounds=grounds)

    def _outside(self, span: Span) -> Ground | None:
        kinds = (b.kind for b in self._blocks if b.span[0] <= span[0] < b.span[1])
        kind = next(kinds, None)
        return Ground(field="block", value=kind, rules=(Rule(name=NOT_READ),)) if kind else None

    def _no_event(self, word: int) -> Iterator[Ground]:
        document = self._document
        upos, form = document.upos[word], document.lower[word]
        if word in self._told or upos not in _PREDICATES:
            return
        if not matches(form, upos, document.language):
            if word in self._cues:
                return
            lemmas = " ".join(sorted(candidates(form, document.language)))
            yield Ground(field="event", value=lemmas, rules=(Rule(name=NO_PREDICATE),))
            return
        wanted: dict[tuple[int, str], list[str]] = {}
        first: dict[tuple[int, str], Frame | None] = {}
        for frame, lack in self._coder.lacks(word):
            row = (frame.line if frame else 0, lack.why)
            first.setdefault(row, frame)
            wanted.setdefault(row, []).extend(lack.what)
        for (line, why), frame in first.items():
            rules = (rule(frame.origin, line),) if frame else ()
            words = " ".join(dict.fromkeys(wanted[line, why]))
            yield Ground(field="event", value=words, rules=(*rules, Rule(name=why)))

    def _no_statement(self, word: int) -> Iterator[Ground]:
        document = self._document
        if word in self._cues or document.upos[word] not in _VERBS:
            return
        if cue := find_cue([document.lower[word]], document.language):
            rules = (rule(cue.basis), Rule(name=NO_CUE))
            yield Ground(field="statement", value="", rules=rules)
