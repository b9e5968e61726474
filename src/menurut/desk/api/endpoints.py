"""Resources over HTTP: negotiation, entity tags, problems; GET, HEAD, OPTIONS and POST."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from hashlib import blake2b
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from menurut import __version__
from menurut.desk.api.decoding import JSON, body, decoded
from menurut.desk.api.exports import Exported
from menurut.desk.api.judgements import Given, take
from menurut.desk.api.negotiation import chosen, holds_tag
from menurut.desk.api.problems import Refused
from menurut.desk.api.resource import Asked, Resource
from menurut.export import FILES
from menurut.ledger.citing import state
from menurut.ledger.errors import CursorError, LedgerError, TooMuchError
from menurut.ledger.store import Ledger

LINES = ("application/jsonl", "application/x-ndjson")
FRESH = {"Cache-Control": "private, no-cache", "Vary": "Accept"}
"""A copy may be kept by whoever asked, and is good for as long as its tag is."""

Answer = Callable[[Request], Awaitable[Response]]


class Endpoint:
    """An address, as an ASGI application: one function a method."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = dict(answers)
        if "GET" in answers:
            self.answers["HEAD"] = answers["GET"]
        self.allowed = ", ".join(sorted({*self.answers, "OPTIONS"}))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self.respond(request)
        except Refused as refused:
            response = refused.response()
        if request.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """The answer. Raises ``Refused``: 405 for a method that the address has not."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": self.allowed})
        answer = self.answers.get(request.method)
        if answer is None:
            refusal = f"this address takes {self.allowed}"
            raise Refused(405, refusal, headers={"Allow": self.allowed})
        return await answer(request)


class Reading:
    """Answers a resource's question from the ledger."""

    def __init__(self, ledger: Ledger, resource: Resource[Any]) -> None:
        self.ledger = ledger
        self.resource = resource

    async def __call__(self, request: Request) -> Response:
        resource = self.resource
        query = request.query_params.multi_items()
        asked = decoded(resource.asked, query, request.path_params)
        media = chosen(request.headers.get("accept"), self.offered(asked))
        if media is None:
            raise Refused(406, f"on offer: {', '.join(self.offered(asked))}")
        known = request.headers.get("if-none-match")
        found, headers = await run_in_threadpool(self.answer, asked, media, known)
        if found is None:
            return Response(status_code=304, headers=headers)
        if after := getattr(found, "after", None):
            headers["Link"] = f'<{_next(request, after)}>; rel="next"'
        return Response(self.written(found, media), headers=headers, media_type=media)

    def offered(self, asked: Asked) -> tuple[str, ...]:
        """The media types that an answer may have."""
        if isinstance(asked, Exported):
            return (FILES[asked.format].media,)
        return (JSON, *LINES)

    def answer(self, asked: Asked, media: str, known: str | None) -> tuple[Any, dict[str, str]]:
        """The answer and its headers; None where the client has it already.

        Raises ``Refused``: 404 for what is not there, 400 for a bad cursor.
        """
        with self.resource.of(self.ledger, asked) as snapshot:
            tag = self.tag(asked, media, state(snapshot))
            headers = {"ETag": tag, **FRESH}
            if holds_tag(known, tag):
                return None, headers
            try:
                return self.resource.ask(snapshot, asked), headers
            except CursorError as error:
                raise Refused(400, str(error), parameter="after") from None
            except TooMuchError as error:
                raise Refused(400, str(error), parameter=error.parameter) from None
            except LedgerError as error:
                raise Refused(404, str(error)) from None

    def tag(self, asked: Asked, media: str, state: str) -> str:
        """What changes where the answer may: the ledger, the question, the program."""
        parts = (__version__, self.resource.name, media, state, repr(asked))
        return f'"{blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'

    def written(self, found: Any, media: str) -> bytes:
        """An answer as bytes: JSON, or one object a line."""
        if isinstance(found, bytes):
            return found
        if media not in LINES:
            return msgspec.json.encode(found)
        rows = found.items if self.resource.items is not None else (found,)
        return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def _next(request: Request, after: str) -> str:
    """The address of the next page."""
    query = [(n, v) for n, v in request.query_params.multi_items() if n != "after"]
    path = quote(request.url.path)
    return f"{path}?{urlencode([*query, ('after', after)])}"


class Judging:
    """Takes judgements in from whoever knows the token."""

    def __init__(self, ledger: Ledger, token: str | None) -> None:
        self.ledger = ledger
        self.token = token

    async def __call__(self, request: Request) -> Response:
        self.admit(request.headers.get("authorization", ""))
        given = await body(request, Given)
        try:
            kept = await run_in_threadpool(take, self.ledger, given)
        except LedgerError as error:
            raise Refused(422, str(error)) from None
        return Response(msgspec.json.encode(kept), 201, media_type=JSON)

    def admit(self, header: str) -> None:
        """Let nobody in without the token. Raises ``Refused``: 401; 403 where there is none."""
        if self.token is None:
            raise Refused(403, "this server takes no judgements")
        scheme, _, given = header.partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(
            given.strip().encode("latin-1"), self.token.encode()
        ):
            wanted = {"WWW-Authenticate": "Bearer"}
            raise Refused(401, "a judgement needs the token of the server", headers=wanted)
