"""Evidence and what it lacks in words for a person, in the interface language."""

from __future__ import annotations

from collections.abc import Iterable

from menurut.desk import ledger_words
from menurut.desk.disarm import disarm
from menurut.desk.ledger_words import parties_words, party_words
from menurut.desk.obligations_words import condition_words
from menurut.desk.phrases import label, time_words
from menurut.interface import gettext as _
from menurut.interface import language, ngettext
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.ledger.grades import Grade
from menurut.obligations.evidence import Case, Piece
from menurut.obligations.gaps import Gap, rules

HANDS = {
    "party": N_("a party to it"),
    "witness": N_("a witness"),
    "other": N_("no party to it; how it knows is not said"),
    "unnamed": N_("not named"),
    "outlet": N_("the outlet itself"),
}
_SHOWN = 6


def speaker_words(piece: Piece) -> str:
    """Who says it: the source as the report names it, or the outlet."""
    if piece.speakers and not piece.account.name:
        return parties_words(piece.speakers)
    return disarm(ledger_words.speaker_words(piece.account))


def source_words(piece: Piece) -> str:
    """Who stands behind an account: a state for whoever speaks for it."""
    return parties_words(piece.speakers) if piece.speakers else speaker_words(piece)


def sources_words(pieces: Iterable[Piece]) -> str:
    """Who stands behind some accounts, each once."""
    return _listed(dict.fromkeys(map(source_words, pieces)))


def _listed(names: Iterable[str]) -> str:
    """Names parted by commas; of many the first, and that there are more."""
    given = list(names)
    rest = len(given) - _SHOWN
    more = ngettext("{n} more", "{n} more", rest).format(n=rest)
    return ", ".join([*given[:_SHOWN], more] if rest > 0 else given)


def hand_words(piece: Piece) -> str:
    """First-hand or second-hand, and through whom."""
    words = label(HANDS, piece.hand)
    if not piece.passed_on_by:
        return words
    by = _("passed on by {names}").format(names=", ".join(map(disarm, piece.passed_on_by)))
    return f"{words}; {by}"


def grade_words(grade: Grade) -> str:
    """A grade with what it is of, by whom and why: ``USA: B by A. Wirawan (why)``."""
    mark = f"{grade.reliability or ''}{grade.credibility or ''}"
    subject = grade.subject
    if subject.startswith("account:"):
        subject = _("account {number}").format(number=subject.removeprefix("account:"))
    else:
        subject = party_words(subject)
    said = _("{subject}: {grade}, by {author}").format(
        subject=subject, grade=mark, author=grade.author
    )
    return disarm(f"{said} ({grade.reason})" if grade.reason else said)


def gap_words(gap: Gap, case: Case) -> str:
    """What is missing, in a sentence."""
    shown = [p for p in (*case.pieces, *case.answering) if p.account.id in gap.accounts]
    return (
        rules()
        .gaps[gap.kind]
        .says.in_language(language())
        .format(
            sources=sources_words(shown),
            parties=parties_words(gap.parties),
            days=time_words(gap.day) if gap.day else "",
            reports=_listed(map(disarm, gap.reports)),
            figures=_listed(f"“{disarm(words)}”" for words in gap.figures),
            condition="; ".join(condition_words(each.condition) for each in gap.conditions),
        )
    )


def closes_words(gap: Gap) -> str:
    """What would close a gap, to go on a sentence."""
    closes = rules().gaps[gap.kind].closes.in_language(language())
    return closes[:1].lower() + closes[1:]
