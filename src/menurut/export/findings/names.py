"""Names in the reports that a sanctions list may have: for a person to judge, never a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from menurut.desk.disarm import disarm
from menurut.desk.screening_words import verdict_words
from menurut.export.findings.annex import Annex
from menurut.export.findings.document import Heading, Paragraph, Sentence
from menurut.interface import gettext as _
from menurut.screening.candidates import Candidate

_MOST = 3


def candidates(found: Sequence[Candidate], annex: Annex) -> Iterator[Heading | Paragraph]:
    """The part on names: those that stand in reports on which the report rests."""
    yield Heading(_("Names that a list may have"), 1)
    yield Paragraph(
        (
            Sentence(_("A name is no proof. Whether it is who the list means, a person judges.")),
            Sentence(_("Only names in the reports of the annex are held against the list.")),
        ),
        "method",
    )
    for candidate in found:
        told = [each for each in candidate.told if annex.holds(each.report)]
        if told:
            refs = tuple(map(annex.name, told[:_MOST]))
            yield Paragraph((Sentence(_candidate(candidate), refs),), "item")


def _candidate(candidate: Candidate) -> str:
    entry = candidate.entry
    judged = verdict_words(candidate.verdict)
    about = (entry.list, entry.id, ", ".join(entry.countries), ", ".join(entry.programs))
    text = _("“{name}” may be {listed} ({entry}); {score} % alike; {judged}.").format(
        name=candidate.name,
        listed=candidate.listed_as,
        entry=" · ".join(filter(None, about)),
        score=round(100 * candidate.score),
        judged=f"{judged} ({candidate.reason})" if candidate.reason else judged,
    )
    return disarm(text)
