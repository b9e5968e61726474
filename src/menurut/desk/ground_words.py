"""The grounds of a value in words for a person, in the interface language."""

from __future__ import annotations

from collections.abc import Sequence

from menurut.contract import Event, Explained, Ground, Rule, Vote
from menurut.desk import phrases
from menurut.desk.disarm import disarm
from menurut.desk.view import View
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)

FIELDS = {
    "code": N_("code"),
    "kind": N_("kind"),
    "role": N_("role"),
    "mentions": N_("mentions"),
    "value": N_("value"),
    "cue": N_("words of saying"),
    "source": N_("source"),
    "actors": N_("who"),
    "content": N_("what is said"),
    "quote": N_("quoted"),
    "within": N_("inside"),
    "type": N_("type"),
    "recipients": N_("to whom"),
    "status": N_("status"),
    "certainty": N_("how sure"),
    "background": N_("history"),
    "time": N_("when"),
    "place": N_("where"),
    "quantities": N_("how many"),
    "according_to": N_("according to"),
    "denied_by": N_("denied by"),
    "name": N_("name"),
    "body": N_("who votes"),
    "draft": N_("voted on"),
    "renews": N_("lapses if it falls"),
    "ayes": N_("for"),
    "noes": N_("against"),
    "abstentions": N_("abstaining"),
    "vetoed_by": N_("veto by"),
    "outcome": N_("what came of it"),
    "told_as": N_("as an event"),
    "block": N_("part of the report"),
    "event": N_("no event"),
    "statement": N_("no statement"),
}
SORTS = {
    "actor": N_("actor"),
    "time": N_("time"),
    "place": N_("place"),
    "quantity": N_("figure"),
    "statement": N_("statement"),
    "event": N_("event"),
    "vote": N_("vote"),
}
BLOCKS = {
    "section": N_("section"),
    "headline": N_("headline"),
    "byline": N_("byline"),
    "published": N_("date of publication"),
    "caption": N_("caption"),
    "credit": N_("credit"),
    "dateline": N_("dateline"),
    "subhead": N_("subheading"),
    "body": N_("body"),
}
RULES = (
    N_("the source of the statement whose words of saying it is"),
    N_("the source of the statement that tells it"),
    N_("whom the statement speaks of"),
    N_("the reader model ties it to the words of the event"),
    N_("the subject of the verb that governs the noun"),
    N_("the nearest party that hangs from the predicate"),
    N_("the country of its own whose place is ruled"),
    N_("people of the land where it is done, or of the state that does it"),
    N_("the subject of the duty"),
    N_("those who take part and are not of the speaker's country"),
    N_("named in the clause under the verb"),
    N_("the source of the statement that is answered"),
    N_("they do it to each other"),
    N_("who does the same in a clause beside it"),
    N_("who asks for it"),
    N_("a word is missing that the row asks for"),
    N_("the object is none that the row asks for"),
    N_("the object is one that the row rules out"),
    N_("no actor stands where the row wants the recipient"),
    N_("no words stand where the row wants the recipient"),
    N_("the one who acts does no politics"),
    N_("nobody with a code is known to have done it, or to have suffered it"),
    N_("the word is part of a name"),
    N_("the word only says more of the noun beside it"),
    N_("another event takes it in"),
    N_("a bare noun like this tells of an event that is told elsewhere"),
    N_("the reader model: words that it ties to the words of saying"),
    N_("the reader model: words that are a name"),
    N_("a council or an assembly of states that is named there, or right in front of it"),
    N_("what the draft would have renewed lapses where it falls"),
    N_("a veto stops it"),
    N_("the event whose trigger is the word of the veto"),
    N_("the first date in its sentences"),
    N_("the innermost statement in whose content most of it stands"),
    N_("a quotation that goes on, by who spoke before it"),
    N_("the actors that these words stand for"),
    N_("how much of the content stands between quotation marks"),
    N_("the smallest statement that holds its words of saying"),
    N_("no table has it"),
    N_("nothing beside it says that it is not so, or not yet"),
    N_("the row itself says so"),
    N_("it is asked in a question"),
    N_("in the clause of the event, or in one that it shares its parties with"),
    N_("in the words of its parties"),
    N_("the innermost statement whose content holds it"),
    N_("it denies what it tells of"),
    N_("it answers the statement that tells this"),
    N_("it denies another account of the same act"),
    N_("it tells that the same has not come about"),
    N_("its time ended more than sixty days before the report"),
    N_("a word tells it as history"),
    N_("its time lies after the day of the report"),
    N_("another telling of one happening: type, parties, time and status agree"),
    N_("this part of the report is not read for what it says"),
    N_("no row of the predicate table has this word, or a word that it may be a form of"),
    N_("the reader model does not see it as words of saying"),
    N_("reader model"),
    N_("quotation carried on"),
    N_("an answer whose object points back to what was said"),
    N_("not in the gazetteer"),
    N_("number"),
    N_("range"),
)
"""What the record calls its rules, for the catalogues."""

