"""Which of the media types on offer a client wants (RFC 9110, 12.5.1), and which copy it has."""

from __future__ import annotations

from collections.abc import Sequence


def chosen(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered type that a client likes best, the first of equals; None: it takes none."""
    ranges = [_range(part) for part in (accept or "*/*").split(",") if part.strip()] or [("*/*", 1)]
    best = max(offered, key=lambda media: _quality(media, ranges))
    return best if _quality(best, ranges) > 0 else None


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return media, float(quality)
    except ValueError:
        return media, 0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality that the most telling range gives to a type."""
    for wanted in (media, f"{media.partition('/')[0]}/*", "*/*"):
        given = [quality for range, quality in ranges if range == wanted]
        if given:
            return max(given)
    return 0


def holds_tag(header: str | None, tag: str) -> bool:
    """Whether ``If-None-Match`` names an entity tag; weak and strong ones count as equal."""
    if header is None:
        return False
    tags = [held.strip().removeprefix("W/") for held in header.split(",")]
    return "*" in tags or tag.removeprefix("W/") in tags
