"""Puts a report together: summary, method, findings, evidence, responses, votes, gaps, annex."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from menurut.desk import evidence_words, ledger_words, obligations_words
from menurut.desk.disarm import disarm
from menurut.desk.phrases import number_words, time_words
from menurut.export.findings.annex import Annex
from menurut.export.findings.calling import called
from menurut.export.findings.document import Document, Heading, Paragraph, Sentence
from menurut.export.findings.method import method, nothing, said
from menurut.export.findings.names import candidates
from menurut.interface import gettext as _
from menurut.interface import language, ngettext
from menurut.ledger.queries import Incident
from menurut.obligations.board import Board, Listed
from menurut.obligations.evidence import Case, Piece, Reply, is_charge, said_on
from menurut.obligations.gaps import gaps
from menurut.obligations.matching import Match
from menurut.screening.candidates import Candidate

Blocks = Iterator[Heading | Paragraph]
_LONGEST = 320


def compose(
    board: Board,
    cases: Sequence[Case],
    known_on: str | None = None,
    screened: Sequence[Candidate] | None = None,
) -> Document:
    """The report on a board with the evidence for its cases.

    ``known_on``: the day of the newest report; ``screened``: names that a sanctions list may have;
    None where none was asked. Those that no report of the annex has are left out.
    """
    annex = Annex(p for case in cases for p in (*case.pieces, *case.answering))
    writer = _Writer(board, cases, annex)
    spoken = language()
    named = ", ".join(regime.title.in_language(spoken) for regime in board.regimes)
    facts = [(_("Regimes"), named)]
    facts += [(_("Newest report"), time_words(known_on))] if known_on else []
    if board.after is not None:
        newest = _("the newest known {n}; there are more")
        facts.append((_("Incidents"), newest.format(n=number_words(len(board.incidents)))))
    blocks = (*writer.all(), *(candidates(screened, annex) if screened is not None else ()))
    return Document(
        title=_("What would bear on measures of the Security Council"),
        language=spoken,
        facts=tuple(facts),
        blocks=blocks,
        annex=_("Annex: sources"),
        entries=annex.entries(),
    )


class _Writer:
    """The parts of a report, in their order."""

    def __init__(self, board: Board, cases: Sequence[Case], annex: Annex) -> None:
        self.cases = cases
        self.annex = annex
        self.listed = [one for one in board.listed if one.matches]
        self.measures = {(one.regime, one.measure.id): one for one in self.listed}
        self.titles = {regime.id: regime.title.in_language(language()) for regime in board.regimes}
        self.by_id = {case.incident.id: case for case in cases}

    def all(self) -> Blocks:
        yield from self.summary()
        yield from method()
        yield from self.findings()
        yield from self.evidence()
        yield from self.responses()
        yield from self.votes()
        yield from self.gaps()

    def summary(self) -> Blocks:
        yield Heading(_("Summary"), 1)
        if not self.cases:
            yield nothing()
        for case in self.cases:
            listed = [self.measures[m.regime, m.measure] for m in case.matches]
            yield said(
                _(
                    "{what} would bear on {measures} if it happened as told. Standing: {status}."
                ).format(
                    what=called(case),
                    measures=", ".join(map(_titled, listed)),
                    status=_standing(case.incident),
                ),
                (*self.annex.pieces(case.pieces), *map(self.annex.measure, listed)),
                "item",
            )

    def findings(self) -> Blocks:
        yield Heading(_("Findings by measure"), 1)
        regime = ""
        for one in self.listed:
            if one.regime != regime:
                regime = one.regime
                yield Heading(self.titles[regime], 2)
            yield from self.finding(one)

    def finding(self, one: Listed) -> Blocks:
        measure, spoken = one.measure, language()
        yield Heading(f"{measure.id}: {measure.title.in_language(spoken)}", 3)
        refs = (self.annex.measure(one),)
        provision = obligations_words.provision_words(one.instrument, measure.paragraphs)
        sentences = [
            Sentence(measure.duty.in_language(spoken), refs),
            Sentence(
                _("{provision}; in force {force}; binds {parties}.").format(
                    provision=provision,
                    force=obligations_words.force_words(one.force),
                    parties=obligations_words.binds_words(measure.binds),
                ),
                refs,
            ),
        ]
        if measure.exceptions is not None:
            text = _uncapped(measure.exceptions.in_language(spoken))
            sentences.append(Sentence(_("Except: {text}").format(text=text), refs))
        yield Paragraph(tuple(sentences))
        for match in reversed(one.matches):
            yield Paragraph(tuple(self.match(match)), "item")

    def match(self, match: Match) -> Iterator[Sentence]:
        """Why an incident would bear on a measure, and only if what."""
        case = self.by_id[match.incident]
        spoken = {saying.account for saying in match.told}
        shown = [p for p in case.affirming() if p.account.id in spoken]
        refs = self.annex.pieces(shown or case.affirming() or case.pieces)
        told_why = (reason for reason in match.reasons if reason.aspect not in ("type", "charge"))
        reasons = ", ".join(map(obligations_words.reason_words, told_why))
        what = called(case)
        if match.relation == "occasion":
            told = _("{what} is what the measure answers: {reasons}.")
        elif is_charge(match):
            told = _("{what} would bear on it if what is charged is so: {reasons}.")
        else:
            told = _("{what} would bear on it if it happened as told: {reasons}.")
        yield Sentence(told.format(what=what, reasons=reasons), refs)
        if match.conditions:
            open_ = "; ".join(map(obligations_words.condition_words, match.conditions))
            yield Sentence(_("That is so only {conditions}.").format(conditions=open_), refs)

    def evidence(self) -> Blocks:
        yield Heading(_("Evidence"), 1)
        for case in self.cases:
            yield Heading(called(case), 2)
            yield self.standing(case)
            for together in _by_source(case.affirming()):
                yield Paragraph(tuple(self.source(together)), "item")

    def standing(self, case: Case) -> Paragraph:
        """Where an incident stands, and on how many sources."""
        affirming = case.affirming()
        refs = self.annex.pieces(affirming or case.pieces)
        if case.charge:
            counted = ngettext(
                "{n} party makes the charge.", "{n} parties make the charge.", case.independent
            )
        else:
            counted = ngettext(
                "{n} independent source affirms it, in {reports}.",
                "{n} independent sources affirm it, in {reports}.",
                case.independent,
            )
        reports = len({piece.account.report for piece in affirming})
        counted = counted.format(n=case.independent, reports=ledger_words.counted_reports(reports))
        sentences = [
            Sentence(_("Standing: {status}.").format(status=_standing(case.incident)), refs),
            Sentence(counted, refs),
        ]
        first = [piece for piece in affirming if piece.first_hand]
        if first:
            names = evidence_words.sources_words(first)
            told = _("Of those who affirm it these took part or were there: {names}.")
            sentences.append(Sentence(told.format(names=names), self.annex.pieces(first)))
        return Paragraph(tuple(sentences))

    def source(self, together: Sequence[Piece]) -> Iterator[Sentence]:
        """What one source says of an incident: how it knows, its words, its figures, its grade."""
        first, refs = together[0], self.annex.pieces(together)
        account = first.account
        yield Sentence(
            _("{name}, in {outlet}: “{words}”").format(
                name=_speaker(first),
                outlet=_carried(first),
                words=_cut(account.words),
            ),
            refs[:1],
        )
        if len(set(refs)) > 1:
            copies = sum(piece.account.origin is not None for piece in together)
            told = ngettext(
                "It is told so once more", "It is told so {n} more times", len(refs) - 1
            )
            of = ngettext("{n} in a copy", "{n} in copies", copies).format(n=copies)
            told = told.format(n=len(refs) - 1)
            yield Sentence(f"{told} ({of})." if copies else f"{told}.", refs[1:])
        figures = dict.fromkeys(f.words for piece in together for f in piece.account.figures)
        if figures:
            shown = "; ".join(f"“{disarm(words)}”" for words in figures)
            yield Sentence(_("Figures: {figures}.").format(figures=shown), refs)
        grades = dict.fromkeys(grade for piece in together for grade in piece.account.grades)
        if grades:
            given = "; ".join(map(evidence_words.grade_words, grades))
            yield Sentence(_("Graded: {grades}.").format(grades=given), refs)

    def responses(self) -> Blocks:
        yield Heading(_("Responses and challenges"), 1)
        for case in self.cases:
            found = [*self.challenges(case), *self.replies(case), *self.corrections(case)]
            if found:
                yield Heading(called(case), 2)
                yield from found

    def challenges(self, case: Case) -> Iterator[Paragraph]:
        for together in _by_source(case.challenging()):
            first, refs = together[0], self.annex.pieces(together)
            told = _("{name} denies it, in {outlet}: “{words}”").format(
                name=_speaker(first),
                outlet=_carried(first),
                words=_cut(first.account.words),
            )
            sentences = [Sentence(told, refs[:1])]
            if len(set(refs)) > 1:
                more = ngettext(
                    "It does so once more.", "It does so {n} more times.", len(refs) - 1
                )
                sentences.append(Sentence(more.format(n=len(refs) - 1), refs[1:]))
            grades = dict.fromkeys(grade for p in together for grade in p.account.grades)
            if grades:
                given = "; ".join(map(evidence_words.grade_words, grades))
                sentences.append(Sentence(_("Graded: {grades}.").format(grades=given), refs))
            yield Paragraph(tuple(sentences), "item")

    def replies(self, case: Case) -> Iterator[Paragraph]:
        for reply in case.replies:
            yield said(_reply(reply), self._reply_refs(case, reply), "item")

    def _reply_refs(self, case: Case, reply: Reply) -> tuple[int, ...]:
        wanted = {*reply.charged[:1], *reply.heard}
        pieces = (*case.pieces, *case.answering)
        return self.annex.pieces(p for p in pieces if p.account.id in wanted)

    def corrections(self, case: Case) -> Iterator[Paragraph]:
        for lost in case.lost:
            if lost.change == "correct":
                told = _("The sender corrected {report}; what it told before counts no more.")
            else:
                told = _("The sender withdrew {report}; what it told counts no more.")
            text = told.format(report=disarm(lost.report))
            yield said(text, (self.annex.lost(lost),), "item")

    def votes(self) -> Blocks:
        told = list({told.vote: told for case in self.cases for told in case.votes}.values())
        if not told:
            return
        yield Heading(_("Votes"), 1)
        for one in told:
            vote, refs = one.vote, (self.annex.vote(one),)
            sentences = [Sentence(f"{obligations_words.vote_words(vote)}.", refs)]
            if vote.draft:
                text = _("What was voted on: “{words}”.").format(words=disarm(vote.draft))
                sentences.append(Sentence(text, refs))
            if vote.renews:
                falls = _("It would have renewed “{words}”, which lapses.")
                goes_on = _("It renews “{words}”.")
                text = goes_on if vote.outcome == "adopted" else falls
                sentences.append(Sentence(text.format(words=disarm(vote.renews)), refs))
            yield Paragraph(tuple(sentences), "item")

    def gaps(self) -> Blocks:
        yield Heading(_("Gaps in the evidence"), 1)
        for case in self.cases:
            yield Heading(called(case), 2)
            for gap in gaps(case):
                shown = [p for p in (*case.pieces, *case.answering) if p.account.id in gap.accounts]
                refs = self.annex.pieces(shown)
                refs += tuple(
                    self.annex.lost(one) for one in case.lost if one.report in gap.reports
                )
                closes = evidence_words.closes_words(gap)
                sentences = (
                    Sentence(evidence_words.gap_words(gap, case), refs),
                    Sentence(_("What would close it: {what}").format(what=closes), refs),
                )
                yield Paragraph(sentences, "item")


def _by_source(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Accounts by who gives them, those that are copies last, each as they came."""
    held: dict[tuple[str, ...], list[Piece]] = {}
    for piece in sorted(pieces, key=lambda p: (p.account.origin is not None, p.account.id)):
        held.setdefault(piece.speakers or (piece.account.source,), []).append(piece)
    return list(held.values())


