"""What judging needs on several pages: who judges, where to go back to, what was just done."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response


def author_of(request: Request) -> str:
    """Who judges at this desk."""
    return str(request.app.state.settings.author)


def done(request: Request) -> dict[str, str] | None:
    """What was just decided here, by the address: the judgement, and whether it was taken back."""
    asked = request.query_params
    if "done" not in asked:
        return None
    return {"uid": asked["done"], "what": asked.get("what", "")}


def back(address: str, fallback: str, **done: str) -> Response:
    """To the page that a decision came from, which tells that it was made.

    An address that leads away from the desk is not followed.
    """
    parts = urlsplit(address)
    local = parts.path.startswith("/") and not parts.path.startswith(("//", "/\\"))
    local = local and not (parts.scheme or parts.netloc)
    path = parts.path if local else fallback
    kept = [(n, v) for n, v in parse_qsl(parts.query if local else "") if n not in ("done", "what")]
    anchor = f"#{parts.fragment}" if local and parts.fragment else ""
    return RedirectResponse(f"{path}?{urlencode([*kept, *done.items()])}{anchor}", 303)
