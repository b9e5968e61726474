"""Finds the votes of a report: sentences about one, brought together where they stand together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from menurut.contract import (
    Actor,
    Event,
    Outcome,
    Span,
    Spans,
    Statement,
    Time,
    Vote,
    Voters,
)
from menurut.reader.document import Document, Range
from menurut.record.votes.grammar import Grammar, Side, grammar
from menurut.record.votes.sides import Draft, Sentence
from menurut.world import bodies

_VOTING = frozenset({"council", "assembly", "parliament", "board"})
_OF_STATES = "IGO:"
_NEAR = 2


class Poll(NamedTuple):
    """A vote with what lies behind it. ``draft``: its cues; ``outcome``: the words of its outcome;
    ``body``: where the body is named."""

    vote: Vote
    draft: Draft
    outcome: Spans
    body: Spans


def find_votes(
    document: Document,
    actors: Sequence[Actor],
    times: Sequence[Time],
    statements: Sequence[Statement],
    events: Sequence[Event],
) -> tuple[Vote, ...]:
    """The votes that a document tells of, in text order; none where its language has no table."""
    return tuple(p.vote for p in find_polls(document, actors, times, statements, events))


def find_polls(
    document: Document,
    actors: Sequence[Actor],
    times: Sequence[Time],
    statements: Sequence[Statement],
    events: Sequence[Event],
) -> tuple[Poll, ...]:
    """``find_votes``, with what lies behind each."""
    rules = grammar(document.language)
    if rules is None:
        return ()
    page = _Page(document, rules, actors, times, statements, events)
    found = (draft for draft in page.drafts() if page.is_vote(draft))
    return tuple(page.poll(draft, f"v{n}") for n, draft in enumerate(found, 1))


class _Page:
    """A document and what the record has found in it."""

    def __init__(
        self,
        document: Document,
        rules: Grammar,
        actors: Sequence[Actor],
        times: Sequence[Time],
        statements: Sequence[Statement],
        events: Sequence[Event],
    ) -> None:
        self.document, self.rules = document, rules
        self.actors, self.times = actors, times
        self.statements, self.events = statements, events

    def drafts(self) -> Iterator[Draft]:
        """What the sentences say of votes; those of sentences side by side as one."""
        held: Draft | None = None
        clues = frozenset(phrase.split()[0] for phrase in self.rules.sure.words)
        for words in self.document.sentences:
            if clues.isdisjoint(self.document.lower[slice(*words)]):
                continue
            draft = Sentence(self.document, words, self.actors, self.rules).draft()
            if draft is None:
                continue
            if held is not None and held.words[1] == words[0] and held.agrees(draft):
                held = Draft((held.words[0], words[1]), held.cues + draft.cues)
                continue
            if held is not None:
                yield held
            held = draft
        if held is not None:
            yield held

    def is_vote(self, draft: Draft) -> bool:
        """A veto with who cast it, two sides, or one side counted before a body."""
        if self.body(draft.words) is None and self.is_elsewhere(draft):
            return False
        sides = {cue.side for cue in draft.cues}
        if draft.actors("veto") or (len(sides) > 1 and self.has_weight(draft)):
            return True
        counted = any(cue.count is not None for cue in draft.cues)
        return counted and self.body(draft.words) is not None and self.has_weight(draft)

    def is_elsewhere(self, draft: Draft) -> bool:
        """Whether a body of no states votes, or nobody says which: as all of one mind, too."""
        whole = Sentence(self.document, draft.words, (), self.rules)
        return bool(whole.places(self.rules.elsewhere) or whole.agreed())

    def has_weight(self, draft: Draft) -> bool:
        """Whether something is counted, or somebody abstained."""
        return any(cue.count is not None or cue.side == "abstentions" for cue in draft.cues)

    def poll(self, draft: Draft, id: str) -> Poll:
        named = self.named_body(draft.words)
        vetoed = bool(draft.actors("veto"))
        return Poll(
            vote=self.vote(draft, id),
            draft=draft,
            outcome=() if vetoed else self.outcome_words(draft),
            body=(named[1],) if named else (),
        )

    def outcome_words(self, draft: Draft) -> Spans:
        """The words that say what came of it, where no veto does."""
        whole = Sentence(self.document, draft.words, (), self.rules)
        for forms in (self.rules.outcome.rejected, self.rules.outcome.adopted):
            if found := whole.places(forms):
                return (self.document.span(*found[0]),)
        return ()

    def vote(self, draft: Draft, id: str) -> Vote:
        vetoed_by = draft.actors("veto")
        span = self.document.span(*draft.words)
        event = self.event(draft)
        proposal = self.proposal(draft)
        return Vote(
            id=id,
            span=span,
            body=self.body(draft.words),
            draft=self.phrase(proposal),
            renews=self.renewed(proposal),
            ayes=self.voters(draft, "ayes"),
            noes=self.noes(draft, vetoed_by),
            abstentions=self.voters(draft, "abstentions"),
            vetoed_by=vetoed_by,
            outcome=self.outcome(draft, bool(vetoed_by)),
            time=_own_time(event) or self.day(span),
            event=event.id if event else None,
            according_to=self.told_by(span),
            basis=f"languages/{self.document.language}/votes.toml",
        )

    def voters(self, draft: Draft, side: Side) -> Voters:
        return Voters(draft.counts(side), draft.actors(side))

    def noes(self, draft: Draft, vetoed_by: tuple[str, ...]) -> Voters:
        """Who voted against: those who vetoed among them."""
        named = tuple(dict.fromkeys((*draft.actors("noes"), *vetoed_by)))
        return Voters(draft.counts("noes"), named)

    def outcome(self, draft: Draft, vetoed: bool) -> Outcome | None:
        if vetoed:
            return "vetoed"
        whole = Sentence(self.document, draft.words, (), self.rules)
        if whole.places(self.rules.outcome.rejected):
            return "rejected"
        return "adopted" if whole.places(self.rules.outcome.adopted) else None

    def body(self, words: Range) -> str | None:
        """The body that votes: one of states, named in the sentences or the ones before."""
        named = self.named_body(words)
        return named[0] if named else None

    def named_body(self, words: Range) -> tuple[str, Span] | None:
        """The body that votes, and where it is named."""
        first = next(n for n, s in enumerate(self.document.sentences) if s[0] == words[0])
        since = self.document.sentences[max(0, first - _NEAR)][0]
        own, near = self.document.span(*words), self.document.span(since, words[1])
        for span in (own, near):
            for actor in self.actors:
                at = next((m for m in actor.mentions if _meets(m, span)), None)
                if at is not None and actor.code in _voting_bodies():
                    return actor.id, at
        return None

    def proposal(self, draft: Draft) -> int | None:
        """The word for what was voted on: the first in the sentences."""
        whole = Sentence(self.document, draft.words, (), self.rules)
        found = whole.places(self.rules.draft)
        return found[0][0] if found else None

    def phrase(self, word: int | None) -> Spans:
        """A word with what hangs from it, as one stretch within its sentence."""
        if word is None:
            return ()
        cased = [c for c in self.document.children[word] if self.document.relations[c] == "case"]
        outside = {w for c in cased for w in self.document.subtree(c)}
        under = [w for w in self.document.subtree(word) if w not in outside]
        under = [w for w in under if self.document.upos[w] != "PUNCT"]
        return (self.document.span(under[0], under[-1] + 1),)

    def renewed(self, word: int | None) -> Spans:
        """What a draft would have renewed: the words behind the word of renewing in its phrase."""
        if word is None:
            return ()
        under = self.document.subtree(word)
        renewals = [w for w in under if self.document.lower[w] in self.rules.renewal]
        if not renewals:
            return ()
        behind = [w for w in self.document.subtree(renewals[0]) if w > renewals[0]]
        words = [w for w in behind if self.document.upos[w] in ("NOUN", "PROPN")]
        return (self.document.span(words[0], behind[-1] + 1),) if words else ()

    def event(self, draft: Draft) -> Event | None:
        """The event of the record that has its trigger at the cue of the veto."""
        cues = [self.document.span(c.start, c.end) for c in draft.cues if c.side == "veto"]
        return next(
            (e for e in self.events for t in e.trigger if any(_meets(t, cue) for cue in cues)),
            None,
        )

    def day(self, span: Span) -> str | None:
        dates = [t for t in self.times if t.type == "DATE" and _meets(t.span, span)]
        return dates[0].value if dates else None

    def told_by(self, span: Span) -> tuple[str, ...]:
        """The innermost statement in whose content most of the vote stands."""
        holding = [
            s
            for s in self.statements
            if sum(max(0, min(e, span[1]) - max(b, span[0])) for b, e in s.content) * 2
            > span[1] - span[0]
        ]
        outer = {s.within for s in holding}
        return tuple(s.id for s in holding if s.id not in outer)


@cache
def _voting_bodies() -> frozenset[str]:
    """The codes of bodies of states that vote: councils and assemblies."""
    voting = (body.code for body in bodies().values() if body.family in _VOTING)
    return frozenset(code for code in voting if code.startswith(_OF_STATES))


def _own_time(event: Event | None) -> str | None:
    """The time of an event, where more than the day of the report says it."""
    return event.time if event is not None and event.time_basis != "report" else None


def _meets(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
