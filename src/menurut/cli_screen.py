"""The command that screens names against a list: arguments to calls, nothing else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from menurut.cli_calls import complaint, snapshot_of
from menurut.cli_options import of_question, of_screening, user
from menurut.interface import gettext as _


@click.command(
    "screen",
    short_help=_("Hold the names in reports against a sanctions list of yours."),
    help=_(
        "Hold the people, firms and ships that the ledger's reports name against sanctions lists "
        "of yours: FollowTheMoney lines or targets.simple.csv of OpenSanctions, or the Security "
        "Council's consolidated.xml. What comes of it are candidates for a person to judge."
    ),
    epilog=_(
        "Examples: menurut screen entities.ftm.json; "
        "menurut screen list.xml --decisions d.jsonl --judge 'Ri Su Yong' KPi.001 different"
    ),
    options_metavar=_("[OPTIONS]"),
)
@click.argument(
    "lists",
    nargs=-1,
    required=True,
    metavar=_("LIST..."),
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@of_screening
@click.option(
    "--decisions",
    metavar=_("FILE"),
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Where decisions are kept, as JSON Lines."),
)
@click.option(
    "--judge",
    nargs=3,
    metavar=_("NAME ENTRY same|different"),
    help=_("Decide whether a name is an entry of the list."),
)
@click.option("--reason", metavar=_("TEXT"), help=_("Why."))
@click.option(
    "--author",
    metavar=_("NAME"),
    default=user,
    help=_("Who decides; the name of the user when left out."),
)
@of_question
def screen_command(
    lists: tuple[Path, ...],
    decisions: Path | None,
    judge: tuple[str, str, str] | None,
    reason: str | None,
    author: str,
    **options: Any,
) -> None:
    from menurut.ledger.errors import LedgerError
    from menurut.screening.decisions import DecisionError
    from menurut.screening.entries import ListError

    try:
        if judge:
            _judge(judge, decisions, author, reason)
            return
        _screen(lists, decisions, **options)
    except (LedgerError, ListError, DecisionError) as error:
        raise complaint(error) from None


def _judge(
    judge: tuple[str, str, str], decisions: Path | None, author: str, reason: str | None
) -> None:
    from menurut.screening.decisions import decide

    name, entry, verdict = judge
    if decisions is None:
        raise click.UsageError(_("--judge needs --decisions FILE to keep the decision in."))
    if verdict not in ("same", "different"):
        raise click.BadParameter(_("the verdict is same or different"), param_hint="--judge")
    decide(decisions, name, entry, verdict, author, reason)  # type: ignore[arg-type]


def _screen(
    lists: tuple[Path, ...],
    decisions: Path | None,
    least: float,
    where: str,
    as_of: str | None,
    jsonl: bool,
) -> None:
    import msgspec

    from menurut.ledger.names_told import names_told
    from menurut.screening.candidates import screen
    from menurut.screening.decisions import read_decisions
    from menurut.screening.entries import read_list
    from menurut.screening.matching import Index, available

    available()
    index = Index(entry for path in lists for entry in read_list(path))
    with snapshot_of(where, as_of) as snapshot:
        found = screen(names_told(snapshot), index, read_decisions(decisions), least)
        if not jsonl:
            from menurut.desk.screening_pages import show

            show(found, len(index))
            return
        for candidate in found:
            sys.stdout.buffer.write(msgspec.json.encode(candidate) + b"\n")


COMMANDS = (screen_command,)