_PARTIES = frozenset({"actors", "recipients"})
_POLLED = frozenset({"body", "ayes", "noes", "abstentions", "vetoed_by"})
_TELLERS = frozenset({"according_to", "denied_by", "within"})


class Wording:
    """What the values of one report, and the grounds of them, are called."""

    def __init__(self, view: View, arrow: str = "→", dash: str = "–") -> None:
        self.view = view
        self.arrow = f" {arrow} "
        self.dash = dash
        self.events = {event.id: event for event in view.analysis.events}
        self.votes = {vote.id: vote for vote in view.analysis.votes}

    def title(self, value: Explained) -> str:
        """What a value is; empty where its words say it best."""
        view = self.view
        if actor := view.actors.get(value.id):
            return disarm(f"{actor.name} [{actor.code}]" if actor.code else actor.name)
        if event := self.events.get(value.id):
            return self.event(event)
        if statement := view.statements.get(value.id):
            return phrases.label(phrases.STATEMENT_KINDS, statement.kind)
        if vote := self.votes.get(value.id):
            return self.vote(vote)
        return ""

    def vote(self, vote: Vote) -> str:
        """Who votes, and what came of it."""
        outcome = phrases.label(phrases.OUTCOMES, vote.outcome) if vote.outcome else ""
        body = self.names([vote.body]) if vote.body else ""
        return " · ".join(filter(None, (body, outcome))) or _("vote")

    def event(self, event: Event) -> str:
        """An event's type, and who did it to whom."""
        kind = f"{event.type}/{disarm(event.mode)}" if event.mode else event.type
        sides = [self.names(event.actors), self.names(event.recipients)]
        return f"{kind}  " + self.arrow.join(side or self.dash for side in sides)

    def names(self, ids: Sequence[str]) -> str:
        """Actors by their ids, parted by commas."""
        actors = self.view.actors
        return ", ".join(disarm(actors[id].name) if id in actors else disarm(id) for id in ids)

    def shown(self, ground: Ground) -> str:
        """The value of a field; empty where its words say it."""
        value = ground.value
        if ground.field in _PARTIES:
            return self.names(value.split())
        if ground.field in _POLLED:
            count, ids = _counted(value)
            return f"{count} {self.names(ids)}".strip()
        if ground.field in _TELLERS:
            source = self.view.statements.get(value)
            who = self.names(source.source.actors) if source else ""
            return f"{disarm(value)} {who}".strip()
        tables = {
            "status": phrases.STATUSES,
            "certainty": phrases.CERTAINTIES,
            "quote": phrases.QUOTES,
            "block": BLOCKS,
            "outcome": phrases.OUTCOMES,
        }
        if ground.field == "kind":
            kinds = phrases.STATEMENT_KINDS | phrases.ACTOR_KINDS
            return disarm(phrases.label(kinds, value))
        if ground.field == "told_as" and (event := self.events.get(value)):
            return self.event(event)
        if ground.field == "quantities":
            return ""
        if ground.field == "place" and (place := self.view.places.get(value)):
            return disarm(place.name)
        if ground.field == "time":
            return disarm(phrases.time_words(value))
        return disarm(phrases.label(tables.get(ground.field, {}), value))


def _counted(value: str) -> tuple[str, list[str]]:
    """How many voted so, and the actors that are named."""
    first, *rest = value.split()
    return (first, rest) if first.isdecimal() else ("", [first, *rest])


def rule_words(rule: Rule, field: str) -> str:
    """A rule that stands in no table."""
    slot = field in _PARTIES and rule.name not in RULES
    return disarm(_("stands as {slot}").format(slot=rule.name) if slot else _(rule.name))
