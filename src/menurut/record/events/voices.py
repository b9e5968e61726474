"""Whose voice tells of a word: the statements of a report, by their cues and contents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from menurut.contract import Spans, Statement
from menurut.reader.document import Document
from menurut.record.events.tellings import Actors, countries


def words_of(document: Document, spans: Spans) -> list[int]:
    """The words of some character spans, in order."""
    return [word for span in spans for word in range(*document.words_in(span))]


class Voices:
    """Looks up statements by the words of their cues and contents."""

    def __init__(self, document: Document, actors: Actors, statements: Sequence[Statement]) -> None:
        self._document = document
        self._actors = actors
        self._cue_of = {w: s for s in statements for w in words_of(document, s.cue)}
        self._contents = sorted(
            ((sum(e - b for b, e in s.content), span, s) for s in statements for span in s.content),
            key=lambda entry: entry[0],
        )

    def cued_by(self, words: Iterable[int]) -> Statement | None:
        """The statement whose cue one of the words belongs to."""
        return next((self._cue_of[word] for word in words if word in self._cue_of), None)

    def telling(self, word: int, but: str | None = None) -> Statement | None:
        """The innermost statement whose content holds a word, other than ``but``."""
        at = self._document.starts[word]
        for _, (start, end), statement in self._contents:
            if start <= at < end and statement.id != but:
                return statement
        return None

    def is_own(self, statement: Statement | None, ids: Iterable[str]) -> bool:
        """Whether a statement is by one of these actors, or by one of their country."""
        if statement is None:
            return False
        own = countries(self._actors, statement.source.actors)
        return bool(own & countries(self._actors, ids))
