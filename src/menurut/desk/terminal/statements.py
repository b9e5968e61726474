"""Who says what: the statements of a report, each below the one that it is nested in."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from menurut.contract import Span, Statement
from menurut.desk import phrases
from menurut.desk.disarm import disarm
from menurut.desk.terminal.marks import Role
from menurut.desk.terminal.pen import Pen
from menurut.desk.terminal.roles import extent, roles_of, within
from menurut.interface import gettext as _

_DEEPEST = 6
"""Levels of nesting that are shown by an indent."""


def statements(pen: Pen) -> RenderableType:
    """The section of statements."""
    parts: list[RenderableType] = [pen.heading(_("Who says what"))]
    if not pen.view.statements:
        return Group(*parts, Text(_("No statement found."), style="dim"))
    parts.append(_legend(pen))
    told: set[Span] = set()
    for depth, statement in pen.view.outline():
        entry = _statement(pen, statement, told)
        parts += [Text(), Padding(entry, (0, 0, 0, 2 * min(depth, _DEEPEST)))]
    return Group(*parts)


def _legend(pen: Pen) -> Text:
    legend = Text(" " * pen.gutter)
    roles: tuple[tuple[Role, str], ...] = (
        ("source", _("source")),
        ("cue", _("words of saying")),
        ("content", _("what is said")),
    )
    for role, word in roles:
        pen.append_marked(legend, role, word)
        legend.append("  ")
    return legend


def _statement(pen: Pen, statement: Statement, told: set[Span]) -> RenderableType:
    view = pen.view
    lines: list[RenderableType] = [_title(pen, statement), _told(pen, statement, told)]
    lines += [_denied_by(pen, denial) for denial in view.denials.get(statement.id, ())]
    if claims := view.claims_denied.get(statement.id):
        lines.append(pen.denial(_("denies {claims}"), pen.references(claims)))
    return pen.entry(statement.id, Group(*lines))


def _title(pen: Pen, statement: Statement) -> Text:
    """Who speaks, the kind of the statement, how it is quoted, how sure it is."""
    dot = pen.marks.dot
    title = _source(pen, statement)
    title.append(dot).append(phrases.label(phrases.STATEMENT_KINDS, statement.kind))
    title.append(dot + phrases.label(phrases.QUOTES, statement.quote), style="dim")
    if statement.certainty:
        title.append(dot + phrases.label(phrases.CERTAINTIES, statement.certainty), style="dim")
    return title


def _source(pen: Pen, statement: Statement) -> Text:
    """Who speaks: the actors and their codes, or the words that name them, or nobody."""
    actors = pen.actors(statement.source.actors)
    if actors.plain:
        return actors
    words = disarm(pen.view.words(statement.source.spans))
    return Text.assemble((words, "bold") if words else (_("nobody named"), "italic"))


def _told(pen: Pen, statement: Statement, told: set[Span]) -> Text:
    """The sentences of a statement, cut to its own words where they were shown before."""
    roles = roles_of(statement)
    line = Text()
    for window in pen.view.windows(extent(roles)):
        cut = within(roles, window) if window in told else window
        told.add(window)
        line.append_text(pen.excerpt(cut, window, roles, after=line))
    return line


def _denied_by(pen: Pen, denial: Statement) -> RenderableType:
    who = pen.reference(denial)
    spans = extent(roles_of(denial))
    words = pen.quoted(((spans[0][0], spans[-1][1]),)) if spans else Text()
    return pen.denial(_("denied by {who}"), who.append(": ").append_text(words))
