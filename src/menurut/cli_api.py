"""The commands for other programs: the API's description, and the MCP server."""

from __future__ import annotations

import click

from menurut.cli_calls import opened, plainly
from menurut.cli_options import OPTIONS, of_ledger
from menurut.interface import gettext as _


@click.command(
    "openapi",
    short_help=_("Print the OpenAPI description of the desk's API."),
    help=_("Print the OpenAPI description of the API that the desk serves under /api."),
    options_metavar=OPTIONS,
)
def openapi_command() -> None:
    import msgspec

    from menurut.desk.api.description import description
    from menurut.desk.api.routes import RESOURCES

    described = msgspec.json.encode(description(RESOURCES, "/api"))
    click.echo(msgspec.json.format(described, indent=2))


@click.command(
    "mcp",
    short_help=_("Let an assistant look up the ledger and cite it."),
    help=_(
        "Let an assistant look up the ledger and cite it, by the Model Context Protocol on "
        "standard input and output. It can change nothing. Needs menurut[mcp]."
    ),
    options_metavar=OPTIONS,
)
@of_ledger
@plainly
def mcp_command(where: str) -> None:
    try:
        from menurut.desk.assistant.server import serve
    except ModuleNotFoundError as error:
        raise click.ClickException(_("for this install menurut[mcp]")) from error
    with opened(where) as ledger:
        serve(ledger)


COMMANDS = (openapi_command, mcp_command)
