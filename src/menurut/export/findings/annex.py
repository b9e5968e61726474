"""The annex of sources: each stretch of words that a sentence rests on, numbered as it is met."""

from __future__ import annotations

from collections.abc import Iterable

from menurut.contract import Span
from menurut.desk.evidence_words import grade_words, hand_words, speaker_words
from menurut.desk.ledger_words import STANCES
from menurut.desk.obligations_words import checked_text, force_words, provision_words
from menurut.desk.phrases import label, time_words
from menurut.export.findings.document import Entry
from menurut.interface import gettext as _
from menurut.interface import language
from menurut.ledger.names_told import Told as Name
from menurut.ledger.queries.provenance import Carrier, Lost
from menurut.obligations.board import Listed
from menurut.obligations.evidence import Piece, Told

Key = tuple[str, ...]


class Annex:
    """Gives out numbers, in the order in which sentences ask for them, and makes the entries."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._numbers: dict[Key, int] = {}
        self._entries: dict[Key, Entry] = {}
        self._told: dict[Key, list[Piece]] = {}
        for piece in pieces:
            self._told.setdefault(_place(piece.account.report, piece.account.span), []).append(
                piece
            )

    def entries(self) -> tuple[Entry, ...]:
        """The entries in the order of their numbers."""
        return tuple(sorted(self._entries.values(), key=lambda entry: entry.number))

    def pieces(self, pieces: Iterable[Piece]) -> tuple[int, ...]:
        """The numbers of the words of some accounts; words that two sources share have one."""
        return tuple(self._piece(piece) for piece in pieces)

    def _piece(self, piece: Piece) -> int:
        key = _place(piece.account.report, piece.account.span)
        if key not in self._numbers:
            together = self._told.get(key, [piece])
            self._entries[key] = self._account_entry(self._next(key), together)
        return self._numbers[key]

    def _account_entry(self, number: int, together: list[Piece]) -> Entry:
        first = together[0].account
        said = [(_("Says it"), _voice(piece)) for piece in together]
        grades = {grade: None for piece in together for grade in piece.account.grades}
        facts = [
            *dict.fromkeys(said),
            *((_("Said on"), time_words(day)) for day in [first.said_on] if day),
            (_("Grade"), "; ".join(map(grade_words, grades)) or _("none given")),
            *_carried(together[0].carrier, first.report, first.span),
            *((_("Agency"), name) for name in [first.agency] if name),
            *((_("Copy of"), origin) for origin in [first.origin] if origin),
            (_("Account"), ", ".join(dict.fromkeys(str(p.account.id) for p in together))),
        ]
        return Entry(
            number,
            _heading(first.publisher, first.published_at, first.report),
            first.quotation.exact,
            first.language,
            tuple(facts),
            together[0].carrier.url if together[0].carrier else None,
        )

    def vote(self, told: Told) -> int:
        """The number of the words that tell of a vote."""
        key = _place(told.vote.report, told.vote.span)
        if key not in self._numbers and key in self._told:
            return self._piece(self._told[key][0])
        if key not in self._numbers:
            carrier = told.carrier
            self._entries[key] = Entry(
                self._next(key),
                _heading(
                    carrier.publisher if carrier else None,
                    carrier.published_at if carrier else None,
                    told.vote.report,
                ),
                told.exact,
                carrier.language if carrier else "",
                tuple(_carried(carrier, told.vote.report, told.vote.span)),
                carrier.url if carrier else None,
            )
        return self._numbers[key]

    def measure(self, one: Listed) -> int:
        """The number of a measure's instrument and paragraphs."""
        key = ("measure", one.regime, one.measure.id)
        if key not in self._numbers:
            instrument = one.instrument
            facts = (
                (_("Adopted"), time_words(instrument.adopted.isoformat())),
                (_("In force"), force_words(one.force)),
                (_("About"), instrument.title.in_language(language())),
                *((_("Read against"), text) for text in map(checked_text, one.checked)),
            )
            title = provision_words(instrument, one.measure.paragraphs)
            self._entries[key] = Entry(
                self._next(key), title, None, language(), facts, instrument.url
            )
        return self._numbers[key]

    def lost(self, lost: Lost) -> int:
        """The number of a report of which its sender says that it does not stand as it was."""
        key = ("lost", lost.report, lost.at)
        if key not in self._numbers:
            gone = {
                "correct": _("corrected by its sender"),
                "withdraw": _("withdrawn by its sender"),
            }
            facts = (
                (_("Report"), lost.report),
                (_("What became of it"), gone[lost.change]),
                (_("Taken up on"), time_words(lost.at[:10])),
            )
            title = _heading(lost.publisher, lost.published_at, lost.report)
            self._entries[key] = Entry(self._next(key), title, None, language(), facts)
        return self._numbers[key]

    def name(self, told: Name) -> int:
        """The number of the words in which a report names somebody."""
        key = ("name", told.report, str(told.span[0]), str(told.span[1]))
        if key not in self._numbers:
            facts = ((_("Report"), told.report), (_("Name at characters"), _offsets(told.span)))
            title = _heading(told.publisher, told.published_at, told.report)
            self._entries[key] = Entry(self._next(key), title, told.words, "", facts)
        return self._numbers[key]

    def holds(self, report: str) -> bool:
        """Whether an entry is of some report."""
        return any(key[0] == "words" and key[1] == report for key in self._numbers)

    def _next(self, key: Key) -> int:
        self._numbers[key] = len(self._numbers) + 1
        return self._numbers[key]


def _place(report: str, span: Span) -> Key:
    return ("words", report, str(span[0]), str(span[1]))


def _heading(publisher: str | None, published_at: str | None, report: str) -> str:
    day = time_words(published_at[:10]) if published_at else _("undated")
    return ", ".join(filter(None, (publisher or report, day)))


def _voice(piece: Piece) -> str:
    stance = label(STANCES, piece.account.stance)
    return f"{speaker_words(piece)}: {stance} ({hand_words(piece)})"


def _carried(carrier: Carrier | None, report: str, span: Span) -> list[tuple[str, str]]:
    """Which report carries some words, and where they stand in it."""
    known = (
        (_("Title"), carrier.title if carrier else None),
        (_("By"), carrier.byline if carrier else None),
        (_("Published"), carrier.published_at if carrier else None),
        (_("Report"), report),
        (_("Characters"), _offsets(span)),
    )
    return [(name, value) for name, value in known if value]


def _offsets(span: Span) -> str:
    return f"{span[0]}–{span[1]}"
