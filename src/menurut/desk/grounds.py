"""An explanation for a person at a terminal: each value, its words, and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from menurut.contract import (
    Analysis,
    Event,
    Explained,
    Explanation,
    Ground,
    Report,
    Rule,
    Spans,
    Unread,
)
from menurut.desk import phrases
from menurut.desk.disarm import disarm, shield, shown
from menurut.desk.terminal import ASCII, UNICODE, Marks, print_page
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
    N_("the nearest party of another country that hangs from the predicate"),
    N_("the subject of the duty"),
    N_("those who take part and are not of the speaker's country"),
    N_("named in the clause under the verb"),
    N_("the source of the statement that is answered"),
    N_("they do it to each other"),
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
_TELLERS = frozenset({"according_to", "denied_by", "within"})
_QUOTED = 160
"""The most characters of a stretch of words that are quoted."""
_PLACES = 4
"""The most stretches of words that are quoted for one ground."""
_CELL = 90
"""The most characters of one cell of a row."""
_INDENT = (0, 0, 0, 2)


def render(console: Console, report: Report, analysis: Analysis, explained: Explanation) -> None:
    """Print what stands behind the record of one report."""
    marks = UNICODE if console.encoding.lower().startswith("utf") else ASCII
    print_page(console, _Page(View(report, analysis), marks).all(explained))


class _Page:
    def __init__(self, view: View, marks: Marks) -> None:
        self.view = view
        self.marks = marks
        self.text = shield(view.text)
        self.events = {event.id: event for event in view.analysis.events}
        self.times = {time.id: time for time in view.analysis.times}

    def all(self, explanation: Explanation) -> RenderableType:
        name = Text(disarm(explanation.id), style="dim")
        parts: list[RenderableType] = [
            Line(name, characters=self.marks.line, style="dim", align="left")
        ]
        for value in explanation.explained:
            parts += [self._value(value), Text()]
        for unread in explanation.unread:
            parts += [self._unread(unread), Text()]
        if not (explanation.explained or explanation.unread):
            parts += [Text(_("Nothing is read here."), style="dim"), Text()]
        return Group(*parts)

    def _value(self, value: Explained) -> RenderableType:
        head = Text.assemble((disarm(value.id), "dim"), " ", (self._title(value), "bold"))
        sort = phrases.label(SORTS, value.sort)
        head.append(self.marks.dot.join(["", sort, *self._sentence(value.sentence)]), style="dim")
        return self._entry(head, value.grounds)

    def _unread(self, unread: Unread) -> RenderableType:
        head = Text.assemble(("! ", "yellow"), (self._quoted(unread.words), "bold"))
        nothing = _("nothing was read here")
        parts = ["", nothing, *self._sentence(unread.sentence)]
        head.append(self.marks.dot.join(parts), style="dim")
        return self._entry(head, unread.grounds)

    def _entry(self, head: Text, grounds: Sequence[Ground]) -> RenderableType:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(style="cyan", no_wrap=True)
        table.add_column(overflow="fold")
        for ground in grounds:
            label = phrases.label(FIELDS, ground.field)
            table.add_row(Text(label), Group(*self._ground(ground)))
        return Group(head, Padding(table, _INDENT))

    def _sentence(self, number: int | None) -> list[str]:
        return [] if number is None else [_("sentence {n}").format(n=number)]

    def _title(self, value: Explained) -> str:
        view = self.view
        if actor := view.actors.get(value.id):
            return disarm(f"{actor.name} [{actor.code}]" if actor.code else actor.name)
        if event := self.events.get(value.id):
            return self._event(event)
        if statement := view.statements.get(value.id):
            return phrases.label(phrases.STATEMENT_KINDS, statement.kind)
        return self._quoted(value.words)

    def _event(self, event: Event) -> str:
        kind = f"{event.type}/{disarm(event.mode)}" if event.mode else event.type
        sides = [self._names(event.actors), self._names(event.recipients)]
        arrow = f" {self.marks.arrow} "
        return f"{kind}  " + arrow.join(side or self.marks.dash for side in sides)

    def _names(self, ids: Sequence[str]) -> str:
        actors = self.view.actors
        return ", ".join(disarm(actors[id].name) if id in actors else disarm(id) for id in ids)

    def _ground(self, ground: Ground) -> Iterator[RenderableType]:
        line = Text(self._shown(ground))
        if ground.words:
            line.append("  " if line.plain else "").append(self._quoted(ground.words), "yellow")
        if line.plain:
            yield line
        if ground.path:
            yield Padding(Text(disarm(ground.path), style="magenta"), _INDENT)
        for rule in ground.rules:
            yield Padding(self._rule(rule, ground.field), _INDENT)

    def _shown(self, ground: Ground) -> str:
        value = ground.value
        if ground.field in _PARTIES:
            return self._names(value.split())
        if ground.field in _TELLERS:
            source = self.view.statements.get(value)
            who = self._names(source.source.actors) if source else ""
            return f"{disarm(value)} {who}".strip()
        tables = {
            "status": phrases.STATUSES,
            "certainty": phrases.CERTAINTIES,
            "quote": phrases.QUOTES,
            "block": BLOCKS,
        }
        if ground.field == "kind":
            kinds = phrases.STATEMENT_KINDS | phrases.ACTOR_KINDS
            return disarm(phrases.label(kinds, value))
        if ground.field == "quantities":
            return ""
        if ground.field == "place" and (place := self.view.places.get(value)):
            return disarm(place.name)
        if ground.field == "time":
            return disarm(phrases.time_words(value))
        return disarm(phrases.label(tables.get(ground.field, {}), value))

    def _rule(self, rule: Rule, field: str) -> Text:
        if rule.file is None:
            slot = field in _PARTIES and rule.name not in RULES
            words = _("stands as {slot}").format(slot=rule.name) if slot else _(rule.name)
            return Text(disarm(words), style="dim")
        place = f"{rule.file}:{rule.line}" if rule.line else rule.file
        key = rule.name.removeprefix(f"{rule.file}: ")
        line = Text.assemble((disarm(place), "green"), "  ", disarm(key))
        cells = (disarm(f"{c}: {_cut(cell)}") for c, cell in rule.cells.items() if cell != key)
        line.append(self.marks.dot.join(["", *cells]), style="dim")
        if rule.example:
            example = _("example: {sentence}").format(sentence=_cut(rule.example))
            line.append(self.marks.dot + disarm(example), style="dim italic")
        return line

    def _quoted(self, spans: Spans) -> str:
        before, after = self.marks.quotes
        words = [_cut(shown(self.text[s:e]).strip(), _QUOTED) for s, e in spans[:_PLACES]]
        more = f" {self.marks.gap}" if len(spans) > _PLACES else ""
        return f" {self.marks.gap} ".join(f"{before}{w}{after}" for w in words) + more


def _cut(words: str, most: int = _CELL) -> str:
    return words if len(words) <= most else words[: most - 3].rstrip() + "..."
