"""The head of the page: the report itself, what was counted in it, what to be warned of."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from menurut.contract import Damage
from menurut.desk import phrases
from menurut.desk.disarm import disarm
from menurut.desk.terminal.marks import STYLES
from menurut.desk.terminal.pen import Pen, filled, hanging
from menurut.desk.view import View
from menurut.interface import gettext as _
from menurut.interface import ngettext


def head(pen: Pen) -> RenderableType:
    """The report's id, title and facts."""
    report, analysis = pen.view.report, pen.view.analysis
    title = disarm(analysis.title or report.title or _headline(pen.view) or "")
    name = Text(disarm(report.id), style="dim")
    return Group(
        Rule(name, characters=pen.marks.line, style="dim", align="left"),
        *([Text(title, style=STYLES["heading"])] if title else []),
        Text(pen.dotted(map(disarm, _facts(pen.view))), style="dim"),
        Text(pen.dotted(_counts(pen.view)), style="dim"),
        *_embargo(pen.view),
        *(_warning(disarm(_(note))) for note in analysis.notes),
        *(_damaged(pen, damage) for damage in analysis.damage),
    )


def _facts(view: View) -> list[str]:
    report, analysis = view.report, view.analysis
    place = view.places.get(analysis.place or "")
    facts = (
        analysis.byline or report.byline,
        analysis.publisher or report.publisher,
        place.name if place else analysis.place,
        phrases.moment_words(analysis.published_at) if analysis.published_at else None,
        phrases.label(phrases.LANGUAGES, analysis.language),
    )
    return [fact for fact in facts if fact]


def _counts(view: View) -> list[str]:
    statements, events = len(view.analysis.statements), len(view.analysis.events)
    figures, actors = len(view.analysis.quantities), len(view.analysis.actors)
    return [
        ngettext("{n} statement", "{n} statements", statements).format(n=statements),
        ngettext("{n} event", "{n} events", events).format(n=events),
        ngettext("{n} figure", "{n} figures", figures).format(n=figures),
        ngettext("{n} actor", "{n} actors", actors).format(n=actors),
    ]


def _embargo(view: View) -> Iterator[RenderableType]:
    edition = view.analysis.edition
    if edition is not None and edition.embargoed_until is not None:
        until = phrases.moment_words(edition.embargoed_until)
        yield _warning(disarm(_("under embargo until {moment}").format(moment=until)))


def _damaged(pen: Pen, damage: Damage) -> RenderableType:
    what = _("damaged text ({what}): {words}").replace("{what}", disarm(_(damage.what)))
    return _warning(filled(what, pen.quoted((damage.span,))))


def _headline(view: View) -> str | None:
    blocks = (b.span for b in view.analysis.blocks if b.kind == "headline")
    return next((view.text[start:end] for start, end in blocks), None)


def _warning(what: str | Text) -> RenderableType:
    style = STYLES["warning"]
    return hanging(Text("!", style=style), Text(style=style).append(what), width=2)
