"""Reviewing at the terminal: doubtful links one by one, and a person's answer to each."""

from __future__ import annotations

from collections.abc import Iterable

import click

from menurut.desk.ledger_pages import Page
from menurut.interface import gettext as _
from menurut.ledger import queries
from menurut.ledger.errors import LedgerError
from menurut.ledger.queries import Account
from menurut.ledger.reviewing import decide
from menurut.ledger.store import Ledger


def doubtful(ledger: Ledger, most: int) -> list[Account]:
    """The links to look at, the most doubtful first."""
    with ledger.read() as snapshot:
        return queries.doubtful(snapshot, most)


def ask(ledger: Ledger, found: Iterable[Account], author: str, reason: str | None) -> None:
    """Show each link beside its incident and take an answer: yes, no, skip, or quit."""
    page = Page()
    for account in found:
        with ledger.read() as snapshot:
            try:
                shown = queries.show(snapshot, account.incident)
            except LedgerError:
                continue
        if all(account.id != held.id for held in shown.accounts):
            continue
        page.put()
        page.incident(shown.incident)
        page.account(account)
        answer = click.prompt(
            _("The same incident? (y)es, (n)o, (s)kip, (q)uit"),
            type=click.Choice(["y", "n", "s", "q"]),
            show_choices=False,
        )
        if answer == "q":
            return
        if answer != "s":
            _decided(ledger, account, answer == "y", author, reason)


def _decided(ledger: Ledger, account: Account, same: bool, author: str, reason: str | None) -> None:
    try:
        decide(ledger, account, same, author, reason)
    except LedgerError as error:
        click.echo(_(str(error)), err=True)
