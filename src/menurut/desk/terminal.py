"""The record of one report, for a person at a terminal.

Every distinction is made twice, by colour and by marks in the text, so the page reads the
same in a pipe. What comes from a report is disarmed before it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from menurut.contract import (
    Actor,
    Analysis,
    Damage,
    Event,
    Quantity,
    Report,
    Span,
    Spans,
    Statement,
)
from menurut.desk import phrases
from menurut.desk.disarm import TIE, disarm, shield, shown
from menurut.desk.view import View, first_word
from menurut.interface import gettext as _
from menurut.interface import ngettext

Color = Literal["auto", "always", "never"]
Role = Literal["source", "cue", "content", "trigger"]
Marked = tuple[Role, Spans]

WIDEST = 100
"""Columns used on a wider terminal when no width is asked for: longer lines read badly."""

_CONTEXT = 60
"""Characters of its sentence shown on each side of an event's trigger."""

_KIND = 22
"""The most columns for an event's type and mode, so that those who take part line up."""

_STYLES: dict[str, str] = {
    "source": "bold cyan",
    "cue": "italic magenta",
    "content": "",
    "trigger": "bold yellow",
    "context": "dim",
    "code": "cyan",
    "id": "dim",
    "heading": "bold",
    "name": "bold",
    "denial": "red",
    "warning": "yellow",
    "actual": "green",
    "planned": "blue",
    "possible": "yellow",
    "denied": "red",
}


@dataclass(frozen=True)
class Marks:
    """The signs of the page, in what the terminal's encoding can write."""

    source: tuple[str, str]
    cue: tuple[str, str]
    content: tuple[str, str]
    trigger: tuple[str, str]
    status: dict[str, str]
    arrow: str
    dot: str
    dash: str
    gap: str
    quotes: tuple[str, str]
    times: str
    line: str

    def around(self, role: Role) -> tuple[str, str]:
        marks: tuple[str, str] = getattr(self, role)
        return marks


UNICODE = Marks(
    source=("‹", "›"),
    cue=("_", "_"),
    content=("«", "»"),
    trigger=("*", "*"),
    status={"actual": "●", "planned": "◔", "possible": "◌", "denied": "✗"},
    arrow="→",
    dot=" · ",
    dash="–",
    gap="…",
    quotes=("“", "”"),
    times="×",
    line="─",
)
ASCII = Marks(
    source=("<", ">"),
    cue=("_", "_"),
    content=("[", "]"),
    trigger=("*", "*"),
    status={"actual": "*", "planned": "+", "possible": "?", "denied": "x"},
    arrow="->",
    dot=" - ",
    dash="-",
    gap="...",
    quotes=('"', '"'),
    times="x",
    line="-",
)


def open_console(stream: TextIO, color: Color = "auto", width: int | None = None) -> Console:
    """A console on a stream. ``auto`` colours a terminal and obeys ``NO_COLOR``."""
    forced = {"auto": None, "always": True, "never": False}[color]
    console = Console(
        file=stream,
        force_terminal=forced,
        no_color=None if forced is None else not forced,
        color_system="standard" if forced else "auto",
        highlight=False,
        markup=False,
        emoji=False,
        width=width,
    )
    if width is None:
        console.width = min(console.width, WIDEST)
    return console


def render(console: Console, report: Report, analysis: Analysis) -> None:
    """Print the record of one report."""
    marks = UNICODE if console.encoding.lower().startswith("utf") else ASCII
    print_page(console, _Page(View(report, analysis), marks).all())


def print_page(console: Console, page: RenderableType) -> None:
    """Print a page without the blanks that fill its lines up."""
    lines = console.render_lines(page, pad=False)
    console.print(Segments(_finished(lines)), soft_wrap=True, end="")


def _finished(lines: Iterable[list[Segment]]) -> Iterator[Segment]:
    """The lines without the blanks that fill them up, and with plain blanks in the codes."""
    for line in lines:
        while line and not line[-1].text.strip():
            line.pop()
        last = len(line) - 1
        for at, (text, style, _control) in enumerate(line):
            text = text.replace(TIE, " ")
            yield Segment(text.rstrip() if at == last else text, style)
        yield Segment.line()


