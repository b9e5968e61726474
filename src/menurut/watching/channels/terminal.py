"""Alerts on the terminal, a paragraph each."""

from __future__ import annotations

import click

from menurut.desk.disarm import disarm
from menurut.desk.watch_words import message_words
from menurut.watching.alerts import Message
from menurut.watching.channels import Means


def tell(message: Message, _where: str, _means: Means) -> None:
    head, *rest = message_words(message)
    click.secho(disarm(head), bold=True)
    for line in rest:
        click.echo(f"    {disarm(line)}")
