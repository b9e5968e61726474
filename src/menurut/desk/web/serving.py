"""Serves the desk: finds the ledger or makes the sample's, listens, opens the browser."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import click

from menurut.desk.web.app import make_app
from menurut.desk.web.settings import Settings
from menurut.interface import gettext as _
from menurut.ledger.errors import LedgerError


def serve(
    where: str, settings: Settings, host: str, port: int, browser: bool, sample_if_missing: bool
) -> None:
    """Serve until it is stopped. Raises ``LedgerError`` where ledger or address cannot be had."""
    import uvicorn

    with _ledger(where, sample_if_missing) as (found, sample), closing(_listen(host, port)) as held:
        app = make_app(found, replace(settings, sample=sample))
        named = f"[{host}]" if ":" in host else host
        url = f"http://{named}:{held.getsockname()[1]}/"
        if settings.token:
            url += f"?token={quote(settings.token, safe='')}"
        click.echo(_("The desk is at {url} (Ctrl-C ends it)").format(url=url))
        if browser and sys.stdout.isatty():
            webbrowser.open(url)
        config = uvicorn.Config(app, log_level="warning", server_header=False, lifespan="on")
        uvicorn.Server(config).run(sockets=[held])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it lets two programs listen at one port
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((host, port))
        held.listen()
    except OSError as error:
        held.close()
        reason = _("cannot listen on {host}, port {port}: {reason}")
        raise LedgerError(reason.format(host=host, port=port, reason=error.strerror)) from None
    return held


@contextmanager
def _ledger(where: str, sample_if_missing: bool) -> Iterator[tuple[str, bool]]:
    """The ledger that is there; else the sample dossier's, for as long as the desk is open."""
    if not sample_if_missing or "://" in where or Path(where).exists():
        yield where, False
        return
    with TemporaryDirectory(prefix="menurut-", ignore_cleanup_errors=True) as folder:
        path = str(Path(folder, "sample.db"))
        make_sample(path)
        yield path, True


def make_sample(path: str) -> None:
    """A ledger of the sample dossier."""
    from menurut.desk.ledger_adding import complaint, run
    from menurut.desk.reading import dossier
    from menurut.ledger.store import Ledger

    click.echo(_("There is no ledger yet: reading the sample dossier ..."), err=True)
    with Ledger(path) as ledger:
        run(ledger, dossier(), False, lambda _added: None, complaint, lambda _read: None)
