"""Who voted how, each vote with the words for what was voted on."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from menurut.desk.disarm import disarm
from menurut.desk.terminal.pen import Pen, filled
from menurut.interface import gettext as _


def votes(pen: Pen) -> RenderableType | None:
    """The section of votes; None where there is none."""
    view = pen.view
    if not view.analysis.votes:
        return None
    from menurut.desk.obligations_words import vote_words
    from menurut.ledger.votes import taken

    parts: list[RenderableType] = [pen.heading(_("Votes"))]
    told = taken(view.text, view.analysis, view.report.id)
    for vote, words in zip(view.analysis.votes, told, strict=True):
        lines = [Text(disarm(vote_words(words))), pen.quoted(vote.draft or (vote.span,))]
        if tellers := view.known(vote.according_to):
            lines.append(filled(_("according to {who}"), pen.references(tellers)))
        parts += [Text(), pen.entry(vote.id, Group(*lines))]
    return Group(*parts)
