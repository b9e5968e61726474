"""The command of the web desk."""

from __future__ import annotations

import secrets

import click
from click.core import ParameterSource

from menurut.cli_calls import plainly
from menurut.cli_options import of_ledger, user
from menurut.interface import gettext as _


@click.command(
    "desk",
    short_help=_("Open the ledger in the browser."),
    help=_(
        "Open the ledger in the browser: read reports, look incidents up, put links right. Where "
        "there is no ledger yet, the sample dossier is shown. Only this machine can reach it, "
        "unless --host says otherwise; then whoever comes needs the token."
    ),
    options_metavar=_("[OPTIONS]"),
)
@click.option("--open/--no-open", "open_", default=True, help=_("Open the browser, or do not."))
@click.option(
    "--token", metavar=_("TOKEN"), help=_("Let in only who has it; made up where one is needed.")
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar=_("NAME"),
    help=_("Another host name that the desk answers to; may be given more than once."),
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8642,
    show_default=True,
    metavar="N",
    help=_("The port; 0: any that is free."),
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar=_("ADDRESS"),
    help=_("The address to listen on."),
)
@of_ledger
@click.pass_context
@plainly
def desk_command(
    context: click.Context,
    where: str,
    host: str,
    port: int,
    names: tuple[str, ...],
    token: str | None,
    open_: bool,
) -> None:
    from menurut.desk.web.serving import serve
    from menurut.desk.web.settings import Settings, is_loopback

    if not token:  # an empty one would let everybody in
        token = None if is_loopback(host) else secrets.token_urlsafe(24)
    asked = context.get_parameter_source("where") is not ParameterSource.DEFAULT
    settings = Settings(
        token=token,
        names=frozenset({host.lower(), *(name.lower() for name in names)}),
        author=user(),
    )
    serve(where, settings, host, port, open_, sample_if_missing=not asked)


COMMANDS = (desk_command,)
