"""The words of SVG: elements whose attributes and texts are escaped, and marks of the standings."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from menurut.desk.disarm import disarm

LETTER = 0.56
"""The breadth of a letter in the desk's face, as a share of its height; generous."""


def tag(name: str, *inner: str, **attributes: str | float | None) -> str:
    """An element. ``inner`` is markup already; attributes are escaped, ``_`` in a name is ``-``
    (a last one goes: ``class_``), and those that are None are left out."""
    cells = (
        f' {key.rstrip("_").replace("_", "-")}="{value(given)}"'
        for key, given in attributes.items()
        if given is not None
    )
    return f"<{name}{''.join(cells)}>{''.join(inner)}</{name}>"


def value(given: str | float) -> str:
    """An attribute's value: text escaped, numbers short."""
    return safe(given) if isinstance(given, str) else number(given)


def number(given: float) -> str:
    """A number with at most two decimals."""
    return f"{given:.2f}".rstrip("0").rstrip(".") if given % 1 else str(int(given))


def safe(words: str) -> str:
    """Words from outside as text of a drawing: disarmed and escaped."""
    return escape(disarm(words))


def text(words: str, x: float, y: float, **attributes: str | float | None) -> str:
    return tag("text", safe(words), x=x, y=y, **attributes)


def link(href: str, lines: Iterable[str], *inner: str, **attributes: str | float | None) -> str:
    """What goes somewhere when it is clicked; ``lines`` are read out, and shown beside it."""
    title = "\n".join(safe(line) for line in lines if line)
    return tag("a", tag("title", title), *inner, href=href, **attributes)


def drawing(
    id: str,
    box: tuple[float, float, float, float],
    title: str,
    description: str,
    inner: Iterable[str],
    **attributes: str | float | None,
) -> str:
    """A whole drawing, named and described for whoever cannot see it. ``box``: its view box."""
    named, told = f"{id}-title", f"{id}-told"
    return tag(
        "svg",
        tag("title", safe(title), id=named),
        tag("desc", safe(description), id=told),
        *inner,
        xmlns="http://www.w3.org/2000/svg",
        id=id,
        viewBox=" ".join(map(number, box)),
        role="group",
        aria_labelledby=named,
        aria_describedby=told,
        **attributes,
    )


def breadth(words: str, size: float) -> float:
    """How broad words are in letters of a size, at most."""
    return len(words) * LETTER * size


def shortened(words: str, most: int) -> str:
    """Words in at most so many letters."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def glyph(status: str, x: float, y: float, r: float) -> str:
    """The mark of a standing, told by its shape as well as by its class.

    Contested is a cross, acknowledged a disc, corroborated a disc in a ring, planned a half disc in
    a ring, and what a single source tells a ring.
    """
    ring = tag("circle", cx=x, cy=y, r=r, class_="ring")
    if status == "contested":
        d = 0.72 * r
        inner = ring + tag(
            "path",
            d=f"M{number(x - d)} {number(y - d)}l{number(2 * d)} {number(2 * d)}"
            f"m0 {number(-2 * d)}l{number(-2 * d)} {number(2 * d)}",
            class_="cross",
        )
    elif status == "acknowledged":
        inner = tag("circle", cx=x, cy=y, r=r, class_="disc")
    elif status == "corroborated":
        inner = ring + tag("circle", cx=x, cy=y, r=0.5 * r, class_="disc")
    elif status == "planned":
        half = f"M{number(x)} {number(y - r)}a{number(r)} {number(r)} 0 0 1 0 {number(2 * r)}z"
        inner = ring + tag("path", d=half, class_="disc")
    else:
        inner = ring
    return tag("g", inner, class_=f"glyph {status}")
