"""What a page is written with: the small parts that all sections of a page are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from menurut.contract import Actor, Span, Spans, Statement
from menurut.desk.disarm import TIE, disarm, shield, shown
from menurut.desk.terminal.marks import STYLES, Marks, Role
from menurut.desk.terminal.roles import Marked, pieces
from menurut.desk.view import View
from menurut.interface import gettext as _

_WIDEST_ID = 8


class Pen:
    """Writes the parts of one report's page: its view, and the marks that the terminal can show."""

    def __init__(self, view: View, marks: Marks) -> None:
        self.view = view
        self.marks = marks
        self.text = shield(view.text)
        analysis = view.analysis
        ids = [s.id for s in analysis.statements] + [e.id for e in analysis.events]
        self.gutter = min(max(map(len, ids), default=2), _WIDEST_ID) + 1

    def heading(self, words: str) -> RenderableType:
        return Group(Text(), Text(words.upper(), style=STYLES["heading"]))

    def entry(self, id: str, body: RenderableType) -> Table:
        """A body with its id in the gutter."""
        return hanging(Text(disarm(id), style=STYLES["id"]), body, self.gutter)

    def denial(self, pattern: str, who: Text) -> RenderableType:
        sign = Text(self.marks.status["denied"], style=STYLES["denial"])
        line = Text(style=STYLES["denial"]).append_text(filled(pattern, who))
        return hanging(sign, line, width=2)

    def dotted(self, parts: Iterable[str]) -> str:
        return self.marks.dot.join(parts)

    def quoted(self, spans: Spans) -> Text:
        """The words of a stretch in quotation marks."""
        before, after = self.marks.quotes
        words = f" {self.marks.gap} ".join(shown(self.text[s:e]).strip() for s, e in spans)
        return Text(words if words.startswith(before) else f"{before}{words}{after}")

    def excerpt(self, cut: Span, window: Span, roles: Sequence[Marked], after: Text) -> Text:
        """The words of ``cut``, roles marked, with a gap sign where the sentence goes on."""
        line = Text()
        cut = self._to_edges(cut, window)
        if after.plain or cut[0] > window[0]:
            line.append(f" {self.marks.gap} " if after.plain else f"{self.marks.gap} ", style="dim")
        at = cut[0]
        for start, end, role in pieces(roles, cut):
            line.append(shown(self.text[at:start]), style=STYLES["context"])
            self.append_marked(line, role, shown(self.text[start:end]))
            at = end
        line.append(shown(self.text[at : cut[1]]).rstrip(), style=STYLES["context"])
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

    def append_marked(self, line: Text, role: Role, words: str) -> None:
        before, after = self.marks.roles[role]
        line.append(f"{before}{words}{after}", style=STYLES[role])

    def actors(self, ids: Iterable[str]) -> Text:
        """Actors with their codes; empty where none of the ids is known."""
        known = (self.view.actors[id] for id in ids if id in self.view.actors)
        return joined(_actor(actor) for actor in known)

    def reference(self, statement: Statement) -> Text:
        """A statement by its source and id, with those who pass it on."""
        line = Text()
        names: list[str] = []
        for teller in self.view.chain(statement):
            name = self._names(teller)
            if name in names:
                continue
            who = Text.assemble(name, " ", (f"({disarm(teller.id)})", "dim"))
            line.append_text(filled(_(", as told by {who}"), who) if names else who)
            names.append(name)
        return line

    def references(self, statements: Iterable[Statement]) -> Text:
        return joined(self.reference(statement) for statement in statements)

    def _names(self, statement: Statement) -> str:
        ids = statement.source.actors
        names = [disarm(self.view.actors[id].name) for id in ids if id in self.view.actors]
        words = disarm(self.view.words(statement.source.spans))
        return ", ".join(names) or words or _("nobody named")


def _actor(actor: Actor) -> Text:
    line = Text(disarm(actor.name), style="bold")
    if actor.code:
        code = disarm(actor.code).replace(" ", TIE)
        line = Text.assemble(line, " ", (f"[{code}]", STYLES["code"]))
    return line


def hanging(mark: Text, body: RenderableType, width: int) -> Table:
    """A body beside a mark in a column of its own."""
    grid = Table.grid(padding=0)
    grid.add_column(width=width, overflow="fold")
    grid.add_column(overflow="fold")
    grid.add_row(mark, body)
    return grid


def joined(parts: Iterable[Text]) -> Text:
    return Text(", ").join(parts)


def filled(pattern: str, who: Text) -> Text:
    """A translated pattern with styled words in the place of its one field."""
    before, _field, after = re.split(r"(\{\w+\})", pattern, maxsplit=1)
    return Text(before).append_text(who).append(after)
