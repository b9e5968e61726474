"""The command that watches feeds: arguments to calls, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from menurut.cli_calls import complaint
from menurut.interface import gettext as _
from menurut.interface import ngettext

if TYPE_CHECKING:
    from menurut.watching.plan import Plan
    from menurut.watching.watch import News


@click.command(
    "watch",
    short_help=_("Watch feeds: read what is new, add it to the ledger, raise alerts."),
    help=_(
        "Watch the feeds of a plan: ask them politely, read what is new, add it to the ledger, "
        "and tell what matches the alerts. PLAN is a TOML file with [[feed]] and [[alert]] "
        "tables. What the watch remembers lies beside it (PLAN.state), so it can be stopped at "
        "any time and goes on where it was."
    ),
    epilog=_("Example: menurut watch FEEDS.toml --once"),
    options_metavar=_("[OPTIONS]"),
)
@click.argument(
    "plan", metavar=_("PLAN"), type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--once", is_flag=True, help=_("Visit every feed once and end."))
@click.option("--check", is_flag=True, help=_("Only say whether the plan is right."))
@click.option(
    "--ledger",
    "where",
    metavar=_("FILE|URL"),
    envvar="MENURUT_LEDGER",
    help=_("The ledger, in the place of the plan's."),
)
@click.option("--jsonl", is_flag=True, help=_("JSON Lines: what was done and what went wrong."))
@click.pass_context
def watch_command(
    context: click.Context, plan: Path, once: bool, check: bool, where: str | None, jsonl: bool
) -> None:
    from menurut.ledger.errors import LedgerError
    from menurut.watching.plan import PlanError, read_plan
    from menurut.watching.state import StateError

    try:
        held = read_plan(plan)
        if check:
            click.echo(
                _("{feeds} feeds, {alerts} alerts: the plan is right").format(
                    feeds=len(held.feed), alerts=len(held.alert)
                )
            )
            return
        context.exit(_watch(plan, held, where, once, jsonl))
    except (PlanError, StateError, LedgerError) as error:
        raise complaint(error) from None


def _watch(path: Path, plan: Plan, where: str | None, once: bool, jsonl: bool) -> int:
    """Watch; the exit status: 1 where a feed or a channel failed in a single round."""
    from menurut.desk.watch_news import lines, sentences
    from menurut.ledger.store import Ledger
    from menurut.watching.clock import WallClock
    from menurut.watching.fetching import Fetcher
    from menurut.watching.state import alone
    from menurut.watching.watch import Watch

    clock, troubles = WallClock(), 0
    tell = lines() if jsonl else sentences()

    def news(told: News) -> None:
        nonlocal troubles
        troubles += told.trouble is not None
        tell(told)

    fetcher = Fetcher(clock.now, plan.agent, frozenset(plan.private))
    ledger = where or (plan.ledger if "://" in plan.ledger else str(path.parent / plan.ledger))
    memory = path.with_name(f"{path.name}.state")
    with alone(memory), Ledger(ledger) as opened:
        if not (once or jsonl):
            n = len(plan.feed)
            begun = ngettext(
                "Watching {n} feed (Ctrl-C ends it)", "Watching {n} feeds (Ctrl-C ends it)", n
            )
            click.echo(begun.format(n=n), err=True)
        Watch(plan, opened, fetcher, clock, memory, news).run(once=once)
    return 1 if troubles else 0


COMMANDS = (watch_command,)
