"""How many, and who: the figures with those who give them, and the actors."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from menurut.contract import Quantity
from menurut.desk import phrases
from menurut.desk.disarm import disarm
from menurut.desk.terminal.marks import STYLES
from menurut.desk.terminal.pen import Pen
from menurut.interface import gettext as _


def figures(pen: Pen) -> RenderableType | None:
    """The table of figures, those of one thing together; None where there is none."""
    quantities = pen.view.analysis.quantities
    if not quantities:
        return None
    order = list(dict.fromkeys((q.of or "").lower() for q in quantities))
    table = Table.grid(padding=(0, 3, 0, 0), expand=False)
    for _column in range(3):
        table.add_column(overflow="fold", ratio=1)
    for quantity in sorted(quantities, key=lambda q: order.index((q.of or "").lower())):
        table.add_row(
            pen.quoted((quantity.span,)),
            Text(disarm(phrases.quantity_words(quantity)), style="bold"),
            _giver(pen, quantity),
        )
    return Group(pen.heading(_("Figures, and who gives them")), Text(), table)


def _giver(pen: Pen, quantity: Quantity) -> Text:
    tellers = pen.view.tellers(quantity)
    return pen.references(tellers) if tellers else Text(_("the report itself"))


def actors(pen: Pen) -> RenderableType | None:
    """The table of actors with codes and roles; None where there is none."""
    found = pen.view.analysis.actors
    if not found:
        return None
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(overflow="fold")
    table.add_column(overflow="fold", style=STYLES["code"])
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True, style="dim")
    for actor in found:
        table.add_row(
            Text(disarm(actor.name), style="bold"),
            Text(disarm(actor.code or pen.marks.dash)),
            Text(disarm(actor.role or phrases.label(phrases.ACTOR_KINDS, actor.kind))),
            Text(f"{pen.marks.times}{len(actor.mentions)}"),
        )
    return Group(pen.heading(_("Actors")), Text(), table)
