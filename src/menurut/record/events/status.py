"""Whether a happening is told as done, planned, possible or denied, from ``status.tsv``."""

from __future__ import annotations

from collections.abc import Callable

from menurut.contract import Statement, Status
from menurut.reader.document import Document
from menurut.record.events.clauses import is_past
from menurut.record.events.climbing import signs_over
from menurut.record.events.granted import is_given
from menurut.record.events.judgements import Judgement
from menurut.record.events.rules import DATED
from menurut.record.events.signs import Sign, status_of_form

_QUESTION = "?"
_REJECTING = ("governor", "denier")


def status_of(
    document: Document,
    word: int,
    *,
    default: Status = "actual",
    told: Statement | None = None,
    own: bool = False,
    said: bool = False,
    speech: bool = False,
    is_event: Callable[[int], bool] = lambda _: False,
) -> Judgement:
    """The status of the happening that a word tells of, and the words that set it.

    ``default``: what the predicate itself implies. ``told``: the statement it is told in.
    ``own``: the statement is by the one who does it, so that ``would`` announces. ``said``: the
    word is a noun of speech; who rejects what was said takes for granted that it was. ``speech``:
    it is an act of speech, so that a condition is of what is said. ``is_event``:
    whether a word tells of an event itself; what befalls such a word says nothing of its noun.
    """
    judged = Judgement(default)
    seen: set[int] = set()
    for sign in signs_over(document, word, own, speech, is_event):
        rejected = said and sign is not None and sign.row.startswith(_REJECTING)
        if sign is not None and sign.word not in seen and not rejected:
            judged = judged.under(sign)
            seen.add(sign.word)
    if (
        document.text[document.ends[word] : _sentence_end(document, word)]
        .rstrip(" \"”'’")
        .endswith(_QUESTION)
    ):
        judged = judged.under(Sign("possible", -1, _QUESTION))
    if said and told and told.kind == "deny":
        return judged
    return _in_statement(document, word, judged, told)


def to_come(document: Document, word: int, judged: Judgement) -> Judgement:
    """The judgement of what is dated after its report: planned, where it is told as done but not in
    the past (``visits Hanoi next week``)."""
    if judged.status != "actual" or is_past(document, word):
        return judged
    return judged.under(Sign("planned", -1, DATED))


def _in_statement(
    document: Document, word: int, judged: Judgement, told: Statement | None
) -> Judgement:
    """A judgement under the kind of the statement, where no word of denying has set it (``did not
    rule out``) and the happening is not taken for granted."""
    if told is None:
        return judged
    cue = {w for span in told.cue for w in range(*document.words_in(span))}
    answered = told.kind == "deny" and any(sign.word in cue for sign in judged.basis)
    if answered or is_given(document, word, cue):
        return judged
    row = f"{told.kind}:{judged.status}"
    status = status_of_form(row, "statement", document.language)
    if status is None:
        return judged
    return Judgement(status, (*judged.basis, Sign(status, -1, told.kind, f"statement {row}")))


def _sentence_end(document: Document, word: int) -> int:
    return document.ends[document.sentences[document.sentence_of[word]][1] - 1]
