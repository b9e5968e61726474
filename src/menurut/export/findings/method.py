"""Sentences of a report that are the same in every report: they tell how it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from menurut.export.findings.document import Heading, Paragraph, Role, Sentence
from menurut.interface import gettext as _
from menurut.interface import language
from menurut.obligations.gaps import rules


def method() -> Iterator[Heading | Paragraph]:
    """How the report was made."""
    yield Heading(_("Method"), 1)
    for text in (
        _(
            "This report was put together by a program from news reports that it read. It says "
            "what would bear on a measure if it happened as told, and never that anybody broke one."
        ),
        _(
            "Every sentence that is not about method names, in brackets, the entries of the annex "
            "on which it rests; there are the words to the letter, and where they stand."
        ),
        _(
            "Measures are told in words of this program's own. The annex says against which "
            "public texts each was read and what they confirm, and where the resolution stands."
        ),
        _(
            "Sources are counted as independent where none copies another. Reliability (A to F) "
            "and credibility (1 to 6) are judged by people alone."
        ),
        _(
            "What is called a gap falls short of the rules that the Security Council's working "
            "group set down for panels of experts (S/2006/997, annex, paragraphs 21 to 28). In "
            "short:"
        ),
    ):
        yield said(text, role="method")
    for rule in rules().rules.values():
        yield said(rule.in_language(language()), role="method")


def nothing() -> Paragraph:
    """What a report says that has nothing to say."""
    return said(_("Nothing in the ledger would bear on these measures."), role="method")


def said(text: str, refs: Iterable[int] = (), role: Role = "body") -> Paragraph:
    """A paragraph of one sentence."""
    return Paragraph((Sentence(text, tuple(refs)),), role)
