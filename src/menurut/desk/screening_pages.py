"""Candidates of a screening, for a person at a terminal or as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable

import click

from menurut.desk.disarm import disarm
from menurut.desk.screening_words import verdict_words
from menurut.interface import gettext as _
from menurut.interface import ngettext
from menurut.screening.candidates import Candidate

_MOST = 3


def show(found: Iterable[Candidate], entries: int) -> None:
    """Print candidates."""
    number = 0
    for candidate in found:
        _show(candidate)
        number += 1
    held = ngettext("{n} entry", "{n} entries", entries).format(n=entries)
    if number:
        told = ngettext("{n} candidate", "{n} candidates", number).format(n=number)
        click.echo(
            _("{told} among {held}; a name is no proof: judge each").format(told=told, held=held)
        )
    else:
        click.echo(_("no candidate among {held}").format(held=held))


def _show(candidate: Candidate) -> None:
    entry = candidate.entry
    verdict = verdict_words(candidate.verdict)
    score = f"{100 * candidate.score:.0f} %"
    click.secho(
        disarm(f"{candidate.name} ~ {candidate.listed_as} · {score} · {verdict}"), bold=True
    )
    known = (
        entry.list,
        entry.id,
        entry.kind,
        ", ".join(entry.countries),
        ", ".join(entry.programs),
    )
    click.echo(f"    {disarm(' · '.join(filter(None, known)))}")
    for told in candidate.told[:_MOST]:
        carried = ", ".join(filter(None, (told.publisher, told.report, told.published_at)))
        click.echo(f"    “{disarm(told.words)}” ({disarm(carried)})")
    more = len(candidate.told) - _MOST
    if more > 0:
        rest = ngettext("and {n} more report", "and {n} more reports", more).format(n=more)
        click.echo(f"    {rest}")
