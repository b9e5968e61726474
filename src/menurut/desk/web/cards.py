"""What was read in a report, a card for each value: what it is, its words, the row behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from menurut.contract import Actor, Event, Place, Quantity, Rule, Statement, Time, ValueSort
from menurut.desk import ledger_words as words
from menurut.desk import phrases
from menurut.desk.ground_words import Wording
from menurut.desk.view import View, first_word
from menurut.interface import gettext as _
from menurut.interface import ngettext
from menurut.ledger.parties import party
from menurut.ledger.queries.ties import Tie
from menurut.record.grounds.rows import rules_of
from menurut.record.scores import name_of


class Card(NamedTuple):
    """One value. ``signs``: how it is coloured; ``words``: what the report says; ``tie``: the
    incident that it tells of; ``actors``: keys of parties it is of; ``deep``: inside how many
    statements; ``scores``: of what the reader model is how sure."""

    id: str
    sort: ValueSort
    title: str
    facts: tuple[str, ...]
    words: str = ""
    rules: tuple[Rule, ...] = ()
    tie: Tie | None = None
    signs: str = ""
    deep: int = 0
    start: int = 0
    party: str | None = None
    scores: tuple[str, ...] = ()


class Deck:
    """The cards of one report. ``ties``: what it has to do with others, if the ledger has it."""

    def __init__(self, view: View, ties: Iterable[Tie] = (), known: frozenset[str] = frozenset()):
        self.view = view
        self.wording = Wording(view)
        self.known = known
        self.by_event: dict[str, Tie] = {}
        self.by_statement: dict[str, Tie] = {}
        for tie in ties:
            self.by_event |= {id: tie for id in tie.events if id not in self.by_event}
            new = {id: tie for id in tie.statements if id not in self.by_statement}
            self.by_statement |= new

    def all(self) -> Mapping[str, list[Card]]:
        """The cards by sort, each sort in the order of the text."""
        analysis = self.view.analysis
        events = sorted(analysis.events, key=first_word)
        return {
            "statement": [self._statement(s, deep) for deep, s in self.view.outline()],
            "event": [self._event(event) for event in events],
            "quantity": [self._quantity(q) for q in analysis.quantities],
            "actor": [self._actor(actor) for actor in analysis.actors],
            "time": [self._time(time) for time in analysis.times],
            "place": [self._place(place) for place in analysis.places],
        }

    def _rules(self, basis: str | None, sort: str = "") -> tuple[Rule, ...]:
        return rules_of(basis, self.view.analysis.language, sort)

    def _who(self, statement: Statement) -> str:
        named = self.wording.names(statement.source.actors)
        return named or self.view.words(statement.source.spans) or _("not named")

    def _statement(self, statement: Statement, deep: int) -> Card:
        denied = self.view.denials.get(statement.id, ())
        denies = self.view.claims_denied.get(statement.id, ())
        facts = [
            phrases.label(phrases.STATEMENT_KINDS, statement.kind),
            phrases.label(phrases.QUOTES, statement.quote),
            *(_("denied by {who}").format(who=self._who(d)) for d in denied),
            *(_("denies {who}").format(who=self._who(d)) for d in denies),
        ]
        return Card(
            statement.id,
            "statement",
            self._who(statement),
            tuple(facts),
            self.view.words(statement.content),
            self._rules(statement.basis),
            self.by_statement.get(statement.id) or self.by_event.get(statement.id),
            "denies" if denies else "",
            deep,
            _first(statement.cue or statement.content),
            scores=_scores(
                (_("words of saying"), statement.score),
                (_("what is said"), statement.content_score),
            ),
        )

    def _event(self, event: Event) -> Card:
        sides = [self.wording.names(event.actors), self.wording.names(event.recipients)]
        kind = phrases.label(words.TYPES, event.type)
        title = f"{kind}: {' → '.join(side or '–' for side in sides) if any(sides) else '–'}"
        return Card(
            event.id,
            "event",
            title,
            tuple(self._event_facts(event)),
            self.view.words(event.trigger),
            self._rules(event.basis),
            self.by_event.get(event.id),
            event.status,
            start=first_word(event),
            scores=_scores((_("type"), event.score)),
        )

    def _event_facts(self, event: Event) -> Iterator[str]:
        yield phrases.label(phrases.STATUSES, event.status)
        yield f"{event.type}/{event.mode}" if event.mode else event.type
        if event.time:
            yield phrases.time_words(event.time)
        if event.place in self.view.places:
            yield self.view.places[event.place].name
        tellers = [self._who(s) for s in self.view.known(event.according_to)]
        yield _("according to {who}").format(
            who=", ".join(dict.fromkeys(tellers)) or _("the report itself")
        )
        if deniers := [self._who(s) for s in self.view.known(event.denied_by)]:
            yield _("denied by {who}").format(who=", ".join(dict.fromkeys(deniers)))
        if event.background:
            yield _("told as background")
        if again := len(event.mentions):
            yield ngettext("told {n} more time", "told {n} more times", again).format(n=again)

    def _quantity(self, quantity: Quantity) -> Card:
        given = [self._who(s) for s in self.view.known(quantity.according_to)]
        facts = [_("according to {who}").format(who=", ".join(given) or _("the report itself"))]
        return Card(
            quantity.id,
            "quantity",
            phrases.quantity_words(quantity) or self.view.words((quantity.span,)),
            tuple(facts),
            self.view.words((quantity.span,)),
            self._rules(quantity.basis, "quantity"),
            start=quantity.span[0],
        )

    def _actor(self, actor: Actor) -> Card:
        people = [name.span for name in self.view.analysis.names if name.label == "PER"]
        key = party(actor, people).key
        named = len(actor.mentions)
        name = name_of(actor, self.view.analysis.names)
        facts = (
            actor.code or "",
            phrases.label(phrases.ACTOR_KINDS, actor.kind),
            actor.role or "",
            ngettext("named {n} time", "named {n} times", named).format(n=named),
        )
        return Card(
            actor.id,
            "actor",
            actor.name,
            tuple(filter(None, facts)),
            rules=self._rules(actor.basis),
            start=_first(actor.mentions),
            party=key if key in self.known else None,
            scores=_scores((_("name"), name.score)) if name else (),
        )

    def _time(self, time: Time) -> Card:
        found = self.view.words((time.span,))
        rules = self._rules(time.basis)
        title = phrases.time_words(time.value)
        return Card(time.id, "time", title, (time.value,), found, rules, start=time.span[0])

    def _place(self, place: Place) -> Card:
        facts = [place.country or ""]
        if place.latitude is not None and place.longitude is not None:
            facts.append(f"{place.latitude:.2f}, {place.longitude:.2f}")
        found = self.view.words((place.span,))
        rules = self._rules(place.basis, "place")
        shown = tuple(filter(None, facts))
        return Card(place.id, "place", place.name, shown, found, rules, start=place.span[0])


def _scores(*given: tuple[str, float | None]) -> tuple[str, ...]:
    """Of what the reader model is how sure; of nothing that it was not asked about."""
    return tuple(
        f"{what}: {phrases.score_words(score)}" for what, score in given if score is not None
    )


def _first(spans: Iterable[tuple[int, int]]) -> int:
    return min((start for start, _end in spans), default=0)
