"""What happened: the events of a report, who to whom, by whose word."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from menurut.contract import Event
from menurut.desk import phrases
from menurut.desk.disarm import disarm
from menurut.desk.terminal.marks import STYLES
from menurut.desk.terminal.pen import Pen, filled
from menurut.desk.terminal.roles import Marked, extent, nearby, within
from menurut.desk.view import first_word
from menurut.interface import gettext as _
from menurut.interface import ngettext

_KIND = 22
"""The most columns for an event's type and mode, so that those who take part line up."""


def events(pen: Pen) -> RenderableType:
    """The section of events, in the order of the text."""
    found = pen.view.analysis.events
    parts: list[RenderableType] = [pen.heading(_("What happened"))]
    if not found:
        return Group(*parts, Text(_("No event found."), style="dim"))
    statuses = [phrases.label(phrases.STATUSES, status) for status in phrases.STATUSES]
    widths = max(map(len, statuses)), min(max(map(len, map(_kind, found))), _KIND)
    for event in sorted(found, key=first_word):
        parts += [Text(), _event(pen, event, *widths)]
    return Group(*parts)


def _event(pen: Pen, event: Event, status_width: int, kind_width: int) -> RenderableType:
    top = Table.grid(padding=(0, 2, 0, 0))
    top.add_column(width=status_width + 2, no_wrap=True)
    top.add_column(width=kind_width, overflow="fold")
    top.add_column(overflow="fold")
    kind = Text(_kind(event), style="bold")
    top.add_row(_status(pen, event), kind, _parties(pen, event))
    return pen.entry(event.id, Group(top, _facts(pen, event), _happening(pen, event)))


def _status(pen: Pen, event: Event) -> Text:
    word = phrases.label(phrases.STATUSES, event.status)
    return Text(f"{pen.marks.status[event.status]} {word}", style=STYLES[event.status])


def _parties(pen: Pen, event: Event) -> Text:
    doers, others = pen.actors(event.actors), pen.actors(event.recipients)
    line = doers if doers.plain else Text.assemble((_("nobody named"), "italic dim"))
    if others.plain:
        line = Text.assemble(line, f" {pen.marks.arrow} ", others)
    return line


def _facts(pen: Pen, event: Event) -> Text:
    view = pen.view
    place = view.places.get(event.place or "")
    quantities = (view.quantities.get(id) for id in event.quantities)
    facts = [
        phrases.time_words(event.time) if event.time else None,
        _place(place.name, place.country) if place else None,
        phrases.label(phrases.CERTAINTIES, event.certainty) if event.certainty else None,
        *(view.text[slice(*quantity.span)] for quantity in quantities if quantity),
    ]
    parts = [Text(disarm(fact)) for fact in facts if fact]
    told = (_according_to(pen, event), _denied(pen, event), _again(event))
    return Text(pen.marks.dot).join([*parts, *filter(None, told)])


def _according_to(pen: Pen, event: Event) -> Text:
    tellers = pen.view.known(event.according_to)
    if tellers:
        return filled(_("according to {who}"), pen.references(tellers))
    return Text(_("according to {who}").format(who=_("the report itself")), style="dim")


def _denied(pen: Pen, event: Event) -> Text | None:
    denials = pen.view.known(event.denied_by)
    if not denials:
        return None
    sign = Text(f"{pen.marks.status['denied']} ", style=STYLES["denial"])
    return sign.append_text(filled(_("denied by {who}"), pen.references(denials)))


def _again(event: Event) -> Text | None:
    n = len(event.mentions)
    words = ngettext("told {n} more time", "told {n} more times", n).format(n=n)
    return Text(words, style="dim") if n else None


def _happening(pen: Pen, event: Event) -> Text:
    roles: list[Marked] = [("trigger", event.trigger)]
    line = Text()
    for window in pen.view.windows(extent(roles)):
        cut = nearby(pen.text, within(roles, window), window)
        line.append_text(pen.excerpt(cut, window, roles, after=line))
    return line


def _kind(event: Event) -> str:
    return f"{event.type}/{disarm(event.mode)}" if event.mode else event.type


def _place(name: str, country: str | None) -> str:
    return f"{name} ({country})" if country else name