class _Page:
    """The parts of the page, from top to bottom."""

    def __init__(self, view: View, marks: Marks) -> None:
        self.view = view
        self.marks = marks
        self.text = shield(view.text)
        analysis = view.analysis
        ids = [s.id for s in analysis.statements] + [e.id for e in analysis.events]
        self.gutter = min(max(map(len, ids), default=2), 8) + 1

    def all(self) -> RenderableType:
        parts = [self.head(), self.story(), self.events(), self.votes(), self.figures()]
        return Group(*(part for part in (*parts, self.actors(), Text()) if part is not None))

    # the report

    def head(self) -> RenderableType:
        report, analysis = self.view.report, self.view.analysis
        place = self.view.places.get(analysis.place or "")
        facts = (
            analysis.byline or report.byline,
            analysis.publisher or report.publisher,
            place.name if place else analysis.place,
            phrases.moment_words(analysis.published_at) if analysis.published_at else None,
            phrases.label(phrases.LANGUAGES, analysis.language),
        )
        title = disarm(analysis.title or report.title or self._headline() or "")
        name = Text(disarm(report.id), style="dim")
        rule = Rule(name, characters=self.marks.line, style="dim", align="left")
        return Group(
            rule,
            *([Text(title, style=_STYLES["heading"])] if title else []),
            Text(self._dotted(disarm(fact) for fact in facts if fact), style="dim"),
            Text(self._dotted(self._counts()), style="dim"),
            *self._embargo(),
            *(self._warning(disarm(_(note))) for note in analysis.notes),
            *(self._damaged(damage) for damage in analysis.damage),
        )

    def _embargo(self) -> Iterator[RenderableType]:
        edition = self.view.analysis.edition
        if edition is not None and edition.embargoed_until is not None:
            until = phrases.moment_words(edition.embargoed_until)
            yield self._warning(disarm(_("under embargo until {moment}").format(moment=until)))

    def _damaged(self, damage: Damage) -> RenderableType:
        what = _("damaged text ({what}): {words}").replace("{what}", disarm(_(damage.what)))
        return self._warning(_filled(what, self._quoted((damage.span,))))

    def _headline(self) -> str | None:
        blocks = (b.span for b in self.view.analysis.blocks if b.kind == "headline")
        return next((self.view.text[start:end] for start, end in blocks), None)

    def _counts(self) -> list[str]:
        analysis = self.view.analysis
        counted = (
            (
                ngettext("{n} statement", "{n} statements", len(analysis.statements)),
                analysis.statements,
            ),
            (ngettext("{n} event", "{n} events", len(analysis.events)), analysis.events),
            (ngettext("{n} figure", "{n} figures", len(analysis.quantities)), analysis.quantities),
            (ngettext("{n} actor", "{n} actors", len(analysis.actors)), analysis.actors),
        )
        return [pattern.format(n=len(items)) for pattern, items in counted]

    def _warning(self, what: str | Text) -> RenderableType:
        style = _STYLES["warning"]
        return self._hanging(Text("!", style=style), Text(style=style).append(what), width=2)

    # who says what

    def story(self) -> RenderableType:
        parts: list[RenderableType] = [self._heading(_("Who says what"))]
        if not self.view.statements:
            return Group(*parts, Text(_("No statement found."), style="dim"))
        parts.append(self._legend())
        told: set[Span] = set()
        for depth, statement in self.view.outline():
            entry = self._statement(statement, told)
            parts += [Text(), Padding(entry, (0, 0, 0, 2 * min(depth, 6)))]
        return Group(*parts)

    def _legend(self) -> Text:
        legend = Text(" " * self.gutter)
        roles: tuple[tuple[Role, str], ...] = (
            ("source", _("source")),
            ("cue", _("words of saying")),
            ("content", _("what is said")),
        )
        for role, word in roles:
            self._append_marked(legend, role, word)
            legend.append("  ")
        return legend

    def _statement(self, statement: Statement, told: set[Span]) -> RenderableType:
        kind = phrases.label(phrases.STATEMENT_KINDS, statement.kind)
        quote = phrases.label(phrases.QUOTES, statement.quote)
        title = self._source(statement)
        title.append(self.marks.dot).append(kind).append(self.marks.dot + quote, style="dim")
        if statement.certainty:
            sure = phrases.label(phrases.CERTAINTIES, statement.certainty)
            title.append(self.marks.dot + sure, style="dim")
        lines: list[RenderableType] = [title, self._told(statement, told)]
        lines += [self._denied_by(denial) for denial in self.view.denials.get(statement.id, ())]
        if claims := self.view.claims_denied.get(statement.id):
            who = self._joined(self._reference(claim) for claim in claims)
            lines.append(self._denial(_("denies {claims}"), who))
        return self._entry(statement.id, Group(*lines))

    def _told(self, statement: Statement, told: set[Span]) -> Text:
        """The sentences of a statement, cut to its own words where they were shown before."""
        roles = _roles(statement)
        line = Text()
        for window in self.view.windows(_extent(roles)):
            extent = _within(roles, window)
            cut = extent if window in told else window
            told.add(window)
            line.append_text(self._context(cut, window, roles, after=line))
        return line

    def _denied_by(self, denial: Statement) -> RenderableType:
        who = self._reference(denial)
        roles = _roles(denial)
        extent = _extent(roles)
        words = self._quoted(((extent[0][0], extent[-1][1]),)) if extent else Text()
        return self._denial(_("denied by {who}"), who.append(": ").append_text(words))

    def _denial(self, pattern: str, who: Text) -> RenderableType:
        sign = Text(self.marks.status["denied"], style=_STYLES["denial"])
        line = Text(style=_STYLES["denial"]).append_text(_filled(pattern, who))
        return self._hanging(sign, line, width=2)

    def _source(self, statement: Statement) -> Text:
        """Who speaks: the actors and their codes, or the words that name them, or nobody."""
        source = statement.source
        actors = [self.view.actors[id] for id in source.actors if id in self.view.actors]
        if actors:
            return self._actors(actors)
        words = disarm(self.view.words(source.spans))
        return Text.assemble((words, "bold") if words else (_("nobody named"), "italic"))

    def _reference(self, statement: Statement) -> Text:
        """A statement by its source and id, with those who pass it on."""
        line = Text()
        names: list[str] = []
        for teller in self.view.chain(statement):
            name = self._names(teller)
            if name in names:
                continue
            who = Text.assemble(name, " ", (f"({disarm(teller.id)})", "dim"))
            line.append_text(_filled(_(", as told by {who}"), who) if names else who)
            names.append(name)
        return line

    def _names(self, statement: Statement) -> str:
        ids = statement.source.actors
        names = [disarm(self.view.actors[id].name) for id in ids if id in self.view.actors]
        words = disarm(self.view.words(statement.source.spans))
        return ", ".join(names) or words or _("nobody named")

    # what happened

    def events(self) -> RenderableType:
        analysis = self.view.analysis
        if not analysis.events:
            return Group(self._heading(_("What happened")), Text(_("No event found."), style="dim"))
        statuses = [phrases.label(phrases.STATUSES, status) for status in phrases.STATUSES]
        widths = max(map(len, statuses)), min(max(map(len, map(_kind, analysis.events))), _KIND)
        parts: list[RenderableType] = [self._heading(_("What happened"))]
        for event in sorted(analysis.events, key=first_word):
            parts += [Text(), self._event(event, *widths)]
        return Group(*parts)

    def _event(self, event: Event, status_width: int, kind_width: int) -> RenderableType:
        top = Table.grid(padding=(0, 2, 0, 0))
        top.add_column(width=status_width + 2, no_wrap=True)
        top.add_column(width=kind_width, overflow="fold")
        top.add_column(overflow="fold")
        top.add_row(self._status(event), Text(_kind(event), style="bold"), self._parties(event))
        return self._entry(event.id, Group(top, self._facts(event), self._happening(event)))

    def _status(self, event: Event) -> Text:
        word = phrases.label(phrases.STATUSES, event.status)
        return Text(f"{self.marks.status[event.status]} {word}", style=_STYLES[event.status])

    def _parties(self, event: Event) -> Text:
        doers, others = (
            self._actors([self.view.actors[id] for id in ids if id in self.view.actors])
            for ids in (event.actors, event.recipients)
        )
        line = doers if doers.plain else Text.assemble((_("nobody named"), "italic dim"))
        if others.plain:
            line = Text.assemble(line, f" {self.marks.arrow} ", others)
        return line

    def _facts(self, event: Event) -> Text:
        place = self.view.places.get(event.place or "")
        quantities = (self.view.quantities.get(id) for id in event.quantities)
        facts = [
            phrases.time_words(event.time) if event.time else None,
            _place(place.name, place.country) if place else None,
            phrases.label(phrases.CERTAINTIES, event.certainty) if event.certainty else None,
            *(self.view.text[slice(*quantity.span)] for quantity in quantities if quantity),
        ]
        parts = [Text(disarm(fact)) for fact in facts if fact]
        parts += filter(None, (self._according_to(event), self._denied(event), self._again(event)))
        return Text(self.marks.dot).join(parts)

    def _according_to(self, event: Event) -> Text:
        tellers = [self._reference(statement) for statement in self.view.known(event.according_to)]
        if tellers:
            return _filled(_("according to {who}"), self._joined(tellers))
        return Text(_("according to {who}").format(who=_("the report itself")), style="dim")

    def _denied(self, event: Event) -> Text | None:
        denials = self.view.known(event.denied_by)
        if not denials:
            return None
        sign = f"{self.marks.status['denied']} "
        who = self._joined(self._reference(denial) for denial in denials)
        return Text(sign, style=_STYLES["denial"]).append_text(_filled(_("denied by {who}"), who))

    def _again(self, event: Event) -> Text | None:
        n = len(event.mentions)
        words = ngettext("told {n} more time", "told {n} more times", n).format(n=n)
        return Text(words, style="dim") if n else None

    def _happening(self, event: Event) -> Text:
        roles: list[Marked] = [("trigger", event.trigger)]
        line = Text()
        for window in self.view.windows(_extent(roles)):
            cut = _nearby(self.text, _within(roles, window), window)
            line.append_text(self._context(cut, window, roles, after=line))
        return line

    def votes(self) -> RenderableType | None:
        """Who voted how, each vote with the words for what was voted on."""
        analysis = self.view.analysis
        if not analysis.votes:
            return None
        from menurut.desk.obligations_words import vote_words
        from menurut.ledger.votes import taken

        parts: list[RenderableType] = [self._heading(_("Votes"))]
        told = taken(self.view.text, analysis, self.view.report.id)
        for vote, words in zip(analysis.votes, told, strict=True):
            lines = [Text(disarm(vote_words(words))), self._quoted(vote.draft or (vote.span,))]
            tellers = self.view.known(vote.according_to)
            if tellers:
                who = self._joined(self._reference(statement) for statement in tellers)
                lines.append(_filled(_("according to {who}"), who))
            parts += [Text(), self._entry(vote.id, Group(*lines))]
        return Group(*parts)

    # how many, and who

    def figures(self) -> RenderableType | None:
        quantities = self.view.analysis.quantities
        if not quantities:
            return None
        order = list(dict.fromkeys((q.of or "").lower() for q in quantities))
        table = Table.grid(padding=(0, 3, 0, 0), expand=False)
        for _column in range(3):
            table.add_column(overflow="fold", ratio=1)
        for quantity in sorted(quantities, key=lambda q: order.index((q.of or "").lower())):
            table.add_row(
                self._quoted((quantity.span,)),
                Text(disarm(phrases.quantity_words(quantity)), style="bold"),
                self._giver(quantity),
            )
        return Group(self._heading(_("Figures, and who gives them")), Text(), table)

    def _giver(self, quantity: Quantity) -> Text:
        tellers = [self._reference(statement) for statement in self.view.tellers(quantity)]
        return self._joined(tellers) if tellers else Text(_("the report itself"))

    def actors(self) -> RenderableType | None:
        actors = self.view.analysis.actors
        if not actors:
            return None
        table = Table.grid(padding=(0, 3, 0, 0))
        table.add_column(overflow="fold")
        table.add_column(overflow="fold", style=_STYLES["code"])
        table.add_column(overflow="fold")
        table.add_column(justify="right", no_wrap=True, style="dim")
        for actor in actors:
            table.add_row(
                Text(disarm(actor.name), style="bold"),
                Text(disarm(actor.code or self.marks.dash)),
                Text(disarm(actor.role or phrases.label(phrases.ACTOR_KINDS, actor.kind))),
                Text(f"{self.marks.times}{len(actor.mentions)}"),
            )
        return Group(self._heading(_("Actors")), Text(), table)

    # small parts

    def _heading(self, words: str) -> RenderableType:
        return Group(Text(), Text(words.upper(), style=_STYLES["heading"]))

    def _entry(self, id: str, body: RenderableType) -> Table:
        return self._hanging(Text(disarm(id), style=_STYLES["id"]), body, self.gutter)

    def _hanging(self, mark: Text, body: RenderableType, width: int) -> Table:
        grid = Table.grid(padding=0)
        grid.add_column(width=width, overflow="fold")
        grid.add_column(overflow="fold")
        grid.add_row(mark, body)
        return grid

    def _actors(self, actors: Sequence[Actor]) -> Text:
        return self._joined(self._actor(actor) for actor in actors)

    def _actor(self, actor: Actor) -> Text:
        line = Text(disarm(actor.name), style="bold")
        if actor.code:
            code = disarm(actor.code).replace(" ", TIE)
            line = Text.assemble(line, " ", (f"[{code}]", _STYLES["code"]))
        return line

    def _joined(self, parts: Iterable[Text]) -> Text:
        return Text(", ").join(parts)

    def _dotted(self, parts: Iterable[str]) -> str:
        return self.marks.dot.join(parts)

    def _quoted(self, spans: Spans) -> Text:
        before, after = self.marks.quotes
        words = f" {self.marks.gap} ".join(shown(self.text[s:e]).strip() for s, e in spans)
        return Text(words if words.startswith(before) else f"{before}{words}{after}")

    def _context(self, cut: Span, window: Span, roles: Sequence[Marked], after: Text) -> Text:
        """The words of ``cut``, roles marked, with a gap sign where the sentence goes on."""
        line = Text()
        cut = self._to_edges(cut, window)
        if after.plain or cut[0] > window[0]:
            line.append(f" {self.marks.gap} " if after.plain else f"{self.marks.gap} ", style="dim")
        at = cut[0]
        for start, end, role in _pieces(roles, cut):
            line.append(shown(self.text[at:start]), style=_STYLES["context"])
            self._append_marked(line, role, shown(self.text[start:end]))
            at = end
        line.append(shown(self.text[at : cut[1]]).rstrip(), style=_STYLES["context"])
        if cut[1] < window[1]:
            line.append(f" {self.marks.gap}", style="dim")
        return line

    def _to_edges(self, cut: Span, window: Span) -> Span:
        """The cut, widened to the edge of the window where only punctuation is left out."""
        before, after = self.text[window[0] : cut[0]], self.text[cut[1] : window[1]]
        return (
            cut[0] if any(map(str.isalnum, before)) else window[0],
            cut[1] if any(map(str.isalnum, after)) else window[1],
        )

    def _append_marked(self, line: Text, role: Role, words: str) -> None:
        before, after = self.marks.around(role)
        line.append(f"{before}{words}{after}", style=_STYLES[role])


