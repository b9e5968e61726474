"""How a reader wants the desk: its language, light or dark; by address, cookie or browser."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from menurut.desk.web.guard import cookies
from menurut.interface import available, language, speaking

THEMES = ("auto", "light", "dark")
_YEAR = 31_536_000


class Preferences:
    """Middleware that speaks the reader's language for as long as a request is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        held = cookies(headers)
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        chosen = {
            "lang": _one_of(sorted(available()), asked.get("lang", [""])[-1]),
            "theme": _one_of(THEMES, asked.get("theme", [""])[-1]),
        }
        code = chosen["lang"] or _one_of(sorted(available()), held.get("lang", ""))
        scope["theme"] = chosen["theme"] or _one_of(THEMES, held.get("theme", "")) or "auto"

        async def remembering(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in chosen.items():
                    if value:
                        kept = f"{name}={value}; Path=/; Max-Age={_YEAR}; SameSite=Lax"
                        out.append("set-cookie", kept)
            await send(message)

        with speaking(code or _accepted(headers.get("accept-language", "")) or language()):
            await self.app(scope, receive, remembering)


def _one_of(known: list[str] | tuple[str, ...], value: str) -> str | None:
    return value if value in known else None


def _accepted(header: str) -> str | None:
    """The language that the browser likes best of those that the desk speaks."""
    liked: list[tuple[float, str]] = []
    for part in header.split(",")[:20]:
        tag, _semicolon, weight = part.replace(" ", "").partition(";q=")
        code = tag.split("-")[0].lower()
        try:
            share = float(weight) if weight else 1.0
        except ValueError:
            continue
        if code in available() and share > 0:
            liked.append((share, code))
    return max(liked, key=lambda pair: pair[0])[1] if liked else None
