"""The board of measures for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from menurut.desk import obligations_words as words
from menurut.desk.disarm import disarm
from menurut.desk.ledger_pages import Page
from menurut.interface import gettext as _
from menurut.interface import language, ngettext
from menurut.ledger.queries import Incident
from menurut.obligations.board import Board, Listed
from menurut.obligations.matching import Match


class BoardPage(Page):
    """A page of measures on standard output."""

    def board(self, board: Board, listed: Sequence[Listed]) -> None:
        """Measures by regime, and under each what would bear on it."""
        note = _("What would bear on a measure if it happened as told; not that any was broken.")
        self.put(Text(note, style="dim"))
        for regime in board.regimes:
            held = [one for one in listed if one.regime == regime.id]
            if held:
                self.heading(regime.title.in_language(language()))
            for one in held:
                self.measure(one, board.incidents)
        silent = len(board.listed) - len(listed)
        if silent:
            more = ngettext(
                "{n} more measure, on which nothing bears (--all)",
                "{n} more measures, on which nothing bears (--all)",
                silent,
            )
            self.put()
            self.put(Text(more.format(n=silent), style="dim"))

    def measure(self, one: Listed, incidents: dict[str, Incident]) -> None:
        """A measure: what it asks of whom and since when, and what would bear on it."""
        measure, spoken = one.measure, language()
        self.put()
        head = Text(f"{measure.id}  ", style="dim")
        head.append(measure.title.in_language(spoken), style="bold")
        self.put(head, 2)
        facts = (
            words.provision_words(one.instrument, measure.paragraphs),
            words.force_words(one.force),
            _("binds {parties}").format(parties=words.binds_words(measure.binds)),
        )
        self.put(Text(" · ".join(facts), style="dim"), 4)
        self.put(measure.duty.in_language(spoken), 4)
        for title, text in (
            (_("except: {text}"), measure.exceptions),
            (_("note: {text}"), measure.note),
        ):
            if text is not None:
                said = text.in_language(spoken)
                self.put(Text(title.format(text=said[:1].lower() + said[1:]), style="dim"), 4)
        self.put(Text(words.checked_words(one.checked), style="dim"), 4)
        counted = words.counted_matches(one.count)
        if one.count > len(one.matches):
            counted += " · " + _("the newest {n} are shown").format(n=len(one.matches))
        self.put(Text(counted, style="cyan"), 4)
        for match in sorted(one.matches, key=lambda m: len(m.conditions)):
            self.match(match, incidents[match.incident])

    def match(self, match: Match, incident: Incident) -> None:
        """An incident under a measure, why it is there and what it leaves open."""
        self.incident(incident, 6)
        if match.relation == "occasion":
            self.put(Text(_("what the measure answers"), style="magenta"), 12)
        reasons = ", ".join(map(words.reason_words, match.reasons))
        self.put(Text(_("because: {reasons}").format(reasons=reasons)), 12)
        if match.conditions:
            open_ = "; ".join(map(words.condition_words, match.conditions))
            self.put(Text(_("only {conditions}").format(conditions=open_), style="yellow"), 12)
        if any(reason.aspect == "charge" for reason in match.reasons):
            for saying in match.told:
                said = _("told: “{words}”").format(words=disarm(saying.words))
                self.put(Text(said), 12)
        for vote in match.votes:
            told = _("vote: {vote}").format(vote=words.vote_words(vote))
            self.put(Text(told, style="magenta"), 12)
            if vote.renews:
                lapsed = _("would have renewed “{words}”").format(words=disarm(vote.renews))
                self.put(Text(lapsed, style="magenta"), 12)
