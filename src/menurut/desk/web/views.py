"""What every page has: templates, the ledger as it stands, the reader's choices, forms."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Message, Receive

from menurut import __version__
from menurut.desk import ledger_words, phrases
from menurut.desk.disarm import harmless
from menurut.desk.web.guard import form_token, own_path
from menurut.interface import available, gettext, language, ngettext
from menurut.ledger.errors import LedgerError
from menurut.ledger.history import moment
from menurut.ledger.store import Snapshot

Handler = Callable[[Request, FormData], Response]
_MOST_FIELDS = 200
_LONGEST = 500


def _plain(value: Any) -> Any:
    """Every text that a page shows, without what bends the direction of writing or hides."""
    return harmless(value) if type(value) is str else value


@cache
def templates() -> Environment:
    """The templates. What is put into them is escaped, always."""
    environment = Environment(
        loader=PackageLoader("menurut.desk.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_plain,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _=gettext,
        ngettext=ngettext,
        version=__version__,
        words=ledger_words,
        phrases=phrases,
        address=address,
    )
    environment.filters.update(
        time=phrases.time_words,
        moment=phrases.moment_words,
        number=phrases.number_words,
        party=ledger_words.party_words,
        place=ledger_words.place_words,
        parties=ledger_words.parties_words,
    )
    return environment


def address(*parts: str, **query: Any) -> str:
    """The address of a page: its parts quoted, empty parameters left out."""
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    asked = [(name, value) for name, value in query.items() if value not in (None, "", ())]
    return f"{path}?{urlencode(asked, doseq=True)}" if asked else path


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page from a template, with all that the frame of a page needs."""
    state = request.app.state
    rendered = (
        templates()
        .get_template(template)
        .render(
            here=request.scope["path"],
            query=request.query_params,
            language=language(),
            languages=sorted(available()),
            theme=request.scope.get("theme", "auto"),
            csrf=form_token(state.secret, request.scope["session_id"]),
            entries=state.entries,
            sample=state.settings.sample,
            as_of=request.query_params.get("as_of"),
            same=lambda **changes: changed(request, changes),
            **context,
        )
    )
    return HTMLResponse(rendered, status, {"vary": "Cookie, Accept-Language"})


def changed(request: Request, changes: Mapping[str, Any]) -> str:
    """The address of this page with some parameters changed; None takes one off."""
    kept = [(n, v) for n, v in request.query_params.multi_items() if n not in changes]
    kept += [(name, str(value)) for name, value in changes.items() if value is not None]
    path = own_path(request.scope["path"])
    return f"{path}?{urlencode(kept)}" if kept else path


@contextmanager
def snapshot(request: Request) -> Iterator[Snapshot]:
    """The ledger as it is, or as it was known at ``?as_of``; for one request, in its thread."""
    as_of = request.query_params.get("as_of") or None
    if as_of is not None:
        _check_moment(as_of)
    with request.app.state.ledger.read(as_of) as held:
        yield held


def _check_moment(given: str) -> None:
    try:
        moment(given)
    except LedgerError:
        wanted = gettext("{value!r} is not an ISO 8601 date or time.")
        raise HTTPException(400, wanted.format(value=given)) from None


def asked(request: Request, name: str) -> str | None:
    """A parameter of the address; None where it is not given, or blank."""
    return request.query_params.get(name, "").strip()[:_LONGEST] or None


def changing(handler: Handler) -> Callable[[Request], Any]:
    """A handler of a form that changes something: bounded, and of this session."""

    async def handle(request: Request) -> Response:
        most = request.app.state.settings.largest
        bounded = Request(request.scope, _bounded(request.receive, most))
        try:
            form = await bounded.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=most)
        except ClientDisconnect:  # nobody is there any more to be told
            raise HTTPException(400) from None
        try:
            given = str(form.get("csrf", ""))
            wanted = form_token(request.app.state.secret, request.scope["session_id"])
            if not hmac.compare_digest(given.encode(), wanted.encode()):
                raise HTTPException(403, gettext("This form is out of date. Load the page again."))
            return await run_in_threadpool(handler, request, form)
        finally:
            await form.close()

    return handle


def _bounded(receive: Receive, most: int) -> Receive:
    """The body of a request, which is refused once it is longer than it may be."""
    taken = 0

    async def take() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(413, gettext("This is too large for the desk."))
        return message

    return take
