"""The command of obligations: arguments to calls, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from menurut.cli_calls import plainly, print_lines, snapshot_of
from menurut.cli_options import OPTIONS, of_page, of_question
from menurut.interface import gettext as _

if TYPE_CHECKING:
    from menurut.desk.terminal import Color


@click.command(
    "obligations",
    short_help=_("List measures, and the incidents that would bear on them."),
    help=_(
        "List the measures of sanctions regimes, and under each the incidents that would bear on "
        "it if they happened as told, with the reasons and with what is left open. Nothing here "
        "says that anybody broke a measure."
    ),
    options_metavar=OPTIONS,
)
@click.option("--regime", metavar=_("NAME"), help=_("Of this regime (charter, dprk, iran)."))
@click.option("--measure", metavar="ID", help=_("This measure alone (1718.8b)."))
@click.option("--all", "whole", is_flag=True, help=_("Also measures on which nothing bears."))
@of_question
@of_page
@plainly
def obligations_command(
    where: str,
    as_of: str | None,
    jsonl: bool,
    regime: str | None,
    measure: str | None,
    whole: bool,
    color: Color,
    width: int | None,
) -> None:
    from menurut.obligations import board

    with snapshot_of(where, as_of) as snapshot:
        found = board(snapshot, regime, measure)
    listed = [one for one in found.listed if one.matches or whole or measure]
    if jsonl:
        print_lines(listed)
    else:
        from menurut.desk.obligations_pages import BoardPage

        BoardPage(color, width).board(found, listed)


COMMANDS = (obligations_command,)
