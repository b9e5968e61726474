"""Incidents with their evidence and its gaps, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from menurut.desk import evidence_words as words
from menurut.desk.ledger_pages import Page
from menurut.desk.ledger_words import party_words
from menurut.desk.phrases import time_words
from menurut.interface import gettext as _
from menurut.obligations.evidence import Case
from menurut.obligations.gaps import Gap, Weighed


class EvidencePage(Page):
    """A page of incidents that would bear on measures, and of what their evidence lacks."""

    def cases(self, found: Sequence[Weighed]) -> None:
        """Incidents, each with its sources, who is to be heard, and its gaps."""
        if not found:
            self.put(Text(_("Nothing would bear on these measures."), style="dim"))
        for one in found:
            self.put()
            self.case(one.case)
            for gap in one.gaps:
                self.gap(gap, one.case)

    def case(self, case: Case) -> None:
        self.incident(case.incident)
        bears = ", ".join(dict.fromkeys(match.measure for match in case.matches))
        self.put(Text(_("would bear on {measures}").format(measures=bears), style="cyan"), 6)
        for title, pieces in (
            (_("affirmed by {sources}"), case.affirming()),
            (_("challenged by {sources}"), case.challenging()),
        ):
            if pieces:
                self.put(Text(title.format(sources=words.sources_words(pieces))), 6)
        for reply in case.replies:
            party = party_words(reply.party)
            since = time_words(reply.charged_on) if reply.charged_on else "?"
            told = _("{party}: named since {day}, heard") if reply.heard else None
            if told:
                self.put(Text(told.format(party=party, day=since), style="green"), 6)

    def gap(self, gap: Gap, case: Case) -> None:
        self.put(Text(f"· {words.gap_words(gap, case)}", style="yellow"), 6)
        closes = _("to close it: {what}").format(what=words.closes_words(gap))
        self.put(Text(closes, style="dim"), 8)
