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
    Explained,
    Explanation,
    Ground,
    Report,
    Rule,
    Spans,
    Unread,
)
from menurut.desk.disarm import disarm, shield, shown
from menurut.desk.ground_words import FIELDS, SORTS, Wording, rule_words
from menurut.desk.phrases import label, score_words
from menurut.desk.terminal import Marks, marks_for, print_page
from menurut.desk.view import View
from menurut.interface import gettext as _

_QUOTED = 160
"""The most characters of a stretch of words that are quoted."""
_PLACES = 4
"""The most stretches of words that are quoted for one ground."""
_CELL = 90
"""The most characters of one cell of a row."""
_INDENT = (0, 0, 0, 2)


def render(console: Console, report: Report, analysis: Analysis, explained: Explanation) -> None:
    """Print what stands behind the record of one report."""
    print_page(console, _Page(View(report, analysis), marks_for(console)).all(explained))


class _Page:
    def __init__(self, view: View, marks: Marks) -> None:
        self.view = view
        self.marks = marks
        self.text = shield(view.text)
        self.wording = Wording(view, marks.arrow, marks.dash)

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
        sort = label(SORTS, value.sort)
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
            name = label(FIELDS, ground.field)
            table.add_row(Text(name), Group(*self._ground(ground)))
        return Group(head, Padding(table, _INDENT))

    def _sentence(self, number: int | None) -> list[str]:
        return [] if number is None else [_("sentence {n}").format(n=number)]

    def _title(self, value: Explained) -> str:
        return self.wording.title(value) or self._quoted(value.words)

    def _ground(self, ground: Ground) -> Iterator[RenderableType]:
        line = Text(self.wording.shown(ground))
        if ground.words:
            line.append("  " if line.plain else "").append(self._quoted(ground.words), "yellow")
        if sure := score_words(ground.score):
            line.append(f"{self.marks.dot if line.plain else ''}{sure}", style="dim")
        if line.plain:
            yield line
        if ground.path:
            yield Padding(Text(disarm(ground.path), style="magenta"), _INDENT)
        for rule in ground.rules:
            yield Padding(self._rule(rule, ground.field), _INDENT)

    def _rule(self, rule: Rule, field: str) -> Text:
        if rule.file is None:
            return Text(rule_words(rule, field), style="dim")
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