def _reply(reply: Reply) -> str:
    party = ledger_words.party_words(reply.party)
    since = time_words(reply.charged_on) if reply.charged_on else _("a day that nobody tells")
    if reply.heard:
        told = _("{party}, named since {day}, has been heard.")
    else:
        told = _("{party}, named since {day}, has not been heard.")
    return told.format(party=party, day=since)


def _titled(one: Listed) -> str:
    return f"{one.measure.id} ({_uncapped(one.measure.title.in_language(language()))})"


def _standing(incident: Incident) -> str:
    return ledger_words.standing_words(incident.status, incident.outcome, incident.sources)


def _speaker(piece: Piece) -> str:
    """Who says it: for whom, as whom the report names it, and how it knows."""
    behind, named = evidence_words.source_words(piece), evidence_words.speaker_words(piece)
    if piece.hand == "outlet":
        return named
    about = ([] if named == behind else [named], [evidence_words.hand_words(piece)])
    return f"{behind} ({'; '.join(part for parts in about for part in parts)})"


def _carried(piece: Piece) -> str:
    day = said_on(piece.account)
    outlet = disarm(piece.account.publisher or piece.account.report)
    return f"{outlet}, {time_words(day)}" if day else outlet


def _cut(words: str) -> str:
    """Words on one line, cut where they are long; the annex has them whole."""
    plain = disarm(words)
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST].rsplit(" ", 1)[0] + "…"


def _uncapped(text: str) -> str:
    return text[:1].lower() + text[1:]
