"""The commands by which people judge what the ledger links: arguments to calls, nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from menurut.cli_calls import opened, plainly, print_lines, terminal_page
from menurut.cli_options import OPTIONS, of_decision, of_ledger
from menurut.interface import gettext as _

if TYPE_CHECKING:
    from menurut.contract import Status
    from menurut.ledger.judgements import Verdict

_VERDICTS = ("same", "different", "wrong-actor", "wrong-status", "not-event")


@click.command(
    "review",
    short_help=_("Go through the links that the program doubts."),
    help=_("Go through the links that the program doubts, the most doubtful first; or list them."),
    options_metavar=OPTIONS,
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, metavar="N", help=_("At most so many.")
)
@click.option("--jsonl", is_flag=True, help=_("JSON Lines, for a pipe."))
@of_decision
@plainly
def review_command(where: str, author: str, reason: str | None, limit: int, jsonl: bool) -> None:
    from menurut.desk import ledger_review

    with opened(where) as ledger:
        found = ledger_review.doubtful(ledger, limit)
        if jsonl:
            print_lines(found)
        elif sys.stdin.isatty():
            ledger_review.ask(ledger, found, author, reason)
        else:
            terminal_page().accounts(found)


@click.command("merge", help=_("Judge incidents to be one and the same."), options_metavar=OPTIONS)
@click.argument("ids", nargs=-1, required=True, metavar=_("ID..."))
@of_decision
@plainly
def merge_command(ids: tuple[str, ...], where: str, author: str, reason: str | None) -> None:
    from menurut.ledger.queries import number_of
    from menurut.ledger.reviewing import merge_incidents

    with opened(where) as ledger:
        into = merge_incidents(ledger, [number_of(id) for id in ids], author, reason)
    click.echo(_("merged into i{number}").format(number=into))


@click.command(
    "split", help=_("Judge accounts of an incident to be of another one."), options_metavar=OPTIONS
)
@click.argument("id", metavar=_("ID"))
@click.argument("accounts", nargs=-1, required=True, type=int, metavar=_("ACCOUNT..."))
@of_decision
@plainly
def split_command(
    id: str, accounts: tuple[int, ...], where: str, author: str, reason: str | None
) -> None:
    from menurut.ledger.queries import number_of
    from menurut.ledger.reviewing import split_incident

    with opened(where) as ledger:
        new = split_incident(ledger, number_of(id), accounts, author, reason)
    click.echo(_("split off as i{number}").format(number=new))


@click.command(
    "judge",
    short_help=_("Judge what an account tells."),
    help=_("Judge what an account tells: same or different, wrong actor, wrong status, no event."),
    options_metavar=OPTIONS,
)
@click.argument("account", type=int, metavar=_("ACCOUNT"))
@click.argument("verdict", type=click.Choice(_VERDICTS), metavar=_("VERDICT"))
@click.option(
    "--other", type=int, metavar=_("ACCOUNT"), help=_("The other account (same, different).")
)
@click.option(
    "--actors", multiple=True, metavar=_("NAME"), help=_("The right actor (wrong-actor).")
)
@click.option(
    "--recipients", multiple=True, metavar=_("NAME"), help=_("The right recipient (wrong-actor).")
)
@click.option(
    "--status",
    type=click.Choice(["actual", "planned", "possible", "denied"]),
    help=_("The right status (wrong-status)."),
)
@of_decision
@plainly
def judge_command(
    account: int,
    verdict: Verdict,
    other: int | None,
    actors: tuple[str, ...],
    recipients: tuple[str, ...],
    status: Status | None,
    where: str,
    author: str,
    reason: str | None,
) -> None:
    from menurut.ledger.judgements import Correction
    from menurut.ledger.reviewing import judge

    value = Correction(actors or None, recipients or None, status)
    given = value if verdict.startswith("wrong") else None
    with opened(where) as ledger:
        judge(ledger, account, verdict, author, other=other, value=given, reason=reason)
    click.echo(_("judged"))


@click.command(
    "grade",
    short_help=_("Grade a source or an account: A to F, 1 to 6."),
    help=_(
        "Grade a source or an account after the Admiralty: A to F for how reliable, 1 to 6 for how "
        "credible (B2, C, 4). SUBJECT is a party, an outlet, an agency, or an account's number."
    ),
    options_metavar=OPTIONS,
)
@click.argument("subject", metavar=_("SUBJECT"))
@click.argument("grade", metavar=_("GRADE"))
@of_decision
@plainly
def grade_command(subject: str, grade: str, where: str, author: str, reason: str | None) -> None:
    from menurut.ledger.grades import grade as give
    from menurut.ledger.grades import graded_subject

    with opened(where) as ledger, ledger.write("grade", author, reason) as draft:
        give(draft, graded_subject(subject), grade, reason)
    click.echo(_("graded"))


@click.command(
    "judgements",
    short_help=_("Write all judgements, or take them over from a file."),
    help=_("Write all judgements as JSON Lines, or take over those of a FILE into the ledger."),
    options_metavar=OPTIONS,
)
@click.argument("file", required=False, metavar=_("[FILE]"))
@of_ledger
@plainly
def judgements_command(file: str | None, where: str) -> None:
    from menurut.ledger.judgements import dump
    from menurut.ledger.reviewing import replay, stored

    with opened(where) as ledger:
        if file is not None:
            taken = replay(ledger, stored(file))
            click.echo(_("{n} judgements taken over").format(n=taken), err=True)
            return
        with ledger.read() as snapshot:
            print_lines(dump(snapshot))


COMMANDS = (
    review_command,
    merge_command,
    split_command,
    judge_command,
    grade_command,
    judgements_command,
)