def _filled(pattern: str, who: Text) -> Text:
    """A translated pattern with styled words in the place of its one field."""
    before, _field, after = re.split(r"(\{\w+\})", pattern, maxsplit=1)
    return Text(before).append_text(who).append(after)


def _roles(statement: Statement) -> list[Marked]:
    return [
        ("source", statement.source.spans),
        ("cue", statement.cue),
        ("content", statement.content),
    ]


def _extent(roles: Iterable[Marked]) -> Spans:
    """All their spans in text order, but for empty ones."""
    return tuple(sorted(s for _role, spans in roles for s in spans if s[0] < s[1]))


def _within(roles: Iterable[Marked], window: Span) -> Span:
    inside = [s for s in _extent(roles) if s[0] < window[1] and window[0] < s[1]]
    return inside[0][0], max(end for _start, end in inside)


def _pieces(roles: Sequence[Marked], cut: Span) -> list[tuple[int, int, Role]]:
    """The stretches of ``cut`` that have a role, in order; where two meet the first keeps it."""
    taken: list[tuple[int, int, Role]] = []
    for role, spans in roles:
        for start, end in spans:
            taken += _free(max(start, cut[0]), min(end, cut[1]), role, sorted(taken))
    return sorted(taken)


def _free(
    start: int, end: int, role: Role, taken: Sequence[tuple[int, int, Role]]
) -> list[tuple[int, int, Role]]:
    free = []
    for left, right, _role in taken:
        if right <= start or left >= end:
            continue
        if start < left:
            free.append((start, left, role))
        start = right
    return [*free, (start, end, role)] if start < end else free


def _nearby(text: str, span: Span, window: Span) -> Span:
    """The span with some whole words of the window on each side."""
    start, end = span
    left, right = start - _CONTEXT, end + _CONTEXT
    if left > window[0]:
        blank = text.find(" ", left, start)
        start = blank + 1 if blank >= 0 else start
    else:
        start = window[0]
    if right < window[1]:
        blank = text.rfind(" ", end, right)
        end = blank if blank >= 0 else end
    else:
        end = window[1]
    return start, end


def _kind(event: Event) -> str:
    return f"{event.type}/{disarm(event.mode)}" if event.mode else event.type


def _place(name: str, country: str | None) -> str:
    return f"{name} ({country})" if country else name
