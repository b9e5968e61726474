"""What stands before every page: the host's name, the token, where a change comes from, headers."""

from __future__ import annotations

import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from menurut.desk.api.problems import Refused
from menurut.desk.web.settings import Settings
from menurut.interface import gettext as _

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
SESSION = "menurut_session"
TOKEN = "menurut_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_YEAR = 31_536_000


class Guard:
    """Middleware that lets through what may come in, and puts the headers on what goes out."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self._keeping = "no-store" if settings.token else "private, no-cache"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        held = cookies(headers)
        session = held.get(SESSION, "")
        fresh = len(session) != len(_new_session())
        scope["session_id"] = session = _new_session() if fresh else session

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out.setdefault(name, value)
                out.setdefault("cache-control", self._keeping)
                if fresh and not scope["path"].startswith(("/static/", "/api/")):
                    out.append("set-cookie", _cookie(SESSION, session, "Lax"))
            await send(message)

        app = self._refusal(scope, headers, held) or self.app
        await app(scope, receive, guarded)

    def _refusal(self, scope: Scope, headers: Headers, held: dict[str, str]) -> Response | None:
        """The answer to what may not come in; None where it may."""
        host = headers.get("host", "")
        if not self.settings.answers_to(host):
            return _refused(scope, 421, _("This desk does not answer to that name."))
        if refused := self._stranger(scope, headers, held):
            return refused
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            return _refused(scope, 400, _("There is no such page."))
        if scope["method"] not in SAFE and not _from_here(headers, host):
            return _refused(scope, 403, _("A page of another site may change nothing here."))
        return None

    def _stranger(self, scope: Scope, headers: Headers, held: dict[str, str]) -> Response | None:
        token = self.settings.token
        if token is None or hmac.compare_digest(
            held.get(TOKEN, "").encode(), _seal(token).encode()
        ):
            return None
        kind, _blank, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and hmac.compare_digest(
            given.encode("latin-1"), token.encode()
        ):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        offered = dict(query).get("token", "")
        if scope["method"] in SAFE and hmac.compare_digest(offered.encode(), token.encode()):
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            path = own_path(scope["path"])
            answer = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
            answer.raw_headers.append((b"set-cookie", _cookie(TOKEN, _seal(token), "Lax").encode()))
            return answer
        told = _("This desk wants its token: open the address that it gave when it was started.")
        return _refused(scope, 401, told, {"www-authenticate": "Bearer"})


def _refused(
    scope: Scope, status: int, message: str, headers: dict[str, str] | None = None
) -> Response:
    """A refusal in plain words; for a program, which asks the API, as a problem."""
    if scope["path"].startswith("/api/"):
        return Refused(status, message, headers=headers).response()
    return PlainTextResponse(message, status, headers)


def _from_here(headers: Headers, host: str) -> bool:
    """Whether a change is sent by a page of this desk, as far as the browser says.

    Pages without a referrer, as the desk's are, say ``null`` for their origin.
    """
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None or origin == "null":
        return True
    return urlsplit(origin).netloc.lower() == host.lower()


def own_path(path: str) -> str:
    """The address of a path on this host: ``//name`` would be one of another host."""
    return quote("/" + path.lstrip("/\\"))


def cookies(headers: Headers) -> dict[str, str]:
    """The cookies of a request; none where they cannot be read."""
    try:
        return {name: held.value for name, held in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _cookie(name: str, value: str, same_site: str) -> str:
    return f"{name}={value}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite={same_site}"


def _new_session() -> str:
    return secrets.token_hex(16)


def _seal(token: str) -> str:
    return hmac.digest(token.encode(), b"menurut desk", "sha256").hex()


def form_token(secret: bytes, session: str) -> str:
    """What a form of this session carries: nobody else can make it."""
    return hmac.digest(secret, session.encode(), "sha256").hex()
